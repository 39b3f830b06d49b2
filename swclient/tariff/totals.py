# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of the header that follow from the rows: numbers, sums, countries.

Boxes 1.2, 3, 5, 6, 12, 16, 18, 22, 32 and 37.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from swclient.base.i18n import N_
from swclient.document.charge import ChargeTotal
from swclient.tariff.formulary import FORMULARY

_ITEMS_ON_A_SHEET = 3
formula = FORMULARY.formula


@formula({"position": "item._position"}, label=N_("Position in the list of goods"))
def item_number(position: int) -> int:
    """Items run from 1 without gaps."""
    return position


@formula({"procedure": "header.procedure"}, label=N_("Procedure of the declaration"))
def item_procedure(procedure: str) -> str:
    """All items of one declaration share the procedure."""
    return procedure


@formula({"items": "count(item)"}, label=N_("Number of goods items"))
def items_total(items: int) -> int:
    """Box 5."""
    return items


@formula(
    {"items": "count(item)"}, label=N_("One main sheet, and one supplementary sheet for every three further items")
)
def forms_total(items: int) -> int:
    """Box 3: 1 + ceil((N - 1) / 3)."""
    return 1 + -(-max(items - 1, 0) // _ITEMS_ON_A_SHEET)


@formula(
    {"packages": "sum(package.count)"},
    label=N_("Sum of the packages of all items; a shared package is counted where it bears a number"),
)
def packages_total(packages: int) -> int:
    """Box 6."""
    return packages


@formula(
    {"vehicles": "count(arrival_means)", "trailers": "count(filled(arrival_means.trailer))"},
    label=N_("Vehicles and trailers listed"),
)
def means_total(vehicles: int, trailers: int) -> int | None:
    """Box 18, first part; blank while no means is listed."""
    return vehicles + trailers or None


@formula({"gross": "sum(item.gross_mass)"}, label=N_("Sum of the gross masses of all items"))
def gross_total(gross: Decimal) -> Decimal:
    """Total gross mass in kilograms."""
    return Decimal(gross)


@formula({"prices": "sum(item.price)"}, label=N_("Sum of the item prices"))
def invoice_total(prices: Decimal) -> Decimal:
    """Box 22, exact to the cent."""
    return Decimal(prices)


@formula({"values": "sum(item.customs_value)"}, label=N_("Sum of the customs values of all items"))
def customs_value_total(values: Decimal) -> Decimal:
    """Box 12, exact: the sum of rounded items, not a rounded sum."""
    return Decimal(values)


@formula({}, label=N_("National currency"), reference=True)
def value_currency(reference: Any) -> str:
    """Box 13."""
    return str(reference.profile.facts["currency"])


@formula(
    {"origins": "tally(item.origin)"}, label=N_("One country of all items, or the word for several"), reference=True
)
def origin_name(reference: Any, origins: dict[str | None, int]) -> str | None:
    """Box 16: the one country's name, or the national words for several and for unknown."""
    known = {code for code in origins if code}
    words = reference.profile.facts.get("origin_words", {})
    if not known or None in origins:
        return None
    if known == {words.get("unknown_code")}:
        return str(words["unknown"])
    if len(known) > 1:
        return str(words["several"])
    countries = reference.profile.code_list("countries")
    entry = countries.get(known.pop()) if countries else None
    if entry is None:
        return None
    return str(entry.more.get("form_name") or entry.name(words.get("language")).upper())


@formula(
    {"totals": "totals(item.charges_payable)", "currency": "header.value_currency"},
    label=N_("Charges of all items by kind"),
    reference=True,
)
def charge_totals(reference: Any, totals: dict[str, list[Any]], currency: str) -> tuple[ChargeTotal, ...]:
    """Box B, in the order of the kinds' codes; what is only calculated conditionally is no part of it."""
    return tuple(ChargeTotal(kind, held[0], currency, not held[2]) for kind, held in sorted(totals.items()) if held[1])


@formula({"charges": "header.charges"}, label=N_("Sum of all kinds"))
def charges_total(charges: tuple[ChargeTotal, ...]) -> Decimal:
    """What is to be paid in all."""
    return sum((line.amount for line in charges), Decimal(0))
