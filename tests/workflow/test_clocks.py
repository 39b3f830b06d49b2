# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When something is overdue: limits of the country's law in working time, our own reminders where there is none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from swclient.catalogue.loader import load_profile
from swclient.workflow.life.clocks import ends, limit_of

DAY = date(2026, 11, 20)


def at(text: str) -> datetime:
    """Return a moment in Almaty, five hours ahead."""
    return datetime.fromisoformat(text + "+05:00")


@pytest.mark.parametrize(
    ("begun", "over"),
    [
        ("2026-11-20T10:00", "2026-11-20T14:00"),
        ("2026-11-20T16:30", "2026-11-23T11:30"),  # a Friday afternoon: the rest of it on Monday
        ("2026-11-20T03:00", "2026-11-20T13:00"),
        ("2026-11-21T12:00", "2026-11-23T13:00"),
        ("2026-11-20T14:00", "2026-11-20T18:00"),
    ],
)
def test_four_working_hours_from_the_registration_run_in_working_time_only(begun: str, over: str) -> None:
    profile = load_profile("KZ", day=DAY)
    limit = limit_of(profile, "release", DAY)
    assert limit is not None
    assert limit.law
    assert (str(limit.row.value), limit.row.unit, limit.row.confirmed) == ("4", "working_hour", False)
    assert ends(at(begun), limit, profile) == at(over).astimezone(UTC)


def test_where_no_limit_is_known_the_program_reminds_and_says_that_it_is_its_own() -> None:
    limit = limit_of(load_profile("MN", day=DAY), "release", DAY)
    assert limit is not None
    assert not limit.law
    assert "reminder" in limit.row.source


def test_a_limit_of_a_member_lies_over_that_of_its_parent() -> None:
    members = {code: limit_of(load_profile(code, day=DAY), "control", DAY) for code in ("KZ", "KG")}
    assert {code: limit.law for code, limit in members.items() if limit is not None} == {"KZ": True, "KG": False}
