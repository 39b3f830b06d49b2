# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's own font family, and which characters it has.

Only what drawing text needs is read from the two TrueType files (character map, advance widths, glyph positions),
straight from the mapped file: a full parse of 24,000 glyphs takes 150 ms and 35 MiB, this takes a millisecond.
No PDF library is loaded here, so that a check for unprintable characters stays cheap.
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path
from struct import Struct, unpack_from
from sys import byteorder

from swclient.base import paths
from swclient.base.errors import DataError

FAMILY = "SWC Sans"
REGULAR = "SWCSans-Regular"
BOLD = "SWCSans-Bold"

_TABLE = Struct(">4s4xLL")
_SUBTABLE = Struct(">HHL")
_METRIC = Struct(">HH")
_SHORT_LOCA = 0
_SEGMENTS_4, _SEGMENTS_12 = 4, 12  # formats of the character map


class FontFile:
    """One weight of the family.

    Attributes:
        name: PostScript name, `SWCSans-Regular`.
        data: the mapped file.
        tables: offset and length of each table by its tag.
        positions: where each glyph's outline starts within the `glyf` table; one more entry than glyphs.
        default_width: advance of the glyph for missing characters, in thousandths of an em.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        with path.open("rb") as stream:
            self.data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        count = unpack_from(">H", self.data, 4)[0]
        self.tables: dict[str, tuple[int, int]] = {}
        for number in range(count):
            tag, offset, length = _TABLE.unpack_from(self.data, 12 + 16 * number)
            self.tables[tag.decode("ascii")] = (offset, length)
        head = self.tables["head"][0]
        self._scale = 1000.0 / int(unpack_from(">H", self.data, head + 18)[0])
        self._metrics = self.tables["hmtx"][0]
        self._full_metrics = unpack_from(">H", self.data, self.tables["hhea"][0] + 34)[0]
        self.positions = self._positions(unpack_from(">H", self.data, head + 50)[0])
        self._read_characters(self._subtable())
        self.default_width = self.metric(0)[0] * self._scale

    def glyph(self, code: int) -> int:
        """Return the glyph of a character, 0 when the font has none."""
        place = bisect_left(self._ends, code)
        if place == len(self._ends) or self._starts[place] > code:
            return 0
        return self._glyph_in(place, code)

    def metric(self, glyph: int) -> tuple[int, int]:
        """Return advance width and left bearing of a glyph, in units of the font (bearing as it stands, unsigned)."""
        if glyph < self._full_metrics:
            width, left = _METRIC.unpack_from(self.data, self._metrics + 4 * glyph)
            return int(width), int(left)
        last = self._metrics + 4 * (self._full_metrics - 1)
        width = unpack_from(">H", self.data, last)[0]
        return int(width), int(unpack_from(">H", self.data, last + 4 + 2 * (glyph - self._full_metrics))[0])

    def width(self, code: int) -> float:
        """Return the advance width of a character in thousandths of an em."""
        return self.metric(self.glyph(code))[0] * self._scale

    def _positions(self, kind: int) -> array[int]:
        offset, length = self.tables["loca"]
        numbers = array("H" if kind == _SHORT_LOCA else "I")
        numbers.frombytes(self.data[offset : offset + length])
        if byteorder == "little":
            numbers.byteswap()
        return numbers if kind != _SHORT_LOCA else array("I", (2 * each for each in numbers))

    def _subtable(self) -> int:
        """Return where the character map with the most characters starts: format 12, else format 4."""
        start = self.tables["cmap"][0]
        found: dict[int, int] = {}
        for number in range(unpack_from(">H", self.data, start + 2)[0]):
            _platform, _encoding, offset = _SUBTABLE.unpack_from(self.data, start + 4 + 8 * number)
            found[unpack_from(">H", self.data, start + offset)[0]] = start + offset
        for kind in (_SEGMENTS_12, _SEGMENTS_4):
            if kind in found:
                return found[kind]
        raise DataError("The font has no map of Unicode characters.", file=f"{self.name}.ttf")

    def _read_characters(self, start: int) -> None:
        """Keep the segments of the character map: first and last character, and what leads to the glyph."""
        if unpack_from(">H", self.data, start)[0] == _SEGMENTS_12:
            count = unpack_from(">L", self.data, start + 12)[0]
            numbers = unpack_from(f">{3 * count}L", self.data, start + 16)
            self._starts, self._ends = numbers[::3], numbers[1::3]
            self._deltas = tuple(glyph - first for glyph, first in zip(numbers[2::3], numbers[::3], strict=True))
            self._offsets: tuple[int, ...] = (0,) * count
            self._offsets_at = 0
            return
        count = unpack_from(">H", self.data, start + 6)[0] // 2
        self._ends = unpack_from(f">{count}H", self.data, start + 14)
        self._starts = unpack_from(f">{count}H", self.data, start + 16 + 2 * count)
        self._deltas = unpack_from(f">{count}h", self.data, start + 16 + 4 * count)
        self._offsets_at = start + 16 + 6 * count
        self._offsets = unpack_from(f">{count}H", self.data, self._offsets_at)

    def _glyph_in(self, place: int, code: int) -> int:
        offset = self._offsets[place]
        if not offset:
            return (code + int(self._deltas[place])) & 0xFFFF
        at = self._offsets_at + 2 * place + offset + 2 * (code - self._starts[place])
        glyph = int(unpack_from(">H", self.data, at)[0])
        return (glyph + int(self._deltas[place])) & 0xFFFF if glyph else 0


@lru_cache(maxsize=4)
def font_file(name: str = REGULAR) -> FontFile:
    """Return a weight of the family that came with the program.

    Raises:
        DataError: it is not there; says how to get it.
    """
    path = paths.shipped("resources") / "fonts" / f"{name}.ttf"
    if not path.is_file():
        raise DataError(
            "The program's font has not been built yet: run “./dev setup”, then print again.",
            file=path,
        )
    return FontFile(path)


def missing_glyphs(text: str) -> str:
    """Return the characters of a text that the font lacks, each once, in order; line breaks do not count.

    Raises:
        DataError: the font has not been built.
    """
    font = font_file()
    return "".join(each for each in dict.fromkeys(text) if each not in "\n\r\t" and not font.glyph(ord(each)))
