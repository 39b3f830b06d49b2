# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices held against a band of usual ones."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from swclient.engine.functions import function


@function("per_kilogram")
def per_kilogram(value: Decimal, mass: Decimal) -> Decimal | None:
    """Return the price a kilogram to two decimals, None without a mass.

    >>> per_kilogram(Decimal("4200"), Decimal("540"))
    Decimal('7.78')
    """
    return (value / mass).quantize(Decimal("0.01")) if mass else None


@function("within_band")
def within_band(value: Decimal, mass: Decimal, band: str) -> bool:
    """Tell whether a price a kilogram lies in a band that a list gives as `least-greatest`; no mass, no judgement.

    >>> within_band(Decimal("4200"), Decimal("540"), "2-60"), within_band(Decimal("540"), Decimal("540"), "2-60")
    (True, False)
    """
    least, greatest = _ends(band)
    return not mass or least * mass <= value <= greatest * mass


@lru_cache(maxsize=1024)
def _ends(band: str) -> tuple[Decimal, Decimal]:
    least, _, greatest = band.partition("-")
    return Decimal(least), Decimal(greatest)
