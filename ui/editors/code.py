# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Codes: the code is typed, its name stands after it in muted type, F8 or F4 opens the list at the nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from .. import keys, theme
from ..parts import paint
from .base import LineEditor
from .choices import ChoiceList, Choices

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from swclient.workflow.views import Look

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_ROOM = 24


def name_of(look: Look) -> str:
    """Return the name of a code, which a look carries after the code itself."""
    return look.shown.removeprefix(look.text).strip() if look.text else ""


class CodeEditor(LineEditor):
    """A code of a list.

    Attributes:
        choices: where its codes come from; None where the list is not at hand.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: Choices | None = None
        self._name = ""
        self._list: ChoiceList | None = None

    def present(self, look: Look, *, typed: bool = False) -> None:
        """Show code and name."""
        super().present(look, typed=typed)
        self._name = name_of(look)
        self.setToolTip(self._name)
        self.update()

    def absent(self) -> None:
        """Show nothing: there is no row."""
        self._name = ""
        super().absent()

    def open_list(self) -> bool:
        """Open the whole list with the code, or where it would stand, in sight."""
        if self.choices is None or self.isReadOnly():
            return False
        self._opened().open(self.choices.all(), self.choices.nearest(self.text()))
        return True

    def _opened(self) -> ChoiceList:
        if self._list is None:
            self._list = ChoiceList(self)
            self._list.chosen.connect(self._take)
        return self._list

    def _tell(self, text: str) -> None:
        super()._tell(text)
        if self.choices is None or not self.hasFocus():
            return
        found = self.choices.find(text) if text.strip() else ()
        settled = len(found) == 1 and found[0].code == text.strip().upper()
        self._opened().open(() if settled else found)

    def _take(self, code: str) -> None:
        self.close_list()
        self.put(code)
        super()._tell(code)

    @property
    def is_open(self) -> bool:
        """Whether the list is open."""
        return self._list is not None and self._list.isVisible()

    def close_list(self) -> None:
        """Close the list, if it is open."""
        if self._list is not None:
            self._list.hide()

    def _take_current(self) -> None:
        code = self._list.current() if self._list is not None and self.is_open else ""
        if code:
            self._take(code)

    def event(self, event: QEvent) -> bool:
        """Tab takes what the keys stand on too; Qt gives it to nobody's keyPressEvent."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            self._take_current()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the open list; Enter takes what the keys stand on, and goes on."""
        if self._list is None or not self.is_open:
            super().keyPressEvent(event)
        elif event.key() in _STEPS and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._list.move_by(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.close_list()
        else:
            if keys.is_enter(event):
                self._take_current()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list on the way out."""
        self.close_list()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the code, and the name after it where there is room."""
        super().paintEvent(event)
        measure = self.fontMetrics()
        start = measure.horizontalAdvance(self.text()) + 3 * theme.XS + 2
        room = self.rect().adjusted(start, 0, -theme.XS, 0)
        if self._name and self.text() == self._known and room.width() > _ROOM:
            painter = QPainter(self)
            painter.setFont(self.font())
            paint.text(painter, room, self._name, theme.colours().muted)
