# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own keys over those of the table of actions, kept in a file that can be carried to another machine.

`keys.toml` holds a line for each action whose keys are not the shipped ones: `undo = ["Ctrl+Z", "F3"]`, an empty list
for none. What means nothing is told and passed over; lines for actions of other versions stay in the file.
"""

from __future__ import annotations

import json
import sys
import tomllib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from swclient.base.errors import UserError
from swclient.base.files import write_file
from swclient.base.i18n import N_
from swclient.base.messages import Message

from .. import actions

if TYPE_CHECKING:
    from pathlib import Path

FILE, ASIDE = "keys.toml", "keys.wrong.toml"
_LARGEST = 64 * 1024  # bytes: a line for every action is a tenth of it
_UNREADABLE = N_("The key map {file} cannot be read: {reason}. The keys are those that came with the program.")
_TOO_LARGE = N_("it is larger than {n} KB")
_NO_KEYS = N_("The key map {file}: “{name}” wants a list of keys, not “{value}”. The line is passed over.")
_NO_KEY = N_("The key map {file}: “{key}” for “{name}” is no key. It is passed over.")
_TWICE = N_("The key map {file}: “{key}” is given twice. It stays with “{name}”.")
_WRITES = N_("“{key}” writes a sign. Press it together with Ctrl or Alt, or press an F key.")
_MOVES = N_("“{key}” moves the cursor or edits in every box and list. It stays what it is.")
_SYSTEM = N_("“{key}” belongs to the system or to the menu. It stays what it is.")
_HEAD = "# Keys that are not as shipped: an action and its keys, [] for none. Copy the file to carry them.\n"

_SHIFTED = ("Tab", "Return", "Enter", "Esc", "Backspace", "Del", "Ins", "Space", "Left", "Right", "Up", "Down",
            "Home", "End", "PgUp", "PgDown")  # fmt: skip
_BY_WORD = ("Left", "Right", "Up", "Down", "Home", "End", "Backspace")
MOVING = frozenset(
    [f"{held}{key}" for held in ("", "Shift+") for key in _SHIFTED]
    + [f"{held}{key}" for held in ("Ctrl+", "Ctrl+Shift+") for key in _BY_WORD]
    + ["Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+A", "F2"]
)
SYSTEM = frozenset(("F10", "Shift+F10", "Menu", "Print", "Alt+F4", "Alt+Tab", "Alt+Shift+Tab", "Alt+Space", "Alt+Esc",
                    "Ctrl+Esc", "Ctrl+Alt+Del"))  # fmt: skip
_FIRST_NAMED = 0x01000000  # Qt numbers keys that write nothing from here on


def _pressed(keys: QKeySequence) -> QKeyCombination:
    found: QKeyCombination = keys[0]  # type: ignore[index]  # the stubs of PySide do not know it
    return found


def canonical(text: object) -> str:
    """Return a key as the table writes it, empty where the text is none or more than one."""
    made = QKeySequence(text) if isinstance(text, str) else QKeySequence()
    known = made.count() == 1 and _pressed(made).key() not in {Qt.Key.Key_unknown, Qt.Key(0)}
    return made.toString() if known else ""


def refused(key: str) -> Message | None:
    """Return why a key cannot be given to an action, None where it can."""
    pressed = _pressed(QKeySequence(key))
    held, told = pressed.keyboardModifiers(), {"key": actions.told_key(key)}
    if key in SYSTEM or (held & Qt.KeyboardModifier.MetaModifier and sys.platform != "darwin"):
        return Message(_SYSTEM, told)
    if key in MOVING:
        return Message(_MOVES, told)
    plain = held in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
    return Message(_WRITES, told) if plain and pressed.key() < _FIRST_NAMED else None


def holder(key: str) -> str:
    """Return which action holds a key now, empty for none."""
    return next((act.id for act in actions.TABLE if key in map(canonical, actions.keys_of(act.id))), "")


class KeyMap:
    """The keys of one user.

    Attributes:
        own: keys of the actions that have not the shipped ones.
        troubles: what meant nothing in the file that was read.
    """

    def __init__(self, home: Path) -> None:
        self._file, self._aside = home / FILE, home / ASIDE
        read = Reading(self._file) if self._file.exists() else None
        self.own: dict[str, tuple[str, ...]] = read.own if read else {}
        self._others: dict[str, list[str]] = read.others if read else {}
        self.troubles: list[Message] = read.troubles if read else []
        self._put_in_force()

    def give(self, identity: str, wished: tuple[str, ...]) -> None:
        """Give an action these keys alone; whoever holds one of them loses it. In force and on the disk at once.

        Raises:
            UserError: the file cannot be written; the keys are as they were.
        """
        fresh = dict(self.own)
        for key in wished:
            loser = holder(key)
            if loser and loser != identity:
                held = fresh.get(loser, actions.keys_of(loser))
                fresh[loser] = tuple(each for each in map(canonical, held) if each != key)
        fresh[identity] = wished
        self.put(fresh)

    def put(self, own: dict[str, tuple[str, ...]]) -> None:
        """Put a whole map in force: `own` by action, as shipped what it does not name.

        Raises:
            UserError: the file cannot be written; the keys are as they were.
        """
        fresh = {name: held for name, held in own.items() if held != shipped(name)}
        if self.troubles and self._file.exists():  # nothing is lost of a file that was not understood
            write_file(self._aside, self._file.read_bytes())
        write_file(self._file, _written(fresh, self._others))
        self.own, self.troubles = fresh, []
        self._put_in_force()

    def save_as(self, target: Path) -> None:
        """Write the map where the user wishes, to be carried to another machine.

        Raises:
            UserError: it cannot be written.
        """
        write_file(target, _written(self.own, self._others))

    def bring(self, source: Path) -> tuple[Message, ...]:
        """Take the map from a file in place of the present one; return what meant nothing in it.

        Raises:
            UserError: nothing of it can be read, or it cannot be kept; the keys are as they were.
        """
        read = Reading(source)
        if read.troubles and not read.own and not read.others:
            raise UserError(read.troubles[0])
        self._others |= read.others
        self.put(read.own)
        return tuple(read.troubles)

    def _put_in_force(self) -> None:
        """Own keys go before shipped ones: a key that a new version gives out is not taken from the user."""
        taken = {key for held in self.own.values() for key in held}
        left = {act.id: tuple(key for key in act.keys if canonical(key) not in taken) for act in actions.TABLE}
        actions.put_keys(left | self.own)


class Reading:
    """What a file says.

    Attributes:
        own: keys by action.
        others: lines for actions of other versions.
        troubles: what means nothing.
    """

    def __init__(self, file: Path) -> None:
        self.own: dict[str, tuple[str, ...]] = {}
        self.others: dict[str, list[str]] = {}
        self.troubles: list[Message] = []
        self._file = file
        self._given: dict[str, str] = {}
        try:
            lines = _parsed(file)
        except UserError as error:
            self.troubles.append(error.message)
            return
        for name, value in lines.items():
            self._line(name, value)

    def _line(self, name: str, value: object) -> None:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._told(_NO_KEYS, name=name, value=value)
        elif name in actions.BY_ID:
            self.own[name] = tuple(key for each in value if (key := self._key(name, each)))
        elif name.replace("_", "").isalnum() and name.isascii():
            self.others[name] = value

    def _key(self, name: str, text: str) -> str:
        """Return a key of an action, empty where it cannot be had."""
        key = canonical(text)
        if not key:
            self._told(_NO_KEY, key=text, name=Message(actions.BY_ID[name].label))
        elif why := refused(key):
            self.troubles.append(why)
        elif self._given.setdefault(key, name) != name:
            self._told(_TWICE, key=key, name=Message(actions.BY_ID[self._given[key]].label))
        else:
            return key
        return ""

    def _told(self, words: str, **values: object) -> None:
        self.troubles.append(Message(words, {"file": str(self._file), **values}))


def shipped(name: str) -> tuple[str, ...]:
    """Return the keys that an action came with."""
    return tuple(map(canonical, actions.BY_ID[name].keys)) if name in actions.BY_ID else ()


def _written(own: dict[str, tuple[str, ...]], others: dict[str, list[str]]) -> bytes:
    lines = {**others, **{name: list(held) for name, held in own.items()}}
    text = "".join(f"{name} = {json.dumps(held, ensure_ascii=False)}\n" for name, held in sorted(lines.items()))
    return (_HEAD + text).encode("utf-8")


def _parsed(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > _LARGEST:
            raise UserError(_UNREADABLE, file=str(file), reason=Message(_TOO_LARGE, {"n": _LARGEST // 1024}))
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))  # as some editors write it
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(_UNREADABLE, file=str(file), reason=error) from error
