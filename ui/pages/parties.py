# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who takes part: boxes 2, 8, 9, 14, the representative, the carrier, and the person of box 54."""

from __future__ import annotations

from swclient.base.i18n import N_

from .page import Page

_PAIRS = (
    (("exporter", N_("2  Consignor / exporter")), ("consignee", N_("8  Consignee"))),
    (("declarant", N_("14  Declarant")), ("financial", N_("9  Financial settlement"))),
    (("seller", N_("DTS 1  Seller")), ("buyer", N_("DTS 2  Buyer"))),
    (("representative", N_("54  Representative")), ("carrier", N_("50  Carrier"))),
)
_REGISTERED = ("declarant", "representative", "carrier")  # who may stand in a register of customs


class PartiesPage(Page):
    """Parties two by two, as the paper has them left and right."""

    NAME = "parties"
    TITLE = N_("Parties")

    def compose(self) -> None:
        """Lay each party out the same, so that hands learn it once."""
        for pair in _PAIRS:
            if not any(self.shows(table) for table, _title in pair):
                continue
            self.side_by_side(1, 1)
            for table, title in pair:
                self.section(title)
                self._party(table)
        self.section(N_("54  Person who filled the declaration"))
        self.row("person.surname:3 person.given_name:3 person.middle_name:3 person.position:3")
        self.row("person.phone:3 person.date:3 person.place:3 person.authority_number:3")
        self.row("person.authority_date:3 person.authority_until:3 person.contract_number:3 person.contract_date:3")
        self.row("person.certificate_owner:3 person.certificate_until:3").rest("person", "person")

    def _party(self, table: str) -> None:
        registered = table in _REGISTERED
        lines = (
            "tax_id:7 register_number:5" if registered else "tax_id:7 same_as_declarant:5",
            "name:8 same_as_declarant:4" if registered else "name:12",
            "country:4 postcode:3 region:5",
            "city:5 street:7",
            "phone:5 email:7",
            "okpo:6 district:6",
        )
        for line in lines:
            self.row(" ".join(f"{table}.{word}" for word in line.split()))
        self.rest("party", table)
