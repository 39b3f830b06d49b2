# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all editors share. An editor is dumb: it presents a look and tells what was typed.

Presenting never tells; and while fingers are in an editor its text is theirs: what the session makes of it is shown
when they leave, unless something else (undo, a fix, an import) changed the field meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from .. import actions, keys, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent

    from swclient.workflow.views import Look

CLEAR = QColor(0, 0, 0, 0)


def bare_palette() -> QPalette:
    """Return a palette without ground: the box paints it."""
    made = QPalette()
    made.setColor(QPalette.ColorRole.Base, CLEAR)
    return made


class LineEditor(QLineEdit):
    """One line of words; the other line editors grow from it."""

    edited = Signal(str)
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = ""
        self._shown = ""
        self.setFrame(False)
        self.setPalette(bare_palette())
        self.setTextMargins(theme.XS, 0, theme.XS, 0)
        # Not `textEdited`: what a screen reader or dictation puts in from outside is typed too.
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
        self._shown = self.at_rest(look)
        if typed or (self.hasFocus() and look.text == self._known):
            self._known = look.text
            return
        self._known = look.text
        self.put(look.text if self.hasFocus() else self._shown)

    def absent(self) -> None:
        """Show nothing: there is no row."""
        self._known = self._shown = ""
        self.setReadOnly(True)
        self.put("")

    def at_rest(self, look: Look) -> str:
        """Return what stands here while nobody types."""
        return str(look.text)

    def put(self, text: str) -> None:
        """Set the text without telling, the cursor left where it was as far as that goes."""
        if self.text() != text:
            place = self.cursorPosition()
            quiet = self.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            self.setText(text)
            self.blockSignals(quiet)
            self.setCursorPosition(min(place, len(text)) if self.hasFocus() else 0)

    def open_list(self) -> bool:
        """Open the list for this value; return False where there is none."""
        return False

    def _tell(self, text: str) -> None:
        self.edited.emit(text)

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if actions.is_claimed(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next box; keys are understood on any board."""
        if keys.is_enter(event):
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own signature
        elif actions.claimed(event):
            event.ignore()
        else:
            super().keyPressEvent(keys.latin(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the value as fingers type it, all of it selected when they came by key."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            if self._shown != self._known:
                self.put(self._known)
            if event.reason() != Qt.FocusReason.MouseFocusReason:
                self.selectAll()
        self.focused.emit(True)  # noqa: FBT003 - a Qt signal

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the value as people read it."""
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self.put(self._shown)
            self.deselect()
        self.focused.emit(False)  # noqa: FBT003 - a Qt signal
