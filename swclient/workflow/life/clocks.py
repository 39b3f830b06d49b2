# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When what is expected next is overdue: limits of the country's law as dated rates, else our own reminders.

A limit in working hours runs in the working time of the office (`clock_day_begin`, `clock_day_end`), Monday to Friday;
public holidays are not known. What customs itself names as a day counts before any limit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from swclient.base.paths import shipped
from swclient.catalogue.loader import load_profile, read_toml
from swclient.catalogue.reference import RateRow, Reference
from swclient.workflow.life.fold import Kind
from swclient.workflow.states import STANDINGS, State

if TYPE_CHECKING:
    from datetime import date

    from swclient.catalogue.profile import Profile
    from swclient.store import Store
    from swclient.store.values import Row
    from swclient.workflow.life.fold import Letter, Life

WORKING_HOUR, HOUR, MINUTE, DAY = "working_hour", "hour", "minute", "day"
_PREFIX = "clock_"
_SATURDAY = 5
_UNITS = {HOUR: 3600, MINUTE: 60, DAY: 86400}


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take.

    Attributes:
        row: the figure with its unit, source, and whether it is confirmed.
        law: the country has it; else it is our own reminder.
    """

    row: RateRow
    law: bool


def limit_of(profile: Profile, clock: str, day: date) -> Limit | None:
    """Return the limit of a clock on a day: the country's, else our own reminder; None where there is neither."""
    if not clock:
        return None
    own = Reference(profile).rate(_PREFIX + clock, day)
    if own is not None:
        return Limit(own, law=True)
    neutral = Reference(replace(profile, rates=_reminders())).rate(_PREFIX + clock, day)
    return None if neutral is None else Limit(neutral, law=False)


@lru_cache(maxsize=1)
def _reminders() -> dict[str, list[dict[str, object]]]:
    return read_toml(shipped("resources") / "catalogue" / "clocks.toml")


def ends(begun: datetime, limit: Limit, profile: Profile) -> datetime:
    """Return when a limit that began at a moment ends, UTC."""
    amount, unit = limit.row.value, limit.row.unit
    if unit != WORKING_HOUR:
        return (begun + timedelta(seconds=float(amount) * _UNITS[unit])).astimezone(UTC)
    local = begun.astimezone(_zone(profile))
    begin, end = (_hour(profile, name, local.date()) for name in ("day_begin", "day_end"))
    return _worked(local, timedelta(hours=float(amount)), begin, end).astimezone(UTC)


def _worked(at: datetime, left: timedelta, begin: time, end: time) -> datetime:
    """Return when so much working time has passed; days off and hours outside the day do not count."""
    while True:
        opens, closes = (datetime.combine(at.date(), hour, at.tzinfo) for hour in (begin, end))
        start = max(at, opens)
        if at.weekday() < _SATURDAY and start < closes:
            if start + left <= closes:
                return start + left
            left -= closes - start
        at = opens + timedelta(days=1)


def _hour(profile: Profile, name: str, day: date) -> time:
    found = limit_of(profile, name, day)
    return time(int(found.row.value) % 24 if found is not None else 0)


def _zone(profile: Profile) -> ZoneInfo:
    try:
        return ZoneInfo(str(profile.facts.get("time_zone", "UTC")))
    except ZoneInfoNotFoundError:
        return ZoneInfo("UTC")


def due_at(store: Store, row: Row, state: State, life: Life, letters: Iterable[Letter]) -> datetime | None:
    """Return when what a state waits for is overdue, None where nothing is or nobody says by when."""
    named = _named_by_customs(state, life, letters)
    if named is not None:
        return named
    begun = datetime.now(UTC)
    if STANDINGS[state].since_registration:
        begun = registered_at(store, row) or begun
    profile = load_profile(row.profile, version=row.profile_version)
    limit = limit_of(profile, STANDINGS[state].clock, begun.date())
    return None if limit is None else ends(begun, limit, profile)


def registered_at(store: Store, row: Row) -> datetime | None:
    """Return when we learnt of the registration, by our own clock; None before."""
    kept = store.answers.of_declaration(row.id)
    found = [each.received_at for each in kept if each.parsed and each.parsed.get("kind") == Kind.REGISTERED]
    return min(found, default=None)


_NAMED = {State.DOCUMENTS: (Kind.DOCUMENTS_ASKED, "due_at"), State.EXAMINATION: (Kind.NOTICE, "begins")}


def _named_by_customs(state: State, life: Life, letters: Iterable[Letter]) -> datetime | None:
    """Return the day that customs itself named: for documents still open, for an examination."""
    if state not in _NAMED:
        return None
    kind, name = _NAMED[state]
    said = [each for each in letters if each.kind is kind]
    if kind is Kind.DOCUMENTS_ASKED:
        said = [each for each in said if each.facts.get("request") in life.open_requests]
    days = (_moment(str(each.facts.get(name, ""))) for each in said)
    return min((day for day in days if day is not None), default=None)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None
