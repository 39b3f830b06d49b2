# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What other papers repeat of the declaration: consignment note, manifest, application on import of goods.

Each value can be typed over; a consignment is told once all the same.
"""

from __future__ import annotations

from decimal import Decimal

from swclient.base.decimals import round_half_up
from swclient.base.i18n import N_
from swclient.tariff.formulary import FORMULARY

formula = FORMULARY.formula
_PLACE = ", "


@formula({"name": "exporter.name"}, label=N_("Name of the consignor"))
def cmr_sender(name: str) -> str:
    """CMR box 1."""
    return name


@formula(
    {"name": "consignee.name", "same": "consignee.same_as_declarant", "declarant": "declarant.name"},
    label=N_("Name of the consignee"),
    optional=("name", "same", "declarant"),
)
def cmr_consignee(name: str | None, same: bool | None, declarant: str | None) -> str | None:  # noqa: FBT001 - a flag of the form
    """CMR box 2; the declarant where the consignee is the same person."""
    return declarant if same else name


@formula(
    {
        "city": "consignee.city",
        "country": "consignee.country",
        "same": "consignee.same_as_declarant",
        "own_city": "declarant.city",
        "own_country": "declarant.country",
    },
    label=N_("Town and country of the consignee"),
    optional=("city", "country", "same", "own_city", "own_country"),
)
def cmr_delivery_place(
    city: str | None,
    country: str | None,
    same: bool | None,  # noqa: FBT001 - a flag of the form
    own_city: str | None,
    own_country: str | None,
) -> str | None:
    """CMR box 3."""
    told = (own_city, own_country) if same else (city, country)
    return _PLACE.join(each for each in told if each) or None


@formula({"name": "carrier.name"}, label=N_("Name of the carrier"))
def cmr_carrier(name: str) -> str:
    """CMR box 16."""
    return name


@formula({"packages": "header.packages_total"}, label=N_("Total number of packages"))
def cmr_packages(packages: int) -> int:
    """CMR box 7, all rows together."""
    return packages


@formula({"gross": "header.gross_total"}, label=N_("Sum of the gross masses of all items"))
def cmr_gross_mass(gross: Decimal) -> Decimal:
    """CMR box 11 in kilograms, all rows together."""
    return gross


@formula(
    {"rows": "count(consignment)", "packages": "sum(consignment.packages)"},
    label=N_("Sum of the packages of all consignments"),
)
def manifest_packages(rows: int, packages: int) -> int | None:
    """Packages of a manifest; blank where no consignment is listed."""
    return packages if rows else None


@formula(
    {"rows": "count(consignment)", "gross": "sum(consignment.gross_mass)"},
    label=N_("Sum of the gross masses of all consignments"),
)
def manifest_gross_mass(rows: int, gross: Decimal) -> Decimal | None:
    """Gross mass of a manifest in kilograms; blank where no consignment is listed."""
    return Decimal(gross) if rows else None


@formula({"base": "application.base", "rate": "application.rate"}, label=N_("Tax base × VAT rate"))
def application_vat(base: Decimal, rate: Decimal) -> Decimal:
    """VAT of an application on import, to the cent."""
    return round_half_up(base * rate / 100)
