# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts, days and yes-or-no."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from swclient.base import i18n
from swclient.base.i18n import N_
from swclient.catalogue.kinds.base import Kind, KindError

_YES = {"1", "yes", "y", "true", "да", "д", "иә", "+"}
_NO = {"0", "no", "n", "false", "нет", "н", "жоқ", "-"}
_CENTURY, _YEARS = 2000, 100  # what two digits of a year are counted from, and what they stay below
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[./ ](?P<month>\d{1,2})[./ ](?P<year>\d{4}|\d{2})"),
    re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})"),
)


class Text(Kind):
    """Words up to a length: `text:150`. Longer text is kept and reported, not cut."""

    def __init__(self, name: str, argument: str = "") -> None:
        super().__init__(name, argument)
        self.limit = int(argument or 250)
        self.width = min(self.limit, 60)

    def parse(self, text: str) -> str | None:
        """Read words; blanks around them do not count."""
        return text.strip() or None


class Day(Kind):
    """A calendar day.

    >>> Day("date").parse("05.11.2026")
    datetime.date(2026, 11, 5)
    >>> Day("date").parse("2026-11-05")
    datetime.date(2026, 11, 5)
    """

    width = 10

    def parse(self, text: str) -> date | None:
        """Read day.month.year, year-month-day, or six digits ddmmyy."""
        plain = text.strip()
        if not plain:
            return None
        match = next((found for form in _DAYS if (found := form.fullmatch(plain))), None)
        if match is None:
            raise KindError(N_("“{text}” is not a date; write day.month.year, such as 05.11.2026."), text=plain)
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
        try:
            return date(_CENTURY + year if year < _YEARS else year, month, day)
        except ValueError:
            raise KindError(N_("There is no day {text} in the calendar."), text=plain) from None

    def show(self, value: Any) -> str:
        """Return the day as the language writes it."""
        return i18n.show(value)

    def store(self, value: Any) -> str:
        """Return year-month-day."""
        return str(value.isoformat())


class Flag(Kind):
    """Yes or no; not said is a third answer, kept apart from no."""

    width = 4

    def parse(self, text: str) -> bool | None:
        """Read yes or no in any of the usual words, and as every language of the program says it."""
        plain = text.strip().lower()
        if not plain:
            return None
        if plain in _YES:
            return True
        if plain in _NO:
            return False
        for code in dict.fromkeys((i18n.language(), *i18n.available())):
            if plain in {i18n.show(answer, code).lower() for answer in (True, False)}:
                return plain == i18n.show(True, code).lower()  # noqa: FBT003 - the value is what is shown
        raise KindError(N_("Answer yes or no (1 or 0), not “{text}”."), text=plain)

    def show(self, value: Any) -> str:
        """Return the word for yes or no."""
        return i18n.show(value)

    def store(self, value: Any) -> str:
        """Return 1 or 0."""
        return "1" if value else "0"


class Given(Kind):
    """Lines that only calculation gives, never typed: box 47 of an item, box B of the declaration."""

    def parse(self, text: str) -> Any:
        """Refuse: nobody types these."""
        raise KindError(N_("This is worked out, not typed."))

    def show(self, value: Any) -> str:
        """Return kind and amount of every line."""
        return "; ".join(f"{line.kind} {i18n.show(line.amount)}" for line in value or ())
