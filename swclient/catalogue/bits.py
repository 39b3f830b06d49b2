# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets of rows as whole numbers with one bit a row: sets are joined and met by one operation of the processor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_CHUNK = 480
_CHUNK_MASK = (1 << _CHUNK) - 1
_FEW = 2  # rows of a word that are kept as numbers rather than as bits


def packed(numbers: list[int]) -> tuple[int, ...] | int:
    """Return row numbers in the form in which a word keeps its rows: a few as they are, many as bits."""
    return tuple(numbers) if len(numbers) <= _FEW else bits(numbers)


def bits(kept: Iterable[int] | int) -> int:
    """Return rows as bits, whichever form they are kept in."""
    if isinstance(kept, int):
        return kept
    rows = 0
    for number in kept:
        rows |= 1 << number
    return rows


def all_of(sets: Iterable[int]) -> int:
    """Return the rows that are in every set."""
    rows = -1
    for each in sets:
        rows &= each
        if not rows:
            break
    return rows


def most_of(asked: Sequence[str], sets: Sequence[int]) -> int:
    """Return the rows with the most of the words; where none has two, those with the longest word."""
    having = [-1, *[0] * len(sets)]  # rows that have at least so many of the words gone through
    for rows in sets:
        for count in range(len(sets), 0, -1):
            having[count] |= having[count - 1] & rows
    best = next((rows for rows in reversed(having[2:]) if rows), 0)
    return best or max(zip(map(len, asked), sets, strict=True), key=lambda pair: (pair[1] != 0, pair[0]))[1]


def numbers_of(rows: int) -> Iterator[int]:
    """Return the numbers of the bits that are set, the lowest first; by chunks, as small numbers are quicker."""
    offset = 0
    while rows:
        chunk = rows & _CHUNK_MASK
        while chunk:
            lowest = chunk & -chunk
            yield offset + lowest.bit_length() - 1
            chunk ^= lowest
        rows >>= _CHUNK
        offset += _CHUNK
