# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How lines of the checklist are painted: sign, how it stands in words, what it is, for which goods, and its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from swclient.workflow.checklist import Line, Status, left_words, place_words, status_words

from .. import theme
from ..parts import paint
from ..parts.frames import slim
from ..parts.listing import AnyIndex, Rows

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from swclient.workflow.views import Session

SIGNS = ("error", "warning", "missing", "advice")  # the marks of findings; what is there has a tick
_BY_STATUS = {
    Status.EXPIRED: "error",
    Status.OVERDUE: "error",
    Status.SHORT: "warning",
    Status.ENDING: "warning",
    Status.PROMISED: "missing",
}
_STATUS, _WHAT = 0.26, 0.40  # of the width; the goods and the number share the rest


def sign_of(line: Line) -> str:
    """Return the mark of a line; what is missing has that of the rule that asks for it."""
    return line.level if line.status is Status.MISSING else _BY_STATUS.get(line.status, "")


class _Painter(QStyledItemDelegate):
    def __init__(self, owner: QListView, session: Session) -> None:
        super().__init__(owner)
        self._session = session

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(200, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line: Line = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        now = theme.colours()
        rect: QRect = option.rect
        chosen = option.state & QStyle.StateFlag.State_Selected
        if chosen:
            painter.fillRect(rect, now.select)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.hover)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        mark = QRectF(rect.left() + theme.S, rect.center().y() - 6, 13, 13)
        sign = sign_of(line)
        if sign:
            paint.level_mark(painter, mark, sign)
        else:
            tick(painter, mark)
        self._words(painter, rect.adjusted(theme.XL + theme.S, 0, -theme.S, 0), line)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, 0, -1), None, now.accent, 2)

    def _words(self, painter: QPainter, room: QRect, line: Line) -> None:
        now = theme.colours()
        first, second = int(room.width() * _STATUS), int(room.width() * (_STATUS + _WHAT))
        sign = sign_of(line)
        painter.setFont(paint.face(theme.BODY, bold=bool(sign)))
        colour = paint.level_colour(sign) if sign in {"error", "warning"} else now.ink if sign else now.muted
        paint.text(painter, QRect(room.left(), room.top(), first - theme.S, room.height()), status_words(line), colour)
        painter.setFont(paint.face(theme.BODY))
        middle = QRect(room.left() + first, room.top(), second - first - theme.S, room.height())
        paint.text(painter, middle, line.what, now.ink)
        last = QRect(room.left() + second, room.top(), room.width() - second, room.height())
        self._rest(painter, last, line)

    def _rest(self, painter: QPainter, room: QRect, line: Line) -> None:
        """Draw for which goods it is where it is for some only, then what is given or left of it."""
        now = theme.colours()
        painter.setFont(paint.face(theme.CAPTION))
        parts = (place_words(line) if line.items else "", left_words(line, self._session), line.stated or line.code)
        paint.text(painter, room, " · ".join(part for part in parts if part), now.muted)


def tick(painter: QPainter, place: QRectF) -> None:
    """Draw the tick of what is there."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colours().good, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    points = [place.topLeft() + QPointF(x, y) for x, y in ((1.5, 7), (5, 10.5), (11.5, 2.5))]
    painter.drawPolyline(points)
    painter.restore()


class ChecklistView(QListView):
    """The lines; the cursor stands on one as soon as it comes here."""

    def __init__(self, model: Rows[Line], session: Session) -> None:
        super().__init__()
        slim(self)
        self.setModel(model)
        self.setItemDelegate(_Painter(self, session))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)

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
