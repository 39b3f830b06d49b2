# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long texts in pieces: a format that takes 250 characters a line takes more lines.

`250x4` means four pieces of 250 characters if it can be so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ENDLESS = 10**6


def longest_piece(limits: str) -> int:
    """Return how long a piece may be, 0 where a text is not cut."""
    return int(limits.partition("x")[0] or 0)


def make_cutter(limits: str) -> Callable[[str], list[str]]:
    """Return the function that cuts a text.

    A piece ends after a blank where the rest still fits, else in the middle of a word. Joined again
    the pieces give the same text; a text that fits nowhere makes more pieces rather than lose its end.

    >>> make_cutter("5x2")("ab cdefg")
    ['ab ', 'cdefg']
    >>> make_cutter("5x2")("ab cdefghi")
    ['ab cd', 'efghi']
    """
    longest, most = longest_piece(limits), int(limits.partition("x")[2] or _ENDLESS)
    if not longest:
        return lambda text: [text]

    def cut(text: str) -> list[str]:
        pieces: list[str] = []
        start = 0
        while len(text) - start > longest:
            blank = text.rfind(" ", start, start + longest) + 1
            room = (most - len(pieces) - 1) * longest
            end = blank if blank and len(text) - blank <= room else start + longest
            pieces.append(text[start:end])
            start = end
        return [*pieces, text[start:]]

    return cut


def join_pieces(pieces: list[str], longest: int) -> str:
    """Join pieces; whoever cuts at blanks may drop them, which a piece shorter than need be shows.

    >>> join_pieces(["ab", "cdefg"], 5)
    'ab cdefg'
    """
    whole: list[str] = []
    before = ""
    for piece in pieces:
        apart = before and len(before) < longest
        if apart and not before[-1].isspace() and not piece[:1].isspace():
            whole.append(" ")
        whole.append(piece)
        before = piece
    return "".join(whole)
