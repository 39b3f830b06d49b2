# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A widget that says everything anew when the language changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Speaking(QWidget):
    """Calls `retranslate` when Qt tells that the language has changed."""

    def changeEvent(self, event: QEvent) -> None:
        """Take all words in the language in force when it changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            layout = self.layout()
            if layout is not None:  # Qt forgets at times to give words of another length their room
                layout.invalidate()
                layout.activate()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
