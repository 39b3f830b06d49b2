# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words over several lines: Enter goes on, Shift+Enter starts a new line, Tab leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from .. import actions, keys
from ..parts.frames import slim
from .base import bare_palette

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent

    from swclient.workflow.views import Look


class LinesEditor(QPlainTextEdit):
    """A text of several lines."""

    edited = Signal(str)
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        slim(self)
        self._known = ""
        self._quiet = False
        self.setPalette(bare_palette())
        self.viewport().setAutoFillBackground(False)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)  # the session undoes
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._tell)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take words; files are the window's."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def present(self, look: Look, *, typed: bool = False) -> None:
        """Show a field; with `typed` only learn what became of the text that stands here."""
        self.setReadOnly(look.read_only)
        if not typed and not (self.hasFocus() and look.text == self._known):
            self._put(look.text)
        self._known = look.text

    def absent(self) -> None:
        """Show nothing: there is no row."""
        self._known = ""
        self.setReadOnly(True)
        self._put("")

    def open_list(self) -> bool:
        """Return False: words have no list."""
        return False

    def text(self) -> str:
        """Return what stands here."""
        return self.toPlainText()

    def _put(self, text: str) -> None:
        if self.toPlainText() == text:
            return
        place = self.textCursor().position()
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False
        if self.hasFocus():
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(text)))
            self.setTextCursor(cursor)

    def _tell(self) -> None:
        if not self._quiet:
            self.edited.emit(self.toPlainText())

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if actions.is_claimed(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next box; Shift+Enter starts a new line."""
        if keys.is_enter(event):
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own signature
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not actions.claimed(event):
            self.insertPlainText("\n")
        elif actions.claimed(event):
            event.ignore()
        else:
            super().keyPressEvent(keys.latin(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that fingers are here."""
        super().focusInEvent(event)
        self.focused.emit(True)  # noqa: FBT003 - a Qt signal

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that they left; show what the session made of the text."""
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self._put(self._known)
        self.focused.emit(False)  # noqa: FBT003 - a Qt signal
