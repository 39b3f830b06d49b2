# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Freight, insurance and other costs as a form states them in its header: a mark, a figure and a currency each.

The mark says what the figure is: 1 percent of the price (for insurance: of price and freight), 2 the price of
carriage of a tonne, 3 the whole amount. Freight is shared over the items by gross mass unless it is a percentage,
insurance and other costs by value; other costs may be less than zero: a deduction.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from swclient.base import i18n
from swclient.base.decimals import HUNDRED, ZERO, round_half_up
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.engine.formulas import Reason, Spread
from swclient.tariff.apportion import apportion
from swclient.tariff.currency import cost_rate
from swclient.tariff.formulary import FORMULARY

formula = FORMULARY.formula
PERCENT, A_TONNE, IN_ALL = "1", "2", "3"
_TONNE = Decimal(1000)
_NAMES = ("freight", "insurance", "other")
_LABELS = (N_("Freight"), N_("Insurance"), N_("Other costs"))
_RATE = N_("The rate of the invoice when the currency is the same, else the official rate of the day")


class Stated(NamedTuple):
    """One of the costs: its mark, its figure, and national currency for one unit of its currency."""

    mark: str
    figure: Decimal
    rate: Decimal | None


def _reads(name: str) -> dict[str, str]:
    return {
        "currency": f"header.{name}_currency",
        "day": "header.date",
        "invoice": "header.currency",
        "typed": "header.exchange_rate",
    }


def _rate_formula(name: str) -> None:
    def rate(reference: Any, *given: Any) -> Decimal | None:
        return cost_rate(reference, *given)

    rate.__name__ = f"{name}_exchange"
    formula(_reads(name), label=_RATE, optional=("invoice", "typed"), reference=True)(rate)


for _name in _NAMES:
    _rate_formula(_name)


def _stated(given: Sequence[Any]) -> list[Stated | None]:
    """Return the three costs; None for one whose mark or figure is blank, or whose currency has no rate."""
    found: list[Stated | None] = []
    for place in range(0, len(given), 3):
        mark, figure, rate = given[place : place + 3]
        whole = mark and figure is not None and (mark == PERCENT or rate is not None)
        found.append(Stated(mark, figure, rate) if whole else None)
    return found


def _shares(columns: Sequence[Sequence[Decimal | None]], given: Sequence[Any]) -> list[list[Decimal]]:
    """Return each cost's part for each item, in national currency."""
    exchange = given[0] or ZERO
    prices = [round_half_up((price or ZERO) * exchange) for price in columns[1]]
    masses = [mass or ZERO for mass in columns[0]]
    freight, insurance, other = _stated(given[1:])
    carried = _one(freight, prices, masses)
    insured = _one(insurance, [price + more for price, more in zip(prices, carried, strict=True)], prices)
    return [carried, insured, _one(other, prices, prices)]


def _one(cost: Stated | None, values: list[Decimal], weights: list[Decimal]) -> list[Decimal]:
    if cost is None:
        return [ZERO] * len(values)
    if cost.mark == PERCENT:
        return apportion(round_half_up(sum(values, ZERO) * cost.figure / HUNDRED), values)
    whole = cost.figure * sum(weights, ZERO) / _TONNE if cost.mark == A_TONNE else cost.figure
    rate = cost.rate or ZERO
    return [round_half_up(part * rate) for part in apportion(round_half_up(whole), weights)]


def stated_costs(columns: Sequence[Sequence[Decimal | None]], _rows: Sequence[Any], *given: Any) -> list[Decimal]:
    """Return what is added to the price of each item, in national currency."""
    return [sum(parts, ZERO) for parts in zip(*_shares(columns, given), strict=True)]


def stated_reasons(
    columns: Sequence[Sequence[Decimal | None]], _rows: Sequence[Any], *given: Any
) -> tuple[Reason, ...]:
    """Explain the additions of one item; its position comes last."""
    *facts, position = given
    parts = _shares(columns, facts)
    found = []
    for label, cost, shares in zip(_LABELS, _stated(facts[1:]), parts, strict=True):
        if cost is not None:
            args = {"name": Message(label), "figure": cost.figure, "mark": cost.mark}
            words = Message("{name}: {figure} (mark {mark}), this item's part", args)
            found.append(Reason(words, i18n.show(shares[position])))
    return tuple(found)


FORMULARY.spread(
    Spread(
        "stated_costs",
        stated_costs,
        ("item.gross_mass", "item.price"),
        "",
        (
            "header.exchange_rate",
            *(f"header.{name}_{part}" for name in _NAMES for part in ("mark", "rate", "exchange")),
        ),
        N_("Freight, insurance and other costs, shared over the items and converted"),
        "",
        stated_reasons,
    )
)
