# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Widgets side by side that go on in another line where the words of a language are long; none is squeezed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout

from .. import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem, QWidget


class Flow(QLayout):
    """Lines of widgets; a title that leads them has all the room that they leave, or a line of its own."""

    def __init__(self, lead: QWidget | None = None, gap: int = theme.S) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._lead = lead
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)
        if lead is not None:
            self.addWidget(lead)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        """Return one of them."""
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        """Give one of them away."""
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it takes width alone."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Tell that less width takes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines in a width."""
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        tall = sum(self._tall(line) for line in lines) + theme.XS * max(len(lines) - 1, 0)
        return tall + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        margins = self.contentsMargins()
        wide = sum(item.sizeHint().width() + self._gap for item in self._shown())
        return QSize(wide + margins.left() + margins.right(), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        """Return the room of the widest alone."""
        margins = self.contentsMargins()
        wide = max((self._wide(item) for item in self._shown() if item.widget() is not self._lead), default=0)
        tall = self._tall(self._shown())
        return QSize(wide + margins.left() + margins.right(), tall + margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Lay the lines one under another; those beside the title stand at the right."""
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.top()
        for line in self._lines(inner.width()):
            tall = self._tall(line)
            wides = [self._wide(item) for item in line]
            if line[0].widget() is self._lead:
                wides[0] = inner.width() - sum(wides[1:]) - self._gap * (len(line) - 1)
            x = inner.left()
            for item, wide in zip(line, wides, strict=True):
                high = item.sizeHint().height()
                item.setGeometry(QRect(QPoint(x, y + (tall - high) // 2), QSize(wide, high)))
                x += wide + self._gap
            y += tall + theme.XS

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    @staticmethod
    def _wide(item: QLayoutItem) -> int:
        """Return how wide one is by itself; Qt says nought of what would take any width."""
        widget = item.widget()
        return widget.sizeHint().width() if widget is not None else item.sizeHint().width()

    @staticmethod
    def _tall(line: list[QLayoutItem]) -> int:
        return max((item.sizeHint().height() for item in line), default=0)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = self._wide(item)
            if lines and wide <= left:
                lines[-1].append(item)
            else:
                lines.append([item])
                left = width + self._gap
            left -= wide + self._gap
        return lines
