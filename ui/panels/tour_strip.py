# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The strip of the tour under the top bar: the one thing to do now, how far it is, and the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, theme
from ..parts.button import Button
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_COUNT = N_("Tour, {n} of {m}")
_THROUGH = N_("So far the tour; {pay} carries the sample on to its release. “Tour” in the search begins again.")


class TourStrip(Speaking):
    """The strip. Escape in it ends the tour."""

    skipped = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: Message | None = None
        self._place, self._of = 0, 0
        self.count = words(size=theme.CAPTION, bold=True)
        self.count.setForegroundRole(QPalette.ColorRole.Link)
        self.label = wrapped()
        self.skip, self.end = Button(weight="quiet"), Button(weight="quiet")
        self.skip.clicked.connect(self.skipped)
        self.end.clicked.connect(self.ended)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.L, theme.XS, theme.S, theme.XS)
        line.setSpacing(theme.L)
        line.addWidget(self.count)
        line.addWidget(self.label, 1)
        line.addWidget(self.skip)
        line.addWidget(self.end)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.skip)
        self.hide()

    def say(self, told: Message | None, place: int, of: int) -> None:
        """Say what is to be done now, the so-manieth of so many; None past the last."""
        before = self.accessibleName()
        self._told, self._place, self._of = told, place, of
        self.retranslate()
        if self.accessibleName() != before:
            self._announce()

    def _announce(self) -> None:
        """Have a screen reader say what is new, wherever the cursor is."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the edges."""
        now = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.select)
        painter.fillRect(0, 0, theme.BAR, self.height(), now.accent)
        painter.fillRect(0, self.height() - 1, self.width(), 1, now.line)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        through = self._told is None
        through_words = Message(_THROUGH, {"pay": actions.shown_keys("pay")})
        text = (through_words if self._told is None else self._told).text()
        count = Message(_COUNT, {"n": min(self._place, self._of), "m": self._of}).text()
        self.count.setText(_("Tour") if through else count)
        self.label.setText(text)
        self.skip.say(_("Skip"))
        self.skip.setVisible(not through)
        self.end.say(_("Put away") if through else _("End the tour"))
        self.setFocusProxy(self.end if through else self.skip)
        self.setAccessibleName(f"{count}. {text}")
        for button in (self.skip, self.end):
            button.setAccessibleDescription(self.label.text())
