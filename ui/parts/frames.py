# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames that hold other things: slim scroll bars and thin splitters."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QSplitterHandle,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from .. import theme
from . import paint

_THIN = 10


class SlimBar(QScrollBar):
    """A scroll bar that is there and says nothing."""

    def __init__(self, way: Qt.Orientation) -> None:
        super().__init__(way)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)  # what lies behind it is its ground

    def sizeHint(self) -> QSize:
        """Return a thin bar."""
        return QSize(_THIN, _THIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the thumb only."""
        now = theme.colours()
        painter = QPainter(self)
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
