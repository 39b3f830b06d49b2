# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A line of words that tells what is put in from outside as it tells what is typed; `textEdited` would not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget


class WordsLine(QLineEdit):
    """A line. What the program itself puts into it is told to nobody.

    A screen reader or dictation sets the text past `setText` of this class, within Qt, and is heard for that.
    """

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._by_us = False
        self.textChanged.connect(self._tell)

    def setText(self, text: str | None) -> None:
        """Put words in, untold."""
        self._by_us = True
        super().setText(text or "")
        self._by_us = False

    def clear(self) -> None:
        """Take all words out, untold."""
        self.setText("")

    def _tell(self, text: str) -> None:
        if not self._by_us:
            self.typed.emit(text)
