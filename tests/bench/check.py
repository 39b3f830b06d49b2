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
from tests.bench.documents import LARGEST, large_body, opened, paid
from tests.bench.editing import keystroke, typable
from tests.bench.figures import Figure, raced
from tests.bench.random_edits import agreement, edits
from tests.bench.standard import PEER_IS, QUICKEST, Standard
from tests.bench.timing import Series, in_turns

FRAME = 16.0  # milliseconds: what a screen of 60 pictures a second leaves
FRAMES = 2 * FRAME  # every value and every rule afresh: our own goal, two frames
KEYSTROKE = 0.1
_STROKES = 400
_SETTLED_EVERY = 50
_FULL_BEATS, _KEYSTROKE_BEATS = 100, 10_000  # times that Schematron may take ours at least
_LOOKS = 3  # rounds in which the slow oracle is the peer
_FIRST = 5  # strokes after a settling that are counted apart
_ORACLE = "the slow oracle reads every rule and formula anew for every row"
_DONE = f"values and findings of {LARGEST} items = oracle's"


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure on one large declaration, then prove findings and following on others."""
    session = paid(opened(large_body()))
    standard = Standard(session)
    figures = [*_full(session, standard, told.rounds), _keystroke(session, standard, told.rounds)]
    figures += _settling(session, told.rounds)
    wrong = differences(session)
    for figure in figures:
        figure.right(wrong, _DONE)
    return [*figures, standard.agreement(), edits(told.edits), agreement()]


def _look(session: Session) -> Callable[[], object]:
    def look() -> None:
        oracle = oracle_of(session)
        oracle.values()
        oracle.failing()

    return look


class _Strokes:
    """Texts typed at random places, the same ones for whoever takes them.

    Attributes:
        taken: milliseconds of each stroke, in a run of typing.
        first: the same of the first strokes after a settling, which has emptied the processor's caches.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.taken: list[float] = []
        self.first: list[float] = []
        self._chance = random.Random(1)
        self._fields = typable(session)

    def round(self, take: Callable[[Path, str], None], settle: Callable[[], None]) -> None:
        """Let so many strokes be taken; settle now and then, outside the clock."""
        done = 0
        while done < _STROKES:
            chosen = keystroke(self.session, self._fields, self._chance)
            if chosen is None:
                continue
            begun = process_time()
            take(*chosen)
            took = (process_time() - begun) * 1e3
            (self.taken if done % _SETTLED_EVERY >= _FIRST else self.first).append(took)
            done += 1
            if done % _SETTLED_EVERY == 0:
                settle()


def _recorder(session: Session) -> Callable[[Path, str], None]:
    """Return what reads a text and records it with its undo, and nothing more."""
    profile = session.profile
    history = History(whole_from_data(whole_to_data(session.declaration), profile))

    def take(path: Path, text: str) -> None:
        value = profile.fields[path.field_id].kind.load(text)
        history.set(path, Unread(text) if value is None and text else value)

    return take


def _keystroke(session: Session, standard: Standard, rounds: int) -> Figure:
    ours, bare = _Strokes(session), _Strokes(session)
    record = _recorder(session)
    found = in_turns(
        {
            "ours": lambda: ours.round(session.type_in, session.settle),
            "limit": lambda: bare.round(record, lambda: None),
            "peer": standard.check(standard.usual),
            QUICKEST: standard.check(standard.quickest),
        },
        rounds,
    )
    session.settle()
    typed, recorded, first = Series(ours.taken), Series(bare.taken), Series(ours.first)
    spread = {
        "keystrokes": len(typed.values),
        "p50": round(typed.median, 4),
        "p99": round(typed.quantile(0.99), 4),
        "p99.9": round(typed.quantile(0.999), 4),
        "limit p50": round(recorded.median, 4),
        f"first {_FIRST} after a settling p50": round(first.median, 4),
        f"first {_FIRST} after a settling p99": round(first.quantile(0.99), 4),
        f"{QUICKEST} ÷ ours": round(found[QUICKEST].median / typed.quantile(0.99)),
    }
    figure = Figure(
        "check.keystroke p99",
        "ms",
        measured=typed.quantile(0.99),
        peer=found["peer"].median,
        limit=recorded.quantile(0.99),
        peer_is=PEER_IS,
        limit_is="the text read and recorded with its undo, nothing followed",
        spread=spread,
    )
    return figure.at_most(KEYSTROKE).beats_peer(_KEYSTROKE_BEATS)


def _settling(session: Session, rounds: int) -> list[Figure]:
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

    found = in_turns({"ours": settle, "limit": share, "peer": _look(session)}, min(rounds, _LOOKS))
    figure = raced("check.settle", found)
    figure.peer_is, figure.limit_is = _ORACLE, "the costs shared over the items, nothing worked out from them"
    return [figure.at_most(FRAMES)]


def _blanks(rows: Iterable[LiveRow], fields: list[str]) -> int:
    blank = 0
    for row in rows:
        get = row.values.get
        for field in fields:
            if get(field) is None:
                blank += 1
    return blank


def _full(session: Session, standard: Standard, rounds: int) -> list[Figure]:
    live, check = session.live, standard.check
    first = {name: [rule.at[0].partition(".")[2] for rule in table.rules] for name, table in live.plan.tables.items()}

    def read() -> int:
        return sum(_blanks(rows.values(), first[name]) for name, rows in live.rows.items())

    schematron = {"peer": check(standard.usual), QUICKEST: check(standard.quickest)}
    full = in_turns({"ours": live.check_all, "limit": read} | schematron, rounds)
    all_new = in_turns({"ours": live.run_all, "limit": read, "peer": _look(session)}, min(rounds, _LOOKS))
    if state(session) != state(afresh(session)):
        raise AssertionError("a full check left another state than a new session of the same document")
    quickest = full[QUICKEST].median
    told = {QUICKEST: round(quickest, 1), f"{QUICKEST} ÷ ours": round(quickest / full["ours"].median, 1)}
    figures = [raced("check.full", full, rules=len(live.plan.rules), **told), raced("check.afresh", all_new)]
    for figure, peer in zip(figures, (PEER_IS, _ORACLE), strict=True):
        figure.peer_is, figure.limit_is = peer, "for every rule and row one look at the first field the rule names"
    return [figures[0].at_most(FRAME).beats_peer(_FULL_BEATS), figures[1].at_most(FRAMES)]
