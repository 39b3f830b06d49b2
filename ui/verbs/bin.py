# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions do with the bin: a declaration is moved there, taken back at once or later, or deleted for ever."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.base.messages import Message

from ..pages.entries import title_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.views import Row

    from ..ports import Office

BIN = "bin"
_LONGEST = 70  # characters of a title in a question
_MOVED = N_("“{title}” was moved to the bin. Ctrl+Z takes it back.")
_BACK = N_("“{title}” was taken back from the bin; it stands in its folder again.")
_ALL_BACK = N_("{n} declarations were taken back from the bin; they stand in their folders again.")
_ASKED = N_("Delete “{title}” for ever? It cannot be taken back after that.")
_GONE = N_("“{title}” was deleted for ever. Copies of the store made before still hold it.")


class BinVerbs:
    """The verbs about the bin of one window."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._moved: list[Row] = []
        self.many: Callable[[list[Row]], object] | None = None  # moves more than one, with progress

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {"put_in_bin": self.put, "take_back": self.back, "purge": self.purge}

    def held(self) -> frozenset[str]:
        """Return what can be done to what is chosen, as the table of actions names it."""
        row, binned = self.current(), self._binned() is not None
        there = {"binned" if binned else "line"} if row is not None or self._office.window.view is not None else set()
        if self._office.worklist.undoable and self._office.window.view is None:
            there |= {"undo"}
        return frozenset(there)

    def current(self) -> Row | None:
        """Return the declaration that is chosen in the worklist, None when it shows something else."""
        office = self._office
        return office.worklist.declaration if office.window.room is office.worklist else None

    def _binned(self) -> Row | None:
        row = self.current()
        return row if row is not None and self._office.worklist.folder == BIN else None

    def put(self) -> None:
        """Move the open declaration, or the one chosen in the worklist, to the bin."""
        office = self._office
        rows = office.worklist.chosen() if self.current() is not None else []
        if len(rows) > 1 and self.many is not None and self._binned() is None:
            self.many(rows)
            return
        view, row = office.window.view, self.current()
        declaration = view.desk.id if view is not None else row.id if row is not None else ""
        if declaration and self._binned() is None:
            office.application.bin.refuse(declaration)  # before anything is shut
            if view is not None:
                office.show_folder(office.worklist.folder)
            office.forget(declaration)
            moved = office.application.bin.put(declaration)
            self.remember([moved])
            office.say(Message(_MOVED, {"title": title_of(moved)}).text(), "advice")

    def undo(self) -> None:
        """Take back what was moved to the bin last."""
        rows = self._moved if self._office.worklist.undoable else []
        for row in [*rows]:
            self._take_back(row)
        if len(rows) > 1:
            self._office.say(Message(_ALL_BACK, {"n": len(rows)}).text(), "advice")

    def back(self) -> None:
        """Take the chosen declaration back from the bin."""
        row = self._binned()
        if row is not None:
            self._take_back(row)

    def _take_back(self, row: Row) -> None:
        self._office.application.bin.back(row.id)
        self.remember([each for each in self._moved if each.id != row.id])
        self._office.say(Message(_BACK, {"title": title_of(row)}).text(), "advice")

    def purge(self) -> None:
        """Ask once, then delete the chosen declaration for ever."""
        row = self._binned()
        if row is not None:
            asked = Message(_ASKED, {"title": shorten(title_of(row), _LONGEST, placeholder="…")}).text()
            self._office.confirm(asked, lambda: self._purge(row), N_("Delete for ever"))

    def _purge(self, row: Row) -> None:
        self._office.forget(row.id)
        self._office.application.bin.purge(row.id)
        self.remember([each for each in self._moved if each.id != row.id])
        self._office.say(Message(_GONE, {"title": title_of(row)}).text(), "advice")

    def sweep(self) -> None:
        """Delete what has lain in the bin for its time, and say how many that were."""
        if self._office.application.holding.looking is not None:
            return
        gone = self._office.application.bin.sweep()
        if gone:
            told = N_("Declarations deleted for ever after their time in the bin: {n}.")
            self._office.say(Message(told, {"n": gone}).text(), "advice")

    def remember(self, rows: list[Row]) -> None:
        """Keep what one undo takes back."""
        self._moved = rows
        self._office.worklist.undoable = bool(rows)
        self._office.offer()
