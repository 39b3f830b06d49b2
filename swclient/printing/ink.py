# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text as PDF operators: what a string is wide, what it is in the codes of the embedded font, what the font lacks.

A form repeats most of its words, so strings are measured and encoded once for the whole document. Codes are written
as they are, one character of the stream each: `face.EmbeddedFont` gives no character a code that would need escaping.
"""

from __future__ import annotations

from codecs import charmap_build, charmap_encode
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

    from swclient.printing.face import EmbeddedFont

_MANY = 12_000  # strings kept before all are forgotten: what repeats comes back at once
_UNUSED = "\ufffe"  # stands for codes without a character in the table of the first subset
_NO_BREAK = "\u00a0"  # keeps a sign and its number on one line; drawn as a blank
_LINE_ENDS = "\u2028\u2029\x0b\x0c"


class Run(NamedTuple):
    """A string in the codes of the font.

    Attributes:
        width: in ems, so that width times size is points.
        code: codes when the first subset holds all characters, else pairs of subset and codes.
    """

    width: float
    code: str | tuple[tuple[int, str], ...]


class Pen:
    """One weight of the font in one document."""

    def __init__(self, font: EmbeddedFont, document: PDFDocument) -> None:
        self._font = font
        self._document = document
        self._runs: dict[str, Run] = {}
        self._codes: dict[str, tuple[int, str]] = {}
        self._widths: dict[str, float] = {}
        self._fonts: dict[tuple[int, float], str] = {}
        self._first = [_UNUSED] * 256  # the characters of the first subset by code
        self._advances = [0.0] * 256
        self._table = charmap_build("".join(self._first))

    def find(self, text: str) -> Run | None:
        """Return a text measured and encoded if nothing about it is new or odd: the way nearly all text goes."""
        found = self._runs.get(text)
        if found is None:
            try:
                code = charmap_encode(text.replace(_NO_BREAK, " "), "strict", self._table)[0]
            except UnicodeEncodeError:
                return None
            found = Run(sum(map(self._advances.__getitem__, code)), code.decode("latin-1"))
            self._keep(text, found)
        return found

    def run(self, text: str) -> Run:
        """Return a clean text of one line, measured and encoded."""
        found = self.find(text)
        if found is None:
            found = self._encode(text.replace(_NO_BREAK, " "))
            self._keep(text, found)
        return found

    def width(self, text: str) -> float:
        """Return the width of a text in ems."""
        return self.run(text).width

    def clean(self, text: str) -> tuple[str, str]:
        """Return a text ready for paper and the characters the font lacks, each replaced by a box with its code.

        Tabs and the like become blanks; line breaks stay, they part paragraphs.
        """
        lacking = ""
        for each in dict.fromkeys(text):
            if each in self._codes or each in f"\n{_NO_BREAK}":
                continue
            if each.isspace():
                text = text.replace(each, "\n" if each in _LINE_ENDS else " ")
            elif not self._font.face.charToGlyph[ord(each)]:
                lacking += each
        for each in lacking:
            text = text.replace(each, f"[□{ord(each):04X}]")
        return text, lacking

    def font(self, subset: int, size: float) -> str:
        """Return the operator that chooses a subset of the font at a size in points (the same object every time)."""
        found = self._fonts.get((subset, size))
        if found is None:
            name = self._font.getSubsetInternalName(subset, self._document)
            found = self._fonts[subset, size] = f"{name} {size:g} Tf"
        return found

    def _keep(self, text: str, run: Run) -> None:
        if len(self._runs) >= _MANY:
            self._runs.clear()
        self._runs[text] = run

    def _encode(self, text: str) -> Run:
        """Encode a text with characters that are new to the document or beyond the first subset."""
        parts: list[tuple[int, str]] = []
        width = 0.0
        for each in text:
            subset, code = self._codes.get(each) or self._assign(each)
            width += self._widths[each]
            if parts and parts[-1][0] == subset:
                parts[-1] = (subset, parts[-1][1] + code)
            else:
                parts.append((subset, code))
        if len(parts) == 1 and parts[0][0] == 0:
            return Run(width, parts[0][1])
        return Run(width, tuple(parts) if parts else "")

    def _assign(self, character: str) -> tuple[int, str]:
        subset, code = self._font.splitString(character, self._document)[0]
        width = self._widths[character] = self._font.advance(character)
        found = self._codes[character] = (subset, code.decode("latin-1"))
        if subset == 0:
            self._first[code[0]] = character
            self._advances[code[0]] = width
            self._table = charmap_build("".join(self._first))
        return found
