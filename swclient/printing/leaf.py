# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One sheet while it is being drawn: its text as operators, what found no room, what the font lacks."""

from __future__ import annotations

from typing import NamedTuple

from swclient.document.snapshot import Record
from swclient.printing.ink import Pen, Run


class Where(NamedTuple):
    """Which box a text belongs to.

    Attributes:
        box: number of the box.
        field: the field that a person would look at, empty when there is none.
        item: the goods item, None for boxes that stand once.
    """

    box: str
    field: str
    item: Record | None


class Left(NamedTuple):
    """Paragraphs that found no room in their box and go to the supplement."""

    where: Where
    paragraphs: list[str]


class Lacking(NamedTuple):
    """Characters of a box that the font has no letter for: they stand on paper as a sign with their code."""

    where: Where
    characters: str


class Leaf:
    """Collects the text of a sheet.

    Attributes:
        pen: regular weight.
        bold: bold weight.
        left: what goes to the supplement.
        lacking: what the font lacks.
        notices: words to put where text was cut, longest first; the last always fits.
    """

    def __init__(self, pen: Pen, bold: Pen, notices: tuple[str, ...] = ("…",)) -> None:
        self.pen = pen
        self.bold = bold
        self.left: list[Left] = []
        self.lacking: list[Lacking] = []
        self.notices = notices
        self._ops: list[str] = []
        self._font = ""

    def put(self, run: Run, x: float, y: str, size: float, pen: Pen | None = None) -> None:
        """Write a run of text at a place (points; `y` as it goes into the file)."""
        ops, pen = self._ops, pen or self.pen
        if isinstance(run.code, str):
            font = pen.font(0, size)
            if font is not self._font:
                ops.append(font)
                self._font = font
            ops.append(f"1 0 0 1 {x:.1f} {y} Tm({run.code})Tj")
            return
        ops.append(f"1 0 0 1 {x:.1f} {y} Tm")
        for subset, code in run.code:
            ops.append(f"{pen.font(subset, size)}({code})Tj")
        self._font = ""

    def clean(self, text: str, where: Where) -> str:
        """Return a text ready for paper; what the font lacks is noted."""
        clean, characters = self.pen.clean(text)
        if characters:
            self.lacking.append(Lacking(where, characters))
        return clean

    def leave(self, where: Where, paragraphs: list[str]) -> None:
        """Send paragraphs to the supplement."""
        self.left.append(Left(where, paragraphs))

    def notice(self, room: float, size: float) -> str:
        """Return the longest words for “see the supplement” that fit."""
        for words in self.notices:
            if self.pen.width(words) * size <= room:
                return words
        return self.notices[-1]

    def text(self) -> str:
        """Return all text as one block of operators."""
        return "BT\n" + "\n".join(self._ops) + "\nET" if self._ops else ""
