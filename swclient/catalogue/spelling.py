# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which known words a misspelt one may mean; also while it is still being typed.

Only the vocabulary is gone through, never the texts: some thousand words instead of some hundred thousand, and of them
only those of the same alphabet and about the same length.
"""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 4  # shorter words are too much like too many others
_TWO_SLIPS_FROM = 8  # letters of a word in which two slips are forgiven
_MOST = 8  # how many words one may mean


class Spelling:
    """The known words, by alphabet and length."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._by_shape: dict[tuple[bool, int], list[str]] = {}
        self._beginnings: dict[tuple[bool, int], list[str]] = {}
        for word in vocabulary:
            if len(word) >= _SHORTEST - 1 and not word.isdigit():
                self._by_shape.setdefault((word.isascii(), len(word)), []).append(word)

    def meant(self, word: str) -> list[str]:
        """Return the words, or beginnings of words, that a misspelt one may mean: those with the fewest slips."""
        if len(word) < _SHORTEST or word.isdigit():
            return []
        slips = 1 + (len(word) >= _TWO_SLIPS_FROM)
        for allowed in range(1, slips + 1):
            found = self._within(word, allowed)
            if found:
                return found
        return []

    def _within(self, word: str, slips: int) -> list[str]:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found: list[str] = []
        for length in range(len(word) - slips, len(word) + slips + 1):
            known = self._words(word.isascii(), length)
            near = extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=_MOST)
            found += [each for each, _distance, _place in near]
        return found[:_MOST]

    def _words(self, ascii_only: bool, length: int) -> list[str]:  # noqa: FBT001 - an alphabet, not a switch
        """Return the known words of a length, and beginnings of that length of longer ones."""
        key = (ascii_only, length)
        if key not in self._beginnings:
            longer = [words for (letters, long), words in self._by_shape.items() if letters == ascii_only and long >= length]
            self._beginnings[key] = sorted({word[:length] for words in longer for word in words})
        return self._beginnings[key]
