# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts, figures and days."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from swclient.base.decimals import round_half_up
from swclient.engine.functions import function


@lru_cache(maxsize=256)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


@function("matches")
def matches(value: Any, pattern: str) -> bool:
    """Tell whether the whole text fits a pattern.

    >>> matches("398", "[0-9]{3}")
    True
    """
    return _pattern(pattern).fullmatch(str(value)) is not None


@function("holds")
def holds(value: Any, pattern: str) -> bool:
    """Tell whether a pattern is found anywhere in the text, whatever the case."""
    return _pattern("(?i)" + pattern).search(str(value)) is not None


@function("starts")
def starts(value: Any, *heads: str) -> bool:
    """Tell whether the text starts with one of the heads."""
    return str(value).startswith(heads)


@function("upper")
def upper(value: Any) -> str:
    """Return the text in capitals."""
    return str(value).upper()


@function("len")
def length(value: Any) -> int:
    """Return the number of characters."""
    return len(str(value))


@function("part")
def part(value: Any, start: int, end: int) -> str:
    """Return the characters from start (counted from 0) up to end."""
    return str(value)[start:end]


@function("round2")
def round2(value: Decimal) -> Decimal:
    """Round to two decimals, a half away from zero."""
    return round_half_up(value)


@function("whole")
def whole(value: Decimal) -> bool:
    """Tell whether a figure has no fraction."""
    return value == value.to_integral_value()


@function("days")
def days(first: date, last: date) -> int:
    """Return the days from the first to the last."""
    return (last - first).days
