# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clocks that are wrong: years back, years ahead, the 29th of February. What counts is the order, not the time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swclient.store import chain, open_store
from swclient.store.mail import OutboxEntry
from swclient.store.outbox import LONGEST_WAIT
from swclient.transport.retry import CAP, MOST_ASKED
from tests.store.conftest import ID, append, new

JUMPS = st.sampled_from(
    [
        timedelta(days=-366),
        timedelta(days=3653),
        timedelta(hours=-1),
        timedelta(seconds=-1),
        timedelta(0),
        timedelta(days=1),
    ]
)


class Jumping:
    """A clock that stands where it was last set."""

    def __init__(self):
        self.at = datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Jumping()


def entry(number):
    return OutboxEntry(ID, "customs", "declaration", f"key-{number:08}", b"<a/>", "application/xml")


def test_no_wait_that_the_program_makes_is_longer_than_the_longest():
    assert timedelta(seconds=max(CAP, MOST_ASKED * 1.1)) < LONGEST_WAIT


def test_an_entry_put_back_by_a_clock_ten_years_ahead_is_due_when_it_is_set_right(store, draft, clock):
    number = store.outbox.add(entry(1))
    right, clock.at = clock.at, clock.at + timedelta(days=3653)
    store.outbox.claim(number)
    store.outbox.postpone(number, "the line is down", clock.at + timedelta(minutes=5))
    assert store.outbox.due() == ()
    clock.at = right
    assert [each.id for each in store.outbox.due()] == [number]


def test_an_entry_that_waits_its_turn_is_not_due(store, draft, clock):
    number = store.outbox.add(entry(1))
    store.outbox.claim(number)
    store.outbox.unknown(number, "cut", clock.at + timedelta(minutes=15))
    assert store.outbox.due() == ()
    clock.at += timedelta(minutes=15)
    assert [each.id for each in store.outbox.due()] == [number]


@given(st.lists(JUMPS, min_size=3, max_size=12))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_order_of_what_happened_is_kept_whatever_the_clock_does(tmp_path_factory, jumps):
    clock = Jumping()
    path = tmp_path_factory.mktemp("clock") / "declarations.db"
    with open_store(path, clock=clock) as store:
        store.create(new(), actor="declarant")
        for number, jump in enumerate(jumps):
            clock.at += jump
            append(store, number).result()
            store.add_event(ID, f"event-{number}", {})
        assert [change.body["value"] for change in store.history(ID)[1:]] == [
            str(number) for number in range(len(jumps))
        ]
        assert [event.kind for event in store.events(ID)] == [f"event-{number}" for number in range(len(jumps))]
    with open_store(path, clock=clock) as again:
        assert again.health.state == chain.OK
        assert [change.body["value"] for change in again.load(ID).changes] == [
            str(number) for number in range(len(jumps))
        ]
