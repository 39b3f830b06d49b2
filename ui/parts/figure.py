# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one big number: a caption, a figure in the largest size, and what is to be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from . import paint
from .button import Asked

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent


class BigFigure(Asked):
    """A figure that can be pressed; it is asked as soon as the cursor comes to it."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.asked)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Answer at once."""
        super().focusInEvent(event)
        self.asked.emit()

    def say(self, caption: str, figure: str, note: str) -> None:
        """Show a figure, and a note under it."""
        self._caption, self._note = caption, note
        self.setText(figure)
        self.setAccessibleName(f"{caption} {figure}")
        self.setAccessibleDescription(note)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of three lines."""
        return QSize(280, 68)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw caption, figure and note."""
        now = theme.colours()
        painter = QPainter(self)
        edge = now.accent if self.hasFocus() else now.line
        paint.frame(
            painter,
            self.rect(),
            now.hover if self.underMouse() else now.panel,
            edge,
            2 if self.hasFocus() else 1,
        )
        room = self.rect().adjusted(theme.M, theme.S, -theme.M, -theme.S)
        painter.setFont(paint.face(theme.CAPTION))
        paint.text(painter, QRect(room.left(), room.top(), room.width(), 14), self._caption, now.muted)
        painter.setFont(paint.face(theme.BIG, bold=True))
        paint.text(painter, QRect(room.left(), room.top() + 14, room.width(), 26), self.text(), now.ink)
        painter.setFont(paint.face(theme.CAPTION))
        paint.text(painter, QRect(room.left(), room.top() + 40, room.width(), 14), self._note, now.warning)
