# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a reader sees on the pages of a PDF: every piece of text with its place, read back by another library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

_MM = 72 / 25.4


class Seen(NamedTuple):
    """A piece of text as it was written: baseline and type size as given, edges of what is really drawn, in mm."""

    page: int
    text: str
    x: float
    y: float
    size: float
    left: float
    top: float
    right: float
    bottom: float


def pieces(pdf: bytes) -> Iterator[Seen]:
    """Yield the text of a file piece by piece, in the order in which it was written."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            yield from _page(document[number], number + 1)
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage, number: int) -> Iterator[Seen]:
    height = page.get_height()
    text_page = page.get_textpage()
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3, textpage=text_page):
        left, bottom, right, top = piece.get_bounds()
        _a, b, _c, d, x, y = piece.get_matrix().get()
        if b:
            d = 0.0  # turned: the watermark
        yield Seen(
            number,
            piece.extract().replace("\ufffe", "-"),  # pdfium's sign for a hyphen at the end of a line
            round(x / _MM, 2),
            round((height - y) / _MM, 2),
            round(piece.get_font_size() * d, 1),
            left / _MM,
            (height - top) / _MM,
            right / _MM,
            (height - bottom) / _MM,
        )


def squeezed(text: str) -> str:
    """Return a text without blanks: where a line ends is the form's affair."""
    return re.sub(r"\s+", "", text)


def all_text(pdf: bytes, *pages: int) -> str:
    """Return the text of a file (or of some pages) without blanks, in the order in which it was written."""
    return squeezed("".join(piece.text for piece in pieces(pdf) if not pages or piece.page in pages))
