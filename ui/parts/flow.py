# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Buttons side by side, and on a further line where they do not fit: long words are not cut, the window not widened."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from .. import theme


class Flow(QLayout):
    """Lays widgets out in lines from the left, each as wide as it wishes to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(theme.S)

    def addItem(self, item: QLayoutItem) -> None:
        """Take another one at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one of them, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one up."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Wish for no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that the height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are in a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the room of the widest one."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the room of the widest one."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Go through the lines; return their height."""
        x, y, tall = rect.left(), rect.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            wish = item.sizeHint()
            if x > rect.left() and x + wish.width() > rect.right() + 1:
                x, y, tall = rect.left(), y + tall + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), wish))
            x, tall = x + wish.width() + self.spacing(), max(tall, wish.height())
        return y + tall - rect.top()
