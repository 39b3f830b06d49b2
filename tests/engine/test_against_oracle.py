# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine tells what a plain interpreter of the same rules and formulas tells, whatever was typed."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from swclient.engine.session import Session
from tests.bench.comparing import differences, failing
from tests.bench.documents import opened, sample_body
from tests.bench.editing import act, keystroke, typable

FOLLOWED = 4
TOO_LONG, UNREADABLE = "H040", "KIND-"  # told of single texts, without a rule


def edited(seed: int, acts: int) -> Session:
    """The sample after some random acts of a user; the last of them are only followed, not settled."""
    chance = random.Random(seed)
    session = opened(sample_body())
    fields = typable(session)
    for _ in range(acts):
        act(session, fields, chance)
        session.settle()
    near = 0
    while near < FOLLOWED:
        chosen = keystroke(session, fields, chance)
        if chosen is not None:
            session.type_in(*chosen)
        near = 0 if session.pending else near + 1
        session.settle()
    return session


@pytest.mark.parametrize("seed", range(50))
def test_engine_and_oracle_agree_on_an_edited_declaration(seed: int) -> None:
    session = edited(seed, acts=20)
    assert differences(session) == []


@pytest.mark.parametrize("seed", range(20))
def test_every_rule_that_fails_is_told_in_words(seed: int) -> None:
    session = edited(seed, acts=20)
    told = [each for each in session.findings() if each.code != TOO_LONG and not each.code.startswith(UNREADABLE)]
    assert all(each.message.text() and each.advice.text() for each in told)
    assert Counter(each.code for each in told) == Counter(each.code for each in failing(session))


def test_engine_and_oracle_agree_on_the_untouched_sample() -> None:
    assert differences(opened(sample_body())) == []


def test_edited_declarations_trip_many_different_rules() -> None:
    codes = {each.code for seed in range(20) for each in failing(edited(seed, acts=20))}
    assert len(codes) > 40


def test_the_comparison_notices_a_rule_that_was_not_asked_again() -> None:
    session = edited(1, acts=5)
    row = next(iter(session.live.rows["item"].values()))
    row.mask ^= 1
    assert len(differences(session)) == 1


def test_the_comparison_notices_a_value_that_was_not_followed() -> None:
    session = opened(sample_body())
    row = next(iter(session.live.rows["item"].values()))
    row.values["customs_value"] += 1
    assert len(differences(session)) == 1
