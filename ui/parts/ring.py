# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A ring drawn around a place of the window: it lies over it, lets every click through, and does not move by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from .. import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_ROOM, _WIDE = 4, 3
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})


class Ring(QWidget):
    """A ring; it stays with its place when that is scrolled, and goes when that is not to be seen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._watched: list[QWidget] = []
        self._place: QWidget | None = None
        self._part: QRect | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.follow)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def stand_around(self, place: QWidget | None, part: QRect | None = None) -> None:
        """Stand around a widget, or a part of it in its own coordinates; around nothing for None."""
        if place is not self._place:
            for each in self._watched:
                each.removeEventFilter(self)
            self._watched = []
            above = place
            while above is not None and above is not self.window():
                above.installEventFilter(self)
                self._watched.append(above)
                above = above.parentWidget()
        self._place, self._part = place, part
        self.follow()

    def follow(self) -> None:
        """Take the place's place, as much as is to be seen of it."""
        place = self._place
        if place is None or not place.isVisible() or place.visibleRegion().isEmpty():
            self.hide()
            return
        part = self._part or place.rect()
        part = part.intersected(place.visibleRegion().boundingRect())
        if part.isEmpty():
            self.hide()
            return
        corner = place.mapTo(self.window(), part.topLeft()) - QPoint(_ROOM, _ROOM)
        self.setGeometry(QRect(corner, part.size()).adjusted(0, 0, 2 * _ROOM, 2 * _ROOM).intersected(self._whole()))
        self.show()
        self.raise_()

    def _whole(self) -> QRect:
        return self.window().rect()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what moves, once it has moved."""
        if event.type() in _MOVES:
            self._later.start()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring: the accent with a hair of paper at either side, so that it stands out on anything."""
        now = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.rect().adjusted(2, 2, -2, -2)
        for colour, wide in ((now.paper, _WIDE + 2), (now.accent, _WIDE)):
            painter.setPen(QPen(colour, wide))
            painter.drawRoundedRect(room, theme.CORNER + 2, theme.CORNER + 2)
