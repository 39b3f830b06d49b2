# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Decimal figures: rounding as customs rounds, reading what people type, writing what machines read."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")
ONE = Decimal(1)
ZERO = Decimal(0)
HUNDRED = Decimal(100)
_GROUP = 3  # digits between two signs that part thousands
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'’")


def round_half_up(value: Decimal, step: Decimal = CENT) -> Decimal:
    """Round to a power of ten, a half away from zero.

    >>> round_half_up(Decimal("2.345"))
    Decimal('2.35')
    """
    return value.quantize(step, ROUND_HALF_UP)


def read_decimal(text: str) -> Decimal | None:
    """Read a figure as people type it: spaces between groups, comma or point; None when it is no figure.

    With both signs present the last one is the decimal sign. A single comma or point followed by exactly three
    digits is read as a decimal sign too: a declarant who types 1,250 means kilograms and grams.

    >>> read_decimal("1 240,50")
    Decimal('1240.50')
    >>> read_decimal("1.204.330,00")
    Decimal('1204330.00')
    >>> read_decimal("12 boxes") is None
    True
    """
    plain = text.translate(_SPACES)
    last = max(plain.rfind(","), plain.rfind("."))
    if last >= 0:
        sign = plain[last]
        whole, rest = plain[:last], plain[last + 1 :]
        if sign in whole and not _grouped(whole + sign + rest, sign):
            return None
        if sign in whole:
            whole, rest = (whole + rest).replace(sign, ""), ""
        plain = whole.replace(",", "").replace(".", "") + ("." + rest if rest else "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() and "e" not in plain.lower() else None


def _grouped(text: str, sign: str) -> bool:
    head, *groups = text.split(sign)
    return bool(head) and all(len(group) == _GROUP for group in groups)


def plain(value: Decimal) -> str:
    """Return a figure for machines: no exponent, trailing zeros kept as they are.

    >>> plain(Decimal("1E+3"))
    '1000'
    """
    return f"{value:f}"


def trimmed(value: Decimal) -> str:
    """Return a figure without trailing zeros after the point.

    >>> trimmed(Decimal("12.500"))
    '12.5'
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
