# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures and codes that only some forms have: a second unit, short terms, prices by the unit, net mass in all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from swclient.base.decimals import round_half_up
from swclient.base.i18n import N_
from swclient.tariff.formulary import FORMULARY

formula = FORMULARY.formula


@formula({"code": "item.code", "day": "header.date"}, label=N_("Second unit of the tariff line"), reference=True)
def second_unit(reference: Any, code: str, day: date) -> str | None:
    """The second legal unit; blank when the tariff line asks for none."""
    found: str | None = reference.tariff_text(code, day, "second_unit")
    return found


@formula({"term": "entry(header.incoterm, 'incoterms', 'terms')"}, label=N_("What the delivery term is on this form"))
def transaction_terms(term: str) -> str:
    """The form's own short list of terms: CIF, C&F, FOB, ..."""
    return term


@formula({"each": "item.unit_price", "quantity": "item.quantity"}, label=N_("Unit price × quantity"))
def price_of_units(each: Decimal, quantity: Decimal) -> Decimal:
    """The price of an item, rounded to the cent."""
    return round_half_up(each * quantity)


@formula({"net": "sum(item.net_mass)"}, label=N_("Sum of the net masses of all items"))
def net_total(net: Decimal) -> Decimal:
    """Total net mass in kilograms."""
    return Decimal(net)
