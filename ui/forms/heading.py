# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Headings of tables, painted by hand; a click on one of the grid's asks for the rows by that column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from .. import theme
from ..parts import paint
from ..words import box_number, label_of

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from .grid_model import GridModel

_MARK = 14  # room for the mark of sorting
HEADING = 34  # two lines of captions
_STILL = 4  # pixels that a click may move


class Heading(QHeaderView):
    """The heading of a grid: box number bold, label muted, a hair below; a mark where the rows are sorted."""

    asked = Signal(int)  # a column of which the heading was clicked, where the table sorts by it

    def __init__(self, way: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(way, parent)
        self._pressed = -1
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        """Return the height of a caption, or the width of a row number."""
        return QSize(40, HEADING)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        now = theme.colours()
        painter.fillRect(rect, now.panel)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        room = rect.adjusted(theme.S, 0, -theme.S, 0)
        if self.orientation() == Qt.Orientation.Vertical:
            painter.setFont(paint.face(theme.CAPTION))
            paint.text(painter, room, self._number(section), now.muted, paint.RIGHT)
            return
        number, label, right = self.told(section)
        way = self._sorted(section)
        if way:
            room.setRight(room.right() - _MARK)
            self._mark(painter, QPointF(room.right() + _MARK - 4, rect.center().y()), up=way == "up")
        ahead = paint.metrics(theme.CAPTION, bold=True).horizontalAdvance(number) + 5 if number else 0
        first, second = self._folded(label, room.width() - ahead, alone=not number)
        line = room
        if second:
            tall = paint.metrics(theme.CAPTION).height()
            line = QRect(room.left(), room.center().y() - tall + 1, room.width(), tall)
            painter.setFont(paint.face(theme.CAPTION))
            paint.text(painter, line.translated(0, tall - 1), second, now.muted, paint.RIGHT if right else paint.LEFT)
        if right:
            taken = ahead + paint.metrics(theme.CAPTION).horizontalAdvance(first) + 2
            line = line.adjusted(max(line.width() - taken, 0), 0, 0, 0)
        painter.setFont(paint.face(theme.CAPTION, bold=True))
        paint.text(painter, line, number, now.ink)
        painter.setFont(paint.face(theme.CAPTION))
        paint.text(painter, line.adjusted(ahead, 0, 0, 0), first, now.muted)

    @staticmethod
    def _folded(label: str, wide: int, *, alone: bool) -> tuple[str, str]:
        """Return what of a label stands beside the number, all of it where it fits, and what stands below."""
        measure = paint.metrics(theme.CAPTION)
        if measure.horizontalAdvance(label) > wide and ": " in label:
            label = paint.tail(label)
        parts = label.split(" ")
        fits = [n for n in range(len(parts) + 1) if measure.horizontalAdvance(" ".join(parts[:n])) <= wide]
        place = max(max(fits, default=0), 1 if alone else 0)
        return " ".join(parts[:place]), " ".join(parts[place:])

    def _number(self, section: int) -> str:
        """Return the number of a row: its place in the declaration, however the rows are sorted."""
        return str(self.model().headerData(section, Qt.Orientation.Vertical) or section + 1)

    def _sorted(self, section: int) -> str:
        held = getattr(self.model(), "sorted_by", None)
        return "" if held is None or held[0] != section else "down" if held[1] else "up"

    @staticmethod
    def _mark(painter: QPainter, place: QPointF, *, up: bool) -> None:
        """Draw the mark of sorting: a triangle that grows the way the values do."""
        tall = 4.0 if up else -4.0
        corners = [QPointF(-4, tall / 2), QPointF(4, tall / 2), QPointF(0, -tall)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colours().accent)
        painter.drawPolygon(QPolygonF([place + corner for corner in corners]))
        painter.restore()

    def _frozen(self) -> int:
        """Return how wide the first heading stands over the others, 0 for not at all."""
        wide = getattr(self.parent(), "frozen", 0)
        return int(wide) if self.orientation() == Qt.Orientation.Horizontal else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the headings, and the first one over those that scrolled under it."""
        super().paintEvent(event)
        wide = self._frozen()
        if wide:
            painter = QPainter(self.viewport())
            painter.setClipRect(QRect(0, 0, wide + 1, self.height()))
            self.paintSection(painter, QRect(0, 0, wide, self.height()), 0)
            painter.fillRect(QRect(wide, 0, 1, self.height()), theme.colours().muted)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where the button went down: a column that is made wider is not sorted by."""
        self._pressed = int(event.position().x())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the rows by a column when its heading is clicked."""
        super().mouseReleaseEvent(event)
        here = int(event.position().x())
        edge = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        if self.orientation() == Qt.Orientation.Horizontal and abs(here - self._pressed) < _STILL and not edge:
            self.asked.emit(0 if here < self._frozen() else self.logicalIndexAt(here))

    def told(self, section: int) -> tuple[str, str, bool]:
        """Return number, label, and whether figures stand below, right-aligned."""
        model: GridModel = self.model()  # type: ignore[assignment]  # other tables override this
        field = model.fields[section]
        return box_number(field), label_of(field), field.kind.numeric
