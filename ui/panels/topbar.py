# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The top bar: menu, search, and everything that is a state (profile, line, training) in words as well as colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from swclient.base.i18n import _

from .. import icons, theme
from ..parts import paint
from ..parts.button import Button
from ..parts.plain import Panel, words
from .search import SearchField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

TALL = 44


class Fact(QWidget):
    """A state in words, with a mark before it."""

    def __init__(self, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._icon = icon
        self.hide()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, why: str = "") -> None:
        """Show other words."""
        self._words = text
        self.setAccessibleName(text)
        self.setToolTip(why)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for mark and words."""
        return QSize(
            paint.metrics(theme.BODY).horizontalAdvance(self._words) + (22 if self._icon else 0) + 2,
            theme.ROW,
        )

    def minimumSizeHint(self) -> QSize:
        """Return the same: a state is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and words."""
        now = theme.colours()
        painter = QPainter(self)
        left = 0
        if self._icon:
            icons.draw(painter, QRectF(0, 0, 16, self.height()), self._icon, now.muted)
            left = 20
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, self.rect().adjusted(left, 0, 0, 0), self._words, now.ink)


class Training(QWidget):
    """The hatched band that says TRAINING."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, why: str) -> None:
        """Show the word of the language."""
        self._words = text
        self.setAccessibleName(text)
        self.setAccessibleDescription(why)
        self.setToolTip(why)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the word within its band."""
        return QSize(
            paint.metrics(theme.CAPTION, bold=True).horizontalAdvance(self._words) + 2 * theme.L,
            theme.ROW - 4,
        )

    def minimumSizeHint(self) -> QSize:
        """Return the same: this word is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw band and word."""
        now = theme.colours()
        painter = QPainter(self)
        paint.hatch(painter, self.rect(), now.warning)
        paint.frame(painter, self.rect(), None, now.warning)
        painter.setFont(paint.face(theme.CAPTION, bold=True))
        wide = painter.fontMetrics().horizontalAdvance(self._words) + theme.S
        middle = self.rect().adjusted((self.width() - wide) // 2, 4, -(self.width() - wide) // 2, -4)
        paint.block(painter, middle, now.panel)
        paint.text(painter, self.rect(), self._words, now.warning, paint.CENTRE)


class TopBar(Panel):
    """The bar itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu: QMenu | None = None
        self._own = False
        self.menu_button = Button(weight="quiet")
        self.menu_button.clicked.connect(self.open_menu)
        self.name = words("swclient", theme.TITLE, bold=True)
        self.name.setForegroundRole(QPalette.ColorRole.Link)
        self.search = SearchField()
        self.search.setMaximumWidth(460)
        self.profile, self.line, self.training = (
            Fact("globe-hemisphere-east"),
            Fact("cloud"),
            Training(),
        )
        self.person = Fact("user")
        self.person.hide()
        row = QHBoxLayout()
        row.setContentsMargins(theme.S, 0, theme.M, 0)
        row.setSpacing(theme.M)
        row.addWidget(self.menu_button)
        row.addWidget(self.name)
        row.addWidget(self.search, 3)
        row.addStretch(1)
        for each in (self.person, self.profile, self.line, self.training):
            row.addWidget(each)
        self.setLayout(row)
        self.setFixedHeight(TALL)
        self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rule the bar off below."""
        super().paintEvent(event)
        paint.block(QPainter(self), QRect(0, self.height() - 1, self.width(), 1), theme.colours().line)

    def open_menu(self) -> None:
        """Open the menu under its button."""
        if self.menu is not None:
            self.menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.menu_button.say(_("Menu"), "list", "")
        self.menu_button.setToolTip("F10")
        if self._own:
            why = _("An office of your own settings is in use. Whether it is an authority, this program cannot know.")
            self.training.say(_("NOT CONFIRMED"), why)
            return
        self.training.say(
            _("TRAINING"),
            _("Nothing is filed with any authority: the customs and tax offices here are training ones."),
        )

    def tell_own(self, *, own: bool) -> None:
        """Say whether an office of the user's own settings is in use; else all are training ones."""
        self._own = own
        self.retranslate()
