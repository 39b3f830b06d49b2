# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers that prove themselves: containers, taxpayers, declarations.

Better to let a wrong number pass than to refuse a right one.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from swclient.engine.functions import function

_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))
_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_NO_DIGIT = 10  # what a sum leaves that no digit can show
_BIN = re.compile(r"[0-9]{12}")
_MONTH = re.compile(r"0[1-9]|1[0-2]")
_DAY = re.compile(r"0[1-9]|[12][0-9]|3[01]")


@function("iso6346_form")
@lru_cache(maxsize=4096)
def iso6346_form(number: str) -> bool:
    """Tell whether a container number has its form: owner's three letters, U, J or Z, and seven digits (ISO 6346).

    >>> iso6346_form("CSQU3054383")
    True
    """
    return re.fullmatch(r"[A-Z]{3}[UJZ][0-9]{7}", number) is not None


@function("iso6346_digit")
def iso6346_digit(number: str) -> int:
    """Return the check digit that belongs to the first ten characters (ISO 6346).

    >>> iso6346_digit("CSQU3054384")
    3
    """
    values = [_LETTERS.get(sign, 0) if sign.isalpha() else int(sign) for sign in number[:10]]
    return sum(value << place for place, value in enumerate(values)) % 11 % 10


@function("iso6346_check")
@lru_cache(maxsize=4096)
def iso6346_check(number: str) -> bool:
    """Tell whether the last digit is the check digit; a number of another form is not asked.

    One container stands under many items, so answers are kept.

    >>> iso6346_check("CSQU3054383"), iso6346_check("CSQU3054384"), iso6346_check("CSQU-1")
    (True, False, True)
    """
    return not iso6346_form(number) or iso6346_digit(number) == int(number[10])


@function("iso6346_mended")
def iso6346_mended(number: str) -> str:
    """Return the number with the check digit that belongs to it.

    >>> iso6346_mended("CSQU3054384")
    'CSQU3054383'
    """
    return f"{number[:10]}{iso6346_digit(number)}"


@function("kz_form")
@lru_cache(maxsize=256)
def kz_form(number: str) -> bool:
    """Tell whether a BIN or IIN of Kazakhstan has its twelve digits.

    >>> kz_form("240140000012"), kz_form("24014000001")
    (True, False)
    """
    return _BIN.fullmatch(number) is not None


@function("kz_number")
@lru_cache(maxsize=256)
def kz_number(number: str) -> bool:
    """Tell whether a BIN or IIN of Kazakhstan has twelve digits and its check digit (resolution 565 of 2003).

    A second set of weights serves when the first leaves 10; a number that leaves 10 twice is never given out.

    >>> kz_number("240140000011"), kz_number("240140000203"), kz_number("240140000012")
    (True, True, False)
    """
    if not kz_form(number):
        return False
    digits = [int(sign) for sign in number]
    rest = sum(digit * weight for digit, weight in zip(digits, _FIRST, strict=False)) % 11
    if rest == _NO_DIGIT:
        rest = sum(digit * weight for digit, weight in zip(digits, _SECOND, strict=False)) % 11
    return rest == digits[11]


@function("kz_kind")
@lru_cache(maxsize=256)
def kz_kind(number: str) -> bool:
    """Tell whether month and fifth digit of a BIN or IIN fit: 4 or 5 a firm, 6 a joint enterprise, 0 to 3 a birthday.

    A number that has not twelve digits is not asked.

    >>> kz_kind("240140000011"), kz_kind("240190000011"), kz_kind("791028302728"), kz_kind("791328302728")
    (True, False, True, False)
    >>> kz_kind("791038302728")
    False
    """
    if not kz_form(number):
        return True
    if _MONTH.fullmatch(number[2:4]) is None:
        return False
    return number[4] in "456" or _DAY.fullmatch(number[4:6]) is not None


@function("dt_number")
def dt_number(number: str) -> bool:
    """Tell whether a number is one that customs of the Union give: office, day (DDMMYY), seven digits.

    >>> dt_number("50000/150126/0001234"), dt_number("50000/310226/0001234"), dt_number("50000/150126/1234")
    (True, False, False)
    """
    return dt_day(number) is not None


@function("dt_day")
def dt_day(number: str) -> date | None:
    """Return the day in a number that customs of the Union give; None for another number.

    >>> dt_day("50000/150126/0001234"), dt_day("50000/310226/0001234")
    (datetime.date(2026, 1, 15), None)
    """
    parts = re.fullmatch(r"[0-9]{5}(?:[0-9]{3})?/([0-9]{2})([0-9]{2})([0-9]{2})/[0-9]{7}", number)
    if parts is None:
        return None
    day, month, year = (int(part) for part in parts.groups())
    try:
        return date(2000 + year, month, day)
    except ValueError:
        return None
