# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Yes, no, or not said: three answers, not two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from swclient.base.i18n import _
from swclient.catalogue.kinds import KindError

from .. import actions, keys, theme
from ..parts import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from swclient.workflow.views import Look

_WORD = 16  # high, with its frame
_YES, _NO = "1yYдДuUиИ+", "0nNнНжЖ-"


class FlagEditor(QCheckBox):
    """Two words side by side; the answer is filled. 1 or Y says yes, 0 or N no, Space turns, Delete takes back.

    To a screen reader it is a check box: checked, not checked, or half checked where nothing is said.
    """

    edited = Signal(str)
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: bool | None = None
        self._locked = False
        self._odd = ""
        self.setTristate(True)
        self._marking = False
        self._mark()
        self.toggled.connect(self._turned)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def present(self, look: Look, *, typed: bool = False) -> None:
        """Show the answer; a text that is neither yes nor no is shown as it was read."""
        self._locked = look.read_only
        try:
            answer = look.field.kind.parse(look.text)
            self._answer, self._odd = (answer if isinstance(answer, bool) else None), ""
        except KindError:
            self._answer, self._odd = None, look.text
        self._mark()

    def absent(self) -> None:
        """Show no answer: there is no row."""
        self._answer, self._odd, self._locked = None, "", True
        self._mark()

    def _mark(self) -> None:
        """Show the answer, to the eye and to a screen reader."""
        half, full, none = Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked, Qt.CheckState.Unchecked
        self._marking = True
        self.setCheckState(half if self._answer is None else full if self._answer else none)
        self._marking = False
        self.update()

    def nextCheckState(self) -> None:
        """Turn the answer: a screen reader pressed."""
        self._say(not self._answer)

    def _turned(self, yes: bool) -> None:  # noqa: FBT001 - a Qt signal
        """Take an answer that a screen reader gave; what is locked stays as it was."""
        if not self._marking:
            self._say(yes)
            self._mark()

    def open_list(self) -> bool:
        """Return False: two words are on show already."""
        return False

    def text(self) -> str:
        """Return 1, 0 or nothing."""
        return "" if self._answer is None else str(int(self._answer))

    def isReadOnly(self) -> bool:
        """Tell whether the answer is fixed."""
        return self._locked

    def sizeHint(self) -> QSize:
        """Return room for two words."""
        return QSize(sum(self._widths()) + theme.S, theme.ROW)

    def _widths(self) -> tuple[int, int]:
        measure = paint.metrics(theme.BODY)
        yes, no = (measure.horizontalAdvance(word) + 2 * theme.S for word in (_("yes"), _("no")))
        return yes, no

    def _places(self) -> tuple[QRect, QRect]:
        yes, no = self._widths()
        top = min(theme.XS, max((self.height() - _WORD) // 2, 1))
        tall = self.height() - 2 * top
        return QRect(theme.XS, top, yes, tall), QRect(theme.XS + yes, top, no, tall)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the two words."""
        now = theme.colours()
        painter = QPainter(self)
        painter.setFont(paint.face(theme.BODY))
        for rect, word, answer in zip(self._places(), (_("yes"), _("no")), (True, False), strict=True):
            chosen = self._answer is answer
            if chosen:
                paint.frame(painter, rect, now.select, now.accent)
            paint.text(painter, rect, word, now.ink if chosen else now.muted, paint.CENTRE)
        if self._odd:
            paint.text(
                painter,
                self.rect().adjusted(theme.XS, 0, -theme.S, 0),
                self._odd,
                now.error,
                paint.RIGHT,
            )

    def _say(self, answer: bool | None) -> None:  # noqa: FBT001 - three answers, not a switch
        if self._locked:
            return
        self._answer = answer
        self._mark()
        self.edited.emit(self.text())

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if actions.is_claimed(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take an answer from the keys."""
        sign = event.text()
        if keys.is_enter(event):
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own signature
        elif actions.claimed(event):
            event.ignore()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._say(None)
        elif event.key() == Qt.Key.Key_Space:
            self._say(not self._answer)
        elif sign and sign in _YES + _NO:
            self._say(sign in _YES)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take an answer from the mouse; a second press on it takes it back."""
        for rect, answer in zip(self._places(), (True, False), strict=True):
            if rect.contains(event.position().toPoint()):
                self._say(None if self._answer is answer else answer)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that fingers are here."""
        super().focusInEvent(event)
        self.focused.emit(True)  # noqa: FBT003 - a Qt signal

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that they left."""
        super().focusOutEvent(event)
        self.focused.emit(False)  # noqa: FBT003 - a Qt signal
