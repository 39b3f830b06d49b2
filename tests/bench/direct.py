# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least a PDF of the same sheets can be made of: objects written by hand, grounds once, fonts cut to size."""

from __future__ import annotations

import zlib
from io import BytesIO

from fontTools import subset  # type: ignore[import-untyped]  # it comes without types
from fontTools.ttLib import TTFont as FontTools  # type: ignore[import-untyped]  # as above

from swclient.base import paths
from tests.bench.sheets import FACES, Ground, Line, Sheet, Sheets, Word

_SQUEEZE = 6


class Direct:
    """Writes PDF objects itself: grounds once, codes that are the characters, fonts cut to size when it is made."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self._fonts = [_font(name, sheets.characters(bold=bold)) for bold, name in FACES.items()]

    def written(self) -> bytes:
        """Return the file."""
        objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
        fonts = [_add_font(objects, *font) for font in self._fonts]
        faces = b"<<" + b"".join(b"/F%d %d 0 R" % pair for pair in enumerate(fonts)) + b">>"
        grounds = [_add(objects, self._ground(ground, faces)) for ground in self.sheets.grounds]
        shared = [_add(objects, b"<</Font %b/XObject<</G %d 0 R>>>>" % (faces, ground)) for ground in grounds]
        pages = []
        for page in self.sheets.pages:
            content = _add(objects, _stream(b"", b"/G Do\n" + _drawn(page)))
            pages.append(
                _add(
                    objects,
                    b"<</Type/Page/Parent 2 0 R/Resources %d 0 R/Contents %d 0 R>>" % (shared[page.ground], content),
                )
            )
        box = b"[0 0 %g %g]" % self.sheets.size
        objects[1] = b"<</Type/Pages/MediaBox %b/Count %d/Kids[%b]>>" % (
            box,
            len(pages),
            b" ".join(b"%d 0 R" % page for page in pages),
        )
        return _file(objects)

    def _ground(self, ground: Ground, faces: bytes) -> bytes:
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 %g %g]/Resources<</Font %b>>" % (*self.sheets.size, faces)
        return _stream(head, _drawn(ground))


def _drawn(part: Ground | Sheet) -> bytes:
    return f"0.5 w\n{_strokes(part.lines)}BT\n{_shown(part.words)}ET".encode("ascii")


def _strokes(lines: list[Line]) -> str:
    return "".join([f"{x1} {y1} m {x2} {y2} l\n" for x1, y1, x2, y2 in lines]) + ("S\n" if lines else "")


def _shown(words: list[Word]) -> str:
    out: list[str] = []
    face: tuple[bool, float] | None = None
    for x, y, size, bold, text in words:
        if (bold, size) != face:
            face = (bold, size)
            out.append(f"/F{int(bold)} {size} Tf\n")
        out.append(f"1 0 0 1 {x} {y} Tm<{text.encode('utf-16-be').hex()}>Tj\n")
    return "".join(out)


def _font(name: str, characters: str) -> tuple[str, bytes, bytes, bytes, list[tuple[int, int]]]:
    """Return a font cut to some characters: name, file, map from codes to glyphs, map to Unicode, widths."""
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    made = FontTools(paths.shipped("resources") / "fonts" / f"{name}.ttf", lazy=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(made)
    target = BytesIO()
    made.save(target)
    glyphs = {code: made.getGlyphID(glyph) for code, glyph in made.getBestCmap().items() if code < 0x10000}
    table = bytearray(2 * (max(glyphs, default=0) + 1))
    for code, glyph in glyphs.items():
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    scale = 1000 / made["head"].unitsPerEm
    widths = [(code, round(made["hmtx"][glyph][0] * scale)) for code, glyph in made.getBestCmap().items()]
    return (
        name,
        zlib.compress(target.getvalue(), _SQUEEZE),
        zlib.compress(bytes(table), _SQUEEZE),
        _unicode(glyphs),
        widths,
    )


def _unicode(glyphs: dict[int, int]) -> bytes:
    """Return the map that says what a code reads as: here every code is its character."""
    spans = "".join(f"1 beginbfchar\n<{code:04x}> <{code:04x}>\nendbfchar\n" for code in sorted(glyphs))
    space = "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
    head = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n{space}"
    return zlib.compress(f"{head}{spans}endcmap end end".encode("ascii"), _SQUEEZE)


def _add(objects: list[bytes], content: bytes) -> int:
    objects.append(content)
    return len(objects)


def _squeezed(head: bytes, squeezed: bytes) -> bytes:
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (head, len(squeezed), squeezed)


def _stream(head: bytes, content: bytes) -> bytes:
    return _squeezed(head, zlib.compress(content, _SQUEEZE))


def _add_font(
    objects: list[bytes], name: str, file: bytes, glyphs: bytes, unicode: bytes, widths: list[tuple[int, int]]
) -> int:
    face = name.encode("ascii")
    held, table, to_unicode = (_add(objects, _squeezed(b"", each)) for each in (file, glyphs, unicode))
    descriptor = (
        b"/FontName/%b/Flags 4/FontBBox[-500 -300 1500 1100]/ItalicAngle 0/Ascent 1069/Descent -293/StemV 80" % face
    )
    described = _add(objects, b"<</Type/FontDescriptor%b/FontFile2 %d 0 R>>" % (descriptor, held))
    wide = b" ".join(b"%d[%d]" % pair for pair in widths)
    ordering = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    cid = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b%b/FontDescriptor %d 0 R/W[%b]/CIDToGIDMap %d 0 R>>"
    below = _add(objects, cid % (face, ordering, described, wide, table))
    composite = b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
    return _add(objects, composite % (face, below, to_unicode))


def _file(objects: list[bytes]) -> bytes:
    parts, offsets, at = [b"%PDF-1.5\n"], list[int](), 9
    for number, content in enumerate(objects, 1):
        whole = b"%d 0 obj\n%b\nendobj\n" % (number, content)
        offsets.append(at)
        parts.append(whole)
        at += len(whole)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, at)
    )
    return b"".join(parts)
