# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A grid with its title and its verbs: add a row, remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from swclient.base.i18n import _
from swclient.base.messages import Message

from .. import theme
from ..parts.button import Button
from ..parts.density import fix_rows
from ..parts.plain import Title
from ..parts.speaking import Speaking
from ..words import numbered
from .grid import Grid
from .heading import HEADING

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from .cell_line import CellLine
    from .stage import Stage


class Rows(Speaking):
    """A table of rows on a page; it says what it is for while it is empty."""

    def __init__(self, stage: Stage, table: str, columns: str, rows: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid(stage, table, columns, self)
        self._stage = stage
        self._name: Message | None = None
        self._of = ""
        self._title = Title()
        self._add = Button(weight="quiet")
        self._remove = Button(weight="quiet")
        self._add.clicked.connect(lambda _checked=False: self.grid.add_row())
        self._remove.clicked.connect(self.grid.remove_rows)
        self._top = top = QHBoxLayout()
        top.setSpacing(theme.XS)
        top.addWidget(self._title, 1)
        top.addWidget(self._add)
        top.addWidget(self._remove)
        self.whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.XS)
        whole.addLayout(top)
        whole.addWidget(self.grid, 1)
        self.line: CellLine | None = None
        if rows:
            fix_rows(self.grid, rows, HEADING + 2)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Put a line under the table that stands for its current cell, where a screen reader or the like is at work."""
        super().showEvent(event)
        if self.line is None and QAccessible.isActive():
            from .cell_line import CellLine

            self.line = CellLine(self.grid, self)
            self.whole.insertWidget(self.whole.indexOf(self.grid) + 1, self.line)
            self.line.show()

    def offer(self, button: Button) -> None:
        """Put a verb of its own before adding and removing."""
        self._top.insertWidget(1, button)

    def call(self, name: str | Message, of: str = "") -> None:
        """Give the table another title than its section's.

        Args:
            name: a msgid, or what says itself; empty for the section's own name.
            of: field of the section whose box has the number that stands before the title.
        """
        told = Message(name) if isinstance(name, str) else name
        self._name = told if told.msgid else None
        self._of = of
        self.retranslate()

    def retranslate(self) -> None:
        """Take title and verbs in the language in force."""
        self.grid.retranslate()
        profile, table = self._stage.session.profile, self.grid.table
        label = self._name.text() if self._name else _(profile.tables[table].label)
        label = numbered(label, profile.table_fields(table).get(self._of))
        self.grid.setAccessibleName(label)
        self._title.setText(label)
        if self.line is not None:
            self.line.refresh()
        self._add.say(_("Add"), "plus", "")
        self._remove.say(_("Remove"), "minus", "")
        self._add.setAccessibleName(f"{_('Add')}: {label}")
        self._remove.setAccessibleName(f"{_('Remove')}: {label}")
