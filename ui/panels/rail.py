# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rail at the left: folders, registers and saved views, with counts; narrow, icons with names as tooltips.

Under them, while the rail is wide, a quiet line tells when the store was last copied.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from swclient.base.i18n import N_, _

from .. import theme
from ..parts.plain import Panel
from .copyline import CopyLine
from .folder_button import NARROW, Folder, FolderButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

WIDE = 180
MOST_VIEWS = 8
"""So many saved views stand under the folders at the smallest height of the window."""


FOLDERS = (
    Folder("drafts", N_("Drafts"), "note-pencil"),
    Folder("ready", N_("Ready"), "check-square"),
    Folder("to_send", N_("Waiting to send"), "paper-plane-tilt"),
    Folder("waiting", N_("Waiting for an answer"), "hourglass"),
    Folder("needs_you", N_("Needs you"), "hand-pointing"),
    Folder("released", N_("Released"), "check-circle"),
    Folder("archived", N_("Archived"), "archive"),
    Folder("letters", N_("Letters"), "envelope-simple"),
    Folder("templates", N_("Templates"), "stack"),
    Folder("registers", N_("Registers"), "book-open"),
    Folder("bin", N_("Bin"), "trash"),
)


class Rail(Panel):
    """Folders of the worklist, and the saved views under them."""

    chosen = Signal(str)
    view_chosen = Signal(str)  # name of a saved view
    view_verb = Signal(str, str)  # id of an action, name of a saved view

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.narrow = False
        self.buttons = {folder.id: FolderButton(folder) for folder in FOLDERS}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.S, 0, theme.S)
        whole.setSpacing(0)
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self._tell, name))
            whole.addWidget(button)
        self.views: dict[str, FolderButton] = {}
        self._views = QVBoxLayout()
        self._views.setContentsMargins(0, theme.S, 0, 0)
        whole.addLayout(self._views)
        whole.addStretch(1)
        self.copies = CopyLine()
        whole.addWidget(self.copies)
        self.setFocusProxy(self.buttons["drafts"])
        self.set_narrow(narrow=False)
        self.retranslate()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons only, or words too."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self.copies.setVisible(not narrow)

    def count(self, counts: dict[str, int], late: dict[str, int] | None = None) -> None:
        """Show how many declarations stand in each folder, and how many of them are overdue."""
        for name, button in self.buttons.items():
            button.count(counts.get(name, 0), (late or {}).get(name, 0))

    def show_views(self, names: Sequence[str]) -> None:
        """Show these saved views under the folders."""
        for name in [each for each in self.views if each not in names]:
            gone = self.views.pop(name)
            self._views.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for name in names:
            if name not in self.views:
                self.views[name] = made = FolderButton(Folder("", name, "funnel"), self)
                made.clicked.connect(partial(self.view_chosen.emit, name))
                self._views.addWidget(made)
                made.retranslate()

    def mark(self, folder: str, view: str = "") -> None:
        """Show which folder or saved view is on show, empty for none."""
        for name, button in self.buttons.items():
            button.setChecked(name == folder and not view)
        for name, button in self.views.items():
            button.setChecked(name == view)

    def _tell(self, folder: str) -> None:
        self.chosen.emit(folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from folder to folder; F2 and Delete rename and remove a saved view."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        verbs = {Qt.Key.Key_F2: "rename_view", Qt.Key.Key_Delete: "remove_view"}
        row = [*self.buttons.values(), *self.views.values()]
        here = next((n for n, button in enumerate(row) if button.hasFocus()), -1)
        view = next((name for name, button in self.views.items() if button.hasFocus()), "")
        if event.key() in steps and here >= 0:
            row[(here + steps[Qt.Key(event.key())]) % len(row)].setFocus(Qt.FocusReason.TabFocusReason)
        elif view and event.key() in verbs and not event.modifiers():
            self.view_verb.emit(verbs[Qt.Key(event.key())], view)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.setAccessibleName(_("Folders of the worklist"))
        for button in (*self.buttons.values(), *self.views.values()):
            button.retranslate()
