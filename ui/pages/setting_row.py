# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One row of the settings: what it is called and what it does at the left, its value and the way back at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from swclient.base.errors import SwError
from swclient.base.i18n import _

from .. import actions, theme
from ..parts.button import Button
from ..parts.entry import Entry
from ..parts.pick import Pick
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from ..settings.own import Settings
    from ..settings.table import Setting

_WIDE, _NUMBER, _BACK = 290, 110, 130


class ValueEntry(Entry):
    """A line whose text is meant when the cursor leaves it; Escape brings back what stood here."""

    meant = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._before = ""

    def put(self, text: str) -> None:
        """Show a value in force."""
        self._before = text
        self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window, once nothing is typed that they could mean."""
        if actions.is_claimed(event) and self.text() == self._before:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape brings back what stood here."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._before:
            self.setText(self._before)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the text as meant."""
        super().focusOutEvent(event)
        if self.text().strip() != self._before and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.meant.emit(self.text())


class SettingRow(Speaking):
    """One setting on the page."""

    wished = Signal(str, str)  # id, text
    given_up = Signal(str)

    def __init__(self, row: Setting, settings: Settings) -> None:
        super().__init__()
        self.row, self._settings = row, settings
        self.name, self.about = words(bold=True), wrapped(size=theme.CAPTION, muted=True)
        self.pick, self.entry, self.told = Pick(), ValueEntry(), wrapped()
        self.choose, self.back = Button(), Button(weight="quiet")
        self.pick.activated.connect(lambda _index: self.wished.emit(row.id, str(self.pick.currentData())))
        self.entry.meant.connect(lambda text: self.wished.emit(row.id, text))
        self.choose.clicked.connect(self._choose_folder)
        self.back.clicked.connect(lambda: self.given_up.emit(row.id))
        kept = self.back.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(kept)
        self._lay()
        self.retranslate()

    @property
    def editor(self) -> QWidget:
        """What takes the cursor."""
        kinds: dict[str, QWidget] = {"choice": self.pick, "shown": self.told}
        return kinds.get(self.row.kind, self.entry)

    def _lay(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.S, 0, theme.S)
        line.setSpacing(theme.L)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.name)
        left.addWidget(self.about)
        left.addStretch(1)
        line.addLayout(left, 1)
        right = QHBoxLayout()
        right.setSpacing(theme.S)
        wide = QWidget()
        wide.setFixedWidth(_WIDE)
        inside = QHBoxLayout(wide)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.editor, 1)
        if self.row.kind == "folder":
            inside.addWidget(self.choose)
        if self.row.kind == "number":
            self.entry.setFixedWidth(_NUMBER)
            inside.addStretch(1)
        self.back.setMinimumWidth(_BACK)
        line.addLayout(right)
        right.addWidget(wide, 0, Qt.AlignmentFlag.AlignTop)
        right.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)

    def refresh(self) -> None:
        """Show the value in force; where it cannot be read, why."""
        row, settings = self.row, self._settings
        try:
            value, shipped = settings.value(row.id), settings.is_shipped(row.id)
        except SwError as error:
            self.about.setText(str(error))
            self.editor.setEnabled(False)
            self.back.hide()
            return
        self.editor.setEnabled(True)
        self.about.setText(_(row.about))
        if row.kind == "choice":
            self.pick.setCurrentIndex(max(self.pick.findData(value), 0))
        elif row.kind == "shown":
            self.told.setText(value)
        else:
            self.entry.put(value)
        if shipped and self.back.hasFocus():
            self.editor.setFocus()
        self.back.setVisible(not shipped)

    def finds(self, wish: list[str]) -> bool:
        """Tell whether every word stands somewhere in the row, in the language in force or in English."""
        row = self.row
        told = [row.label, row.about, row.group]
        told += [each for _value, each in self._settings.choices(row)] if row.kind == "choice" else []
        all_words = " ".join([*told, *map(_, told), row.id.replace("_", " ")]).casefold()
        return all(word in all_words for word in wish)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _(self.row.label), self.entry.text())
        if name:
            self.wished.emit(self.row.id, name)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        row = self.row
        self.name.setText(_(row.label))
        if row.kind == "choice":
            self.pick.clear()
            for value, each in self._settings.choices(row):
                self.pick.addItem(_(each), value)
        self.choose.say(_("Choose ..."))
        self.choose.setAccessibleName(f"{_('Choose ...')} {_(row.label)}")
        self.back.say(_("As shipped"), "arrow-counter-clockwise")
        self.back.setAccessibleName(f"{_('As shipped')}: {_(row.label)}")
        self.editor.setAccessibleName(_(row.label))
        self.editor.setAccessibleDescription(_(row.about))
        self.refresh()
