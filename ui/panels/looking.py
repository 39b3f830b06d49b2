# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line under the top bar of a second window: why nothing can be changed here, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from swclient.base.i18n import _

from .. import theme
from ..parts import paint
from ..parts.button import Button
from ..parts.plain import wrapped
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from swclient.base.messages import Message


class LookingLine(Speaking):
    """The line. It stays until the window may work."""

    again = Signal()

    def __init__(self, why: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.why = why
        self.label = wrapped()
        self.button = Button(weight="plain")
        self.button.clicked.connect(self.again)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.L + theme.XL, theme.S, theme.L, theme.S)
        line.setSpacing(theme.L)
        line.addWidget(self.label, 1)
        line.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def say(self, why: Message) -> None:
        """Say why, as it now is."""
        self.why = why
        self.retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, edge and mark."""
        painter = QPainter(self)
        now = theme.colours()
        painter.fillRect(self.rect(), now.field)
        painter.fillRect(0, self.height() - 1, self.width(), 1, paint.level_colour("warning"))
        paint.level_mark(painter, QRectF(theme.L, (self.height() - 14) / 2, 14, 14), "warning")

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.label.setText(self.why.text())
        self.setAccessibleName(self.why.text())
        self.button.say(_("Try again"))
