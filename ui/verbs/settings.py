# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What follows a setting, and what the rooms of settings and of keys do: shown, changed, taken back, found."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from swclient.base import i18n
from swclient.base.errors import SwError
from swclient.base.i18n import N_
from swclient.base.messages import Message

from ..panels.hits import Hit
from ..settings import choices
from ..settings.keymap import KeyMap
from ..settings.own import Settings
from ..settings.table import BY_ID, TABLE
from .keymap import KeyMapVerbs

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.application import Application

    from ..pages.settings import SettingsPage
    from ..ports import OfficeOfViews
    from ..settings.remember import Memory

_SHORTEST = 3  # letters of English that say something
_BACK = N_("Taken back: {what}.")
_NEXT_START = N_("“{name}” holds from the next start of the program.")


class SettingsVerbs:
    """The settings of one window.

    Args:
        paint: puts a theme in force.
    """

    def __init__(self, office: OfficeOfViews, memory: Memory, paint: Callable[[str], None]) -> None:
        self._office, self._memory, self._paint = office, memory, paint
        home = office.application.home
        self.settings = Settings(home, memory, choices.choices, self._shown, self._follow)
        self.keys = KeyMapVerbs(office, KeyMap(home), self.settings.changes)
        self._page: SettingsPage | None = None
        for identity in ("print_language", "descriptions", "country", "news"):
            if memory.text(identity):
                self._follow(identity)
        office.window.top.search.seekers.append(self.seek)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {"settings": self.show, **self.keys.table()}

    # -- the room

    @property
    def page(self) -> SettingsPage:
        """The room; made when it is first wanted."""
        if self._page is None:
            from ..pages.settings import SettingsPage

            self._page = SettingsPage(self.settings)
            self._page.wished.connect(self.put)
            self._page.given_up.connect(lambda identity: self.put(identity, self.settings.default(identity)))
            self._page.asked.connect(self._asked)
        return self._page

    def show(self, identity: str = "") -> None:
        """Show the room, the cursor on a setting where one is named."""
        page = self.page
        page.refresh()
        page.notice.say("", "")
        self._office.window.column.show_stage(None)
        self._office.window.show_room(page)
        self._office.window.rail.mark("")
        self._office.offer()
        if identity:
            page.stand_on(identity)
        else:
            page.start()

    def _asked(self, verb: str) -> None:
        if verb == "back":
            self._office.show_folder(self._office.worklist.folder or "drafts")
        else:
            self._office.do(verb)

    def seek(self, text: str) -> list[Hit]:
        """Find settings by their words, for the search field."""
        wish = text.strip().casefold()
        if not wish or (len(wish) < _SHORTEST and wish.isascii()):
            return []
        found = []
        for row in TABLE:
            words = Message(N_("Setting: {name}"), {"name": Message(row.label)}).text()
            if wish in words.casefold() or wish in row.label.casefold():
                found.append(Hit(words, "", partial(self.show, row.id)))
        return found

    def _shown(self, identity: str) -> str:
        return choices.shown(identity, self.settings.value("country"))

    # -- changes

    def put(self, identity: str, text: str) -> None:
        """Put a value; say in place why it will not do, or what must come before it holds."""
        try:
            self.settings.put(identity, text)
        except SwError as error:
            self.page.notice.say(str(error), "warning")
        else:
            told = Message(_NEXT_START, {"name": Message(BY_ID["scale"].label)}).text() if identity == "scale" else ""
            self.page.notice.say(told, "advice")
        self.page.rows[identity].refresh()
        self._office.offer()

    def held(self) -> frozenset[str]:
        """Return what can be done here, as the table of actions names it."""
        return frozenset({"undo"} if self._is_here() and self.settings.changes else ())

    def _is_here(self) -> bool:
        return self._office.window.room in {self._page, self.keys.room} - {None}

    def undo(self, otherwise: Callable[[], object]) -> None:
        """Take the last change back while a room of ours is on show; else do what undo means there."""
        if not self._is_here():
            otherwise()
            return
        notice = self.keys.page.notice if self._office.window.room is self.keys.room else self.page.notice
        try:
            what = self.settings.changes.undo()
        except SwError as error:
            notice.say(str(error), "warning")
            return
        if what is not None:
            notice.say(Message(_BACK, {"what": what}).text(), "advice")
        self.page.refresh()
        self.keys.refresh()
        self._office.offer()

    def _follow(self, identity: str) -> None:
        """Have everybody follow a setting."""
        value, application = self.settings.value(identity), self._office.application
        if identity == "language":
            self._office.speak(value or i18n.wished_language())
            self._memory.keep(language=value)
        elif identity == "theme":
            self._paint(value)
        elif identity in {"country", "role", "news"}:
            _follow_work(application, identity, value)
        elif identity == "print_language":
            application.paper.language = value
            self._draw_forms()
        elif identity == "descriptions":
            application.paper.descriptions = value
            self._draw_forms()
        elif identity == "bin_days":
            self._office.refresh()
        else:
            _follow_looks(identity, value)

    def _draw_forms(self) -> None:
        from ..panels.preview import Form

        for form in self._office.window.findChildren(Form):
            form.renew()


def _follow_work(application: Application, identity: str, value: str) -> None:
    if identity == "country":
        application.country = value
    elif identity == "role":
        application.habits = replace(application.habits, role=value)
    else:
        application.tells_news = value == "on"


def _follow_looks(identity: str, value: str) -> None:
    from .. import motion
    from ..parts import density

    app = QApplication.instance()
    if identity == "density":
        density.choose(value)
    elif identity == "motion" and isinstance(app, QApplication):
        motion.choose(app, value)
