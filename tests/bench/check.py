# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration of 999 items while somebody types: one keystroke, one settling, one full check, many edits."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable
from time import process_time

from swclient.document.history import History
from swclient.document.journal import whole_from_data, whole_to_data
from swclient.document.path import Path
from swclient.document.value import Unread
from swclient.engine.live import LiveRow
from swclient.engine.session import Session
from tests.bench.comparing import afresh, differences, oracle_of, state
from tests.bench.documents import LARGEST, large_body, opened
from tests.bench.editing import keystroke, typable
from tests.bench.figures import Figure, raced
from tests.bench.random_edits import agreement, edits
from tests.bench.timing import Series, in_turns

FRAME = 16.0  # milliseconds: what a screen of 60 pictures a second leaves
KEYSTROKE = 0.1
_STROKES = 400
_ORACLE = "the slow oracle reads every rule and formula anew for every row"
_DONE = f"values and findings of {LARGEST} items = oracle's"


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure on one large declaration, then prove following on another."""
    session = opened(large_body())
    figures = [_keystroke(session, told.rounds), _settling(session, told.rounds), _full(session, told.rounds)]
    wrong = differences(session)
    for figure in figures:
        figure.right(wrong, _DONE)
    return [*figures, edits(told.edits), agreement()]


def _look(session: Session) -> Callable[[], object]:
    def look() -> None:
        oracle = oracle_of(session)
        oracle.values()
        oracle.failing()

    return look


def _typing(session: Session, taken: list[float]) -> Callable[[], object]:
    """Type at random places; what reaches whole sections is settled outside the clock, as a window does."""
    chance, fields = random.Random(1), typable(session)

    def strokes() -> None:
        done = 0
        while done < _STROKES:
            chosen = keystroke(session, fields, chance)
            if chosen is None:
                continue
            begun = process_time()
            session.type_in(*chosen)
            taken.append((process_time() - begun) * 1e3)
            done += 1
            if done % 50 == 0:
                session.settle()

    return strokes


def _recording(session: Session, taken: list[float]) -> Callable[[], object]:
    """Read the same texts and record them with their undo, and nothing more."""
    chance, fields, profile = random.Random(1), typable(session), session.profile
    bare = whole_from_data(whole_to_data(session.declaration), profile)
    history = History(bare)

    def strokes() -> None:
        done = 0
        while done < _STROKES:
            chosen = keystroke(session, fields, chance)
            if chosen is None:
                continue
            path, text = chosen
            begun = process_time()
            value = profile.fields[path.field_id].kind.load(text)
            history.set(path, Unread(text) if value is None and text else value)
            taken.append((process_time() - begun) * 1e3)
            done += 1

    return strokes


def _keystroke(session: Session, rounds: int) -> Figure:
    ours, floor = list[float](), list[float]()
    found = in_turns(
        {"ours": _typing(session, ours), "limit": _recording(session, floor), "peer": _look(session)}, rounds
    )
    session.settle()
    typed, bare = Series(ours), Series(floor)
    spread = {
        "keystrokes": len(ours),
        "p50": round(typed.median, 4),
        "p99": round(typed.quantile(0.99), 4),
        "p99.9": round(typed.quantile(0.999), 4),
        "max": round(max(ours), 3),
    }
    return Figure(
        "check.keystroke p99",
        "ms",
        measured=typed.quantile(0.99),
        peer=found["peer"].median,
        limit=bare.quantile(0.99),
        peer_is=_ORACLE,
        limit_is="the text read and recorded with its undo, nothing followed",
        spread=spread | {"limit p50": round(bare.median, 4)},
    ).at_most(KEYSTROKE)


def _settling(session: Session, rounds: int) -> Figure:
    rows = session.rows("item")
    chance = random.Random(2)

    def settle() -> None:
        row = chance.choice(rows)
        session.type_in(Path("item", row, "gross_mass"), f"{chance.randrange(600_000, 900_000) / 1000:.3f}")
        if not session.pending:
            raise AssertionError("a gross mass must reach every item, since freight is shared by it")
        session.settle()

    def share() -> None:
        for table in session.live.plan.tables.values():
            for _field, spread in table.spreads:
                over = [row.values for row in session.live.rows[spread.over].values()]
                spread.function(*session.live.spread_arguments(spread, over))

    found = in_turns({"ours": settle, "limit": share, "peer": _look(session)}, rounds)
    figure = raced("check.settle", found)
    figure.peer_is, figure.limit_is = _ORACLE, "the costs shared over the items, nothing worked out from them"
    return figure.at_most(FRAME)


def _blanks(rows: Iterable[LiveRow], fields: list[str]) -> int:
    blank = 0
    for row in rows:
        get = row.values.get
        for field in fields:
            if get(field) is None:
                blank += 1
    return blank


def _full(session: Session, rounds: int) -> Figure:
    live = session.live
    first = {name: [rule.at[0].partition(".")[2] for rule in table.rules] for name, table in live.plan.tables.items()}

    def read() -> int:
        return sum(_blanks(rows.values(), first[name]) for name, rows in live.rows.items())

    found = in_turns({"ours": live.run_all, "limit": read, "peer": _look(session)}, rounds)
    if state(session) != state(afresh(session)):
        raise AssertionError("a full check left another state than a new session of the same document")
    figure = raced("check.full", found, rules=len(live.plan.rules))
    figure.peer_is, figure.limit_is = _ORACLE, "for every rule and row one look at the first field the rule names"
    return figure.at_most(FRAME)
