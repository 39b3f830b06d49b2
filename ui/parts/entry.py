# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of words to type into, framed as all fields are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit

from .. import keys, theme
from . import paint
from .density import fix_rows
from .words_line import WordsLine

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QPaintEvent


class Entry(WordsLine):
    """One line of words in a frame; keys are understood on any board."""

    def __init__(self, *, secret: bool = False) -> None:
        super().__init__()
        self.setFrame(False)
        fix_rows(self)
        self.setTextMargins(theme.S, 0, theme.S, 0)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next row."""
        if keys.is_enter(event):
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own signature
        else:
            super().keyPressEvent(keys.latin(event))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take words; files are the window's."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame round the words."""
        super().paintEvent(event)
        now = theme.colours()
        here = self.hasFocus()
        paint.frame(QPainter(self), self.rect(), None, now.accent if here else now.line, 2 if here else 1)
