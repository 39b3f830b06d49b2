# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One folder or saved view of the rail: icon, name, how much stands there and how much of it is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import icons, theme
from ..parts import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

NARROW = 44
_TALL = 32
_SIGN = 11
_LONG = 10_000  # a count from here on is written small, so that the name has its room
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class Folder(NamedTuple):
    """One folder: its name for programs (empty for a saved view), its words, its icon."""

    id: str
    label: str
    icon: str


class FolderButton(QAbstractButton):
    """A folder; the sign of what is overdue stands before the counts, or over the icon where the rail is narrow."""

    def __init__(self, folder: Folder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._count = self._late = 0
        self.setCheckable(True)
        self.setFixedHeight(_TALL)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def count(self, count: int, late: int = 0) -> None:
        """Show how many declarations stand here, and how many of them are overdue, in words too."""
        self._count, self._late = count, late
        label = _(self._folder.label) if self._folder.id else self._folder.label
        told = label if not self._folder.id else Message("{folder}: {n}", {"folder": label, "n": count}).text()
        if late:
            told = f"{told}, {Message(N_('{n} overdue'), {'n': late}).text()}"
        self.setText(label)
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.update()

    def retranslate(self) -> None:
        """Take the name in the language in force."""
        self.count(self._count, self._late)

    def sizeHint(self) -> QSize:
        """Return room for the icon at least."""
        return QSize(NARROW, _TALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Up and Down to the rail, which knows what stands above and below."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, name, sign and counts."""
        now = theme.colours()
        painter = QPainter(self)
        rect, chosen = self.rect(), self.isChecked()
        if chosen or self.underMouse():
            painter.fillRect(rect, now.select if chosen else now.hover)
        if chosen:
            painter.fillRect(QRect(0, 0, theme.BAR, rect.height()), now.accent)
        ink = now.ink if self._count or chosen or not self._folder.id else now.muted
        icons.draw(painter, QRectF(6, 0, 32, rect.height()), self._folder.icon, ink, 17)
        if rect.width() > NARROW:
            room = rect.adjusted(NARROW - 2, 0, -theme.S, 0)
            self._name(painter, room.adjusted(0, 0, -self._counts(painter, room), 0))
        elif self._late:
            paint.level_mark(painter, QRectF(rect.width() - _SIGN - 4, 3, _SIGN, _SIGN), "error")
        if self.hasFocus():
            paint.frame(painter, rect.adjusted(1, 1, -1, -1), None, now.accent, 2)

    def _counts(self, painter: QPainter, room: QRect) -> int:
        """Draw the counts at the right; return how much room they take, with a gap before them."""
        now = theme.colours()
        painter.setFont(paint.face(theme.BODY if self._count < _LONG else theme.CAPTION))
        told = str(self._count) if self._count else ""
        paint.text(painter, room, told, now.muted, paint.RIGHT)
        wide = painter.fontMetrics().horizontalAdvance(told)
        if self._late:
            late = str(self._late)
            paint.text(painter, room.adjusted(0, 0, -wide - theme.S, 0), late, now.error, paint.RIGHT)
            wide += theme.S + painter.fontMetrics().horizontalAdvance(late) + 3 + _SIGN
            top = (room.height() - _SIGN) / 2
            paint.level_mark(painter, QRectF(room.right() - wide, top, _SIGN, _SIGN), "error")
        return wide + theme.S if wide else 0

    def _name(self, painter: QPainter, room: QRect) -> None:
        """Draw the name on one line, or on two small ones where it is long."""
        now = theme.colours()
        ink = now.ink if self._count or self.isChecked() or not self._folder.id else now.muted
        painter.setFont(paint.face(theme.BODY, bold=self.isChecked()))
        if painter.fontMetrics().horizontalAdvance(self.text()) <= room.width():
            paint.text(painter, room, self.text(), ink)
            return
        painter.setFont(paint.face(theme.CAPTION, bold=self.isChecked()))
        if " " not in self.text():
            paint.text(painter, room, self.text(), ink)
            return
        painter.setPen(ink)
        painter.drawText(room, _WRAPPED, self.text())
