# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every kind of value can do."""

from __future__ import annotations

from typing import Any

from swclient.base.messages import Message


class Unread(str):
    """A text that its field's kind could not read: kept as typed, reported, never dropped."""

    __slots__ = ()


class KindError(Exception):
    """A text could not be read as a value of its kind; the message says what was expected."""

    def __init__(self, msgid: str, **args: Any) -> None:
        self.message = Message(msgid, args)
        super().__init__(msgid)


class Kind:
    """The faces of a value: typed (`parse`), shown (`show`), stored (`store`, `load`).

    Attributes:
        name: the word before the colon in the catalogue row.
        argument: the word after it.
        width: how many characters an editor should leave room for.
        numeric: whether figures of this kind stand right-aligned.
        list_name: the code list that values come from, empty when none.
    """

    width = 20
    numeric = False
    list_name = ""

    def __init__(self, name: str, argument: str = "") -> None:
        self.name = name
        self.argument = argument

    def parse(self, text: str) -> Any:
        """Read what a person typed; None for nothing.

        Raises:
            KindError: it cannot be read; its message says what was expected.
        """
        return text.strip() or None

    def show(self, value: Any) -> str:
        """Return a value as a person reads it in the language in force."""
        return "" if value is None else str(value)

    def edit(self, value: Any) -> str:
        """Return a value as it stands in an editor, ready to be typed over."""
        return self.show(value)

    def store(self, value: Any) -> str:
        """Return a value as text for files and messages, the same in every language."""
        return str(value)

    def load(self, text: str) -> Any:
        """Read a stored text; what cannot be read comes back as `Unread`, so that nothing is lost."""
        try:
            return self.parse(text)
        except KindError:
            return Unread(text)
