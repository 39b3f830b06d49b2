# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A question asked in place and answered with one line of words: Enter answers, Escape puts it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from swclient.base.i18n import _

from .. import keys, theme
from . import paint
from .button import Button
from .density import fix_rows
from .plain import words
from .speaking import Speaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

LONGEST = 120
LONGEST_SECRET = 1024


class _Line(QLineEdit):
    """One line of words; Ctrl+Z and its like are its own while it has the cursor."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif keys.is_enter(event):
            self.returnPressed.emit()
        else:
            super().keyPressEvent(keys.latin(event))
            event.accept()  # no key goes past the question to the declaration behind it

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = theme.colours()
        here = self.hasFocus()
        paint.frame(QPainter(self), self.rect(), None, now.accent if here else now.line, 2 if here else 1)


class Question(Speaking):
    """Lies over a room's page until it is answered or put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = words()
        self.line = _Line()
        self.line.setFrame(False)
        fix_rows(self.line)
        self.line.setTextMargins(theme.S, 0, theme.S, 0)
        self.line.setMaxLength(LONGEST)
        self.buttons = {"answer": Button(weight="main"), "leave": Button(weight="quiet")}
        self._answer: Callable[[str], bool] | None = None
        self._left: Callable[[str], None] | None = None
        self._to_open = False
        self._verb = ""
        self._before: QWidget | None = None
        room = QHBoxLayout(self)
        room.setContentsMargins(0, theme.XS, 0, theme.XS)
        room.setSpacing(theme.S)
        room.addWidget(self.label)
        room.addWidget(self.line, 1)
        for button in self.buttons.values():
            room.addWidget(button)
        self.line.returnPressed.connect(self.answer)
        self.line.given_up.connect(self.leave)
        self.buttons["answer"].clicked.connect(self.answer)
        self.buttons["leave"].clicked.connect(self.leave)
        self.buttons["answer"].installEventFilter(self)
        self.retranslate()
        self.hide()

    def ask(self, question: str, offered: str, answer: Callable[[str], bool], verb: str = "") -> None:
        """Ask, with an answer on offer; `answer` takes the words and tells whether they will do.

        `verb` is the msgid of what the answering does; saving where none is named.
        """
        self._put(question, offered, answer)
        self._verb = verb
        self.retranslate()
        self._take_cursor()

    def confirm(self, question: str, answer: Callable[[], object], verb: str) -> None:
        """Ask whether to do something that the msgid `verb` names; Enter does it, Escape puts the question away."""

        def taken(_words: str) -> bool:
            answer()
            return True

        self._put(question, "", taken)
        self._verb = verb
        self.line.hide()
        self.retranslate()
        self.buttons["answer"].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have Enter answer where there is no line to type into; elsewhere it goes on to the next button."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and keys.is_enter(event)
        if pressed and self.line.isHidden():
            self.answer()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape on a button puts the question away too."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def ask_secret(
        self, question: str, answer: Callable[[str], None], *, take_cursor: bool, to_open: bool = False, verb: str = ""
    ) -> None:
        """Ask for a pass phrase, shown as dots; `answer` takes it, or nothing (empty) when the question is put away.

        The button that answers says that it signs, or that it opens something, or what the msgid `verb` says.
        """

        def taken(words: str) -> bool:
            answer(words)
            return True

        self._put(question, "", taken)
        self._left, self._to_open, self._verb = answer, to_open, verb
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(LONGEST_SECRET)
        self.retranslate()
        if take_cursor:
            self._take_cursor()

    def _put(self, question: str, offered: str, answer: Callable[[str], bool]) -> None:
        """Show a question; one that still waits for its answer is put away."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._clear()
        self._answer = answer
        self.label.setText(question)
        self.line.setText(offered)
        self.line.setAccessibleName(question)
        self.show()

    def _take_cursor(self) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _clear(self) -> None:
        """Let nothing of the last question stay, and tell whoever waits for it that no answer will come."""
        left, self._left, self._answer, self._verb = self._left, None, None, ""
        self.line.show()
        self.line.setText("")  # and not clear(), which could be undone
        self.line.setEchoMode(QLineEdit.EchoMode.Normal)
        self.line.setMaxLength(LONGEST)
        self.retranslate()
        if left is not None:
            left("")

    def answer(self) -> None:
        """Hand the words over; where they will not do, the question stays."""
        before = self._before
        if self._answer is not None and self._answer(self.line.text()):
            self._clear()
            self.hide()
            _return_to(before)

    def leave(self) -> None:
        """Put the question away; the cursor goes back to where it was."""
        self._clear()
        self.hide()
        _return_to(self._before)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        usual = _("Save") if self._left is None else _("Open") if self._to_open else _("Sign")
        self.buttons["answer"].say(_(self._verb) if self._verb else usual)
        self.buttons["leave"].say(_("Put away"))


def _return_to(place: QWidget | None) -> None:
    if place is not None and place.isVisible():
        place.setFocus(Qt.FocusReason.OtherFocusReason)
