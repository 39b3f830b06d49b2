# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What actions do with the filter of the worklist and the saved views: look, save, show, rename, remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.workflow.told.listing import PAGE

from ..panels.rail import FOLDERS, MOST_VIEWS
from ..settings.views import Looked, Views

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.views import Row

    from ..ports import Office
    from ..settings.remember import Memory

_NAMELESS = N_("A view needs a name.")
_TAKEN = N_("There is a view “{name}” already. Choose another name.")
_FULL = N_("There is room for {n} views. Remove one in the rail with Delete first.")
_SAVED = N_("The view “{name}” stands in the rail under the folders. F2 renames it there, Delete removes it.")
_REMOVED = N_("The view “{name}” was removed. Its declarations stay where they are.")
_MINUTE = 60_000  # milliseconds
_MOST = 2_000  # lines that are read again when something has changed
_FOLDERS = frozenset(folder.id for folder in FOLDERS)


class ViewVerbs:
    """The views of one window."""

    def __init__(self, office: Office, memory: Memory) -> None:
        self._office = office
        self.kept = Views(memory)
        self.shown = ""  # name of the view on show
        rail = office.window.rail
        rail.view_chosen.connect(self.show)
        rail.view_verb.connect(self._verb)
        office.worklist.filter.changed.connect(self._changed)
        rail.show_views(self.kept.names)
        self._late: dict[str, int] = {}
        self.clock = QTimer(office.worklist)
        self.clock.timeout.connect(self._tick)
        self.clock.start(_MINUTE)
        office.window.closing.connect(self.clock.stop)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {"filter": self.start, "save_view": self.save, "worklist": self.back}

    def start(self) -> None:
        """Bring the cursor to the line over the worklist."""
        office, page = self._office, self._office.worklist
        if office.window.room is not page or page.folder == "templates":
            office.show_folder("drafts" if page.folder == "templates" else page.folder)
        page.filter.start()

    def turn(self, folder: str) -> None:
        """Another folder is to be shown, whole; the one on show keeps what is looked for."""
        page = self._office.worklist
        if folder != page.folder or self.shown:
            self.shown = ""
            page.filter.show_looked(Looked())

    def back(self) -> None:
        """Return to what the worklist showed last: a view, or a folder as it was filtered."""
        if self.shown:
            self.show(self.shown)
        else:
            self._office.show_folder(self._office.worklist.folder)

    def page(self, folder: str, after: Row | None = None) -> tuple[Row, ...]:
        """Return a page of a folder as the line over the worklist filters it, behind the line `after`.

        Read again, it is as long as what was scrolled through already, so that the list does not jump.
        """
        looked, loaded = self._office.worklist.filter.looked, self._office.worklist.loaded(folder)
        scope = "" if looked.everywhere and folder != "bin" else folder
        limit = PAGE if after is not None else max(PAGE, min(loaded, _MOST))
        return self._office.application.worklist(scope, limit=limit, after=after, wish=looked.wish())

    def _tick(self) -> None:
        """Take up what has become overdue meanwhile: no event tells that."""
        if self._office.application.late() != self._late:
            self._late = self._office.application.late()
            self._office.refresh()

    def show(self, name: str) -> None:
        """Show a saved view."""
        folder, looked = self.kept.view(name)
        office = self._office
        office.show_folder(folder if folder in _FOLDERS else "drafts")
        office.worklist.filter.show_looked(looked)
        self.shown = name
        office.refresh()
        office.window.rail.mark("", name)
        office.worklist.start()

    def _changed(self) -> None:
        office = self._office
        office.worklist.fill(office.worklist.folder, self.page(office.worklist.folder))  # counts nothing: at every key
        office.offer()
        if self.shown and self.kept.view(self.shown)[1] != office.worklist.filter.looked:
            self.shown = ""
            office.window.rail.mark(office.worklist.folder)

    def save(self) -> None:
        """Ask under which name to keep folder and filter on show."""
        office, page = self._office, self._office.worklist
        if office.window.room is not page:
            return
        offered = self.shown or page.filter.looked.text
        office.ask(_("Name of the view"), offered, lambda words: self._save(words.strip()))

    def _save(self, name: str) -> None:
        self._refuse(name, self.shown)
        if len(self.kept.names) >= MOST_VIEWS and name not in self.kept.names:
            raise UserError(_FULL, n=MOST_VIEWS)
        page = self._office.worklist
        self.kept.keep(name, page.folder, page.filter.looked)
        self.shown = name
        self._told(_SAVED, name)
        self._office.window.rail.mark("", name)

    def _refuse(self, name: str, but: str = "") -> None:
        if not name:
            raise UserError(_NAMELESS)
        if name != but and name in self.kept.names:
            raise UserError(_TAKEN, name=name)

    def _verb(self, identity: str, name: str) -> None:
        if identity == "rename_view":
            if self._office.window.room is not self._office.worklist:
                self.show(name)
            self._office.ask(_("New name of the view"), name, partial(self._rename, name))
        else:
            self.kept.remove(name)
            self.shown = "" if self.shown == name else self.shown
            self._told(_REMOVED, name)
            self._office.window.rail.setFocus()

    def _rename(self, name: str, words: str) -> None:
        new = words.strip()
        self._refuse(new, name)
        self.kept.rename(name, new)
        self.shown = new if self.shown == name else self.shown
        self._told(_SAVED, new)
        self._office.window.rail.mark("" if self.shown else self._office.worklist.folder, self.shown)

    def _told(self, words: str, name: str) -> None:
        self._office.window.rail.show_views(self.kept.names)
        self._office.say(Message(words, {"name": name}).text(), "advice")
