# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The strip of pages: words on the paper, the current one underlined, the number of errors beside its word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QTabBar, QWidget

from .. import theme
from . import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_TALL = 32


class Tabs(QTabBar):
    """A tab bar without boxes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[int, tuple[int, int]] = {}
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setBackgroundRole(QPalette.ColorRole.Window)

    def count_findings(self, index: int, errors: int, warnings: int) -> None:
        """Show how many errors (or else warnings) a page holds."""
        if self._counts.get(index, (0, 0)) != (errors, warnings):
            self._counts[index] = (errors, warnings)
            self.setTabText(index, self.tabText(index))  # has the bar measure the tab again
            self.update()

    def tabSizeHint(self, index: int) -> QSize:
        """Return room for the word and its number; where the strip is short, they move together and are small."""
        return QSize(self._word(index) + 2 * self._pad(), _TALL)

    def _word(self, index: int, size: int = 0) -> int:
        size = size or self._size()
        wide = paint.metrics(size, bold=size == theme.BODY).horizontalAdvance(self.tabText(index))
        mark = self._mark(index)[0]
        return wide + (paint.metrics(theme.CAPTION, bold=True).horizontalAdvance(mark) + theme.XS if mark else 0)

    def _seen(self) -> list[int]:
        return [index for index in range(self.count()) if self.isTabVisible(index)]

    def _size(self) -> int:
        """Return how large the words are: small where the strip is too short for all of them."""
        seen = self._seen()
        wanted = sum(self._word(index, theme.BODY) for index in seen) + 2 * theme.XS * len(seen)
        return theme.BODY if wanted <= self.width() else theme.CAPTION

    def _pad(self) -> int:
        seen = self._seen()
        spare = self.width() - sum(self._word(index) for index in seen)
        return max(2 if self._size() == theme.CAPTION else theme.XS, min(theme.M, spare // (2 * max(len(seen), 1)) - 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the tabs again: how far apart they stand depends on the room."""
        super().resizeEvent(event)
        if self.count():
            self.setTabText(0, self.tabText(0))  # has the bar measure all of them

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the same: words are not cut."""
        return self.tabSizeHint(index)

    def _mark(self, index: int) -> tuple[str, str]:
        errors, warnings = self._counts.get(index, (0, 0))
        if errors:
            return str(errors), "error"
        return (str(warnings), "warning") if warnings else ("", "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words, numbers and the line under the current page."""
        painter = QPainter(self)
        now = theme.colours()
        painter.fillRect(QRect(0, _TALL - 1, self.width(), 1), now.line)
        for index in range(self.count()):
            if not self.isTabVisible(index):
                continue
            size = self._size()
            rect = self.tabRect(index)
            current = index == self.currentIndex()
            painter.setFont(paint.face(size, bold=current and size == theme.BODY))
            room = rect.adjusted(self._pad(), 0, 0, 0)
            paint.text(painter, room, self.tabText(index), now.ink if current else now.muted)
            mark, level = self._mark(index)
            if mark:
                gap = painter.fontMetrics().horizontalAdvance(self.tabText(index)) + theme.XS
                painter.setFont(paint.face(theme.CAPTION, bold=True))
                paint.text(painter, room.adjusted(gap, -2, 0, -2), mark, paint.level_colour(level))
            if current:
                pad = self._pad()
                line = QRect(rect.left() + pad, _TALL - 2, rect.width() - 2 * pad, 2)
                painter.fillRect(line, now.accent)
        if self.hasFocus():
            ring = self.tabRect(self.currentIndex()).adjusted(2, 3, -2, -4)
            paint.frame(painter, ring, None, now.accent, 2)
