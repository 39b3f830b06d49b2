# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices held against what is usual."""

from __future__ import annotations

from decimal import Decimal

from swclient.engine.functions import function


@function("price_share")
def price_share(value: Decimal, mass: Decimal, average: str) -> Decimal | None:
    """Return the price a kilogram in percent of an average that a list gives, to one decimal; None without a mass.

    >>> price_share(Decimal("640"), Decimal("100"), "8.00")
    Decimal('80.0')
    """
    usual = Decimal(average) * mass
    return (value * 100 / usual).quantize(Decimal("0.1")) if usual else None
