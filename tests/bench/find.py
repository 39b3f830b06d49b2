# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration found among 100,000 by what people remember of it, and the archive of 100,000 opened.

Every fifth question is also answered by a slow judge that knows no index; both answers must be the same, in the same
order.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from statistics import fmean, median
from time import perf_counter
from typing import Any

from swclient.catalogue.folding import fold, words
from swclient.store import Row, Store, Wanted, open_store
from swclient.store.search.fulltext import FullText, statement_of
from swclient.workflow.application import Application
from tests.bench.figures import Figure
from tests.bench.timing import Series
from tests.store.archive import Judged, Made, archive, finds, judged, questions

COUNT = 100_000
_PAGE = 50
_SAMPLED = 25
_JUDGED = 5  # every so many questions the judge answers too: he needs half a second for each
_RARE = 10  # found so often at most
_COLUMNS = tuple(field.name for field in fields(Row))
_DECLARATION = """INSERT INTO declaration (id, number, state, kind, profile, profile_version, title, consignee, search,
    created_at, changed_at) VALUES (?, ?, ?, '40', 'XX', '1', ?, ?, ?, ?, ?)"""
_SNAPSHOT = "INSERT INTO snapshot VALUES (?, ?, 1, 0, ?, ?)"


class Archive:
    """A store as an older version of the program left it, the judge's notes of it, and what is asked."""

    def __init__(self, home: Path, count: int) -> None:
        self.path = home / "declarations.db"
        open_store(self.path).close()
        self.notes: list[tuple[str, str, str]] = []  # id, words, numbers
        sampled: list[Made] = []
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("BEGIN")
        for place, made in enumerate(archive(count)):
            _put(connection, made)
            kept = judged(made)
            self.notes.append((made.id, " ".join(kept.row), " ".join(kept.joined)))
            if place % (count // _SAMPLED) == 7:
                sampled.append(made)
        connection.execute("COMMIT")
        connection.close()
        self.asked = questions(sampled, each=_SAMPLED)

    def judge(self, question: str) -> list[str]:
        """Return what should be found, the latest first. No declaration is found in which a word is nowhere."""
        wish = words(fold(question))
        found = []
        for key, row, joined in reversed(self.notes):
            if all(word in row or word in joined for word in wish):
                kept = Judged(key, "", tuple(row.split()), frozenset(joined.split()))
                if finds(question, kept):
                    found.append(key)
        return found


def _put(connection: sqlite3.Connection, made: Made) -> None:
    body = json.dumps(made.body, ensure_ascii=False)
    search = f"{made.number or ''}\n{made.title}\n{made.consignee}".casefold()
    line = (made.id, made.number, made.state, made.title, made.consignee, search, made.changed_at, made.changed_at)
    connection.execute(_DECLARATION, line)
    digest = hashlib.sha256(body.encode()).digest()
    connection.execute(_SNAPSHOT, (made.id, body, digest, made.changed_at))


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure raw SQLite, our layer and LIKE on the same questions, then opening the archive."""
    with tempfile.TemporaryDirectory(prefix="swclient-find-") as name:
        made = Archive(Path(name), COUNT)
        with open_store(made.path) as store:
            began = perf_counter()
            store.search.catch_up()
            built = perf_counter() - began
            gc.collect()
            gc.freeze()
            found = _questions(made, store, told.rounds, built)
        return [*found, _opened(Path(name), told.rounds)]


def _questions(made: Archive, store: Store, rounds: int, built: float) -> list[Figure]:
    raw = sqlite3.connect(made.path, isolation_level=None)
    statements = {text: statement_of(raw, _COLUMNS, Wanted(text=text, limit=_PAGE)) for text in made.asked}
    ways: dict[str, Callable[[str], Any]] = {
        "raw": lambda text: raw.execute(*statements[text]).fetchall(),
        "ours": lambda text: store.worklist(Wanted(text=text, limit=_PAGE)),
    }
    taken = {name: _each(made.asked, way, rounds) for name, way in ways.items()}
    due = {text: made.judge(text) for text in made.asked[::_JUDGED]}
    wrong = _differences(made, store, raw, due)
    size = made.path.stat().st_size
    said = f"{len(due)} of the questions, each answered alike by a judge without an index"
    facts = {
        "questions": len(made.asked),
        "judged": len(due),
        "index made in, s": round(built, 1),
        "store, MB": round(size / 1e6),
    }
    figures = [
        Figure("find.raw p99", "ms", taken["raw"].quantile(0.99), spread=taken["raw"].told("raw") | facts).at_most(3),
        _through(taken).within_limit(1.5),
        _rare(made, store, raw, due, rounds),
    ]
    raw.close()
    return [figure.right(wrong, said) for figure in figures]


def _each(asked: Sequence[str], find: Callable[[str], object], rounds: int) -> Series:
    """Return the median of the rounds of each question, by the clock on the wall: our layer waits for its thread."""
    turns = [[_timed(find, text) for text in asked] for _ in range(rounds + 1)][1:]
    return Series([median(turn[place] for turn in turns) for place in range(len(asked))])


def _timed(find: Callable[[str], object], text: str) -> float:
    began = perf_counter()
    find(text)
    return (perf_counter() - began) * 1e3


def _through(taken: dict[str, Series]) -> Figure:
    ours, raw = (fmean(taken[who].values) for who in ("ours", "raw"))
    facts = taken["ours"].told("ours") | {"ours p99": round(taken["ours"].quantile(0.99), 3)}
    return Figure(
        "find.through the store", "ms", ours, limit=raw, limit_is="the same statement by sqlite3", spread=facts
    )


def _rare(made: Archive, store: Store, raw: sqlite3.Connection, due: dict[str, list[str]], rounds: int) -> Figure:
    """Hold what is found seldom against a search line by line over the same words."""
    rare = [text for text, found in due.items() if 0 < len(found) <= _RARE and len(words(fold(text))) == 1][:_PAGE]
    query = f"""SELECT {", ".join(f"d.{name}" for name in _COLUMNS)} FROM search_words_2 AS w
        JOIN declaration AS d ON d.id = w.declaration_id WHERE w.words LIKE ? ORDER BY w.n DESC LIMIT {_PAGE}"""  # noqa: S608 - ours
    ours = _each(rare, lambda text: store.worklist(Wanted(text=text, limit=_PAGE)), rounds)
    theirs = Series(
        [_timed(lambda text: raw.execute(query, (f"%{fold(text)}%",)).fetchall(), text) for text in rare[:9]]
    )
    peer = "LIKE over the same words, which finds no ends in reverse and no phrases"
    figure = Figure("find.rare word", "ms", ours.median, theirs.median, peer_is=peer, spread={"words": len(rare)})
    return figure.beats_peer(100)


def _differences(made: Archive, store: Store, raw: sqlite3.Connection, due: dict[str, list[str]]) -> list[str]:
    wrong = []
    for text, true in due.items():
        page = [row.id for row in store.worklist(Wanted(text=text, limit=_PAGE))]
        whole = [row[0] for row in FullText().find(raw, ("id",), Wanted(text=text, limit=len(made.notes)))]
        if page != true[:_PAGE] or whole != true:
            wrong.append(f"{text!r}: {len(whole)} for {len(true)}")
    return wrong


def _opened(home: Path, rounds: int) -> Figure:
    """Open the archive as the window does: the counts of all folders and the first page of one."""
    application = Application(home)
    try:
        taken, turned, wrong = [], [], []
        for _ in range(rounds + 1):
            began = perf_counter()
            counts, page = application.folders(), application.worklist("archived")
            taken.append((perf_counter() - began) * 1e3)
            began = perf_counter()
            following = application.worklist("archived", after=page[-1])
            turned.append((perf_counter() - began) * 1e3)
        if (
            sum(counts.values()) != COUNT
            or len(page) != len(following)
            or page[-1].changed_at < following[0].changed_at
        ):
            wrong = [f"{counts}, {len(page)} and {len(following)} lines"]
    finally:
        application.close()
    spread = {"next page, ms": round(median(turned[1:]), 2), "lines": len(page), "archived": counts["archived"]}
    figure = Figure("find.archive opened", "ms", median(taken[1:]), spread=spread).at_most(60)
    return figure.right(wrong, "every declaration is counted once; the next page follows the first")
