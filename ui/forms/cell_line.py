# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The current cell of a table as a line to type into, for those who work through a screen reader or by voice.

Qt tells such programs what stands in a cell, but lets them write only into lines. It is there while one of them is at
work, and nobody else sees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from ..parts.choosing import follow_choice
from ..parts.entry import Entry

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from .grid import Grid


class CellLine(Entry):
    """One line that stands for the current cell; a cell that is chosen from outside becomes the current one."""

    def __init__(self, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__()
        self.setParent(parent)
        self._grid = grid
        self.textChanged.connect(self._tell)
        grid.selectionModel().currentChanged.connect(lambda *_two: self.refresh())
        follow_choice(grid)
        grid.cells.dataChanged.connect(lambda *_range: self.refresh())
        grid.cells.rowsRemoved.connect(lambda *_range: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Say which cell this is, and what stands there."""
        index = self._grid.currentIndex()
        if not index.isValid():
            self.setEnabled(False)
            self._put("", _("No cell is chosen"), "")
            return
        cells = self._grid.cells
        told = {
            "column": cells.headerData(index.column(), Qt.Orientation.Horizontal),
            "row": cells.headerData(index.row(), Qt.Orientation.Vertical),
            "table": self._grid.accessibleName(),
        }
        self.setEnabled(True)
        self.setReadOnly(cells.look(index).read_only)
        about = cells.data(index, Qt.ItemDataRole.AccessibleDescriptionRole)
        text = self.text() if self.hasFocus() else cells.look(index).text
        self._put(text, Message(N_("{column}, row {row}: {table}"), told).text(), str(about or ""))

    def _put(self, text: str, name: str, about: str) -> None:
        quiet = self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        if self.text() != text:
            self.setText(text)
        self.blockSignals(quiet)
        if self.accessibleName() != name:
            self.setAccessibleName(name)
            self.setPlaceholderText(name)
        if self.accessibleDescription() != about:
            self.setAccessibleDescription(about)

    def _tell(self, text: str) -> None:
        index = self._grid.currentIndex()
        if index.isValid():
            self._grid.cells.setData(index, text)
