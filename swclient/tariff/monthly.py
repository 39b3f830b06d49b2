# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Partial relief of temporary import: each month or part of one costs some percent of the duties and taxes in full.

`[charges.monthly]` of the profile names the rate of `rates.toml` by procedure, `monthly_feature` the feature of payment
that such lines bear. A line that a preference relieves wholly stays 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from swclient.base.decimals import HUNDRED, round_half_up
from swclient.document.charge import Charge
from swclient.tariff.goods import Goods, Law


def by_months(goods: Goods, found: Law, lines: Iterable[Charge]) -> Iterator[Charge]:
    """Yield the lines at the part that the months come to, in national currency; none when no rate is in force."""
    row = found.monthly[goods.procedure]
    if row is None or goods.months is None:
        return
    part, feature = months_part(row.value, goods.months), found.kind("monthly_feature")
    for line in lines:
        amount = round_half_up(line.amount * part / HUNDRED, found.step)
        sure = line.confirmed and row.confirmed
        if line.amount:
            yield line._replace(amount=amount, feature=line.feature or feature, confirmed=sure)
        else:
            yield line


def months_part(percent: Decimal, months: int) -> Decimal:
    """Return how many percent of the full amount so many months come to; never more than all.

    >>> months_part(Decimal(3), 4), months_part(Decimal(3), 40)
    (Decimal('12'), Decimal('100'))
    """
    return min(percent * months, HUNDRED)
