# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A field in which one of a few things is picked: framed and lined as our other fields and lists are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .. import keys, theme
from . import paint
from .density import fix_rows
from .frames import slim

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from .listing import AnyIndex


class _Lines(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        wide = paint.metrics(theme.BODY).horizontalAdvance(str(index.data()))
        return QSize(wide + 2 * theme.M, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        now = theme.colours()
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, now.select)
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, rect.adjusted(theme.S, 0, -theme.S, 0), str(index.data()), now.ink)


class Pick(QComboBox):
    """A drop-down field. Enter goes on to the next; Alt+Down or F4 opens the list, letters choose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fix_rows(self)
        self.setItemDelegate(_Lines(self))
        slim(self.view())
        self.view().viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def minimumSizeHint(self) -> QSize:
        """Return hardly any width: what is picked is elided, the list has it whole."""
        return QSize(80, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; F8 opens the list as in a box."""
        if keys.is_enter(event):
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own signature
        elif event.key() == Qt.Key.Key_F8:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel that passes by changes nothing."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field: frame, what is picked, and the sign that there are others."""
        now = theme.colours()
        painter = QPainter(self)
        here = self.hasFocus()
        paint.frame(painter, self.rect(), now.field, now.accent if here else now.line, 2 if here else 1)
        room = self.rect().adjusted(theme.S, 0, -theme.XL, 0)
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room, self.currentText(), now.ink if self.isEnabled() else now.muted)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.muted, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = QPointF(self.width() - theme.L, self.height() / 2)
        tips = ((-4, -2), (0, 2), (4, -2))
        painter.drawPolyline([middle + QPointF(x, y) for x, y in tips])
