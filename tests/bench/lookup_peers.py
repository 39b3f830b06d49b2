# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other ways to find tariff rows by beginnings of words: tantivy, Whoosh, SQLite's full-text index, and mere bits.

All are given the same folded texts, so that the same rows must come back. A row is known by its number; the texts of
what is found are kept beside, as everywhere.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from swclient.catalogue.folding import words

SHOWN = 50


class Peer(Protocol):
    """One way to find rows."""

    def find(self, asked: Sequence[str], limit: int) -> list[int]:
        """Return rows that have, for every word asked, a word that begins so."""


class Bits:
    """The least that any index has to do: all beginnings known beforehand, rows as bits."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._rows: dict[str, int] = {}
        for number, text in enumerate(texts):
            for beginning in {word[:length] for word in words(text) for length in range(1, len(word) + 1)}:
                self._rows[beginning] = self._rows.get(beginning, 0) | 1 << number

    def find(self, asked: Sequence[str], limit: int) -> list[int]:
        """And the bits, and take the lowest."""
        rows = -1
        for word in asked:
            rows &= self._rows.get(word, 0)
        found: list[int] = []
        while rows and len(found) < limit:
            lowest = rows & -rows
            found.append(lowest.bit_length() - 1)
            rows ^= lowest
        return found


class Tantivy:
    """The search engine in Rust, with every beginning of a word indexed as a term, which is its quickest way."""

    def __init__(self, texts: Sequence[str]) -> None:
        import tantivy

        self._of = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("begins", stored=False, tokenizer_name="whitespace", index_option="basic")
        builder.add_integer_field("row", stored=True, fast=True)
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(num_threads=1)
        for number, text in enumerate(texts):
            beginnings = {word[:length] for word in words(text) for length in range(1, len(word) + 1)}
            writer.add_document(tantivy.Document(begins=" ".join(beginnings), row=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def find(self, asked: Sequence[str], limit: int) -> list[int]:
        """Ask for all terms."""
        of = self._of
        terms = [(of.Occur.Must, of.Query.term_query(self._schema, "begins", word, "basic")) for word in asked]
        hits = self._searcher.search(of.Query.boolean_query(terms), limit, count=False).hits
        found: list[int] = self._searcher.fast_field_values("row", [address for _score, address in hits])
        return found


class Whoosh:
    """The search engine in Python."""

    def __init__(self, texts: Sequence[str], folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from whoosh import analysis, fields, index, query
        self._query = query
        schema = fields.Schema(
            text=fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=False), row=fields.STORED
        )
        made = index.create_in(str(folder), schema)
        writer = made.writer()
        for number, text in enumerate(texts):
            writer.add_document(text=" ".join(words(text)), row=number)
        writer.commit()
        self._searcher = made.searcher()

    def find(self, asked: Sequence[str], limit: int) -> list[int]:
        """Ask for all beginnings."""
        query = self._query.And([self._query.Prefix("text", word) for word in asked])
        return [hit["row"] for hit in self._searcher.search(query, limit=limit)]


class FullText:
    """The index that comes with SQLite, with its own index of beginnings."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE rows USING fts5(text, content='', detail=none, prefix='1 2 3 4')"
        )
        rows = ((number, " ".join(words(text))) for number, text in enumerate(texts))
        self._connection.executemany("INSERT INTO rows (rowid, text) VALUES (?, ?)", rows)
        self._connection.execute("INSERT INTO rows (rows) VALUES ('optimize')")

    def find(self, asked: Sequence[str], limit: int) -> list[int]:
        """Ask for all beginnings, in the order of the rows."""
        query = " AND ".join(f'"{word}"*' for word in asked)
        found = self._connection.execute(
            "SELECT rowid FROM rows WHERE rows MATCH ? ORDER BY rowid LIMIT ?", (query, limit)
        )
        return [row for (row,) in found]
