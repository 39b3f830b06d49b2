# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which known words a misspelt one may mean; also while it is still being typed.

Only the vocabulary is gone through, never the texts, and of it only words of the same alphabet, about the same length
and the same first letter; where none of these fits, the slip is looked for in the first letter itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

_SHORTEST = 4  # shorter words are too much like too many others
_TWO_SLIPS_FROM = 8  # letters of a word in which two slips are forgiven
_MOST = 8  # how many words one may mean


@dataclass(slots=True)
class _Group:
    """Words of one alphabet and length, and beginnings of longer ones, by first and by second letter."""

    first: dict[str, list[str]] = field(default_factory=dict)
    second: dict[str, list[str]] = field(default_factory=dict)

    def add(self, word: str) -> None:
        """Put a word where it is looked for."""
        self.first.setdefault(word[0], []).append(word)
        self.second.setdefault(word[1], []).append(word)


class Spelling:
    """The known words, by alphabet, length and letters."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words = [word for word in vocabulary if len(word) >= _SHORTEST - 1 and not word.isdigit()]
        self._groups: dict[tuple[bool, int], _Group] = {}

    def prepare(self) -> None:
        """Sort the words and load the library, so that no key waits for it."""
        if not self._groups:
            beginnings = {word[:length] for word in self._words for length in range(_SHORTEST - 1, len(word) + 1)}
            for beginning in sorted(beginnings):
                key = (beginning.isascii(), len(beginning))
                self._groups.setdefault(key, _Group()).add(beginning)
            _near("\0" * _SHORTEST, [], 1)

    def meant(self, word: str) -> list[str]:
        """Return the words, or beginnings of words, that a misspelt one may mean: those with the fewest slips."""
        if len(word) < _SHORTEST or word.isdigit():
            return []
        self.prepare()
        found = self._slipped_later(word, 1) or self._slipped_at_first(word)
        if not found and len(word) >= _TWO_SLIPS_FROM:
            found = self._slipped_later(word, 2)
        return found[:_MOST]

    def _slipped_later(self, word: str, slips: int) -> list[str]:
        known = [group.first.get(word[0], []) for group in self._about(word, slips)]
        return [each for words in known for each in _near(word, words, slips)]

    def _about(self, word: str, slips: int) -> list[_Group]:
        """Return the words of the alphabet that are no more than so many letters longer or shorter, the alike first."""
        lengths = sorted(range(len(word) - slips, len(word) + slips + 1), key=lambda length: abs(length - len(word)))
        return [self._groups[key] for length in lengths if (key := (word.isascii(), length)) in self._groups]

    def _slipped_at_first(self, word: str) -> list[str]:
        """Return words whose first letter was changed, left out, put in, or swapped with the second."""
        found: dict[str, None] = {}
        for group in self._about(word, 1):
            for known in (group.second.get(word[1], ()), group.first.get(word[1], ()), group.second.get(word[0], ())):
                found |= dict.fromkeys(_near(word, known, 1))
        return list(found)


def _near(word: str, known: Iterable[str], slips: int) -> list[str]:
    """Return the words that so many letters left out, put in, changed or swapped make of a word."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    found = extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=_MOST)  # type: ignore[arg-type]  # the stub knows ratios only
    return [each for each, _slips, _place in found]
