# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Excise: on a quantity, or on the value with duties; in some countries the tax is part of its own base.

`[charges]` of the profile: `excise` is its payment kind (a tariff row may name another in `excise_kind`),
`excise_inside = true` that the base holds the tax itself, as China's consumption tax has it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from swclient.base.decimals import CENT, HUNDRED, ONE, ZERO, round_half_up
from swclient.catalogue.duty_text import AD_VALOREM, DutyRate, Elementary
from swclient.catalogue.tariff_line import TariffLine
from swclient.document.charge import Charge
from swclient.tariff.duty import Assessed, Quantity, Rate, assess
from swclient.tariff.goods import Goods, Law, exchange

EXCISE = "excise"


def excise(reference: Any, goods: Goods, found: Law, line: TariffLine, base: Decimal) -> list[Charge]:
    """Return the excise: none, one line, or two for a mixed rate. `base` is the value with all duties."""
    rate = line.rates.get(EXCISE)
    kind = line.more.get("excise_kind") or found.kind(EXCISE)
    if rate is None or not kind:
        return []
    work_out = assess_inside if found.kinds.get("excise_inside") else assess
    assessed = work_out(
        rate,
        base,
        lambda unit: goods.in_unit(unit, found.kilogram),
        lambda code: exchange(reference, goods, code),
        found.step,
    )
    part = found.excise_left.get(goods.excise_preference, ONE)
    return [_line(kind, each, part, goods, found, line) for each in assessed or ()]


def _line(kind: str, each: Assessed, part: Decimal, goods: Goods, found: Law, line: TariffLine) -> Charge:
    unit = found.currency if each.rate.kind == AD_VALOREM else each.rate.unit
    amount = each.amount if part == ONE else round_half_up(each.amount * part, found.step)
    rate, per = each.rate.value * part, each.rate.per
    measure = f"{line.id}#{EXCISE}"
    sure = line.confirmed and "excise_unconfirmed" not in line.more
    return Charge(
        kind, each.base, unit, rate, each.rate.kind, per, amount, goods.feature or "", measure, sure
    )  # fmt: skip


def assess_inside(
    rate: DutyRate, value: Decimal, quantity: Quantity, exchange_of: Rate, step: Decimal = CENT
) -> tuple[Assessed, ...] | None:
    """Return the amounts of a tax that is part of its own base; None when a quantity or an exchange rate is missing.

    On value: base ÷ (1 − t) × t. Compound: (base + specific) ÷ (1 − t) × t, and the specific amount. The base that is
    shown is rounded to the cent, so that base times rate comes to the amount.
    """
    if rate.plus is None:
        found = [_inside(part, value, quantity, exchange_of, step) for part in rate.parts]
        if any(each is None for each in found):
            return None
        known = [each for each in found if each is not None]
        choose = min if rate.sign == "min" else max
        return (choose(known, key=lambda each: each.amount),)
    specific = _inside(rate.plus, value, quantity, exchange_of, step)
    added = specific.amount if specific is not None else ZERO
    first = _inside(rate.first, value + added, quantity, exchange_of, step)
    return None if first is None or specific is None else (first, specific)


def _inside(part: Elementary, value: Decimal, quantity: Quantity, exchange_of: Rate, step: Decimal) -> Assessed | None:
    base = round_half_up(value / (ONE - part.value / HUNDRED)) if part.kind == AD_VALOREM else value
    found = assess(DutyRate(part), base, quantity, exchange_of, step)
    return found[0] if found else None
