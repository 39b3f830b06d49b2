# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who takes part: boxes 2, 8, 9, 14, the representative, the carrier, and the person of box 54."""

from __future__ import annotations

from swclient.base.i18n import N_

from .page import Page

_TITLES = {"financial": N_("Financial settlement")}  # where the section's own name is too long for half a page
_PAIRS = (
    ("exporter", "consignee"),
    ("declarant", "financial"),
    ("seller", "buyer"),
    ("representative", "carrier"),
)


class PartiesPage(Page):
    """Parties two by two, as the paper has them left and right."""

    NAME = "parties"
    TITLE = N_("Parties")

    def compose(self) -> None:
        """Lay each party out the same, so that hands learn it once."""
        for pair in _PAIRS:
            if not any(self.shows(table) for table in pair):
                continue
            self.side_by_side(1, 1)
            for table in pair:
                self._titled(table, f"{table}.name")
                self._party(table)
        self._titled("person", "person.surname")
        self.row("person.surname:3 person.given_name:3 person.middle_name:3 person.position:3")
        self.row("person.phone:3 person.date:3 person.place:3 person.authority_number:3")
        self.row("person.authority_date:3 person.authority_until:3 person.contract_number:3 person.contract_date:3")
        self.row("person.certificate_owner:6 person.certificate_until:6").rest("person", "person")

    def _titled(self, table: str, field: str) -> None:
        self.section(_TITLES.get(table, self.stage.session.profile.tables[table].label), field)

    def _party(self, table: str) -> None:
        beside, below = "same_as_declarant", "register_number"
        if not self._belongs(f"{table}.{beside}"):
            beside, below = below, beside
        lines = (
            f"tax_id:7 {beside}:5",
            "name:12",
            "country:4 postcode:3 region:5",
            "city:5 street:7",
            "phone:5 email:7",
            f"{below}:6 okpo:6 district:6 fin:6 category:6 kato:6",
        )
        for line in lines:
            self.row(" ".join(f"{table}.{word}" for word in line.split()))
        self.rest("party", table)
