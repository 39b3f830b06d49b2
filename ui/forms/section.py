# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A section of a page: a title over a ruled line, and rows of boxes on twelve columns, as a ledger is ruled.

Rows are written as the paper has them: `"header.direction:2 header.procedure:2 header.reference:8"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from ..parts import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

COLUMNS = 12
_TITLE = 30
_GAP = theme.S


class _Cell(NamedTuple):
    widget: QWidget
    start: int
    span: int


class Section(QWidget):
    """Rows of widgets, each over so many of twelve columns."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._rows: list[list[_Cell]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        """Give the section another title, in another language."""
        self._title = title
        self.setAccessibleName(title)
        self.update()

    def add_row(self, *cells: tuple[QWidget, int]) -> None:
        """Put widgets side by side; each comes with its span."""
        row: list[_Cell] = []
        start = 0
        for widget, span in cells:
            widget.setParent(self)
            row.append(_Cell(widget, start, span))
            start += span
        self._rows.append(row)
        self._lay_out()
        self.updateGeometry()

    def add_flowing(self, *cells: tuple[QWidget, int]) -> None:
        """Put widgets side by side, beginning a new row where one is full."""
        row: list[tuple[QWidget, int]] = []
        for cell in cells:
            if sum(span for _, span in row) + cell[1] > COLUMNS:
                self.add_row(*row)
                row = []
            row.append(cell)
        if row:
            self.add_row(*row)

    def _top(self) -> int:
        return _TITLE if self._title else 0

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        if not self._rows:
            return QSize(600, 0)
        tall = sum(self._height(row) for row in self._rows) + _GAP * max(len(self._rows) - 1, 0)
        return QSize(600, self._top() + tall)

    def minimumSizeHint(self) -> QSize:
        """Return the same height: rows are not squeezed."""
        return QSize(120, self.sizeHint().height())

    @staticmethod
    def _height(row: list[_Cell]) -> int:
        return max((cell.widget.sizeHint().height() for cell in row), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def lay_anew(self) -> None:
        """Lay the rows out with the heights in force."""
        self._lay_out()

    def _lay_out(self) -> None:
        y = self._top()
        for row in self._rows:
            tall = self._height(row)
            for cell in row:
                left = self._x(cell.start)
                right = self._x(cell.start + cell.span) - _GAP - 2
                cell.widget.setGeometry(QRect(left, y, max(right - left, 0), tall))
            y += tall + _GAP

    def _x(self, column: int) -> int:
        return round((self.width() + _GAP + 2) * column / COLUMNS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the title and its rule."""
        if not self._title:
            return
        now = theme.colours()
        painter = QPainter(self)
        painter.setFont(paint.face(theme.TITLE, bold=True))
        wide = painter.fontMetrics().horizontalAdvance(self._title)
        paint.text(painter, QRect(0, 0, self.width(), _TITLE - theme.S), self._title, now.ink)
        line = (_TITLE - theme.S) // 2 + 1
        painter.fillRect(QRect(wide + theme.M, line, max(self.width() - wide - theme.M, 0), 1), now.line)
