# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line over a list in which several lines are chosen: how many, what can be done, how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, theme
from ..parts import paint
from ..parts.button import Button
from ..parts.plain import words
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

VERBS = ("check", "print", "submit", "archive", "put_in_bin")
_BAR = 3


class BulkLine(Speaking):
    """While something goes on: its verb, its count and a way to stop; else the verbs for what is chosen."""

    asked = Signal(str)  # id of an action
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.label = words(bold=True)
        self.buttons = {name: Button(weight="plain") for name in VERBS}
        self.stop = Button(weight="plain")
        self.stop.clicked.connect(self.stopped)
        self._chosen = 0
        self._going: tuple[str, int, int] | None = None
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(theme.M, theme.XS, theme.XS, theme.XS + _BAR)
        self._whole.setSpacing(theme.XS)
        self._whole.addWidget(self.label, 1)
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        line.addStretch(1)
        self._whole.addLayout(line)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, n=name: self.asked.emit(n))
            line.addWidget(button)
        line.addWidget(self.stop)
        self.retranslate()

    @property
    def going(self) -> bool:
        """Whether something goes on."""
        return self._going is not None

    def choose(self, count: int) -> None:
        """Show how many lines are chosen."""
        self._chosen = count
        self._show()

    def tell(self, verb: str, done: int, whole: int) -> None:
        """Show how many declarations a verb, an id of an action, is done with; 0 of 0 once it has ended."""
        begins = self._going is None and whole > 0
        self._going = (verb, done, whole) if whole else None
        self._show()
        if begins:
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what goes on."""
        if event.key() == Qt.Key.Key_Escape and self.going:
            self.stopped.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        if self._going is None:
            self.label.setText(Message(N_("{n} chosen"), {"n": self._chosen}).text())
        else:
            verb, done, whole = self._going
            told = {"verb": _(actions.BY_ID[verb].label), "done": done, "whole": whole}
            self.label.setText(Message(N_("{verb}: {done} of {whole}"), told).text())
        self.label.setAccessibleName(self.label.text())
        self.stop.setVisible(self._going is not None)
        for button in self.buttons.values():
            button.setVisible(self._going is None)
        self.setVisible(self._going is not None or self._chosen > 1)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the verbs under the count where both have no room beside each other."""
        super().resizeEvent(event)
        shown = [self.label, *(each for each in (*self.buttons.values(), self.stop) if not each.isHidden())]
        wide = sum(each.sizeHint().width() + theme.S for each in shown) + 2 * theme.M
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._whole.setDirection(beside if wide <= self.width() else under)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the verbs alone: the count may stand over them."""
        shown = [each for each in (*self.buttons.values(), self.stop) if not each.isHidden()]
        wide = sum(each.sizeHint().width() + theme.S for each in shown) + 2 * theme.M
        return QSize(wide, super().minimumSizeHint().height())

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        for name, button in self.buttons.items():
            act = actions.BY_ID[name]
            button.say(_(act.label), act.icon)
            button.setToolTip("  ".join(part for part in (_(act.label), actions.shown_keys(name)) if part))
        self.stop.say(_("Stop"), "", "Esc")
        self._show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, and how far it has come as a bar along the foot."""
        now = theme.colours()
        painter = QPainter(self)
        paint.frame(painter, self.rect(), now.panel, now.line)
        if self._going is not None:
            _verb, done, whole = self._going
            wide = (self.width() - 2) * done // whole
            paint.block(painter, QRect(1, self.height() - _BAR - 1, wide, _BAR), now.accent)
