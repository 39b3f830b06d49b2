# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PDF file: reportlab's document with our two fonts, backgrounds drawn once, and pages of raw operators.

reportlab's canvas is not used: it lists a Helvetica that nobody embeds, and its drawing calls take most of the time
of a long print. The same content gives the same bytes: no clock, no path, no random name goes into the file.
"""

from __future__ import annotations

import zlib
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfdoc

from swclient.printing.drawers import MM
from swclient.printing.face import embedded
from swclient.printing.fonts import BOLD, REGULAR
from swclient.printing.ink import Pen

_SQUEEZE = 6
_one_at_a_time = Lock()  # fonts are shared by all documents and read with one position while subsets are cut


class Paper:
    """A document being written.

    Attributes:
        pen: regular weight.
        bold: bold weight.
    """

    def __init__(self, title: str, size: tuple[float, float]) -> None:
        self._document: Any = pdfdoc.PDFDocument(invariant=1, compression=1)
        self._document.setTitle(title)
        self._document.setAuthor("swclient")
        self._document.info.creator = "swclient"
        self._size = (size[0] * MM, size[1] * MM)
        self._resources: dict[tuple[str, ...], pdfdoc.PDFObjectReference] = {}
        self.pen = Pen(embedded(REGULAR), self._document)
        self.bold = Pen(embedded(BOLD), self._document)

    def background(self, name: str, operators: str) -> None:
        """Keep operators under a name, to be shown on many pages."""
        form = pdfdoc.PDFFormXObject(0, 0, *self._size)
        form.Contents = _stream(operators)
        form.hasImages = 0
        self._document.addForm(name, form)

    def page(self, backgrounds: list[str], operators: str) -> None:
        """Write one page: backgrounds from the lowest to the highest, then operators."""
        shown = "".join(f"/{pdfdoc.xObjectName(name)} Do\n" for name in backgrounds)
        page = pdfdoc.PDFPage()
        page.MediaBox = pdfdoc.PDFArray([0, 0, *self._size])
        page.Contents = _stream(shown + operators)
        page.Resources = self._shared(tuple(backgrounds))
        self._document.addPage(page)

    def written(self) -> bytes:
        """Close the document and return the file."""
        with _one_at_a_time:
            return bytes(self._document.GetPDFData(None))

    def _shared(self, backgrounds: tuple[str, ...]) -> pdfdoc.PDFObjectReference:
        """Return a reference to the resources of pages with these backgrounds, written once."""
        if backgrounds not in self._resources:
            made: Any = pdfdoc.PDFResourceDictionary()
            made.basicFonts()
            made.basicProcs()
            if backgrounds:
                made.XObject = self._document.xobjDict(backgrounds)
            name = f"SharedResources{len(self._resources)}"
            self._resources[backgrounds] = self._document.Reference(made, name)
        return self._resources[backgrounds]


def _stream(operators: str) -> pdfdoc.PDFStream:
    """Return operators as a stream that is squeezed already, so that a long print does not hold them twice."""
    squeezed = zlib.compress(operators.encode("latin-1"), _SQUEEZE)
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}), squeezed)
