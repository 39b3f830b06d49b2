# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A first guess at a mapping, by the captions and labels that suppliers use in several languages.

The guess is made of words found in the workbook itself, so that it can be saved, looked over and used again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from swclient.base.errors import UserError
from swclient.exchange.mapping import Column, Label, Mapping, Table
from swclient.exchange.workbook_file import Sheet, open_workbook
from swclient.exchange.workbook_layout import Placed, find_labels, find_table, walk_lines
from swclient.exchange.workbook_words import (
    Words,
    holds,
    load_words,
    plain_words,
    read_words_toml,
    words_folder,
)

_LEAST_COLUMNS = 4
# Which description becomes box 31 where there are several: the declaration's own language, else what most can read.
_LANGUAGES = ("ru", "any", "en", "zh")
_DECIMALS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:[ .,\u00a0][0-9]{3})*([.,])[0-9]{1,2}(?![0-9.,])")


def suggest_mapping(source: Path | bytes, name: str = "") -> Mapping:
    """Guess a mapping for a workbook.

    Args:
        source: an .xlsx file, or its bytes.
        name: what the mapping shall be called; the file's name where none is given.

    Raises:
        UserError: no workbook, or no sheet with a table of goods that we recognise.
    """
    title = name or (source.stem if isinstance(source, Path) else "workbook")
    return suggest_from_sheets(open_workbook(source), title)


def suggest_from_sheets(sheets: Sequence[Sheet], name: str) -> Mapping:
    """Guess a mapping for an opened workbook; see `suggest_mapping`."""
    wanted = Table(("*",), tuple(column for column, _ in _dictionary().values()))
    found = [placed for sheet in sheets if (placed := find_table([sheet], wanted, _LEAST_COLUMNS))]
    if not found:
        raise UserError("No sheet has a table of goods with captions that we recognise; make a mapping by hand.")
    # The sheet with prices makes the items; others are laid to it.
    found.sort(key=lambda placed: not _has_prices(placed))
    described = _descriptions(found)
    tables = tuple(_table(placed, described) for placed in found)
    words = load_words()
    labels = tuple(label for placed in found for label in _labels(placed, words))
    return Mapping(name, tables, labels, _decimal_sign(found, words))


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary[str, tuple[Column, str]]:
    """Return the columns that suppliers' captions mean, each with the language of its text if it is a description."""
    rows = read_words_toml(words_folder() / "columns.toml")
    return {
        name: (
            Column(tuple(row["words"]), row["reads"], tuple(row.get("fields", ()))),
            row.get("text", ""),
        )
        for name, row in rows.items()
    }


def _has_prices(placed: Placed) -> bool:
    return any("item.price" in column.fields for column, _ in placed.columns)


def _table(placed: Placed, described: Dictionary[tuple[str, int], str]) -> Table:
    columns = []
    for column, place in sorted(placed.columns, key=lambda spot: spot[1]):
        caption = placed.captions[place]
        captions = tuple(dict.fromkeys((caption, *_telling(column.captions, caption))))
        field = described.get((placed.sheet.name, place))
        join = " / " if field == "item.description_foreign" else ""
        columns.append(Column(captions, column.reads, (field,) if field else column.fields, join))
    return Table((placed.sheet.name,), tuple(columns))


def _descriptions(found: Sequence[Placed]) -> dict[tuple[str, int], str]:
    """Give the description that suits box 31 best to box 31, and the others to the supplier's own text."""
    languages = {id(column): text for column, text in _dictionary().values() if text}
    spots = {
        (placed.sheet.name, place): languages[id(column)]
        for placed in found
        for column, place in placed.columns
        if id(column) in languages
    }
    own = min(spots, key=lambda spot: _LANGUAGES.index(spots[spot]), default=None)
    return {spot: "item.description" if spot == own else "item.description_foreign" for spot in spots}


def _labels(placed: Placed, words: Words) -> list[Label]:
    rows: dict[str, dict[str, Any]] = read_words_toml(words_folder() / "labels.toml")
    kind = "prices" if _has_prices(placed) else "packing"
    wanted = [
        Label(
            (placed.sheet.name,),
            tuple(row["words"]),
            row["reads"],
            tuple(row["fields"]),
            tuple(row.get("row", {}).items()),
        )
        for row in rows.values()
        if row.get("on", kind) == kind
    ]
    last = max(walk_lines(placed, words).last + 1, placed.first)
    found = []
    for label, cell, _ in find_labels(placed.sheet, wanted, [range(placed.top, last)]):
        known = _telling(label.words, plain_words(cell.text))
        found.append(Label(label.sheets, known, label.reads, label.fields, label.row))
    return found


def _telling(words: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the words that stand in a text, without those that are only a part of another."""
    found = [plain for word in words if holds(text, plain := plain_words(word))]
    return tuple(
        word for word in dict.fromkeys(found) if not any(word != other and holds(other, word) for other in found)
    )


def _decimal_sign(found: Sequence[Placed], words: Words) -> str:
    """Return the decimal sign of the figures written as text, where they all use one; else nothing."""
    texts = (
        placed.sheet.cell(row, place).value
        for placed in found
        for row in walk_lines(placed, words).rows
        for column, place in placed.columns
        if column.reads in {"money", "mass", "number", "quantity"}
    )
    signs = {sign for text in texts if isinstance(text, str) for sign in _DECIMALS.findall(text)}
    return signs.pop() if len(signs) == 1 else ""
