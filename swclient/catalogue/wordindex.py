# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds rows by code, word, beginning of a word or misspelt word, within a keystroke.

Every word leads to its rows as a whole number with one bit a row, so that “this word and that one” is one operation of
the processor. Measured against SQLite's full-text index and tantivy by the bench `lookup`. Rows stand in the order of
their codes, so the codes that begin alike stand together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from swclient.catalogue.bits import all_of, bits, most_of, numbers_of, packed
from swclient.catalogue.folding import fold, runs, stem, words
from swclient.catalogue.spelling import Spelling

_FIRST = "^"  # before a word that a text begins with
_SHORT = 3  # beginnings up to this length are gathered when the index is made
_KEPT = 2048  # longer beginnings whose rows are remembered
_CODE_OF_WORDS = 5  # codes this long may be words
_LAST = "\U0010ffff"


class How(StrEnum):
    """How a row was found."""

    CODE = "code"  # this is its code
    PREFIX = "prefix"  # its code begins so
    WORD = "word"  # its name has the words
    START = "start"  # its name has words that begin so
    FORM = "form"  # its name has other forms of the words
    SIMILAR = "similar"  # its name has words that are spelt alike
    SOME = "some"  # its name has some of the words
    NEAR = "near"  # its code is a neighbour of what was asked
    LISTED = "listed"  # nothing was asked

    __hash__ = str.__hash__  # an enumeration's own is ten times slower, and found rows are kept by it


Group = tuple[How, list[int]]  # numbers of rows that were found alike


@dataclass(frozen=True, slots=True)
class Source:
    """What an index is made of: a code and everything that it is called."""

    code: str
    texts: tuple[str, ...]


class WordIndex:
    """An index over rows in the order of their codes.

    Attributes:
        codes: the codes, folded, in order.
    """

    def __init__(self, rows: Sequence[Source]) -> None:
        self.codes = [squeezed(row.code) for row in rows]
        found: dict[str, list[int]] = {}
        self._chinese: dict[int, str] = {}
        for number, row in enumerate(rows):
            for word in self._words_of(number, row.texts):
                found.setdefault(word, []).append(number)
        self.vocabulary = sorted(found)
        self._rows = [packed(found[word]) for word in self.vocabulary]
        self._whole_words = dict(zip(self.vocabulary, self._rows, strict=True))
        self._heads = frozenset(code[:1] for code in self.codes)
        self._begins: dict[str, int] = {}
        for word, kept in zip(self.vocabulary, self._rows, strict=True):
            for length in range(1, _SHORT + 1 + word.startswith(_FIRST)):
                self._begins[word[:length]] = self._begins.get(word[:length], 0) | bits(kept)
        self._kept: dict[str, int] = {}
        self._spelling = Spelling(each for each in self.vocabulary if not each.startswith(_FIRST))

    def _words_of(self, number: int, texts: tuple[str, ...]) -> set[str]:
        own: set[str] = set()
        for text in texts:
            folded = fold(text)
            parts = words(folded)
            own.update(parts)
            own.update(_FIRST + part for part in parts[:1])
            if not folded.isascii() and runs(folded):
                self._chinese[number] = self._chinese.get(number, "") + "\n" + folded
        return own

    def find(self, text: str, limit: int, good: Callable[[int], bool] | None = None) -> list[Group]:
        """Return up to `limit` rows, the best first, by how they were found.

        Args:
            text: a code, its beginning, or words; nothing finds every row.
            limit: how many rows at most.
            good: rows that it does not take are passed over.
        """
        wish = fold(text)
        asked = words(wish)
        if not asked:
            return [(How.LISTED, _upto(limit, range(len(self.codes)), good))]
        found: list[Group] = []
        chinese = [] if wish.isascii() else runs(wish)
        takes = self._with(chinese, good) if chinese else good
        seen, room = 0, limit
        for how, rows in self._tiers(wish, asked):
            fresh = rows & ~seen
            if fresh:
                seen |= fresh
                numbers = _upto(room, numbers_of(fresh), takes)
                found.append((how, numbers))
                room -= len(numbers)
            if room <= 0:
                break
        return found

    def _with(self, chinese: list[str], good: Callable[[int], bool] | None) -> Callable[[int], bool]:
        """Return a test for rows that have Chinese words as they were asked for, not their characters only."""

        def takes(number: int) -> bool:
            text = self._chinese.get(number, "")
            return all(run in text for run in chinese) and (good is None or good(number))

        return takes

    def _tiers(self, wish: str, asked: list[str]) -> Iterator[tuple[How, int]]:
        """Return sets of rows, those that fit best first; each asked for only when the one before is used up."""
        code = squeezed(wish)
        low, high = self._code_range(code)
        if high > low:
            exact = self.codes[low] == code
            yield How.CODE, 1 << low if exact else 0
            yield How.PREFIX, (1 << high) - (1 << low)
        starts = all_of(self._start(word) for word in asked)
        if starts:
            whole = all_of(self._whole(word) for word in asked)
            if starts & (starts - 1):  # more than one row
                yield How.WORD, whole and whole & self._whole(_FIRST + asked[0])
                yield How.START, starts & self._start(_FIRST + asked[0])
            yield How.WORD, whole
            yield How.START, starts
        stems = [stem(word) for word in asked]
        forms = starts
        if stems != asked:
            forms = all_of(self._start(word) for word in stems)
            yield How.FORM, forms
        if not forms and high <= low:
            yield from self._guesses(asked)

    def _guesses(self, asked: list[str]) -> Iterator[tuple[How, int]]:
        meant = [self._meant(word) for word in asked]
        alike = [self._any(each) for each in meant]
        both = all_of(alike)
        yield How.SIMILAR, both and both & self._any(_FIRST + word for word in meant[0])
        yield How.SIMILAR, both
        yield How.SOME, 0 if both else most_of(asked, alike)

    def nearest(self, code: str) -> int:
        """Return the number of the row at which a code stands, or would stand: the last number for the last."""
        wish = squeezed(fold(code))
        return min(bisect_left(self.codes, wish), max(len(self.codes) - 1, 0))

    def kin(self, code: str) -> tuple[int, int]:
        """Return from which to before which row codes begin as much like this one as any does."""
        wish = squeezed(fold(code))
        for length in range(len(wish), 0, -1):
            low, high = self._code_range(wish[:length])
            if high > low:
                return low, high
        return 0, 0

    def above(self, code: str) -> list[int]:
        """Return the rows whose whole code is what this one begins with, in order."""
        wish = squeezed(fold(code))
        found = []
        for length in range(1, len(wish)):
            place = bisect_left(self.codes, wish[:length])
            if place < len(self.codes) and self.codes[place] == wish[:length]:
                found.append(place)
        return found

    def lost_zero(self, code: str) -> list[int]:
        """Return the rows whose code begins so after a nought, which spreadsheets drop."""
        low, high = self._code_range("0" + squeezed(fold(code)))
        return list(range(low, high))

    def looks_like_code(self, text: str) -> bool:
        """Tell whether a text that is no word may be a code of this list: one piece, and digits or very short.

        Digits may be more than the list has: a code of another country's longer tariff begins like one of this.
        """
        wish = squeezed(fold(text))
        longest = max(map(len, self.codes), default=0)
        if not wish.isalnum() or (len(wish) > longest and not (wish.isdecimal() and any(self.kin(wish)))):
            return False
        return wish.isdecimal() or longest < _CODE_OF_WORDS

    def _code_range(self, wish: str) -> tuple[int, int]:
        if wish[:1] not in self._heads:
            return 0, 0
        low = bisect_left(self.codes, wish)
        if low == len(self.codes) or not self.codes[low].startswith(wish):
            return low, low
        return low, bisect_left(self.codes, wish + _LAST, low)

    def _whole(self, word: str) -> int:
        return bits(self._whole_words.get(word, 0))

    def _start(self, word: str) -> int:
        """Return the rows with a word that begins so."""
        rows = self._begins.get(word)
        if rows is None:
            rows = self._kept.get(word)
        return self._gathered(word) if rows is None else rows

    def _gathered(self, word: str) -> int:
        if len(word) <= _SHORT:
            return 0
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        low = bisect_left(self.vocabulary, word)
        rows = 0
        for kept in self._rows[low : bisect_left(self.vocabulary, word + _LAST, low)]:
            rows |= kept if isinstance(kept, int) else bits(kept)
        self._kept[word] = rows
        return rows

    def _meant(self, word: str) -> list[str]:
        """Return the stem where any word has it, else beginnings of words that are spelt much like the word."""
        if self._start(stem(word)):
            return [stem(word)]
        return self._spelling.meant(word)

    def _any(self, beginnings: Iterable[str]) -> int:
        rows = 0
        for beginning in beginnings:
            rows |= self._start(beginning)
        return rows

    def prepare(self) -> None:
        """Make ready what the first misspelt word would wait for."""
        self._spelling.prepare()


def squeezed(code: str) -> str:
    """Return a code without blanks and dots between its digits, as people write tariff codes.

    >>> squeezed("8481 80 819.9")
    '8481808199'
    """
    return "".join(code.split()).replace(".", "").casefold()


def _upto(limit: int, numbers: Iterable[int], good: Callable[[int], bool] | None) -> list[int]:
    return list(islice(numbers if good is None else filter(good, numbers), limit))
