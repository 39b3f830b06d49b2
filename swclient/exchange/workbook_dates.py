# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days as suppliers write them: in figures, in Chinese, or with the month in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from swclient.base.i18n import N_
from swclient.exchange.workbook_numbers import CellError
from swclient.exchange.workbook_words import plain_words

_YEAR_FIRST = re.compile(r"([0-9]{4})[-./年]\s*([0-9]{1,2})[-./月]\s*([0-9]{1,2})\s*日?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[.-]([0-9]{1,2})[.-]([0-9]{4})(?:\s*г\.?)?")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ORDINAL = re.compile(r"([0-9])(?:st|nd|rd|th)\b", re.IGNORECASE)
_YEAR_WORD = "г"
_MONTHS = 12
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def read_day(text: str, months: Mapping[str, str]) -> date:
    """Read a day.

    Args:
        text: what stands in the cell.
        months: names of months in plain words, to their numbers.

    Raises:
        CellError: no day, none of the calendar, or one whose day and month cannot be told apart.

    >>> read_day("Nov. 9th, 2026", {"nov": "11"}), read_day("2026年11月9日", {})
    (datetime.date(2026, 11, 9), datetime.date(2026, 11, 9))
    """
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
        return _calendar(year, month, day)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        return _calendar(year, month, day)
    if match := _SLASHED.fullmatch(text):
        return _slashed(text, *map(int, match.groups()))
    return _worded(text, months)


def _worded(text: str, months: Mapping[str, str]) -> date:
    words = plain_words(_ORDINAL.sub(r"\1", text)).split()
    named = [int(months[word]) for word in words if word in months]
    numbers = sorted(int(word) for word in words if word.isascii() and word.isdigit())
    others = len(words) - len(named) - len(numbers) - words.count(_YEAR_WORD)
    if len(named) != 1 or others or [len(str(number)) > len("31") for number in numbers] != [False, True]:
        raise CellError(N_("not a date"))
    return _calendar(numbers[1], named[0], numbers[0])


def _slashed(text: str, first: int, second: int, year: int) -> date:
    """Read day/month/year or month/day/year, where one of the two cannot be a month."""
    if max(first, second) <= _MONTHS and first != second:
        raise CellError(N_("the day and the month cannot be told apart"), keep=(f"{text} ?",))
    return (
        _calendar(year, min(first, second), max(first, second)) if first <= _MONTHS else _calendar(year, second, first)
    )


def _calendar(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellError(N_("there is no such day in the calendar")) from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise CellError(N_("the year is not of our time"))
    return found
