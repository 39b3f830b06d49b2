# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values of the settings table: read, put, given up again, and every change taken back in turn.

What follows a change is told by `ui.verbs.settings`; this module knows no widget.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message

from .table import BY_ID, NOWHERE, WINDOW, Setting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .remember import Memory

_NO_NUMBER = N_("“{text}” will not do for “{name}”: a whole number from {least} to {most} is wanted.")
_NO_CHOICE = N_("“{text}” is none of the choices of “{name}”.")
Choices = tuple[tuple[str, str], ...]


class Changes:
    """What was changed in this sitting, the last first to be taken back."""

    def __init__(self) -> None:
        self._done: list[tuple[Message, Callable[[], object]]] = []
        self._run = ""

    def __bool__(self) -> bool:
        return bool(self._done)

    def did(self, words: Message, back: Callable[[], object], run: str = "") -> None:
        """Remember a change and how it is taken back.

        Changes of one `run` (the arrows go through a list of choices) are one: what stood before the first comes back.
        """
        if not (run and run == self._run and self._done):
            self._done.append((words, back))
        self._run = run

    def undo(self) -> Message | None:
        """Take the last change back and return what it was; None where there is none.

        Raises:
            SwError: it cannot be taken back; it stays the last one.
        """
        if not self._done:
            return None
        words, back = self._done[-1]
        back()
        self._done.pop()
        self._run = ""
        return words


class Settings:
    """Settings of one user.

    Args:
        choices: gives the values and words of the choices that the table does not name, by a setting's id.
        shown: gives the words of what can only be read, by a setting's id.
        apply: has everybody follow a setting, by its id; called after it is kept.
    """

    def __init__(
        self,
        home: Path,
        memory: Memory,
        choices: Callable[[str], Choices],
        shown: Callable[[str], str],
        apply: Callable[[str], object],
    ) -> None:
        self._home, self._memory = home, memory
        self._choices, self._shown, self._apply = choices, shown, apply
        self.changes = Changes()

    def choices(self, row: Setting) -> Choices:
        """Return the values of a choice with their words, which are to be translated where the table has them."""
        return row.choices or self._choices(row.id)

    def value(self, identity: str) -> str:
        """Return a value in force as text; of a remembered word that is no choice (any more), the shipped one.

        Raises:
            UserError: the file it is kept in cannot be read.
        """
        row = BY_ID[identity]
        if row.file == NOWHERE:
            return self._shown(identity)
        if row.file != WINDOW:
            return str(self._own().value(self._home, row.file, row.key))
        held = self._memory.text(identity, self.default(identity))
        return held if any(held == each for each, _words in self.choices(row)) else self.default(identity)

    def default(self, identity: str) -> str:
        """Return the shipped value; of a setting without one the first choice."""
        row = BY_ID[identity]
        if row.file in {WINDOW, NOWHERE}:
            return row.default or next((value for value, _words in self.choices(row)), "")
        return str(self._own().shipped_value(row.file, row.key))

    def is_shipped(self, identity: str) -> bool:
        """Tell whether a value is the shipped one."""
        return BY_ID[identity].kind == "shown" or self.value(identity) == self.default(identity)

    def put(self, identity: str, text: str) -> None:
        """Keep a value, have everybody follow it, and remember how it is taken back.

        Raises:
            UserError: the value will not do, or cannot be kept; nothing was changed.
        """
        before = self.value(identity)
        wished = self._good(BY_ID[identity], text.strip())
        if wished == before:
            return
        self._keep(identity, wished)
        run = identity if BY_ID[identity].kind == "choice" else ""
        self.changes.did(Message(BY_ID[identity].label), lambda: self._keep(identity, before), run)

    def _good(self, row: Setting, text: str) -> str:
        told: dict[str, Any] = {"text": text, "name": Message(row.label)}
        if row.kind == "number":
            if not (text.isascii() and text.isdecimal() and row.least <= int(text) <= row.most):
                raise UserError(_NO_NUMBER, least=row.least, most=row.most, **told)
            return str(int(text))
        if row.kind == "choice" and all(text != value for value, _words in self.choices(row)):
            raise UserError(_NO_CHOICE, **told)
        return text

    def _keep(self, identity: str, text: str) -> None:
        row = BY_ID[identity]
        if row.file == WINDOW:
            self._memory.keep(**{identity: text})
        else:
            wished: str | int = int(text) if row.kind == "number" else text
            shipped = text == self.default(identity)
            self._own().put(self._home, row.file, row.key, None if shipped else wished)
        self._apply(identity)

    @staticmethod
    def _own() -> Any:
        from swclient.workflow import own_settings

        return own_settings
