# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search field: go to a box by number (“31”, “31/4”), by any of its names, do any action, open any declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QPainter

from swclient.base.i18n import _

from .. import actions, keys, theme
from ..parts import paint
from ..parts.density import fix_rows
from ..parts.words_line import WordsLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from .hits import Hit, Results

_SHOWN = 12


class SearchField(WordsLine):
    """The field; its results lie over the window while it has the cursor."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seekers: list[Callable[[str], Iterable[Hit]]] = []
        self._results: Results | None = None
        self.setFrame(False)
        fix_rows(self)
        self.setTextMargins(theme.S, 0, theme.S, 0)
        self.typed.connect(self._seek)
        self.retranslate()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take words; files are the window's."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def start(self, text: str = "") -> None:
        """Take the cursor, ready for words."""
        self.setText(text)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._seek(text)

    @property
    def hits(self) -> Sequence[Hit]:
        """What is on offer now."""
        return self._results.rows.rows if self._results is not None and self._results.isVisible() else ()

    def _seek(self, text: str) -> None:
        if self._results is None:
            from .hits import Results

            self._results = Results(self)
            self._results.clicked.connect(lambda index: self._go(index.row()))
        found = [hit for seeker in self.seekers for hit in seeker(text)][:50]
        self._results.rows.fill(found)
        corner = self.mapTo(self.window(), QPoint(0, self.height() + theme.XS))
        tall = min(len(found), _SHOWN) * theme.ROW + 4
        self._results.setGeometry(corner.x(), corner.y(), max(self.width(), 420), tall)
        self._results.setVisible(bool(found))
        self._results.raise_()
        if found:
            self._results.setCurrentIndex(self._results.rows.index(0, 0))

    def _go(self, row: int) -> None:
        hit = self.hits[row] if row < len(self.hits) else None
        self.leave()
        if hit is not None:
            hit.go()

    def leave(self) -> None:
        """Fold up, and give the cursor back."""
        if self._results is not None:
            self._results.hide()
        self.clear()
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if actions.is_claimed(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the results; Enter does, Escape goes back to where the cursor was."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _SHOWN,
            Qt.Key.Key_PageUp: -_SHOWN,
        }
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif keys.is_enter(event):
            self._go(self._results.currentIndex().row() if self._results is not None and self.hits else 0)
        elif event.key() in steps and self._results is not None and self.hits:
            row = self._results.currentIndex().row() + steps[Qt.Key(event.key())]
            self._results.setCurrentIndex(self._results.rows.index(max(0, min(row, len(self.hits) - 1)), 0))
        elif actions.claimed(event):
            event.ignore()
        else:
            super().keyPressEvent(keys.latin(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold the results away."""
        super().focusOutEvent(event)
        if self._results is not None:
            self._results.hide()
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with its edge and its key."""
        super().paintEvent(event)
        now = theme.colours()
        painter = QPainter(self)
        here = self.hasFocus()
        paint.frame(painter, self.rect(), None, now.accent if here else now.line, 2 if here else 1)
        if not self.text():
            painter.setFont(paint.face(theme.CAPTION))
            paint.text(
                painter,
                self.rect().adjusted(0, 0, -theme.S, 0),
                actions.shown_keys("search"),
                now.muted,
                paint.RIGHT,
            )

    def changeEvent(self, event: QEvent) -> None:
        """Say everything in another language when the language changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.setPlaceholderText(_("Search, go to box, do anything"))
        self.setAccessibleName(_("Search, go to box, do anything"))
        self.setAccessibleDescription(_("Type a box number such as 31 or 31/4, a word, or a verb"))
