# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Buttons that are verbs: a word, perhaps an icon before it and its key after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from .. import icons, keys, theme
from . import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_ICON = 16
_STORY = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


class Button(QAbstractButton):
    """A button in one of three weights: `main` filled, `plain` framed, `quiet` bare until looked at.

    Attributes:
        icon_name: icon before the word, drawn once icons are loaded.
        hint: key shown after the word in muted type.
    """

    def __init__(self, text: str = "", weight: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.weight = weight
        self.icon_name = ""
        self.hint = ""
        self.align_left = False
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def say(self, text: str, icon: str = "", hint: str = "") -> Button:
        """Set word, icon and key in one go; return the button itself."""
        self.icon_name, self.hint = icon, hint
        self.setText(text)
        self.setToolTip(f"{text}  {hint}" if hint else "")
        self.updateGeometry()
        return self

    def sizeHint(self) -> QSize:
        """Return room for icon, word and key."""
        words = paint.metrics(theme.BODY).horizontalAdvance(self.text())
        wide = words + 2 * theme.M
        wide += _ICON + theme.S if self.icon_name else 0
        wide += paint.metrics(theme.CAPTION).horizontalAdvance(self.hint) + theme.S if self.hint else 0
        return QSize(wide, theme.ROW)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a verb is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, edge, icon, word and key."""
        now = theme.colours()
        painter = QPainter(self)
        painter.setOpacity(1.0 if self.isEnabled() else 0.55)
        fill, edge, ink = self._dress()
        width = 2 if self.hasFocus() else 1
        paint.frame(painter, self.rect(), fill, now.accent if self.hasFocus() else edge, width)
        if self.hasFocus() and self.weight == "main":
            paint.frame(painter, self.rect().adjusted(2, 2, -2, -2), None, now.on_accent)
        self._words(painter, ink)

    def _words(self, painter: QPainter, ink: QColor) -> None:
        room = self.rect().adjusted(theme.M, 0, -theme.M, 0)
        if self.icon_name:
            place = QRectF(room.left(), 0, _ICON, self.height())
            icons.draw(painter, place, self.icon_name, ink)
            room.setLeft(room.left() + _ICON + theme.S)
        if self.hint:
            painter.setFont(paint.face(theme.CAPTION))
            muted = ink if self.weight == "main" else theme.colours().muted
            paint.text(painter, room, self.hint, muted, paint.RIGHT)
            room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(self.hint) - theme.S)
        painter.setFont(paint.face(theme.BODY))
        centred = not (self.icon_name or self.hint or self.align_left)
        paint.text(painter, room, self.text(), ink, paint.CENTRE if centred else paint.LEFT)

    def _dress(self) -> tuple[QColor | None, QColor | None, QColor]:
        now = theme.colours()
        near = (self.underMouse() and self.isEnabled()) or self.isDown()
        if self.weight == "main" and self.isEnabled():
            return (now.accent.lighter(110) if near else now.accent), None, now.on_accent
        if self.weight == "quiet":
            return (now.hover if near or self.isChecked() else None), None, now.ink
        return (now.hover if near else now.field), now.line, now.ink


class Asked(QAbstractButton):
    """Something to be read that answers when it is asked: Space asks, Enter goes on as in a box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if keys.is_enter(event):
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own signature
        else:
            super().keyPressEvent(event)


class Card(QAbstractButton):
    """A large offer: icon, verb, what will happen, and its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon_name = ""
        self.story = ""
        self.hint = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumSize(150, 132)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Tell that less width takes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the story needs."""
        room = QRect(0, 0, width - 2 * theme.L, 1000)
        return max(132, 58 + 2 * theme.M + paint.metrics(theme.BODY).boundingRect(room, _STORY, self.story).height())

    def say(self, verb: str, story: str, icon: str, hint: str) -> None:
        """Set all four."""
        self.setText(verb)
        self.story, self.icon_name, self.hint = story, icon, hint
        self.setAccessibleName(verb)
        self.setAccessibleDescription(story)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of a card."""
        return QSize(240, 132)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        now = theme.colours()
        painter = QPainter(self)
        lit = self.hasFocus()
        ground = now.hover if self.underMouse() else now.field
        paint.frame(painter, self.rect(), ground, now.accent if lit else now.line, 2 if lit else 1)
        room = self.rect().adjusted(theme.L, theme.M, -theme.L, -theme.M)
        icons.draw(painter, QRectF(room.left(), room.top(), 24, 24), self.icon_name, now.accent, 24)
        painter.setFont(paint.face(theme.CAPTION))
        paint.text(
            painter,
            QRect(room.left(), room.top(), room.width(), 24),
            self.hint,
            now.muted,
            paint.RIGHT,
        )
        painter.setFont(paint.face(theme.TITLE, bold=True))
        if painter.fontMetrics().horizontalAdvance(self.text()) > room.width():
            painter.setFont(paint.face(theme.CAPTION, bold=True))
        paint.lines(painter, QRect(room.left(), room.top() + 28, room.width(), 30), self.text(), now.ink)
        painter.setFont(paint.face(theme.BODY))
        painter.setPen(now.muted)
        painter.drawText(room.adjusted(0, 58, 0, 0), _STORY, self.story)
