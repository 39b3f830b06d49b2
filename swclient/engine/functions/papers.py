# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions about other papers: words of a text, monthly deadlines, codes of places."""

from __future__ import annotations

import re
from datetime import date

from swclient.engine.functions import function

_LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")
_MONTHS = 12


@function("word_count")
def word_count(text: str) -> int:
    """Return how many words a text has; commas and dashes stand between words as blanks do.

    >>> word_count("CN KZ, UZ"), word_count("KZ")
    (3, 1)
    """
    return len(re.findall(r"\w+", text))


@function("day_of_next_month")
def day_of_next_month(day: date, which: int) -> date:
    """Return a day of the month after that of a date.

    >>> day_of_next_month(date(2026, 12, 3), 20)
    datetime.date(2027, 1, 20)
    """
    months = day.year * _MONTHS + day.month  # those before the month after
    return date(months // _MONTHS, months % _MONTHS + 1, which)


@function("locode_form")
def locode_form(code: str) -> bool:
    """Tell whether a code has the form of UN/LOCODE: two letters of the country, three of the place (UNECE Rec 16).

    >>> locode_form("CNSHA"), locode_form("KZ2AB"), locode_form("CN1HA"), locode_form("SHANGHAI")
    (True, True, False, False)
    """
    return _LOCODE.fullmatch(code) is not None
