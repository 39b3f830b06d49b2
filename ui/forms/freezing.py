# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first column of a table stays while the others scroll sideways under it.

It is painted over the table and answers the mouse there; there is one table still, for whoever reads the screen too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from .. import theme
from .block_view import BlockView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPaintEvent

_HINT = QAbstractItemView.ScrollHint.EnsureVisible


class FreezingView(BlockView):
    """A table whose first column is always in sight."""

    @property
    def frozen(self) -> int:
        """How wide the column is that stands over the others, 0 while nothing is scrolled away."""
        return self.columnWidth(0) if self.horizontalScrollBar().value() else 0

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Return where a cell is seen: those of the first column at the left edge."""
        seen = super().visualRect(index)
        if index.column() == 0 and self.frozen:
            seen.moveLeft(0)
        return seen

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the cell at a place: over the others, one of the first column."""
        found = super().indexAt(point)
        if found.isValid() and point.x() < self.frozen:
            return found.siblingAtColumn(0)
        return found

    def scrollTo(self, index: QModelIndex | QPersistentModelIndex, hint: QAbstractItemView.ScrollHint = _HINT) -> None:
        """Bring a cell into sight, and out from under the first column."""
        bar = self.horizontalScrollBar()
        if index.column() == 0:
            held = bar.value()
            super().scrollTo(index, hint)
            bar.setValue(held)
            return
        super().scrollTo(index, hint)
        hidden = self.frozen - self.columnViewportPosition(index.column())
        if hidden > 0:
            bar.setValue(bar.value() - hidden)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint what stays anew: the table's own scrolling moves the picture of it along."""
        super().scrollContentsBy(dx, dy)
        if dx or self.frozen:
            self.viewport().update()
            self.horizontalHeader().viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, and the first column over those that scrolled under it."""
        super().paintEvent(event)
        wide = self.frozen
        if not wide:
            return
        now = theme.colours()
        painter = QPainter(self.viewport())
        painter.setClipRect(QRect(0, 0, wide + 1, self.viewport().height()))
        first = max(self.rowAt(max(event.rect().top(), 0)), 0)
        for row in range(first, self.cells.rowCount()):
            top = self.rowViewportPosition(row)
            if top > event.rect().bottom():
                break
            place = QRect(0, top, wide, self.rowHeight(row))
            painter.fillRect(place, now.paper)
            self.itemDelegate().paint(painter, self._option(place, row), self.cells.index(row, 0))
        painter.fillRect(QRect(wide, 0, 1, self.viewport().height()), now.muted)

    def _option(self, place: QRect, row: int) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = place
        index = self.cells.index(row, 0)
        state = QStyle.StateFlag.State_Enabled
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            state |= QStyle.StateFlag.State_HasFocus
        option.state = state
        return option
