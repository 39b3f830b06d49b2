# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of box 44 and box 40: those of the whole declaration, and those of the current item."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, theme
from ..panels.attached import AttachedFiles, files_in
from ..panels.checklist import Checklist
from ..panels.permits import Permits
from ..parts.plain import words
from .page import Page

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QLabel

    from swclient.document.path import Path

    from ..forms.grid import Grid

_COLUMNS = (
    "kind:20 number:15 date:12 name:16 valid_until:12 country:6 amount:12 promised:12 "
    "quantity:10 quantity_unit:8 left:10 attached:16 attached_number:13 attached_date:12 "
    "tir_holder:14 tir_page:8"
)


class DocumentsPage(Page):
    """The checklist, permits, attached files, and three tables: for all goods, for one item, and what came before."""

    NAME = "documents"
    TITLE = N_("Documents")

    def compose(self) -> None:
        """Put what is needed first, then the loose documents: most stand there."""
        self.checklist = Checklist(self.stage, self.sheet)
        self.checklist.wanted.connect(self._go)
        self.chain.append(self.checklist.list)
        self.column.addWidget(self.checklist)
        self.permits = Permits(self.stage, lambda: self.checklist.model.rows, self.sheet)
        self.permits.wanted.connect(self._go)
        self.chain += self.permits.chain
        self.column.addWidget(self.permits)
        self.attached = AttachedFiles(self.stage, self.sheet)
        self.chain += self.attached.chain
        self.column.addWidget(self.attached)
        self.setAcceptDrops(True)
        whole = self.grid("document", _COLUMNS, rows=7)
        self.loose: Grid = whole.grid
        self.loose.cells.which = self._loose_rows
        self.loose.cells.refresh_rows()
        whole.call(N_("Documents of the whole declaration"), "kind")
        self.item_title: QLabel = words(size=theme.BODY, muted=True)
        self.column.addWidget(self.item_title)
        own = self.grid("document", _COLUMNS, rows=5)
        self.own: Grid = own.grid
        own.call(N_("Documents of the current item"), "kind")
        before = self.grid("previous", "kind:16 number:26 date:12 item:10 net_mass:14 net_there:14", rows=3)
        self.before: Grid = before.grid
        before.call(N_("Previous documents of the current item"), "kind")
        self.stage.item_chosen.connect(self._aim_item)
        self._aim_item(self.stage.item)

    def _go(self, path: Path) -> None:
        """Bring the cursor to a document of the checklist, or to the box that stands for it."""
        if path.table in self.grids:
            self.show_path(path)
        else:
            self.stage.jump.emit(path)

    def _loose_rows(self) -> list[int]:
        held = self.stage.session.declaration.tables["document"]
        return [row.id for row in held.values() if row.parent is None]

    def _aim_item(self, row: int | None) -> None:
        for grid in (self.own, self.before):
            grid.setEnabled(row is not None)
            grid.cells.which = partial(self.stage.session.rows, grid.table, row) if row is not None else list
            grid.cells.show_under(row)
        self._tell_item()

    def _tell_item(self) -> None:
        rows = self.stage.session.rows("item")
        place = rows.index(self.stage.item) + 1 if self.stage.item in rows else 0
        if not place:
            self.item_title.setText(actions.in_force(_("No goods item yet: Ctrl+Enter adds the first")))
            return
        args = {"n": place, "total": len(rows)}
        told = Message(N_("Item {n} of {total}; Ctrl+PgDn and Ctrl+PgUp turn to others"), args).text()
        self.item_title.setText(actions.in_force(told))

    def show_path(self, path: Path) -> None:
        """Bring the cursor to a document, turning to its item first."""
        held = self.stage.session.declaration.tables.get(path.table, {}).get(path.row)
        if held is not None and held.parent is not None:
            self.stage.choose_item(held.parent)
        grid = (
            self.before if path.table == "previous" else self.loose if held is None or held.parent is None else self.own
        )
        self.area.ensureWidgetVisible(grid, 0, theme.XL)
        grid.setFocus()
        grid.go_to(path.row, path.field)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of the disk, nothing else."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the files that were dropped."""
        event.acceptProposedAction()
        self.attached.take(files_in(event.mimeData()))

    def refresh(self, changed: object = None) -> None:
        """Say again which item this is, and what is needed."""
        super().refresh(changed)
        self._tell_item()
        self.checklist.refresh_soon()
        self.permits.refresh_soon()
        self.attached.refresh_soon()
