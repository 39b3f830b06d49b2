# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A text that is chosen now and worded later.

A finding must read in Russian on screen and in Kazakh in a report, so the core passes `Message` values
(identifier and arguments) about and only the edge of the program turns them into words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from swclient.base import i18n, plurals

_PLACE = re.compile(r"\{([\w.]+)(?::([^{}]*))?\}")  # a name, and the forms of a word that goes with that number


@dataclass(frozen=True, slots=True)
class Message:
    """An untranslated sentence with named places, and what goes into them.

    Attributes:
        msgid: the English sentence, also its key in the catalogue of translations.
        args: what stands in the places; a `Message` among them is worded in the same language.
    """

    msgid: str
    args: dict[str, Any] = field(default_factory=dict)

    def text(self, language: str | None = None) -> str:
        """Return the sentence in the given language, or in the one in force."""
        words = i18n.translate(self.msgid, language) if self.msgid else ""
        return fill(words, self.args, language)

    def __str__(self) -> str:
        return self.text()

    def __hash__(self) -> int:
        return hash((self.msgid, frozenset(self.args)))  # what stands in the places need not have a hash


@dataclass(frozen=True, slots=True)
class Name(Message):
    """What something is called: its name in the language asked for where it has one, else the translated identifier.

    Attributes:
        titles: names by language.
    """

    titles: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str | None = None) -> str:
        """Return the name in the given language, or in the one in force."""
        return self.titles.get(language or i18n.language()) or i18n.translate(self.msgid, language)

    __hash__ = Message.__hash__


def fill(words: str, args: dict[str, Any], language: str | None = None) -> str:
    """Put arguments into `{places}`, and into `{place:form|forms}` the form that goes with the number there.

    A place nobody filled stays visible rather than raise.
    """
    said_in = language or i18n.language()

    def value(match: re.Match[str]) -> str:
        name, forms = match.groups()
        if name not in args:
            return match.group(0)
        found = args[name]
        if forms is not None:
            return plurals.form(found, forms, said_in)
        return found.text(language) if isinstance(found, Message) else i18n.show(found, language)

    return _PLACE.sub(value, words)


def places(words: str) -> frozenset[str]:
    """Return the names of the places in a sentence."""
    return frozenset(match.group(1) for match in _PLACE.finditer(words))
