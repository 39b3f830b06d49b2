# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numeric codes that stand on a form beside letters: of countries (boxes 15, 17, 34), of delivery terms (box 20)."""

from __future__ import annotations

from swclient.base.i18n import N_
from swclient.tariff.formulary import FORMULARY

formula = FORMULARY.formula
_COUNTRY = N_("Numeric code of the same country (ISO 3166-1)")


@formula({"number": "entry(header.dispatch_country, 'countries', 'numeric')"}, label=_COUNTRY)
def dispatch_number(number: str) -> str:
    """Box 15, the country of dispatch."""
    return number


@formula({"number": "entry(header.destination_country, 'countries', 'numeric')"}, label=_COUNTRY)
def destination_number(number: str) -> str:
    """Box 17, the country of destination."""
    return number


@formula({"number": "entry(item.origin, 'countries', 'numeric')"}, label=_COUNTRY)
def origin_number(number: str) -> str:
    """Box 34, the country of origin of an item."""
    return number


@formula(
    {"number": "entry(header.incoterm, 'incoterms', 'numeric')"},
    label=N_("Number of the delivery term in the national list"),
)
def incoterm_number(number: str) -> str:
    """Box 20, the delivery term; only some countries number them."""
    return number
