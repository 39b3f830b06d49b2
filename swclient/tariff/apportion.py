# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shares a sum over weights so that the parts add up to the whole, to the last unit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from swclient.base.decimals import CENT

_MILLION = Decimal(1_000_000)


def apportion(total: Decimal, weights: Sequence[Decimal], step: Decimal = CENT) -> list[Decimal]:
    """Return parts of `total` in proportion to `weights`, each a multiple of `step`, summing to `total`.

    Largest remainder: every part is cut down to whole steps; the steps left over go to the largest
    remainders, on a tie to the larger weight, then to the earlier row. Weights that are all zero count as equal.

    >>> apportion(Decimal("100.00"), [Decimal(1)] * 3)
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    """
    if not weights:
        return []
    scaled = _whole_numbers(weights)
    whole = sum(scaled)
    if not whole:
        scaled, whole = [1] * len(weights), len(weights)
    sign = -1 if total < 0 else 1
    steps = int(abs(total) / step)
    parts = [divmod(steps * weight, whole) for weight in scaled]
    units = [part[0] for part in parts]
    left = steps - sum(units)
    if left:
        order = sorted(range(len(parts)), key=lambda i: (-parts[i][1], -scaled[i], i))
        for place in order[:left]:
            units[place] += 1
    return [sign * unit * step for unit in units]


def _whole_numbers(weights: Sequence[Decimal]) -> list[int]:
    """Return the weights as whole numbers in the same proportions: whole numbers divide exactly and fast."""
    millionths = [int(weight * _MILLION) for weight in weights]
    if sum(millionths) == sum(weights) * _MILLION:
        return millionths
    digits = max(-min(int(weight.as_tuple().exponent) for weight in weights), 0)
    factor = 10**digits
    return [int(weight * factor) for weight in weights]
