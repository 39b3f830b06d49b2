# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts, figures and days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from swclient.base.decimals import round_half_up
from swclient.engine.functions import function


@function("starts")
def starts(value: Any, *heads: str) -> bool:
    """Tell whether the text starts with one of the heads."""
    return str(value).startswith(heads)


@function("upper")
def upper(value: Any) -> str:
    """Return the text in capitals."""
    return str(value).upper()


@function("round2")
def round2(value: Decimal) -> Decimal:
    """Round to two decimals, a half away from zero."""
    return round_half_up(Decimal(value))  # a sum over no rows is the whole number 0


@function("whole")
def whole(value: Decimal) -> bool:
    """Tell whether a figure has no fraction."""
    return value == value.to_integral_value()


@function("days")
def days(first: date, last: date) -> int:
    """Return the days from the first to the last."""
    return (last - first).days


@function("day_digits")
def day_digits(day: date) -> str:
    """Return a day as eight digits, as notes and numbers write it.

    >>> day_digits(date(2027, 5, 15))
    '20270515'
    """
    return day.strftime("%Y%m%d")
