# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers beside the declaration, and the lettered boxes that customs fill."""

from __future__ import annotations

from swclient.base.i18n import N_

from .page import Page


class PapersPage(Page):
    """Consignment note, TIR carnet, manifest, application on import, and what customs write."""

    NAME = "papers"
    TITLE = N_("Papers")

    def compose(self) -> None:
        """Lay each paper out in the order of its own form; a paper that the country does not know is left out."""
        self._road_note()
        self.section(N_("TIR carnet"))
        self.row("tir.vouchers:3 tir.countries:3 tir.departure_offices:3 tir.destination_offices:3")
        self.rest("tir", "tir")
        self.section(N_("Manifest"))
        self.row("manifest.vehicles:4 manifest.containers:4 manifest.seals:4")
        self.row("manifest.packages:6 manifest.gross_mass:6").rest("manifest", "manifest")
        self.grid("consignment", "number:16 consignor:20 consignee:20 packages:9 gross_mass:11", rows=3)
        self.section(N_("Application on import and indirect taxes"))
        self.row("application.accepted:2 application.filed:2 application.base:3 application.rate:2 application.vat:3")
        self.rest("application", "application")
        self._office()

    def _road_note(self) -> None:
        self.section(N_("Road consignment note (CMR)"))
        self.row("cmr.draw:6 cmr.number:6")
        self.row("cmr.sender:6 cmr.consignee:6")
        self.row("cmr.delivery_place:6 cmr.carrier:6")
        self.row("cmr.taking_over_place:3 cmr.taking_over_date:3 cmr.issue_place:3 cmr.issue_date:3")
        self.row("cmr.packages:6 cmr.gross_mass:6").rest("cmr", "cmr")

    def _office(self) -> None:
        self.section(N_("Filled in by customs"))
        self.row("office.number:4 office.registered:2 office.decision:4 office.decided:2")
        self.row("office.control:6 office.marks:6")
        self.row("office.departure:6 office.on_the_way:6")
        self.row("office.arrival:6 office.destination:6")
        self.row("office.audit:12").rest("office", "office")
