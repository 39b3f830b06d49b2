# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes printed sheets from a PDF by PDFium, and reads the text of its pages."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from tests.bench.sheets import Ground, Line, Sheet, Sheets, Word

_DEPTH = 3
_BROKEN_WORD = "\x02"


def sheets_of(content: bytes) -> Sheets:
    """Return what stands on the sheets of a PDF."""
    document = pdfium.PdfDocument(content)
    grounds: list[Ground] = []
    known: dict[tuple[Word, ...], int] = {}
    pages: list[Sheet] = []
    for page in document:
        ground, own = Ground(), Sheet(0, [], [])
        text = page.get_textpage()
        for each in page.get_objects(max_depth=_DEPTH):
            target = ground if each.level else own
            if each.type == pdf.FPDF_PAGEOBJ_TEXT:
                target.words.append(_word(each, text))
            elif each.type == pdf.FPDF_PAGEOBJ_PATH:
                target.lines += _lines(each)
        key = tuple(ground.words)
        if key not in known:
            known[key] = len(grounds)
            grounds.append(ground)
        own.ground = known[key]
        pages.append(own)
    return Sheets(document[0].get_size(), grounds, pages)


def _word(each: Any, page_text: Any) -> Word:
    length = pdf.FPDFTextObj_GetText(each.raw, page_text.raw, None, 0)
    letters = (ctypes.c_ushort * (length // 2))()
    pdf.FPDFTextObj_GetText(each.raw, page_text.raw, letters, length)
    size = ctypes.c_float()
    pdf.FPDFTextObj_GetFontSize(each.raw, size)
    font = pdf.FPDFTextObj_GetFont(each.raw)
    name = ctypes.create_string_buffer(100)
    pdf.FPDFFont_GetBaseFontName(font, name, 100)
    matrix = each.get_matrix()
    # A hyphen at the end of a line reads as a mark of its own, so that words can be put together again.
    text = bytes(letters).decode("utf-16-le").rstrip("\0 ").replace(_BROKEN_WORD, "-")
    return Word(round(matrix.e, 2), round(matrix.f, 2), round(size.value, 2), b"Bold" in name.value, text)


def _lines(each: Any) -> list[Line]:
    found: list[Line] = []
    at = (0.0, 0.0)
    for number in range(pdf.FPDFPath_CountSegments(each.raw)):
        segment = pdf.FPDFPath_GetPathSegment(each.raw, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdf.FPDFPathSegment_GetPoint(segment, x, y)
        to = (round(x.value, 2), round(y.value, 2))
        if pdf.FPDFPathSegment_GetType(segment) == pdf.FPDF_SEGMENT_LINETO:
            found.append(Line(*at, *to))
        at = to
    return found


def texts(content: bytes) -> list[str]:
    """Return the text of every page as PDFium reads it, blanks between words made one."""
    document = pdfium.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
