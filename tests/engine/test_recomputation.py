# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Following one change must tell the same as working everything out afresh.

And undoing everything must give the beginning again.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from swclient.document.body import to_body
from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from tests.declarations import CODES, many_items, opened, today, two_items

TEXTS = [
    "",
    "1",
    "12,5",
    "0",
    "999999",
    "2026-11-01",
    "05.12.2026",
    "CN",
    "DE",
    "USD",
    "EUR",
    "40",
    "80",
    "не число",
    "x" * 300,
    "GROSS",
    "17",
    *CODES,
]
STRUCTURE = ["item", "package", "document", "cost", "container", "charge", "arrival_means"]


def state_of(session: Session) -> dict[str, Any]:
    """Everything that is known about a declaration, by position, so that two sessions can be held side by side."""
    found: dict[str, Any] = {"totals": [dict(t) if isinstance(t, dict) else t for t in session.live.totals]}
    for name, rows in session.live.rows.items():
        found[name] = [
            (
                {k: v for k, v in row.values.items() if v is not None},
                {k: v for k, v in row.computed.items() if v is not None},
                row.mask,
            )
            for row in rows.values()
        ]
    return found


def afresh(session: Session) -> dict[str, Any]:
    """The state of a new session of the same document."""
    return state_of(Session(session.declaration, session.formulary, session.live.reference, today))


def edit(session: Session, chance: random.Random) -> None:
    """One random act of a user: mostly typing, sometimes rows, sometimes undo and redo."""
    act = chance.random()
    if act < 0.1:
        session.undo()
    elif act < 0.13:
        session.redo()
    elif act < 0.2:
        table = chance.choice(STRUCTURE)
        parents = session.rows(session.profile.tables[table].parent) if session.profile.tables[table].parent else []
        session.add_row(table, chance.choice(parents) if parents else None)
    elif act < 0.24:
        table = chance.choice(STRUCTURE)
        rows = session.rows(table)
        if rows:
            session.remove_row(table, chance.choice(rows))
    else:
        field = chance.choice(
            [each for each in session.profile.fields.values() if each.kind.name not in {"charges", "totals"}]
        )
        rows = session.rows(field.table) if session.profile.tables[field.table].many else [SINGLE]
        if rows:
            session.type_in(Path(field.table, chance.choice(rows), field.name), chance.choice(TEXTS))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_following_changes_equals_working_out_afresh(seed: int) -> None:
    chance = random.Random(seed)
    session = opened(two_items())
    for _ in range(25):
        edit(session, chance)
        session.settle()
        assert state_of(session) == afresh(session)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_a_change_that_reaches_nowhere_far_needs_no_settling(seed: int) -> None:
    chance = random.Random(seed)
    session = opened(two_items())
    for _ in range(25):
        edit(session, chance)
        if not session.pending:
            assert state_of(session) == afresh(session)
        session.settle()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9))
def test_undoing_everything_gives_the_beginning_and_redoing_the_end(seed: int) -> None:
    chance = random.Random(seed)
    session = opened(two_items())
    beginning = to_body(session.declaration)
    for _ in range(40):
        edit(session, chance)
    while session.redo():
        pass
    end = to_body(session.declaration)
    while session.undo():
        pass
    assert to_body(session.declaration) == beginning
    while session.redo():
        pass
    assert to_body(session.declaration) == end


def test_the_harness_notices_a_value_that_was_not_followed() -> None:
    session = opened(two_items())
    row = session.rows("item")[0]
    session.declaration.tables["item"][row].values["price"] = (
        session.declaration.tables["item"][row].values["price"] + 1
    )  # behind the engine's back
    assert state_of(session) != afresh(session)


@pytest.mark.parametrize("field", ["gross_mass", "price"])
def test_sharing_freight_anew_is_left_for_the_settling(field: str) -> None:
    session = opened(many_items(30))
    rows = session.rows("item")
    before = session.value(Path("item", rows[-1], "customs_value"))
    session.type_in(Path("item", rows[0], field), "5000")
    assert session.pending
    session.settle()
    assert session.value(Path("item", rows[-1], "customs_value")) != before
