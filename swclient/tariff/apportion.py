# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shares a sum over weights so that the parts add up to the whole, to the last unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from swclient.base.decimals import CENT


def apportion(total: Decimal, weights: Sequence[Decimal], step: Decimal = CENT) -> list[Decimal]:
    """Return parts of `total` in proportion to `weights`, each a multiple of `step`, summing to `total`.

    Largest remainder: every part is cut down to whole steps; the steps left over go to the largest
    remainders, on a tie to the larger weight, then to the earlier row. Weights that are all zero count as equal.

    >>> apportion(Decimal("100.00"), [Decimal(1)] * 3)
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    """
    if not weights:
        return []
    whole = sum(weights)
    if not whole:
        weights, whole = [Decimal(1)] * len(weights), Decimal(len(weights))
    sign = -1 if total < 0 else 1
    steps = abs(total) / step
    raw = [steps * weight / whole for weight in weights]
    units = [part.to_integral_value(ROUND_FLOOR) for part in raw]
    left = int(steps - sum(units))
    if left:
        order = sorted(range(len(raw)), key=lambda i: (units[i] - raw[i], -weights[i], i))
        for place in order[:left]:
            units[place] += 1
    return [sign * unit * step for unit in units]
