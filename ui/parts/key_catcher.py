# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits for one key, whichever it is, and tells it; Escape gives up. While it waits no shortcut does anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QWidget

from .. import keys, theme
from . import paint
from .density import fix_rows

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent

_HELD_ALONE = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
               Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown, Qt.Key(0)}  # fmt: skip


class KeyCatcher(QWidget):
    """A line that says what it waits for."""

    caught = Signal(str)  # as the table of actions writes it
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._before: QWidget | None = None
        fix_rows(self, 1, theme.S)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def wait(self, words: str) -> None:
        """Ask for a key."""
        if not self.hasFocus():
            self._before = self.window().focusWidget()
        self._words = words
        self.setAccessibleName(words)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Take every key, before shortcuts and before the cursor moves."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _HELD_ALONE:
            return
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._leave()
            self.given_up.emit()
            return
        key = QKeySequence(keys.combination(event)).toString()
        self._leave()
        self.caught.emit(key)

    def _leave(self) -> None:
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give up when the cursor goes elsewhere."""
        super().focusOutEvent(event)
        if self.isVisible() and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()
            self.given_up.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        now = theme.colours()
        painter = QPainter(self)
        paint.frame(painter, self.rect(), now.select, now.accent, 2)
        painter.setFont(paint.face(theme.BODY, bold=True))
        paint.text(painter, self.rect().adjusted(theme.M, 0, -theme.M, 0), self._words, now.ink)
