# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thousands of random edits: what was followed edit by edit must equal what is worked out afresh, and the oracle."""

from __future__ import annotations

import random
from decimal import Decimal

from swclient.catalogue.field import Field
from swclient.engine.session import Session
from tests.bench.comparing import afresh, differences, failing, state
from tests.bench.documents import LARGEST, large_body, opened, sample_body
from tests.bench.editing import act, keystroke, typable
from tests.bench.figures import Figure

_BATCH = 500
_WIDE = 10  # acts of a batch that may reach whole sections: each costs a settling
_DOCUMENTS = 200
_ACTS = 25


def edits(count: int) -> Figure:
    """Follow so many edits of a large declaration; every 500 hold it against a new session of the same document.

    The acts that reach whole sections come first in a batch and are settled. The rest are keystrokes that reach
    nowhere far, so at the comparison hundreds of them have been followed and never worked out afresh.
    """
    session = opened(large_body())
    near = _Near(session)
    wrong = compared = done = 0
    while done < count:
        batch = min(_BATCH, count - done)
        near.wide(min(_WIDE, batch))
        near.typed(batch - _WIDE)
        done += batch
        compared += 1
        wrong += state(session) != state(afresh(session))
    against = differences(session)
    noticed = _control(session)
    spread = {"edits": done, "comparisons": compared, "control noticed": noticed}
    figure = Figure("check.edits wrong", "", wrong + len(against), spread=spread)
    figure.right(against, f"{compared} × followed = afresh; at the end = oracle")
    return figure.exactly(0, "none wrong").more_than(0, "control is noticed", noticed)


class _Near:
    """Types where nothing far is reached, learning by doing which fields reach far."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._chance = random.Random(3)
        self._fields = typable(session)
        self._far: set[str] = set()

    def wide(self, count: int) -> None:
        """Do anything, settled after each act."""
        for _ in range(count):
            act(self._session, self._fields, self._chance)
            self._session.settle()

    def typed(self, count: int) -> None:
        """Type so many times without a settling in between; one that turns out to reach far starts the count again."""
        done = 0
        while done < count:
            fields: list[Field] = [each for each in self._fields if each.id not in self._far]
            chosen = keystroke(self._session, fields, self._chance)
            if chosen is None:
                continue
            self._session.type_in(*chosen)
            done += 1
            if self._session.pending:
                self._far.add(chosen[0].field_id)
                self._session.settle()
                done = min(done, count - _BATCH // 2)


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
