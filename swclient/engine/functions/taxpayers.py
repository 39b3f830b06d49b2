# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taxpayer numbers of Kyrgyzstan, Tajikistan and Uzbekistan.

Better to let a wrong number pass than to refuse a right one: where no check digit is published, only the form is asked.
"""

from __future__ import annotations

import re
from datetime import date

from swclient.engine.functions import function

_INN_KG = re.compile(r"[0-9]{14}")
_DAY_KG = re.compile(r"[012]([0-9]{2})([0-9]{2})([0-9]{4})[0-9]{5}")
_INN_TJ = re.compile(r"[0-9]{9}")
_STIR = re.compile(r"[2-7][0-9]{8}")
_PINFL = re.compile(r"[0-9]{14}")
_NO_NUMBER = "999999999"  # stands for a person who has neither STIR nor PINFL
_WEIGHTS = (7, 3, 1) * 5


@function("kg_inn")
def kg_inn(number: str) -> bool:
    """Tell whether an INN of Kyrgyzstan has its fourteen digits (album of formats 5.23.0, KGINNIDType).

    >>> kg_inn("01501202410018"), kg_inn("0150120241001")
    (True, False)
    """
    return _INN_KG.fullmatch(number) is not None


@function("kg_inn_day")
def kg_inn_day(number: str) -> bool:
    """Tell whether an INN begins as it should: 0 a firm, 1 a woman, 2 a man, then a day (general knowledge).

    A number that has not fourteen digits is not asked.

    >>> kg_inn_day("01501202410018"), kg_inn_day("21203198500123"), kg_inn_day("23002198500123")
    (True, True, False)
    >>> kg_inn_day("31501202410018"), kg_inn_day("123")
    (False, True)
    """
    if not kg_inn(number):
        return True
    parts = _DAY_KG.fullmatch(number)
    if parts is None:
        return False
    day, month, year = (int(part) for part in parts.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@function("tj_inn")
def tj_inn(number: str) -> bool:
    """Tell whether an INN of Tajikistan has its nine digits (guide to identifiers of organisations).

    >>> tj_inn("010000019"), tj_inn("01000001")
    (True, False)
    """
    return _INN_TJ.fullmatch(number) is not None


@function("uz_stir")
def uz_stir(number: str) -> bool:
    """Tell whether a number is a STIR: nine digits, the first 2 to 7; its control digit is not published.

    >>> uz_stir("399999993"), uz_stir("199999993"), uz_stir("39999999")
    (True, False, False)
    """
    return _STIR.fullmatch(number) is not None


@function("uz_pinfl")
def uz_pinfl(number: str) -> bool:
    """Tell whether a number is a PINFL: fourteen digits, the last the sum of the others times 7, 3, 1, modulo 10.

    >>> uz_pinfl("30101900123457"), uz_pinfl("51503010010013"), uz_pinfl("30101900123458")
    (True, True, False)
    """
    if _PINFL.fullmatch(number) is None:
        return False
    digits = [int(sign) for sign in number]
    return sum(digit * weight for digit, weight in zip(digits[:13], _WEIGHTS, strict=False)) % 10 == digits[13]


@function("uz_number")
def uz_number(number: str) -> bool:
    """Tell whether a number is a STIR, a PINFL, or the nine nines of a person who has neither.

    >>> uz_number("399999993"), uz_number("30101900123457"), uz_number("999999999"), uz_number("12")
    (True, True, True, False)
    """
    return number == _NO_NUMBER or uz_stir(number) or uz_pinfl(number)
