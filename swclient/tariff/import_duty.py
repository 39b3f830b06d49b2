# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import duty of an item: at the rate of its tariff line, unless a preference or the origin says otherwise."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from swclient.base.decimals import HUNDRED, ONE, round_half_up
from swclient.catalogue.codelist import Entry
from swclient.catalogue.duty_text import AD_VALOREM, DutyRate
from swclient.catalogue.tariff_line import TariffLine
from swclient.document.charge import Charge
from swclient.tariff.duty import Assessed, assess
from swclient.tariff.goods import Goods, Law, exchange


def duty(reference: Any, goods: Goods, found: Law, line: TariffLine) -> list[Charge]:
    """Return the import duty: one line, two for a mixed rate, none for a heading or when a quantity is missing."""
    if line.duty is None:
        return []
    rate, column, part, sure = line.duty, "", ONE, True
    if found.origins is not None or goods.duty_preference in found.claims:
        rate, column, part, sure = _terms(goods, found, line, line.duty)
    assessed = _assessed(reference, goods, found, rate)
    kind, feature = found.kinds.get("duty", ""), goods.feature or ""
    measure = f"{line.id}#{column}" if column else line.id
    lines = []
    for amount, each, base in assessed or ():
        due, value = amount, each.value
        if part != ONE:
            due, value = round_half_up(amount * part, found.step), value * part
        unit = found.currency if each.kind == "%" else each.unit
        lines.append(
            Charge(kind, base, unit, value, each.kind, each.per, due, feature, measure, line.confirmed and sure)
        )
    return lines


def _assessed(reference: Any, goods: Goods, found: Law, rate: DutyRate) -> tuple[Assessed, ...] | None:
    first = rate.first
    if first.kind == AD_VALOREM and rate.second is None and rate.plus is None:  # most of them: asks for nothing else
        return (Assessed(round_half_up(goods.value * first.value / HUNDRED, found.step), first, goods.value),)
    return assess(
        rate,
        goods.value,
        lambda unit: goods.in_unit(unit, found.kilogram),
        lambda code: exchange(reference, goods, code),
        found.step,
    )


def _terms(goods: Goods, found: Law, line: TariffLine, usual: DutyRate) -> tuple[DutyRate, str, Decimal, bool]:
    """Return the rate, its column of the tariff (empty for `duty`), the part that is due, and whether that is sure.

    A preference goes before what the origin alone does. A line without a rate in the column asked for bears the usual.
    """
    claim = goods.duty_preference
    if claim in found.claims:
        column = found.claims[claim]
        part, sure = found.duty_left.get(claim, ONE), True
    else:
        entry = origin_entry(goods, found)
        if entry is None or found.origins is None:
            return usual, "", ONE, True
        column = entry.more.get("column", "")
        part, sure = Decimal(entry.more.get("percent", HUNDRED)) / HUNDRED, found.origins.confirmed
    rate = line.rates.get(column)
    return (usual, "", part, sure) if rate is None else (rate, column, part, sure)


def origin_entry(goods: Goods, found: Law) -> Entry | None:
    """Return the row that says what the origin does to the duty, None when it does nothing."""
    if found.origins is None or goods.origin is None:
        return None
    return found.origins.get(goods.origin, goods.day)
