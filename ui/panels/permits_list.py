# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How lines of permits are painted: sign, how it stands in words, what it is, for which goods, agency and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from swclient.workflow.checklist import place_words
from swclient.workflow.permit_words import OPEN, Need, Standing, standing_words

from .. import theme
from ..parts import paint
from ..parts.frames import slim
from ..parts.listing import AnyIndex, Rows
from .checklist_list import tick

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

SIGNS = ("error", "warning", "missing", "advice")
_GRAVE = frozenset({Standing.REFUSED, Standing.WITHDRAWN, Standing.EXPIRED, Standing.NOT_TAKEN})
_STATUS, _WHAT = 0.26, 0.34  # of the width; goods, number and agency share the rest
_URGENT = 7  # days


def sign_of(need: Need) -> str:
    """Return the mark of a permit; one that stands in box 44 and does not end soon has a tick."""
    if need.standing in _GRAVE or (need.step is not None and need.step <= _URGENT):
        return "error"
    if need.standing in {Standing.MORE, Standing.NOT_ASKED} or need.step is not None:
        return "warning"
    if need.standing in OPEN:
        return "missing"
    return "advice" if need.standing is Standing.GRANTED else ""


def rest_words(need: Need) -> str:
    """Return for which goods it is, its number, and the agency."""
    place = place_words(need.line) if need.line.items else ""
    number = need.permit.number if need.permit else ""
    return " · ".join(part for part in (place, number, need.decider.agency.name()) if part)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(200, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        need: Need = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        now = theme.colours()
        rect: QRect = option.rect
        chosen = option.state & QStyle.StateFlag.State_Selected
        if chosen:
            painter.fillRect(rect, now.select)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.hover)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        mark = QRectF(rect.left() + theme.S, rect.center().y() - 6, 13, 13)
        sign = sign_of(need)
        if sign:
            paint.level_mark(painter, mark, sign)
        else:
            tick(painter, mark)
        _words(painter, rect.adjusted(theme.XL + theme.S, 0, -theme.S, 0), need, sign)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, 0, -1), None, now.accent, 2)


def _words(painter: QPainter, room: QRect, need: Need, sign: str) -> None:
    now = theme.colours()
    first, second = int(room.width() * _STATUS), int(room.width() * (_STATUS + _WHAT))
    painter.setFont(paint.face(theme.BODY, bold=bool(sign)))
    colour = paint.level_colour(sign) if sign in {"error", "warning"} else now.ink if sign else now.muted
    place = QRect(room.left(), room.top(), first - theme.S, room.height())
    paint.text(painter, place, standing_words(need), colour)
    painter.setFont(paint.face(theme.BODY))
    place = QRect(room.left() + first, room.top(), second - first - theme.S, room.height())
    paint.text(painter, place, need.line.what, now.ink)
    painter.setFont(paint.face(theme.CAPTION))
    place = QRect(room.left() + second, room.top(), room.width() - second, room.height())
    paint.text(painter, place, rest_words(need), now.muted)


class PermitView(QListView):
    """The lines; the cursor stands on one as soon as it comes here."""

    def __init__(self, model: Rows[Need]) -> None:
        super().__init__()
        slim(self)
        self.setModel(model)
        self.setItemDelegate(_Painter(self))
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
