# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trade defence: special, anti-dumping and countervailing duties on goods of an origin.

They come from `tariff/measures.csv`; `[charges]` of the profile names the payment kind of each. No preference takes
them away.
"""

from __future__ import annotations

from typing import Any

from swclient.catalogue.duty_text import AD_VALOREM
from swclient.document.charge import Charge
from swclient.tariff.duty import assess
from swclient.tariff.goods import Goods, Law, exchange


def defence(reference: Any, goods: Goods, found: Law) -> list[Charge]:
    """Return what measures add; none of a kind that the profile has no payment kind for."""
    lines: list[Charge] = []
    if goods.origin is None:
        return lines
    for measure in reference.measures(goods.code, goods.origin, goods.day):
        if measure.kind not in found.defence:
            continue
        assessed = assess(
            measure.rate,
            goods.value,
            lambda unit: goods.in_unit(unit, found.kilogram),
            lambda code: exchange(reference, goods, code),
            found.step,
        )
        for each in assessed or ():
            unit = found.currency if each.rate.kind == AD_VALOREM else each.rate.unit
            lines.append(
                Charge(
                    found.kind(measure.kind), each.base, unit, each.rate.value, each.rate.kind, each.rate.per,
                    each.amount, goods.feature or "", measure.id, measure.confirmed,
                )
            )  # fmt: skip
    return lines
