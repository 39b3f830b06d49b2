# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Works out one duty from a rate as the tariff writes it.

Ad valorem, specific, the greater or lesser of two, plus a third.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from swclient.base.decimals import CENT, HUNDRED, round_half_up
from swclient.catalogue.duty_text import AD_VALOREM, DutyRate, Elementary

NET_KILOGRAM = "166"


class Assessed(NamedTuple):
    """An amount and the elementary rate behind it; `base` is money for `%`, a quantity otherwise."""

    amount: Decimal
    rate: Elementary
    base: Decimal


Quantity = Callable[[str], Decimal | None]
Rate = Callable[[str], Decimal | None]


def assess(
    rate: DutyRate, value: Decimal, quantity: Quantity, exchange: Rate, step: Decimal = CENT
) -> tuple[Assessed, ...] | None:
    """Return the amounts that make up the duty: one, or two for a mixed rate.

    None when a quantity or an exchange rate that the rate asks for is missing.

    Args:
        rate: as the tariff writes it.
        value: customs value in national currency.
        quantity: quantity of the goods in a unit (a weight means net mass), None when not declared.
        exchange: national currency for one unit of a currency, None when not known.
        step: what amounts are rounded to.
    """
    chosen = _one(rate.first, value, quantity, exchange, step)
    if chosen is not None and rate.second is not None:
        other = _one(rate.second, value, quantity, exchange, step)
        if other is None:
            return None
        greater = rate.sign == "max"
        chosen = other if (other.amount > chosen.amount) == greater and other.amount != chosen.amount else chosen
    if chosen is None:
        return None
    if rate.plus is None:
        return (chosen,)
    more = _one(rate.plus, value, quantity, exchange, step)
    return None if more is None else (chosen, more)


def _one(rate: Elementary, value: Decimal, quantity: Quantity, exchange: Rate, step: Decimal) -> Assessed | None:
    if rate.kind == AD_VALOREM:
        return Assessed(round_half_up(value * rate.value / HUNDRED, step), rate, value)
    amount, price = quantity(rate.unit), exchange(rate.currency)
    if amount is None or price is None:
        return None
    return Assessed(round_half_up(amount * rate.value * price, step), rate, amount)
