# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goods items: the table of all above, the form of the current one below, its halves as the paper has them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, theme
from ..forms.charge_lines import ChargeLines
from ..forms.rows import Rows
from ..forms.totals import Totals
from ..parts.button import Button
from ..parts.frames import Splitter
from ..parts.plain import words
from .page import Page

if TYPE_CHECKING:
    from swclient.catalogue.layout import Cell
    from swclient.document.path import Path

    from ..forms.group_panel import GroupPanel
    from ..forms.paste_panel import PastePanel

# What is scrolled to stands behind what is in sight at once.
_COLUMNS = (
    "code:13 description:22 origin:8 gross_mass:9 net_mass:9 supplementary_quantity:8 "
    "price:11 customs_value:14 charges_total:14 "
    "article:14 quantity:9 quantity_unit:8 preference_duty:9 procedure:8 brand:12 maker:18"
)


class GoodsPage(Page):
    """One goods item, laid out so that hands trained on paper find the boxes."""

    NAME = "goods"
    TITLE = N_("Goods")

    def begin(self) -> None:
        """Put the table of all items above the form of one."""
        known = self.stage.session.profile.table_fields("item")
        wanted = [each for each in _COLUMNS.split() if known[each.partition(":")[0]].shown]
        self.rows = Rows(self.stage, "item", " ".join(wanted), 0, self)
        self.rows.call(N_("Goods"))
        self._group = Button(weight="quiet")
        self._group.clicked.connect(lambda _checked=False: self.grouping.start())
        self.rows.offer(self._group)
        self.totals = Totals(self.rows.grid, self)
        self.rows.whole.addWidget(self.totals)
        self.list = self.rows.grid
        self.list.previewed = lambda block: self.pasting.open(block)  # noqa: PLW0108 - the panel is made when wanted
        self.charges = ChargeLines(self.stage, self.sheet)
        super().begin()

    @cached_property
    def pasting(self) -> PastePanel:
        """The panel of a block that was pasted."""
        from ..forms.paste_panel import PastePanel  # with it come the words of suppliers: not before they are wanted

        return PastePanel(self.list, self)

    @cached_property
    def grouping(self) -> GroupPanel:
        """The panel of items that become one."""
        from ..forms.group_panel import GroupPanel

        return GroupPanel(self.list, self)

    def compose(self) -> None:
        """Lay the form out: description at the left, codes and figures at the right, children below."""
        self.side_by_side(7, 6)
        self.section(N_("Goods"))
        self.row("item.description:12:5").row("item.description_foreign:12:2")
        self.row("item.maker:6 item.trade_mark:6").row("item.brand:4 item.model:4 item.article:4")
        self.row("item.quantity:3 item.quantity_unit:3 item.packing:6")
        self.row("item.un_number:6 item.adr_class:6")
        self.row("item.stamps:4 item.stamp_series:8")
        self.row("item.incoterm:4 item.delivery_place:8")
        self.row("item.delivery_from:3 item.delivery_until:3 item.delivered_quantity:3 item.delivered_unit:3")
        self.row("item.processing:12")
        self.row("item.partner_code:4 item.partner_mass:4 item.partner_value:4")
        self._codes()
        self.section()
        for group in ("goods", "weights", "procedure", "value", "payments", "packages"):
            self.rest(group, "item")
        self.side_by_side(1, 1)
        self.grid("package", "kind:14 count:9 marks:18 shared:8", rows=3)
        self.grid("container", "number:15 kind:8 full:10 seal:14", rows=3)
        self.side_by_side(1)
        self.grid("line", "article:14 description:30 quantity:10 unit:8 amount:12 currency:9", rows=3)

    def _codes(self) -> None:
        """The right half of the paper: boxes 32 to 47."""
        self.section(N_("Codes and figures"))
        self.row("item.number:3 item.code:6 item.code_sign:3")
        self.row("item.origin:4 item.origin_number:4 item.gross_mass:4 item.net_mass:4")
        self.row("item.preferential_origin:6 item.contract_code:6")
        self.row("item.preference_fee:3 item.preference_duty:3 item.preference_excise:3 item.preference_vat:3")
        self.row("item.procedure:4 item.previous_procedure:4 item.movement_feature:4")
        self.row("item.supplementary_quantity:4 item.supplementary_unit:3 item.quota_quantity:3 item.quota_unit:2")
        self.row("item.quota_licence:12")
        self.row("item.price:5 item.valuation_method:4 item.valuation_decision:3")
        self.row("item.additions:6 item.deductions:6")
        self.row("item.customs_value:6 item.statistical_value:6")
        self.row("item.charges_total:6 item.payment_feature:6")
        self.row("item.charges:12")

    def cell(self, cell: Cell) -> QWidget:
        """Return the lines of the charges for them, a box for all else."""
        if cell.field != "item.charges":
            return super().cell(cell)
        self.chain.append(self.charges)
        return self.charges

    def grid(self, table: str, columns: str, rows: int = 4) -> Rows:
        """Put a table on the page that shows what the current item has."""
        made = super().grid(table, columns, rows)
        made.grid.cells.which = lambda: self._rows_under(table)
        made.grid.cells.refresh_rows()
        return made

    def _rows_under(self, table: str) -> list[int]:
        return self.stage.session.rows(table, self.stage.item) if self.stage.item is not None else []

    def finish(self) -> None:
        """Set table and form one above the other."""
        self.column.addStretch(1)
        self.grids["item"] = self.list
        self.chain.insert(0, self.list)
        below = QWidget()
        self.split = Splitter(Qt.Orientation.Vertical)
        self.bar = self._item_bar()
        self.outer.addWidget(self.split)
        self.rows.setContentsMargins(theme.L, theme.S, theme.L, theme.XS)
        self.split.addWidget(self.rows)
        self.split.addWidget(below)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([254, 376])
        whole = QVBoxLayout(below)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self.area, 1)
        self.list.row_chosen.connect(self._row_chosen)
        self.stage.item_chosen.connect(self._aim_item)
        self._aim_item(self.stage.item)

    def _item_bar(self) -> QWidget:
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(theme.L, theme.XS, theme.L, 0)
        line.setSpacing(theme.XS)
        self._which = words(size=theme.TITLE, bold=True)
        self._previous, self._next = Button(weight="quiet"), Button(weight="quiet")
        self._previous.clicked.connect(lambda: self.turn(-1))
        self._next.clicked.connect(lambda: self.turn(1))
        for button in (self._previous, self._next):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line.addWidget(self._which)
        line.addStretch(1)
        line.addWidget(self._previous)
        line.addWidget(self._next)
        self._name_bar()
        return bar

    def _name_bar(self) -> None:
        act = actions.BY_ID["group_items"]
        self._group.say(_(act.label), act.icon)
        self._group.setToolTip(f"{_(act.label)}  {actions.shown_keys('group_items')}")
        self._previous.say(_("Previous item"), "caret-up", actions.in_force("Ctrl+PgUp"))
        self._next.say(_("Next item"), "caret-down", actions.in_force("Ctrl+PgDn"))

    # -- which item

    def _row_chosen(self, row: int | None) -> None:
        if row is not None:
            self.stage.choose_item(row)

    def _aim_item(self, row: int | None) -> None:
        self.aim("item", row)
        for table, grid in self.grids.items():
            if table != "item":
                grid.cells.show_under(row)
                grid.setEnabled(row is not None)
        self.charges.refresh()
        if row is not None and self.list.row != row:
            self.list.go_to(row)
        self._tell_item()

    def _tell_item(self) -> None:
        rows = self.stage.session.rows("item")
        place = rows.index(self.stage.item) + 1 if self.stage.item in rows else 0
        text = Message(N_("Item {n} of {total}"), {"n": place, "total": len(rows)}).text()
        self._which.setText(text if place else actions.in_force(_("No goods item yet: Ctrl+Enter adds the first")))
        self._previous.setEnabled(place > 1)
        self._next.setEnabled(0 < place < len(rows))

    def turn(self, steps: int, *, add: bool = False) -> None:
        """Turn to another item; past the last, add one if asked to."""
        rows = self.stage.session.rows("item")
        place = (rows.index(self.stage.item) if self.stage.item in rows else -1) + steps
        if 0 <= place < len(rows):
            self.stage.choose_item(rows[place])
        elif add and place >= len(rows):
            self.list.add_row()
            self.boxes["item.code"].setFocus()

    # -- going about

    def show_path(self, path: Path) -> None:
        """Bring the cursor to a value of an item, turning to it first."""
        held = self.stage.session.declaration.tables.get(path.table, {}).get(path.row)
        owner = path.row if path.table == "item" else held.parent if held else None
        if owner is not None:
            self.stage.choose_item(owner)
        super().show_path(path)

    def refresh(self, changed: object = None) -> None:
        """Work out the totals row again."""
        super().refresh(changed)
        self._tell_item()
        self.totals.refresh_soon()
        self.charges.refresh()

    def retranslate(self) -> None:
        """Name the bar in the language in force too."""
        super().retranslate()
        self._name_bar()
