# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several rows are chosen and one is typed into: the column is set in all of them, as one step of undo.

While fingers are in the cell its text is shown in the other chosen rows too; Enter or leaving the cell takes it,
Escape drops it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.path import Path

from .freezing import FreezingView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex


class SpreadingView(FreezingView):
    """A table in which several rows are typed into at once."""

    _chosen: tuple[int, ...] = ()
    _column = -1
    _held: str | None = None

    def begin_typing(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Tell whether what is typed into a cell goes to several chosen rows."""
        places = sorted({each.row() for each in self.selectedIndexes()})
        several = len(places) > 1 and index.row() in places
        self._chosen = tuple(self.cells.rows[place] for place in places) if several else ()
        self._column, self._held = index.column(), None
        return several

    def hold(self, text: str) -> None:
        """Show what is being typed in all chosen rows."""
        self._held = text
        self.viewport().update()

    def held_text(self, index: QModelIndex | QPersistentModelIndex) -> str | None:
        """Return what is being typed where a cell is one of those it goes to, None elsewhere."""
        if self._held is None or index.column() != self._column:
            return None
        return self._held if self.cells.rows[index.row()] in self._chosen else None

    def take_held(self) -> None:
        """Put what was typed into all chosen rows, as one step."""
        held, self._held = self._held, None
        if held is None:
            return
        session, name = self.stage.session, self.cells.fields[self._column].name
        there = set(session.rows(self.table))

        def put() -> None:
            with session.step(Message(N_("Type into {n} rows"), {"n": len(self._chosen)})):
                for row in self._chosen:
                    if row in there:
                        session.type_in(Path(self.table, row, name), held)

        self.stage.attempt(put)

    def drop_held(self) -> None:
        """Forget what was being typed."""
        self._held = None
        self.viewport().update()
