# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whichever way the answers come, the end is the same; strangers are kept, shown and never applied."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from swclient.store import open_store
from swclient.store.store import Store
from swclient.workflow.line.receiving import STRANGER
from swclient.workflow.states import State
from swclient.workflow.told.timeline import strangers, timeline
from tests.bench.permutations import Case, run
from tests.conversations import CONVERSATION, REGISTERED, SCRIPTS, Said, lane, mark, xml


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.sqlite") as opened:
        yield opened


@pytest.fixture
def case(store: Store) -> Case:
    """A green declaration that customs has, with nothing answered yet."""
    made = Case(store, SCRIPTS[0], random.Random(1))
    made.acknowledge()
    return made


def came(case: Case, said: Said, minute: int, **other: str) -> None:
    """Let a letter come and be applied."""
    case.post.put(CONVERSATION + case.tag, minute, xml(said, case.tag, minute, **other))
    case.take_in()


def state(case: Case) -> str:
    return case.store.row(case.id).state


def test_conversations_in_random_order_end_the_same_and_the_control_does_not() -> None:
    found = run(2 * len(SCRIPTS))
    assert found.wrong == []
    assert found.duplicates > 20
    assert found.strangers > 20
    assert found.crashes > 10
    assert found.control_wrong > found.control / 4


def test_every_state_after_the_lodging_is_reached_by_a_script() -> None:
    ends = {script.ends for script in SCRIPTS} | {each for script in SCRIPTS for each in script.amendments}
    passed = {State.REGISTERED, State.UNDER_CONTROL, State.ANSWERED, State.AMENDED, State.WITHDRAWING}
    before = {State.DRAFT, State.SIGNED, State.QUEUED, State.SENT, State.RECEIVED, State.ARCHIVED}
    assert set(State) - before - passed <= ends


def test_a_release_that_comes_before_the_registration_waits_for_the_number_and_counts_then(case: Case) -> None:
    came(case, lane("green"), 2)
    came(case, Said("GTDoutCustomsMark", mark("10").inside), 9)
    assert state(case) == State.RECEIVED
    came(case, REGISTERED, 1)
    assert state(case) == State.RELEASED
    assert case.store.row(case.id).number == "55301000/201126/0000007"


def test_a_late_answer_never_moves_anything_back(case: Case) -> None:
    came(case, REGISTERED, 1)
    came(case, mark("10"), 9)
    came(case, lane("red"), 2)
    came(case, Said("NotifGTDExaminationStart"), 3)
    assert state(case) == State.RELEASED


@pytest.mark.parametrize(
    ("other", "why"),
    [({"about": "container-9"}, "was not sent in this conversation"), ({"serial": "9999999"}, "is registered under")],
)
def test_swapped_identifiers_are_kept_shown_and_have_no_effect(case: Case, other: dict[str, str], why: str) -> None:
    came(case, REGISTERED, 1)
    came(case, mark("90"), 2, **other)
    assert state(case) == State.REGISTERED
    (letter,) = strangers(case.store)
    assert why in letter.detail
    assert letter.raw is not None
    assert any(each.kind == STRANGER for each in timeline(case.store, case.id))
    came(case, mark("10"), 3)
    assert state(case) == State.RELEASED


def test_an_answer_about_another_document_of_ours_is_a_stranger_here(case: Case) -> None:
    came(case, REGISTERED, 1)
    came(case, mark("90", "document-7"), 2)
    assert state(case) == State.REGISTERED


def test_a_letter_of_a_conversation_that_nobody_began_waits_and_counts_once_it_is_ours(store: Store) -> None:
    case = Case(store, SCRIPTS[0], random.Random(1))
    case.post.put(CONVERSATION + case.tag, 1, xml(REGISTERED, case.tag, 1))
    case.take_in()
    assert state(case) == State.QUEUED
    assert store.glance.strangers() == 1
    case.acknowledge()
    case.take_in()
    assert state(case) == State.REGISTERED
    assert store.glance.strangers() == 0


def test_what_nobody_can_read_is_kept_and_shown_and_stops_nothing(case: Case) -> None:
    case.post.put(CONVERSATION + case.tag, 1, b"\xff\xfe")
    case.post.put(CONVERSATION + case.tag, 2, b"<Novelty><DocumentID>1</DocumentID></Novelty>")
    came(case, REGISTERED, 3)
    assert state(case) == State.REGISTERED
    titles = [each.title for each in timeline(case.store, case.id)]
    assert sum("kept as it came" in title for title in titles) == 2
