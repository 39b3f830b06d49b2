# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The head of the declaration: boxes 1 to 7, 10 to 17, 20 to 24, 30 and 49, and what the price does not hold."""

from __future__ import annotations

from swclient.base.i18n import N_

from .page import Page


class HeaderPage(Page):
    """What is said once for the whole declaration."""

    NAME = "header"
    TITLE = N_("Header")

    def compose(self) -> None:
        """Lay the boxes out from left to right and top to bottom, as the main sheet has them."""
        self.section(N_("Declaration"))
        self.row("header.direction:3 header.procedure:4 header.electronic:3 header.date:2")
        self.row(
            "header.reference:3 header.feature:3 header.forms_total:2 header.items_total:2 header.packages_total:2"
        )
        self.row("header.gross_total:3 header.loading_lists:3 header.loading_list_pages:3 header.sheet:3")
        self.row("header.subsoil:6 header.security_label:6").rest("declaration", "header")
        self.section(N_("Countries"))
        self.row(
            "header.first_country:3 header.trading_country:2 header.dispatch_country:2 "
            "header.origin_name:3 header.destination_country:2"
        )
        self.row("header.offshore:4 header.dispatch_number:4 header.destination_number:4").rest("countries", "header")
        self.section(N_("Terms and value"))
        self.row(
            "header.incoterm:2 header.delivery_place:3 header.delivery_locode:2 header.place_inside:3 header.sale:2"
        )
        self.row("header.incoterm_number:4 header.payment_form:4 header.shipment_form:4")
        self.row(
            "header.currency:2 header.invoice_total:3 header.exchange_rate:2 "
            "header.customs_value_total:3 header.value_currency:2"
        )
        self.row("header.deal_nature:4 header.deal_feature:2 header.usd_rate:3 header.eur_rate:3")
        self.row("header.bank_data:9 header.temporary_months:3").rest("procedure", "header")
        self.rest("terms", "header").rest("value", "header")
        self.grid("cost", "kind:26 amount:13 currency:14 basis:18 place:18 rate:10", rows=3)
        self.section(N_("Valuation"))
        self.row("header.related_parties:3 header.price_influenced:3 header.restrictions:3 header.royalties:3")
        self.row("header.dts_goods:3")
        self.rest("valuation", "header")
        self.section(N_("Where the goods are"))
        self.row("header.location_type:3 header.location_office:3 header.location_register:3 header.location_date:3")
        self.row("header.location_address:8 header.warehouse:4").rest("location", "header")
