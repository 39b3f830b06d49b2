# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting: longer each time, never all at once, as long as the office asks but not for ever."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.transport.retry import BASE, CAP, MOST_ASKED, delay, next_delay, retry_after


def dice(seed):
    return random.Random(seed)


NOW = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)


@given(st.integers(1, 10**9), st.integers())
def test_every_delay_lies_in_the_upper_half_of_its_step(attempt, seed):
    top = min(CAP, BASE * 2 ** min(attempt - 1, 40))
    assert top / 2 <= delay(attempt, dice(seed)) <= top


def test_clients_that_failed_together_come_back_apart():
    rolled = dice(1)
    assert len({round(delay(5, rolled), 3) for _ in range(100)}) > 90


def test_a_first_attempt_and_a_hundredth_both_have_sensible_delays():
    rolled = dice(1)
    assert 1 <= delay(1, rolled) <= 2
    assert CAP / 2 <= delay(100, rolled) <= CAP


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("99999999999999999999", MOST_ASKED),
        ("Tue, 04 Mar 2025 09:02:00 GMT", 120),
        ("Tue, 04 Mar 2025 08:00:00 GMT", 0),
        ("Tue, 04 Mar 2099 08:00:00 GMT", MOST_ASKED),
        ("Tue, 04 Mar 2025 09:01:00 -0000", 60),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("٣", None),
        ("Tue, 99 Mar 2025 09:02:00 GMT", None),
    ],
)
def test_what_the_office_asks_for_is_read_and_capped(header, seconds):
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_can_make_us_wait_for_ever_or_fail(header):
    found = retry_after(header, NOW)
    assert found is None or 0 <= found <= MOST_ASKED


@given(st.integers(1, 50), st.floats(0, MOST_ASKED), st.integers())
def test_we_never_come_back_before_the_office_wants_us(attempt, asked, seed):
    assert next_delay(attempt, dice(seed), asked) >= asked


def test_without_a_wish_of_the_office_our_own_delay_holds():
    assert next_delay(3, dice(7), None) == delay(3, dice(7))
