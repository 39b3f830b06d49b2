# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of settings, made from their table: grouped, searched by words, each row with its way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, theme
from ..panels.titleline import Notice
from ..parts.button import Button
from ..parts.frames import scrolled
from ..parts.plain import Title, words, wrapped
from ..parts.search_line import SearchLine
from ..parts.speaking import Speaking
from ..settings.table import GROUPS, TABLE
from .setting_row import SettingRow

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ..settings.own import Settings

_WIDEST = 920


class _Ruled(QWidget):
    """A heading with a line under it."""

    def __init__(self) -> None:
        super().__init__()
        self.title = words(size=theme.TITLE, bold=True)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, theme.L, 0, theme.XS)
        room.addWidget(self.title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, theme.colours().line)


class SettingsPage(Speaking):
    """The room. What its rows do is told by `ui.verbs.settings`."""

    wished = Signal(str, str)  # id, text
    given_up = Signal(str)
    asked = Signal(str)  # `key_map`, `back`

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.title, self.about, self.notice = Title(), wrapped(muted=True), Notice()
        self.search, self.count = SearchLine(), words(size=theme.CAPTION, muted=True)
        self.none = wrapped(muted=True)
        self.buttons = {"key_map": Button(), "back": Button(weight="quiet")}
        self.headings = {group: _Ruled() for group in GROUPS}
        self.rows = {row.id: SettingRow(row, settings) for row in TABLE}
        self._lay()
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
        for row in self.rows.values():
            row.wished.connect(self.wished)
            row.given_up.connect(self.given_up)
        self.search.typed.connect(lambda _text: self.sift())
        self.search.go_on.connect(self._go_on)
        self.retranslate()

    def _lay(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.S)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for button in self.buttons.values():
            head.addWidget(button)
        whole.addLayout(head)
        whole.addWidget(self.about)
        whole.addWidget(self.notice)
        line = QHBoxLayout()
        self.search.setMaximumWidth(460)
        line.addWidget(self.search, 1)
        line.addWidget(self.count)
        line.addStretch(1)
        whole.addLayout(line)
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, theme.M, theme.L)
        column.setSpacing(0)
        column.addWidget(self.none)
        for group, heading in self.headings.items():
            column.addWidget(heading)
            for row in (each for each in self.rows.values() if each.row.group == group):
                column.addWidget(row)
        column.addStretch(1)
        ground.setMaximumWidth(_WIDEST)
        self.area = scrolled(ground)
        whole.addWidget(self.area, 1)

    def changeEvent(self, event: QEvent) -> None:
        """Show what the menu changed of language and colours, once it is kept."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange} and self.isVisible():
            QTimer.singleShot(0, self.refresh)

    def refresh(self) -> None:
        """Show all values in force."""
        for row in self.rows.values():
            row.refresh()

    def sift(self) -> None:
        """Show the rows that the words of the search line stand in."""
        wish = self.search.text().casefold().split()
        found = [row for row in self.rows.values() if row.finds(wish)]
        for row in self.rows.values():
            row.setVisible(row in found)
        for group, heading in self.headings.items():
            heading.setVisible(any(row.row.group == group for row in found))
        self.none.setVisible(not found)
        self.count.setText(Message(N_("{n} of {all}"), {"n": len(found), "all": len(self.rows)}).text())

    def _go_on(self) -> None:
        first = next((row for row in self.rows.values() if not row.isHidden() and row.row.kind != "shown"), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def stand_on(self, identity: str) -> None:
        """Bring the cursor to a setting, all others shown too."""
        self.search.clear()
        self.sift()
        row = self.rows[identity]
        self.area.ensureWidgetVisible(row)
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Bring the cursor into the search line, and the first row into sight."""
        self.area.verticalScrollBar().setValue(0)
        self.search.setFocus()
        self.search.selectAll()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.title.setText(_("Settings"))
        told = Message(
            N_("Each change holds at once; {undo} takes the last one back."), {"undo": actions.shown_keys("undo")}
        )
        self.about.setText(told.text())
        self.search.setPlaceholderText(_("Search the settings"))
        self.search.setAccessibleName(_("Search the settings"))
        self.search.setAccessibleDescription(_("The rows below are those in which all its words stand"))
        self.none.setText(_("No setting has these words. Escape shows all again."))
        self.buttons["key_map"].say(_("Key map"), "keyboard")
        self.buttons["back"].say(_("Back to the worklist"))
        for group, heading in self.headings.items():
            heading.title.setText(_(group))
        self.sift()
