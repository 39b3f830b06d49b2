# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thousands of random edits: what was followed edit by edit must equal what is worked out afresh, and the oracle."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

from swclient.document.path import Path
from swclient.engine.session import Session
from tests.bench.comparing import afresh, differences, failing, state
from tests.bench.documents import LARGEST, large_body, opened, sample_body
from tests.bench.editing import act, keystroke, typable
from tests.bench.figures import Figure

_BATCH = 5_000
_WIDE = 20  # acts of a batch that may reach whole sections: each costs a settling
_UNSETTLED = 500  # keystrokes that must have been followed without a settling when the two are compared
_RENEWED = 20  # batches after which the history begins anew, since it remembers every one of a million edits
_DOCUMENTS = 200
_ACTS = 25


def edits(count: int) -> Figure:
    """Follow so many edits of a large declaration; every 5,000 hold it against a new session of the same document.

    The acts that reach whole sections come first in a batch and are settled. The rest are keystrokes, undo and redo
    that reach nowhere far, so at the comparison hundreds of them have been followed and never worked out afresh.
    """
    editor = _Editor(opened(large_body()))
    wrong = compared = 0
    while editor.done < count:
        editor.wide(min(_WIDE, count - editor.done))
        editor.near(min(_BATCH - _WIDE, count - editor.done))
        compared += 1
        new = afresh(editor.session)
        wrong += state(editor.session) != state(new)
        if compared % _RENEWED == 0:
            editor.session = new
    against = differences(editor.session)
    noticed = _control(editor.session)
    spread = {"edits": editor.done, "comparisons": compared, "control noticed": noticed} | editor.counts
    figure = Figure("check.edits wrong", "", wrong + len(against), spread=spread)
    figure.right(against, f"{compared} × followed = afresh; at the end = oracle")
    return figure.exactly(0, "none wrong").more_than(0, "control is noticed", noticed)


class _Editor:
    """Edits a declaration and counts what it did, learning by doing which fields reach far.

    Attributes:
        counts: how often each kind of act was done.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.counts: Counter[str] = Counter()
        self._chance = random.Random(3)
        self._fields = typable(session)
        self._near = self._fields

    @property
    def done(self) -> int:
        """How many edits were made, all kinds together."""
        return self.counts.total()

    def wide(self, count: int) -> None:
        """Do anything so many times, settled after each act."""
        wanted = self.done + count
        while self.done < wanted:
            done = act(self.session, self._fields, self._chance)
            self.session.settle()
            if done:
                self.counts[done] += 1

    def near(self, count: int) -> None:
        """Type, undo and redo so many times without a settling in between.

        A field that turns out to reach far is settled and not chosen again; then so many more are made
        that hundreds are unsettled at the end.
        """
        wanted, unsettled = self.done + count, 0
        typed = undone = 0  # of this run: undo must not reach back to a step that changed rows
        while self.done < wanted or unsettled < _UNSETTLED:
            dice = self._chance.random()
            if dice < 0.05 and typed and self.session.undo():
                typed, undone, what = typed - 1, undone + 1, "undone"
            elif dice < 0.5 and undone and self.session.redo():
                typed, undone, what = typed + 1, undone - 1, "redone"
            elif (chosen := keystroke(self.session, self._near, self._chance)) is not None:
                typed, undone, what = typed + self._type(*chosen), 0, "typed"
            else:
                continue
            self.counts[what] += 1
            unsettled += 1
            if self.session.pending:
                self.session.settle()
                unsettled = 0

    def _type(self, path: Path, text: str) -> bool:
        """Type, note a field that reaches far, and tell whether anything changed."""
        before = self.session.declaration.value(path)
        self.session.type_in(path, text)
        if self.session.pending:
            self._near = [each for each in self._near if each.id != path.field_id]
        return self.session.declaration.value(path) != before


def _control(session: Session) -> int:
    """Change a value behind the engine's back: a comparison that does not notice proves nothing."""
    row = session.declaration.tables["item"][session.rows("item")[0]]
    row.values["price"] = Decimal(1) if row.values.get("price") != 1 else Decimal(2)
    return int(state(session) != state(afresh(session)))


def agreement() -> Figure:
    """Hold engine and oracle side by side on many small declarations, each edited at random."""
    wrong: list[str] = []
    codes = set[str]()
    noticed = 0
    for seed in range(_DOCUMENTS):
        session = _edited(seed)
        wrong += differences(session)
        codes |= {each.code for each in failing(session)}
        next(iter(session.live.rows["item"].values())).mask ^= 1
        noticed += bool(differences(session))
    spread = {
        "documents": _DOCUMENTS,
        "different codes tripped": len(codes),
        "controls noticed": noticed,
        "items": f"12 (largest: {LARGEST})",
    }
    figure = Figure("check.oracle wrong", "", len(wrong), spread=spread)
    figure.right(wrong, f"{_DOCUMENTS} documents, values and findings = oracle's")
    return figure.exactly(0, "none wrong").more_than(_DOCUMENTS - 1, "every control is noticed", noticed)


def _edited(seed: int) -> Session:
    chance = random.Random(seed)
    session = opened(sample_body())
    fields = typable(session)
    for _ in range(_ACTS):
        act(session, fields, chance)
        session.settle()
    while not session.rows("item"):
        session.undo()
    return session
