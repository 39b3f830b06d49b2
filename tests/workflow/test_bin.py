# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may go into the bin, what is kept and until when, and what the program deletes by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from swclient.base.errors import UserError
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.store.values import Move
from swclient.workflow.application import Application
from swclient.workflow.bin import FILE, keep_days, kept_until
from swclient.workflow.life.clocks import limit_of
from swclient.workflow.told.timeline import timeline


@pytest.fixture
def draft(offline: Application) -> str:
    """A draft in the store."""
    return offline.open_sample()


def at(application: Application, day: date) -> None:
    """Have the program believe that it is another day."""
    application.today = lambda: day


def listed(application: Application) -> list[str]:
    return [row.id for row in application.worklist("bin")]


def rejected(application: Application, draft: str) -> date:
    """Have a declaration been refused by customs; return on which day."""
    application.store.move_state(Move(draft, "draft", "rejected"))
    return application.store.bin.traces(draft).last.date()


def test_a_draft_goes_and_comes_back_and_the_timeline_tells(offline: Application, draft: str) -> None:
    offline.bin.put(draft)
    assert listed(offline) == [draft]
    assert offline.folders()["bin"] == 1
    assert offline.worklist(text="Urumqi") == ()
    offline.bin.back(draft)
    assert listed(offline) == []
    assert [each.id for each in offline.worklist(text="Urumqi")] == [draft]
    told = [each.title for each in timeline(offline.store, draft)]
    assert told == ["Put into the bin", "Taken back from the bin"]


@pytest.mark.parametrize("code", [code for code in profile_codes() if code != "EAEU"])
def test_every_country_says_how_long_with_a_source(code: str) -> None:
    limit = limit_of(load_profile(code), "retention", date(2025, 3, 4))
    assert limit is not None
    assert (int(limit.row.value), limit.row.unit) == (3 if code == "CN" else 5, "year")
    assert limit.law
    assert limit.row.source
    assert not limit.row.confirmed


def test_what_was_answered_is_refused_until_its_day_and_goes_on_it(offline: Application, draft: str) -> None:
    day = kept_until(_moment(rejected(offline, draft)), 5)
    at(offline, day - timedelta(days=1))
    with pytest.raises(UserError, match=day.isoformat()):
        offline.bin.put(draft)
    assert listed(offline) == []
    at(offline, day)
    offline.bin.put(draft)
    offline.bin.purge(draft)
    assert offline.folders()["bin"] == 0
    assert offline.store.health.ok


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def test_one_under_way_is_refused_whatever_the_day(offline: Application, draft: str) -> None:
    offline.store.move_state(Move(draft, "draft", "registered"))
    at(offline, date(2099, 1, 1))
    with pytest.raises(UserError, match="Registered"):
        offline.bin.put(draft)


def test_years_from_the_29th_of_february_end_on_the_first_of_march() -> None:
    assert kept_until(datetime(2024, 2, 29, tzinfo=UTC), 5) == date(2029, 3, 1)
    assert kept_until(datetime(2024, 2, 28, tzinfo=UTC), 3) == date(2027, 2, 28)


def test_an_open_declaration_is_shut_saved(offline: Application, draft: str) -> None:
    desk = offline.open(draft)
    offline.bin.put(draft)
    offline.bin.back(draft)
    assert offline.open(draft) is not desk


def swept_on(application: Application, days: int) -> int:
    begun = datetime.now(UTC).date()
    at(application, begun + timedelta(days=days))
    return application.bin.sweep()


def test_after_thirty_days_and_not_before_it_is_deleted(offline: Application, draft: str) -> None:
    offline.bin.put(draft)
    assert swept_on(offline, 30) == 0
    assert listed(offline) == [draft]
    assert swept_on(offline, 31) == 1
    assert listed(offline) == []
    with pytest.raises(UserError, match="no declaration"):
        offline.store.row(draft)


def test_what_is_not_in_the_bin_is_never_swept(offline: Application, draft: str) -> None:
    assert swept_on(offline, 10_000) == 0
    assert offline.store.row(draft).removed_at is None


def test_one_signed_elsewhere_while_it_lay_there_stays(offline: Application, draft: str) -> None:
    offline.bin.put(draft)
    rejected(offline, draft)
    assert swept_on(offline, 31) == 0
    assert listed(offline) == [draft]


def test_the_user_says_how_many_days(offline: Application, draft: str) -> None:
    assert keep_days(offline.home) == 30
    (offline.home / FILE).write_text("keep_days = 0\n", encoding="utf-8")
    offline.bin.put(draft)
    assert swept_on(offline, 10_000) == 0
    (offline.home / FILE).write_text("keep_days = 2\n", encoding="utf-8")
    assert swept_on(offline, 3) == 1


@pytest.mark.parametrize("words", ["keep_days = -1", "keep_days = true", "days = 3", "keep_days ="])
def test_settings_that_mean_nothing_are_told_and_nothing_is_deleted(
    offline: Application, draft: str, words: str
) -> None:
    offline.bin.put(draft)
    (offline.home / FILE).write_text(words, encoding="utf-8")
    with pytest.raises(UserError, match="bin"):
        keep_days(offline.home)
    assert swept_on(offline, 10_000) == 0
    assert listed(offline) == [draft]
