# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A language that nobody speaks: every sentence accented, in brackets, a third longer.

`SWCLIENT_LANG=qps` shows the program in it. A word in plain letters is then one that never went through the catalogue,
a missing bracket one that is cut. ISO 639 keeps the name free for private use.
"""

from __future__ import annotations

import re

_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ODD = "ÅßÇÐÉƑĞĤÎĴĶĻṀÑÖÞǪŘŠŤÛṼŴẊÝŽåƀçðéƒğĥîĵķļṁñöþǫřšťûṽŵẋýž"
_ACCENTS = str.maketrans(_PLAIN, _ODD)
_KEPT = re.compile(r"(\{[\w.]+)(?::([^{}]*))?(\})|(<[^<>]+>)")  # a place with the forms of its word, a tag
_DOUBLED = re.compile(r"([AEIOUaeiou])")


def pseudo(words: str) -> str:
    """Return a sentence in the language; its places, tags and line ends stay."""
    if not words.strip():
        return words
    made: list[str] = []
    end = 0
    for kept in _KEPT.finditer(words):
        opening, forms, closing, tag = kept.groups()
        made += [_accented(words[end : kept.start()]), tag or opening]
        made += [] if tag else [f":{_accented(forms)}" if forms is not None else "", closing]
        end = kept.end()
    made.append(_accented(words[end:]))
    told = "".join(made)
    wanted = len(words) + (len(words) + 2) // 3
    return f"[{told}{'~' * (wanted - len(told) - 2)}]"


def _accented(words: str) -> str:
    return _DOUBLED.sub(r"\1\1", words).translate(_ACCENTS)


class Pseudo(dict[str, str]):
    """A catalogue that has every sentence; those in which a word follows a number come as English has them."""

    def __init__(self, english: dict[str, str]) -> None:
        super().__init__()
        self._english = english

    def get(self, msgid: str, _else: object = None) -> str:
        """Return the sentence in the language."""
        return pseudo(self._english.get(msgid) or msgid)
