# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A line whose words a list follows while they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal

from .. import actions, keys
from .entry import Entry

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class SearchLine(Entry):
    """A line that a list follows while it is typed: Enter and Down go into the list, Escape empties it."""

    go_on = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if actions.is_claimed(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down go on; Escape empties."""
        if keys.is_enter(event) or (event.key() == Qt.Key.Key_Down and not event.modifiers()):
            self.go_on.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.typed.emit("")
        elif actions.claimed(event):
            event.ignore()
        else:
            super().keyPressEvent(event)
