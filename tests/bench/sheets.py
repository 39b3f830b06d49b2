# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands on printed sheets: every string with place, size and weight, every line.

The other writers are given this, so that they have to draw the same sheets but not to lay them out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

FACES = {False: "SWCSans-Regular", True: "SWCSans-Bold"}  # by whether they are bold


class Word(NamedTuple):
    """A string where it begins, in points from the lower left corner."""

    x: float
    y: float
    size: float
    bold: bool
    text: str


class Line(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(slots=True)
class Ground:
    """What is the same on every copy of a sheet."""

    words: list[Word] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """One page: its ground, by number, and what is its own."""

    ground: int
    words: list[Word]
    lines: list[Line]


@dataclass(slots=True)
class Sheets:
    """A whole print."""

    size: tuple[float, float]
    grounds: list[Ground]
    pages: list[Sheet]

    def characters(self, *, bold: bool) -> str:
        """Return every character of one weight, once."""
        parts: list[Ground | Sheet] = [*self.grounds, *self.pages]
        words = [word for part in parts for word in part.words]
        return "".join(sorted({letter for word in words if word.bold is bold for letter in word.text}))

    def first(self) -> Sheets:
        """Return the first sheet alone."""
        page = self.pages[0]
        return Sheets(self.size, [self.grounds[page.ground]], [Sheet(0, page.words, page.lines)])
