# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our fonts as reportlab wants them: its embedding and subsetting, fed from `fonts.FontFile` without a full parse."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

from swclient.printing.fonts import FontFile, font_file

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

_ESCAPED = frozenset(b"\r()\\")
_BLANK = 32

rl_config.useA85 = 0  # raw deflated streams: ASCII armour makes a PDF a quarter bigger and slower


class _Glyphs:
    """The character map as the mapping that reportlab looks characters up in."""

    def __init__(self, font: FontFile) -> None:
        self._font = font

    def __contains__(self, code: int) -> bool:
        return self._font.glyph(code) != 0

    def __getitem__(self, code: int) -> int:
        return self._font.glyph(code)


class _Widths:
    """Advance widths by character."""

    def __init__(self, font: FontFile) -> None:
        self._font = font

    def get(self, code: int, default: float) -> float:
        return self._font.width(code) if self._font.glyph(code) else default


class _Metrics:
    """Advance width and left bearing by glyph."""

    def __init__(self, font: FontFile) -> None:
        self._font = font

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        return self._font.metric(glyph)


class _Window:
    """A table of the mapped file, read slice by slice: the outlines alone are 7 MB, a form needs 30 kB of them."""

    def __init__(self, font: FontFile, offset: int) -> None:
        self._data = font.data
        self._offset = offset

    def __getitem__(self, part: slice) -> bytes:
        return bytes(self._data[self._offset + part.start : self._offset + part.stop])


class Face(TTFontFace):
    """reportlab's face over a mapped file."""

    def __init__(self, font: FontFile) -> None:
        self._font = font
        self._ttf_data = font.data
        # The name stands in the PDF's object names: the bytes must not depend on where the program lies.
        self.filename = font.name
        super().__init__(font.name)

    def extractInfo(self, charInfo: bool | Literal[0, 1] = 1) -> None:  # noqa: FBT001, N802, N803 - reportlab's own names
        """Read what stands once in the font; characters and glyphs are looked up when they are drawn."""
        super().extractInfo(0)
        self.charToGlyph = _Glyphs(self._font)
        self.charWidths = _Widths(self._font)
        self.hmetrics = _Metrics(self._font)
        self.glyphPos = self._font.positions
        self.defaultWidth = self._font.default_width

    def get_table(self, tag: str) -> bytes | _Window:
        """Return a table; the one with outlines as a window into the file."""
        offset, length = self._font.tables[tag]
        return _Window(self._font, offset) if tag == "glyf" else self._font.data[offset : offset + length]


class EmbeddedFont(TTFont):
    """A font whose used characters are embedded, with a map back to Unicode."""

    def __init__(self, font: FontFile) -> None:
        self._font = font
        self.fontName = font.name
        self.face = Face(font)
        self.encoding = TTEncoding()
        self.state = WeakKeyDictionary()
        self._asciiReadable = 0  # characters take codes as they come, so that most documents need one subset only
        self.shapable = False

    def splitString(  # noqa: N802 - reportlab's own name
        self, text: str, doc: PDFDocument, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """Return subset and codes of a text; one character at a time passes over the codes that strings escape."""
        state = self.state.get(doc)
        if state is not None and state.nextCode & 0xFF in _ESCAPED:
            if state.nextCode > _BLANK:  # up to the blank the codes stand ready in reportlab's list
                state.subsets[state.nextCode >> 8].append(0)
            state.nextCode += 1
            return self.splitString(text, doc, encoding)
        codes: list[tuple[int, bytes]] = super().splitString(text, doc, encoding)
        return codes

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802 - reportlab's name
        """Return the width of a text in points."""
        return sum(map(self.advance, text)) * size

    def advance(self, character: str) -> float:
        """Return the width of a character in ems."""
        return self._font.width(ord(character)) / 1000


@lru_cache(maxsize=4)
def embedded(name: str) -> EmbeddedFont:
    """Return a weight ready for PDF, made once and known to reportlab by its PostScript name."""
    font = EmbeddedFont(font_file(name))
    pdfmetrics.registerFont(font)
    return font
