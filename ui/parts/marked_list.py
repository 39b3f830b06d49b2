# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of one-line rows: a mark at the left, cells of words behind it, and a cursor that stands on a row at once.

What a row shows is given by a painter of its own kind; how it is lit, lined and framed is the same for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .. import theme
from . import paint
from .choosing import follow_choice
from .frames import slim
from .listing import AnyIndex, Rows

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

Row = TypeVar("Row")
SIGNS = ("error", "warning", "missing", "advice")  # the marks of findings; what is in order has a tick
_MARK = 13


class MarkedPainter(QStyledItemDelegate, Generic[Row]):
    """Paints the rows of a list; says nothing of what they mean."""

    def mark(self, painter: QPainter, place: QRectF, row: Row) -> None:
        """Paint the mark of a row; none unless its kind has one."""

    def words(self, painter: QPainter, room: QRect, row: Row) -> None:
        """Paint the words of a row; its plain text unless its kind has cells."""
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room, str(row), theme.colours().ink)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Return the height of a row; its width is that of the list."""
        return QSize(200, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a row: ground, line below, mark, words, and the frame of the cursor."""
        row: Row = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        now = theme.colours()
        rect: QRect = option.rect
        chosen = option.state & QStyle.StateFlag.State_Selected
        if chosen:
            painter.fillRect(rect, now.select)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.hover)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        self.mark(painter, QRectF(rect.left() + theme.S, rect.center().y() - 6, _MARK, _MARK), row)
        self.words(painter, rect.adjusted(theme.XL + theme.S, 0, -theme.S, 0), row)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, 0, -1), None, now.accent, 2)


class MarkedList(QListView):
    """The lines; the cursor stands on one as soon as it comes here."""

    def __init__(self, model: Rows[Any], painter: MarkedPainter[Any]) -> None:
        super().__init__()
        painter.setParent(self)
        slim(self)
        self.setModel(model)
        self.setItemDelegate(painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        follow_choice(self)

    def stand_on(self, place: int) -> None:
        """Make a line current."""
        index = self.model().index(place, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a line."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.stand_on(max(self.currentIndex().row(), 0))


def sign_or_tick(painter: QPainter, place: QRectF, sign: str) -> None:
    """Paint the sign of a level, or the tick of what is in order where there is none."""
    if sign:
        paint.level_mark(painter, place, sign)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colours().good, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    points = [place.topLeft() + QPointF(x, y) for x, y in ((1.5, 7), (5, 10.5), (11.5, 2.5))]
    painter.drawPolyline(points)
    painter.restore()


def three_cells(
    painter: QPainter, room: QRect, sign: str, texts: tuple[str, str, str], shares: tuple[float, float]
) -> None:
    """Paint how it stands, what it is, and the rest, muted; `shares` of the width for the first two."""
    now = theme.colours()
    first, second = int(room.width() * shares[0]), int(room.width() * sum(shares))
    status = paint.level_colour(sign) if sign in {"error", "warning"} else now.ink if sign else now.muted
    cells = (
        (0, first - theme.S, paint.face(theme.BODY, bold=bool(sign)), status),
        (first, second - first - theme.S, paint.face(theme.BODY), now.ink),
        (second, room.width() - second, paint.face(theme.CAPTION), now.muted),
    )
    for text, (left, wide, face, colour) in zip(texts, cells, strict=True):
        painter.setFont(face)
        if painter.fontMetrics().horizontalAdvance(text) > wide:
            painter.setFont(paint.face(theme.CAPTION, bold=face.bold()))
        paint.text(painter, QRect(room.left() + left, room.top(), wide, room.height()), text, colour)
