# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames that hold other things: slim scroll bars, thin splitters, ruled lines, plain words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QLabel,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QSplitter,
    QSplitterHandle,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from .. import theme
from . import paint
from .speaking import Speaking

_THIN = 10


class SlimBar(QScrollBar):
    """A scroll bar that is there and says nothing."""

    def sizeHint(self) -> QSize:
        """Return a thin bar."""
        return QSize(_THIN, _THIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the thumb only."""
        now = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().brush(QPalette.ColorRole.Window))
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        thumb = self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self)
        if self.maximum() > self.minimum():
            near = self.underMouse() or self.isSliderDown()
            across = (3, 0, -3, 0) if self.orientation() == Qt.Orientation.Vertical else (0, 3, 0, -3)
            paint.frame(painter, thumb.adjusted(*across), now.muted if near else now.line, None)


def slim(area: QAbstractScrollArea) -> None:
    """Give an area slim bars and no frame."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
    area.setHorizontalScrollBar(SlimBar(Qt.Orientation.Horizontal))


def scrolled(content: QWidget) -> QScrollArea:
    """Return a widget in an area that scrolls it up and down."""
    area = QScrollArea()
    slim(area)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class _Handle(QSplitterHandle):
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        now = theme.colours()
        line = self.rect()
        if self.orientation() == Qt.Orientation.Horizontal:
            line.setLeft(line.center().x())
            line.setWidth(1)
        else:
            line.setTop(line.center().y())
            line.setHeight(1)
        painter.fillRect(line, now.accent if self.underMouse() else now.line)


class Splitter(QSplitter):
    """A splitter whose handle is a hair with room around it for the mouse."""

    def __init__(self, way: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(way, parent)
        self.setHandleWidth(5)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        """Return the thin handle."""
        return _Handle(self.orientation(), self)


def rule(*, upright: bool = False) -> QWidget:
    """Return a hairline."""
    line = QWidget()
    line.setAutoFillBackground(True)
    line.setBackgroundRole(QPalette.ColorRole.Mid)
    if upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


class Title(QLabel):
    """A title on one line that makes way: elided where there is no room, whole in its tooltip."""

    def __init__(self, text: str = "", size: int = theme.TITLE) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(paint.face(size, bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setFont(self.font())
        short = painter.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if short else "")
        paint.text(painter, self.rect(), self.text(), theme.colours().ink)


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
