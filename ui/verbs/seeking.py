# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the search field finds: boxes, actions, languages, declarations and templates."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _, available
from swclient.base.messages import Message

from .. import actions
from ..pages.entries import title_of
from ..panels.hits import Hit, box_hits, other_box_hits
from ..words import OWN_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..ports import Office

_SHORTEST = 3  # fewer letters find everything
_MOST = 8


class Seeking:
    """The seekers of one window."""

    def __init__(self, office: Office, use_template: Callable[[str], object]) -> None:
        self._office = office
        self._use_template = use_template

    def all(self) -> list[Callable[[str], Iterable[Hit]]]:
        """Return them in the order in which their hits are shown."""
        seekers = [self.boxes, self.actions, self.languages, self.templates, self.declarations]
        return [*seekers, self.boxes_called_otherwise]

    def boxes(self, text: str) -> list[Hit]:
        """Find boxes of the open declaration."""
        view = self._office.window.view
        return box_hits(view.stage.session.profile, text, view.go_to_field)[:30] if view is not None else []

    def boxes_called_otherwise(self, text: str) -> list[Hit]:
        """Find boxes by what they are called in other languages, by other forms of a word, or with a slip in it."""
        view = self._office.window.view
        return other_box_hits(view.stage.session.profile, text, view.go_to_field)[:30] if view is not None else []

    def actions(self, text: str) -> list[Hit]:
        """Find what can be done now."""
        wish = text.strip().casefold()
        found = []
        for act, action in self._office.actions:
            named = any(wish in name.casefold() for name in (act.label, _(act.label)))
            if action.isEnabled() and named and act.id != "search":
                does = partial(self._office.do, act.id)
                found.append(Hit(_(act.label), actions.shown_keys(act.id), does))
        return found

    def languages(self, text: str) -> list[Hit]:
        """Find languages of the window."""
        wish = text.strip().casefold()
        names = {code: f"{_('Language')}: {OWN_NAMES.get(code, code)}" for code in available()}
        return [
            Hit(name, code, partial(self._office.speak, code))
            for code, name in names.items()
            if wish and (wish in name.casefold() or wish in "language")
        ]

    def templates(self, text: str) -> list[Hit]:
        """Find templates by their names, or all of them by the word; a hit makes a new declaration."""
        wish = text.strip().casefold()
        if len(wish) < _SHORTEST:
            return []
        found = []
        for row in self._office.application.templates.listed():
            words = Message(N_("New from template: {name}"), {"name": row.name}).text()
            if wish in words.casefold():
                found.append(Hit(words, row.profile, partial(self._use_template, row.id)))
        return found[:_MOST]

    def declarations(self, text: str) -> list[Hit]:
        """Find declarations by number, title or consignee."""
        if not _long_enough(text.strip()):
            return []
        office = self._office
        rows = office.application.worklist(text=text.strip())[:_MOST]
        return [Hit(title_of(row), office.state_words(row.state), partial(office.open, row.id)) for row in rows]


def _long_enough(text: str) -> bool:
    """Whether a text says something: three letters do, or one Chinese character, which is a word by itself."""
    return len(text) >= _SHORTEST or any("\u3400" <= letter <= "\u9fff" for letter in text)
