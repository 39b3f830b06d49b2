# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the room of keys does: a key given, one more, none, as shipped; the map carried away and brought in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

from swclient.base.errors import SwError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions
from ..settings import keymap

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..pages.key_map import KeyMapPage
    from ..ports import OfficeOfViews
    from ..settings.own import Changes

_HELD = N_("“{key}” belongs to “{other}” now. Take it from there and give it to “{name}”?")
_IS_ITS = N_("“{key}” is the key of “{name}” already.")
_GIVEN = N_("“{name}” has “{key}” now.")
_BARE = N_("“{name}” has no key now. The search field still finds it by its name.")
_SHIPPED = N_("“{name}” has the keys it came with.")
_ALL_SHIPPED = N_("All keys are as they came with the program.")
_FREE = N_("“{key}” is free.")
_WRITTEN = N_("The key map was written to {file}.")
_BROUGHT = N_("The key map of {file} is in force.")
_OF = N_("keys of “{name}”")
_ALL = N_("all keys")


class KeyMapVerbs:
    """The verbs about keys of one window."""

    def __init__(self, office: OfficeOfViews, held: keymap.KeyMap, changes: Changes) -> None:
        self._office, self.map, self._changes = office, held, changes
        self.room: KeyMapPage | None = None
        office.actions.take_keys()
        if held.troubles:
            office.say("\n".join(each.text() for each in held.troubles), "warning")

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {"key_map": self.show}

    @property
    def page(self) -> KeyMapPage:
        """The room; made when it is first wanted."""
        if self.room is None:
            from ..pages.key_map import KeyMapPage

            self.room = KeyMapPage()
            self.room.asked.connect(self._asked)
            self.room.caught.connect(self._caught)
        return self.room

    def show(self) -> None:
        """Show the room."""
        page = self.page
        page.refresh(frozenset(self.map.own))
        page.notice.say("\n".join(each.text() for each in self.map.troubles), "warning")
        self._office.window.column.show_stage(None)
        self._office.window.show_room(page)
        self._office.window.rail.mark("")
        self._office.offer()
        page.start()

    def refresh(self) -> None:
        """Show the keys in force, if the room was ever shown."""
        if self.room is not None:
            self.room.refresh(frozenset(self.map.own))

    # -- what the room asks for

    def _asked(self, verb: str) -> None:
        name = self.page.chosen
        rooms = {"back": lambda: self._office.show_folder(self._office.worklist.folder or "drafts"),
                 "settings": lambda: self._office.do("settings")}  # fmt: skip
        own = {
            "change": self.page.catch_new,
            "add": self.page.catch_more,
            "find": self.page.catch_wanted,
            "clear": lambda: self._give(name, (), Message(_BARE, _told(name))),
            "shipped": lambda: self._give(name, keymap.shipped(name), Message(_SHIPPED, _told(name))),
            "all_shipped": lambda: self._put({}, Message(_ALL_SHIPPED), Message(_ALL)),
            "save": self._save,
            "bring": self._bring,
        }
        if verb in rooms:
            rooms[verb]()
        elif name or verb in {"find", "all_shipped", "save", "bring"}:
            own[verb]()

    def _caught(self, verb: str, key: str) -> None:
        """Give the key that was pressed, or look who has it."""
        name, told = self.page.chosen, {"key": actions.told_key(key)}
        holder = keymap.holder(key)
        if verb == "find":
            self.page.only(holder)
            if not holder:
                told_of = keymap.refused(key) or Message(_FREE, told)
                self.page.notice.say(told_of.text(), "advice")
            return
        why = keymap.refused(key)
        wished = (*map(keymap.canonical, actions.keys_of(name)), key) if verb == "add" else (key,)
        give = partial(self._give, name, wished, Message(_GIVEN, {**told, **_told(name)}))
        if why is not None:
            self.page.notice.say(why.text(), "warning")
        elif holder == name and (verb == "add" or len(actions.keys_of(name)) == 1):
            self.page.notice.say(Message(_IS_ITS, {**told, **_told(name)}).text(), "advice")
        elif holder and holder != name:
            other = Message(actions.BY_ID[holder].label)
            asked = Message(_HELD, {**told, **_told(name), "other": other}).text()
            self.page.question.confirm(asked, give, N_("Take it"))
        else:
            give()

    def _give(self, name: str, wished: tuple[str, ...], words: Message) -> None:
        before = dict(self.map.own)
        self._attempt(lambda: self.map.give(name, wished), before, words, Message(_OF, _told(name)))

    def _put(self, own: dict[str, tuple[str, ...]], words: Message, what: Message) -> None:
        before = dict(self.map.own)
        self._attempt(lambda: self.map.put(own), before, words, what)

    def _attempt(
        self, act: Callable[[], object], before: dict[str, tuple[str, ...]], words: Message, what: Message
    ) -> None:
        try:
            act()
        except SwError as error:
            self.page.notice.say(str(error), "warning")
            return
        if before != self.map.own:
            self._changes.did(what, lambda: self._back(before))
        self.page.notice.say(words.text(), "advice")
        self._follow()

    def _back(self, before: dict[str, tuple[str, ...]]) -> None:
        self.map.put(before)
        self._follow()

    def _follow(self) -> None:
        """Have menus, hints and shortcuts be those in force: a room says its keys when it says its words."""
        self._office.actions.take_keys()
        QCoreApplication.sendEvent(self._office.window, QEvent(QEvent.Type.LanguageChange))
        self.refresh()
        self._office.offer()

    def _save(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _kind = QFileDialog.getSaveFileName(self.page, _("Save the key map"), keymap.FILE, "*.toml")
        if name:
            told = Message(_WRITTEN, {"file": name})
            self._attempt(lambda: self.map.save_as(Path(name)), dict(self.map.own), told, Message(_ALL))

    def _bring(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        name, _kind = QFileDialog.getOpenFileName(self.page, _("Take a key map from a file"), "", "*.toml")
        if name:
            self.bring(Path(name))

    def bring(self, source: Path) -> None:
        """Put the map of a file in force, and say what meant nothing in it."""
        troubles: list[Message] = []
        told = Message(_BROUGHT, {"file": str(source)})
        self._attempt(lambda: troubles.extend(self.map.bring(source)), dict(self.map.own), told, Message(_ALL))
        if troubles:
            self.page.notice.say("\n".join(each.text() for each in troubles), "warning")


def _told(name: str) -> dict[str, object]:
    return {"name": Message(actions.BY_ID[name].label)} if name else {"name": ""}
