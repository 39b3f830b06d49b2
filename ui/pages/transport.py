# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the goods travel: boxes 18, 19, 21, 25, 26 and 29."""

from __future__ import annotations

from swclient.base.i18n import N_

from .page import Page


class TransportPage(Page):
    """Modes, offices and the vehicles themselves."""

    NAME = "transport"
    TITLE = N_("Transport")

    def compose(self) -> None:
        """Lay out what is said once, then vehicles on arrival and at the border."""
        self.section(N_("Transport"))
        self.row("header.means_total:2 header.container_flag:2 header.border_mode:4 header.inland_mode:4")
        self.row("header.border_office:6 header.cmr_gross:3 header.cmr_packages:3")
        self.row("header.loading_place:6 header.arrival_date:3 header.line_kind:3")
        self.row("header.cmr_containers:6 header.cmr_seals:6").rest("transport", "header")
        self.row("header.marks:6 header.notes:6").rest("packages", "header")
        self.side_by_side(1, 1)
        before = self.grid("arrival_means", "identity:14 trailer:13 country:8 vehicle_type:10", rows=4)
        before.call(N_("At departure or arrival"), "identity")
        at_border = self.grid("border_means", "identity:14 trailer:13 country:8", rows=4)
        at_border.call(N_("At the border"), "identity")
        self._transit()

    def _transit(self) -> None:
        """Under transit the office of destination, the way there and the seals; elsewhere nothing."""
        if not self.shows("transit_office") and not self.shows("seal"):
            return
        self.section(N_("Transit"))
        self.row("header.destination_office:5 header.destination_office_country:3 header.transit_until:4")
        self.row("header.transit_route:12").rest("transit", "header")
        self.side_by_side(1, 1)
        self.grid("transit_office", "office:24 country:24", rows=3)
        self.grid("seal", "number:18 kind:14 container:16", rows=3)
