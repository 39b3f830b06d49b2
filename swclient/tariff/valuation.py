# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customs value by method 1: price, plus additions, less deductions, in national currency.

A value by methods 2 to 5 (`typed` of the list `valuation_methods`) is typed, not worked out from the price. The
boxes are those of the valuation declaration DTS-1.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from swclient.base import i18n
from swclient.base.decimals import ZERO, round_half_up
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.engine.formulas import Reason, Spread
from swclient.tariff.apportion import apportion
from swclient.tariff.formulary import FORMULARY

formula = FORMULARY.formula
BY_VALUE = "VALUE"
_ALWAYS = "always"  # of column `typed`: nothing to work out; `may`: the price is where the fallback method begins
Columns = tuple[Sequence[Decimal | None], Sequence[Decimal | None]]
_LAW = N_("WTO Customs Valuation Agreement, articles 1 and 8")


@formula({"effect": "entry(cost.kind, 'cost_kinds', 'effect')"}, label=N_("What the kind of cost does to the value"))
def cost_effect(effect: str) -> str:
    """`add` or `deduct`, as the list of cost kinds says."""
    return effect


def _shares(columns: Columns, cost: dict[str, Any]) -> list[Decimal]:
    """Share one cost over the items in its own currency: by gross mass, or by price."""
    weights = columns[1] if cost.get("basis") == BY_VALUE else columns[0]
    return apportion(cost["amount"], [weight or ZERO for weight in weights])


def _spread(effect: str, columns: Columns, costs: Sequence[dict[str, Any]]) -> list[Decimal]:
    sums = [ZERO] * len(columns[0])
    for cost in costs:
        rate = cost.get("rate")
        if cost.get("effect") == effect and cost.get("amount") is not None and rate is not None:
            sums = [held + round_half_up(part * rate) for held, part in zip(sums, _shares(columns, cost), strict=True)]
    return sums


def _reasons(effect: str, columns: Columns, costs: Sequence[dict[str, Any]], position: int) -> tuple[Reason, ...]:
    found = []
    for cost in costs:
        rate = cost.get("rate")
        if cost.get("effect") != effect or cost.get("amount") is None or rate is None:
            continue
        part = _shares(columns, cost)[position]
        words = N_("by value") if cost.get("basis") == BY_VALUE else N_("by gross mass")
        label = Message(
            "Cost {kind}: {amount} {currency} shared over the items {basis}; this item's part {part} × {rate}",
            {
                "kind": cost.get("kind"),
                "amount": cost["amount"],
                "currency": cost.get("currency"),
                "basis": Message(words),
                "part": part,
                "rate": rate,
            },
        )
        found.append(Reason(label, i18n.show(round_half_up(part * rate))))
    return tuple(found)


def additions(columns: Columns, costs: Sequence[dict[str, Any]]) -> list[Decimal]:
    """Return what is added to each item, in national currency (DTS-1 box 20)."""
    return _spread("add", columns, costs)


def deductions(columns: Columns, costs: Sequence[dict[str, Any]]) -> list[Decimal]:
    """Return what is deducted from each item, in national currency (DTS-1 box 24)."""
    return _spread("deduct", columns, costs)


def _addition_reasons(columns: Columns, costs: Sequence[dict[str, Any]], position: int) -> tuple[Reason, ...]:
    return _reasons("add", columns, costs, position)


def _deduction_reasons(columns: Columns, costs: Sequence[dict[str, Any]], position: int) -> tuple[Reason, ...]:
    return _reasons("deduct", columns, costs, position)


_COLUMNS = ("item.gross_mass", "item.price")
FORMULARY.spread(
    Spread(
        "additions",
        additions,
        _COLUMNS,
        "cost",
        (),
        N_("Costs to the border, shared over the items and converted"),
        _LAW,
        _addition_reasons,
    )
)
FORMULARY.spread(
    Spread(
        "deductions",
        deductions,
        _COLUMNS,
        "cost",
        (),
        N_("Costs after the border, shared over the items and converted"),
        _LAW,
        _deduction_reasons,
    )
)


@formula(
    {
        "price": "item.price", "rate": "header.exchange_rate", "added": "item.additions", "deducted": "item.deductions",
        "typed": "entry(item.valuation_method, 'valuation_methods', 'typed')",
    },
    label=N_("Price × exchange rate + additions − deductions"), optional=("added", "deducted", "typed"), law=_LAW
)  # fmt: skip
def customs_value(
    price: Decimal, rate: Decimal, added: Decimal | None, deducted: Decimal | None, typed: str | None
) -> Decimal | None:
    """Box 45 (DTS-1 box 25a), rounded to the cent; blank under a method that does not begin with the price (2 to 5)."""
    if typed == _ALWAYS:
        return None
    return round_half_up(price * rate) + (added or ZERO) - (deducted or ZERO)


@formula(
    {"value": "item.customs_value", "dollar": "header.usd_rate"}, label=N_("Customs value ÷ rate of the US dollar")
)
def statistical_value(value: Decimal, dollar: Decimal) -> Decimal | None:
    """Box 46 in US dollars; blank while the rate is zero."""
    return round_half_up(value / dollar) if dollar else None
