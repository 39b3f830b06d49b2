# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How one entry of the worklist is drawn: two lines, of which the first is strong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from .. import theme
from ..parts import paint

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from ..parts.listing import AnyIndex
    from .entries import Entry

_WORDS = 38  # two lines of words high
_SIGN = 12


def _level(entry: Entry) -> str:
    return "warning" if entry.note else "error"


class LinePainter(QStyledItemDelegate):
    """Draws the entries of a list."""

    def __init__(self, entry: Callable[[int], Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = entry

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Return room for two lines."""
        return QSize(300, 2 * theme.ROW - theme.XS)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw an entry, as it is chosen, looked at or neither."""
        entry = self._entry(index.row())
        now = theme.colours()
        rect: QRect = option.rect
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(rect, now.select if state & QStyle.StateFlag.State_Selected else now.hover)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        room = rect.adjusted(theme.M, (rect.height() - _WORDS) // 2, -theme.M, 0)
        first, second = (
            QRect(room.left(), room.top(), room.width(), 18),
            QRect(room.left(), room.top() + 20, room.width(), 16),
        )
        self._line(painter, first, (entry.title, entry.amount), bold=True, faded=entry.faded)
        said = entry.note or (entry.facts.partition(" · ")[0] if entry.late else "")
        if said:
            paint.level_mark(painter, QRectF(second.left(), second.top() + 2, _SIGN, _SIGN), _level(entry))
            second.setLeft(second.left() + _SIGN + theme.XS)
        told = f"{entry.note} · {entry.facts}" if entry.note else entry.facts
        self._line(painter, second, (told, entry.when), bold=False, faded=True)
        if said:
            painter.setFont(paint.face(theme.CAPTION))
            room = second.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(entry.when) - theme.L, 0)
            paint.text(painter, room, said, paint.level_colour(_level(entry)))
        if state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, 0, -1), None, now.accent, 2)

    @staticmethod
    def _line(painter: QPainter, room: QRect, both: tuple[str, str], *, bold: bool, faded: bool) -> None:
        now = theme.colours()
        ink = now.muted if faded else now.ink
        painter.setFont(paint.face(theme.BODY if bold else theme.CAPTION))
        wide = painter.fontMetrics().horizontalAdvance(both[1])
        paint.text(painter, room, both[1], ink, paint.RIGHT)
        painter.setFont(paint.face(theme.BODY if bold else theme.CAPTION, bold=bold and not faded))
        paint.text(painter, room.adjusted(0, 0, -wide - theme.L, 0), both[0], ink)
