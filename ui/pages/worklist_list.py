# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of the worklist: several lines can be chosen, by keys as lists have them and by Ctrl and Shift with a click.

Enter and a plain click open a line; Up on the first line leaves the list for the line over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QListView

from .. import actions, keys
from ..parts.frames import slim

if TYPE_CHECKING:
    from collections.abc import Iterable


class WorklistList(QListView):
    """The list; says what is to be opened and which verb a key asks for."""

    opened = Signal(int)  # place of the line
    pressed_verb = Signal(Qt.Key)
    left = Signal()
    chosen_changed = Signal()
    ended = Signal()  # the last line that is here is near

    def __init__(self) -> None:
        super().__init__()
        slim(self)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def places(self) -> list[int]:
        """Return the places of the chosen lines, from the first to the last."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def choose(self, places: Iterable[int]) -> None:
        """Choose these lines and no others; the cursor stays."""
        kept = self.selectionModel()
        kept.clearSelection()
        for place in places:
            kept.select(self.model().index(place, 0), QItemSelectionModel.SelectionFlag.Select)

    def stand_on(self, place: int) -> None:
        """Bring the cursor to a line and choose it alone."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.model().index(place, 0), flags)

    def _scrolled(self, place: int) -> None:
        if place and place == self.verticalScrollBar().maximum():
            self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter; Delete and F2 are verbs of the folder; shortcuts go past."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if keys.is_enter(event):
            self.opened.emit(self.currentIndex().row())
        elif event.key() in {Qt.Key.Key_F2, Qt.Key.Key_Delete} and plain:
            self.pressed_verb.emit(Qt.Key(event.key()))
        elif event.key() == Qt.Key.Key_Escape and len(self.places()) > 1:
            self.stand_on(max(self.currentIndex().row(), 0))
        elif event.key() == Qt.Key.Key_Up and plain and self.currentIndex().row() <= 0:
            self.left.emit()
        elif actions.claimed(event):
            event.ignore()
        else:
            super().keyPressEvent(keys.latin(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the line under a plain click; with Ctrl or Shift a click only chooses."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers() and index.isValid():
            self.opened.emit(index.row())
