# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain words in the sizes of the scale, and plain grounds to put them on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from .. import theme
from . import paint
from .speaking import Speaking


class Title(QLabel):
    """A title that makes way: smaller and on two lines where there is little room, whole in its tooltip."""

    def __init__(self, text: str = "", size: int = theme.TITLE) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(paint.face(size, bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        faces = (self.font(), paint.face(theme.BODY, bold=True), paint.face(theme.CAPTION, bold=True))
        wides = [QFontMetrics(face).horizontalAdvance(self.text()) for face in faces]
        short = wides[0] > self.width()
        if self.toolTip() != (told := self.text() if short else ""):
            self.setToolTip(told)
        size = next((n for n, wide in enumerate(wides) if wide <= self.width()), len(faces) - 1)
        painter.setFont(faces[size])
        paint.lines(painter, self.rect(), self.text(), theme.colours().ink)

    def sizeHint(self) -> QSize:
        """Return room for two small lines, which one of the scale takes too."""
        return QSize(super().sizeHint().width(), max(super().sizeHint().height(), theme.ROW))


def words(text: str = "", size: int = theme.BODY, *, bold: bool = False, muted: bool = False) -> QLabel:
    """Return a line of words in a size of the scale."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(paint.face(size, bold=bold))
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def wrapped(text: str = "", size: int = theme.BODY, *, muted: bool = False) -> QLabel:
    """Return words that run over several lines and can be copied."""
    label = words(text, size, muted=muted)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class Panel(Speaking):
    """A plain ground of the panel's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)


class Ground(QWidget):
    """A ground that tells when it becomes wider or narrower."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell, so that what lies over the sheet can move."""
        super().resizeEvent(event)
        self.resized.emit()
