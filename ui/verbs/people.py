# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who works at this window: shown in the top bar where there are several, changed by an action or by Ctrl+K."""

from __future__ import annotations

from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from ..panels.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..ports import Office

_NAMED = 30  # letters of names in the question; Ctrl+K finds all of them
_SHORTEST = 2  # fewer letters find everybody


class PeopleVerbs:
    """The verbs about people of one window."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._people = office.application.people
        office.window.column.findings.asked.connect(office.do)
        office.window.top.search.seekers += [self.hits]
        self.tell()

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {"work_as": self.ask}

    def tell(self) -> None:
        """Show who works now, where more than one person ever did."""
        person = self._office.window.top.person
        several = len(self._people.known) > 1
        person.say(
            self._people.name if several else "", _("Who works at this window; changes are noted under this name")
        )
        person.setVisible(several)

    def ask(self) -> None:
        """Ask in place under which name to work."""
        others = ", ".join(name for name in self._people.known if name != self._people.name)
        words = Message(N_("Work under which name ({names})?"), {"names": shorten(others, _NAMED, placeholder="…")})
        question = words.text() if others else _("Work under which name?")
        self._office.ask(question, self._people.name, self.work_as, N_("Work"))

    def work_as(self, name: str) -> None:
        """Work under a name from now on."""
        self._people.work_as(name)
        self.tell()
        self._office.say(
            Message(N_("Changes are noted as {who}'s from now on."), {"who": self._people.name}).text(), "advice"
        )
        view = self._office.window.view
        if view is not None:
            view.follow()

    def hits(self, text: str) -> list[Hit]:
        """Find the people who worked here."""
        wish = text.strip().casefold()
        told = [(name, Message(N_("Work as {who}"), {"who": name}).text()) for name in self._people.known]
        return [
            Hit(words, "", partial(self.work_as, name))
            for name, words in told
            if len(wish) >= _SHORTEST and wish in words.casefold() and name != self._people.name
        ]
