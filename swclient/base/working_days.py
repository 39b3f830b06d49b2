# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Working days of a country: its weekend, its days off, and the days of a weekend on which people work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_MOST = 60  # days off in a row: more is a mistake in the data


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are days off.

    Attributes:
        weekend: days of the week, Monday is 1.
        every_year: month-day, `01-01`, off in every year.
        days_off: single days.
        working: single days that are working days whatever else says.
        source: where it comes from; `confirmed` whether that is sure.
    """

    weekend: frozenset[int] = frozenset()
    every_year: frozenset[str] = frozenset()
    days_off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    source: str = ""
    confirmed: bool = False

    def off(self, day: date) -> bool:
        """Tell whether a day is a day off."""
        if day in self.working:
            return False
        return day.isoweekday() in self.weekend or f"{day:%m-%d}" in self.every_year or day in self.days_off

    def next_working(self, day: date) -> date:
        """Return the day itself where it is a working day, else the next one that is.

        >>> Calendar(frozenset({6, 7})).next_working(date(2026, 12, 20))
        datetime.date(2026, 12, 21)
        """
        for _step in range(_MOST):
            if not self.off(day):
                return day
            day += _DAY
        raise ValueError(day)
