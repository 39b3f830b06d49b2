# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words as the search compares them: what is kept of a text, and what a person's words ask for.

A text is folded (no case, no accents) and taken apart into words; Chinese characters are words by themselves. A number
written with dashes or blanks is also kept in one piece. A word of the question finds words that begin with it; where it
holds a digit also words that end with it, such as the tail of a container's number. What a person wrote without a blank
(`55301/200220`, `报关单`) must stand in a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.catalogue.folding import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_TAIL = 3
"""A word shorter than this is not looked for at the end of words."""

_TAILED = 5  # words shorter than this are typed whole
_IDENTIFIER = 40  # texts up to this length that hold a digit are taken for numbers of something
_MARKS = "\ue004\ue005"  # what `marked` puts before a word
_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece of a question, as it was written without a blank.

    Attributes:
        row: its words, which must stand in a row; the last is the beginning of one unless `whole`.
        joined: the same without what stood between, to be looked for as the beginning of a word; empty for one word.
        tail: what a word may end with; empty where that is not asked for.
    """

    row: tuple[str, ...]
    joined: str
    tail: str

    @property
    def whole(self) -> bool:
        """Whether the last word is a Chinese character, which is whole by itself."""
        return is_character(self.row[-1].lstrip(_MARKS))


def is_character(word: str) -> bool:
    """Tell whether a word is one Chinese character."""
    return len(word) == 1 and ("\u3400" <= word <= "\u9fff" or "\uf900" <= word <= "\ufaff")


def kept(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words of texts in their order, and after them what is written in pieces, joined.

    >>> kept(["MSKU 123456-5", "Ball valves"])
    ('msku', '123456', '5', 'ball', 'valves', 'msku1234565', '1234565')
    """
    folded = [fold(text) for text in texts]
    found = [word for text in folded for word in words(text)]
    return (*found, *dict.fromkeys(joined for text in folded for joined in _joined(text)))


def _joined(text: str) -> Iterable[str]:
    if not _DIGIT.search(text):
        return
    pieces = _PIECE.findall(text)
    if len(text) <= _IDENTIFIER and len(pieces) > 1:
        pieces = [text, *pieces]
    for piece in pieces:
        parts = words(piece)
        if len(parts) > 1 and _DIGIT.search(piece) and not any(is_character(part) for part in parts):
            yield "".join(parts)


def tails(kept_words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that are also found by their ends: those with a digit, long enough not to be typed whole."""
    return tuple(dict.fromkeys(word for word in kept_words if len(word) >= _TAILED and _DIGIT.search(word)))


def asked(text: str) -> tuple[Asked, ...]:
    """Return what a text asks for; all of it must be found. Empty where it holds no word.

    >>> asked("valve 123-45")
    (Asked(row=('valve',), joined='', tail=''), Asked(row=('123', '45'), joined='12345', tail='12345'))
    """
    found = []
    for piece in fold(text).split():
        row = tuple(words(piece))
        if row:
            plain = not any(is_character(word) for word in row)
            joined = "".join(row) if plain and _DIGIT.search(piece) else ""
            tail = joined if len(joined) >= SHORTEST_TAIL else ""
            found.append(Asked(row, joined if len(row) > 1 else "", tail))
    return tuple(dict.fromkeys(found))
