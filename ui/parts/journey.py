# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a declaration as a line of stations: what is done, where it stands, what is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from . import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_DOT = 4.5


class Journey(QWidget):
    """Stations from left to right; what stands is bold, what went wrong is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stations: list[str] = []
        self._here = 0
        self._wrong = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, stations: list[str], here: int, *, wrong: bool = False) -> None:
        """Show stations, with one of them current."""
        self._stations, self._here, self._wrong = stations, here, wrong
        self.setAccessibleName(stations[here] if stations else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for dots and words."""
        return QSize(400, 52)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line, the dots and the words."""
        if not self._stations:
            return
        now = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._stations)
        for place, words in enumerate(self._stations):
            middle = QPointF(step * (place + 0.5), 10)
            done = place <= self._here
            colour = now.error if self._wrong and place == self._here else now.accent if done else now.line
            if place:
                painter.setPen(QPen(now.accent if done else now.line, 2))
                painter.drawLine(QPointF(middle.x() - step + _DOT + 2, 10), QPointF(middle.x() - _DOT - 2, 10))
            painter.setPen(QPen(colour, 2))
            painter.setBrush(colour if done else Qt.BrushStyle.NoBrush)
            here = place == self._here
            if self._wrong and here:
                paint.level_mark(painter, QRectF(middle.x() - 7, 3, 14, 14), "error")
            else:
                painter.drawEllipse(middle, _DOT, _DOT)
            painter.setFont(paint.face(theme.CAPTION, bold=here))
            room = QRect(round(step * place) + 2, 20, round(step) - 4, 30)
            paint.lines(painter, room, words, now.ink if here else now.muted, paint.CENTRE)
