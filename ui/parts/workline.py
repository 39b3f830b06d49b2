# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A line that tells of long work: what is being done, how much of all is done, and a way to stop it.

It takes no cursor and locks nothing; once the work is done it may stay to offer its result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from swclient.base.i18n import _
from swclient.base.messages import Message

from .. import theme
from . import paint
from .button import Button
from .plain import Title
from .speaking import Speaking

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_BAR = 3


class WorkLine(Speaking):
    """What is done, done of all, and the verbs about it.

    Attributes:
        buttons: `show` the result, once there is one, and `stop` (which then drops it).
    """

    stopped = Signal()
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.label = Title(size=theme.BODY)
        self.buttons = {"show": Button(weight="main"), "stop": Button(weight="plain")}
        self._said: Message | None = None
        self._share = (0, 0)
        self._offer = ""
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.L, theme.XS, theme.M, theme.XS + _BAR)
        line.setSpacing(theme.S)
        line.addWidget(self.label, 1)
        for button in self.buttons.values():
            line.addWidget(button)
        self.buttons["stop"].clicked.connect(self.stopped)
        self.buttons["show"].clicked.connect(self.wanted)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()
        self.hide()

    def tell(self, said: Message, done: int, whole: int) -> None:
        """Say what is being done, and how much of all; the bar follows."""
        self._said, self._share, self._offer = said, (done, whole), ""
        self.retranslate()
        self.show()

    def offer(self, said: Message, verb: str) -> None:
        """Say that it is done; `verb`, a msgid, is what can be done with its result."""
        self._said, self._share, self._offer = said, (0, 0), verb
        self.retranslate()
        self.show()

    def done(self) -> None:
        """Put the line away."""
        self._said = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops."""
        if event.key() == Qt.Key.Key_Escape:
            self.stopped.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.label.setText(self._said.text() if self._said is not None else "")
        self.setAccessibleName(self.label.text())
        self.buttons["stop"].say(_("Drop") if self._offer else _("Stop"))
        self.buttons["show"].say(_(self._offer) if self._offer else "")
        self.buttons["show"].setVisible(bool(self._offer))
        self.setFocusProxy(self.buttons["show" if self._offer else "stop"])
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, a hair below, and how far it has come."""
        now = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.panel)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), now.line)
        done, whole = self._share
        if whole:
            paint.block(painter, QRect(0, self.height() - _BAR, self.width() * done // whole, _BAR), now.accent)
