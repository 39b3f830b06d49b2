# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many there are of each level: a mark and a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme
from . import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_WIDE = 44


class Tally(QWidget):
    """Numbers with their marks; a nought is not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, counts: tuple[tuple[str, int], ...], told: str) -> None:
        """Show how many there are of each level; `told` says them in words."""
        self._counts = tuple(each for each in counts if each[1])
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the numbers there are."""
        return QSize(_WIDE * len(self._counts), 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw marks and numbers."""
        painter = QPainter(self)
        painter.setFont(paint.face(theme.BODY, bold=True))
        for place, (level, count) in enumerate(self._counts):
            left = place * _WIDE
            paint.level_mark(painter, QRectF(left + 2, 2.5, 13, 13), level)
            room = self.rect().adjusted(left + 19, 0, 0, 0)
            paint.text(painter, room, str(count), paint.level_colour(level))
