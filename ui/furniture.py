# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the first paint goes without: rooms, the column beside them, the actions and the menu made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QStackedWidget

from swclient.base.i18n import _, available, language

from . import actions
from .panels.column import WIDE, Column
from .parts.frames import Splitter
from .words import OWN_NAMES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


class Furniture(QObject):
    """Rooms and column side by side, actions and menu."""

    language_wanted = Signal(str)

    def __init__(self, window: QMainWindow, sizes: list[int]) -> None:
        super().__init__(window)
        self.actions = actions.Actions(window)
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self.build_menu)
        self.rooms = QStackedWidget()
        self.column = Column()
        self.body = Splitter(Qt.Orientation.Horizontal)
        self.body.addWidget(self.rooms)
        self.body.addWidget(self.column)
        self.body.setStretchFactor(0, 1)
        self.body.setSizes(sizes or [window.width() - WIDE, WIDE])
        for _act, action in self.actions:
            window.addAction(action)
        self.build_menu()

    def build_menu(self) -> None:
        """Make the menu from the table of actions, in the language in force."""
        self.menu.clear()
        for title in actions.MENUS:
            part = self.menu.addMenu(_(title))
            for act, action in self.actions:
                if act.menu == title:
                    part.addAction(action)
        tongues = self.menu.addMenu(_("Language"))
        group = QActionGroup(tongues)
        for code in available():
            entry = tongues.addAction(OWN_NAMES.get(code, code))
            entry.setCheckable(True)
            entry.setChecked(code == language())
            entry.triggered.connect(lambda _checked=False, c=code: self.language_wanted.emit(c))
            group.addAction(entry)
