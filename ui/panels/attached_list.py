# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How lines of attached files are painted: number and name, size, document of box 44, first digits of the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from swclient.base.i18n import N_, _
from swclient.workflow.attached_desk import Attached

from .. import icons, theme
from ..parts import paint
from ..parts.frames import slim
from ..parts.listing import AnyIndex, Rows
from ..words import size_words

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

_SHARES = (0.44, 0.12, 0.28)  # of the width: name, size, document; the digest has the rest
_WHOLE = N_("the whole declaration")
_LOST = N_("a document that is no longer in box 44")


def whose(row: Attached) -> str:
    """Return which document of box 44 a file belongs to, in words."""
    return _(_LOST) if row.lost else row.document or _(_WHOLE)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(200, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: Attached = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        now = theme.colours()
        rect: QRect = option.rect
        chosen = option.state & QStyle.StateFlag.State_Selected
        if chosen:
            painter.fillRect(rect, now.select)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.hover)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        mark = QRectF(rect.left() + theme.S, rect.center().y() - 7, 14, 14)
        if row.runs or row.lost:
            paint.level_mark(painter, mark, "warning")
        else:
            icons.draw(painter, mark, "paperclip", now.muted, 14)
        _words(painter, rect.adjusted(theme.XL + theme.S, 0, -theme.S, 0), row)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, 0, -1), None, now.accent, 2)


def _words(painter: QPainter, room: QRect, row: Attached) -> None:
    now, left = theme.colours(), room.left()
    ink = paint.level_colour("warning") if row.lost else now.ink
    cells = (
        (f"{row.file.id}  {row.file.name}", now.ink),
        (size_words(row.file.size), now.muted),
        (whose(row), ink if row.document or row.lost else now.muted),
        (row.digits, now.muted),
    )
    for (text, colour), share in zip(cells, (*_SHARES, 1 - sum(_SHARES)), strict=True):
        wide = int(room.width() * share)
        painter.setFont(paint.face(theme.BODY if text is cells[0][0] or text is cells[2][0] else theme.CAPTION))
        paint.text(painter, QRect(left, room.top(), wide - theme.S, room.height()), text, colour)
        left += wide


class AttachedView(QListView):
    """The lines; the cursor stands on one as soon as it comes here. Delete asks to remove the current one."""

    removing = Signal()

    def __init__(self, model: Rows[Attached]) -> None:
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes."""
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.removing.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a line."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.stand_on(max(self.currentIndex().row(), 0))
