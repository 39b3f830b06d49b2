# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A page of a PDF as a picture, for the preview in the window."""

from __future__ import annotations

from io import BytesIO

from swclient.base.errors import UserError


def render_png(pdf: bytes, page: int, scale: float = 1.0) -> bytes:
    """Return a page as PNG.

    Args:
        pdf: the file.
        page: from 1.
        scale: pixels for one point (1/72 inch); 2 gives 144 dots per inch.

    Raises:
        UserError: the file has no such page.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 1 <= page <= len(document):
            raise UserError(
                "The document has {pages} pages; there is no page {page}.",
                pages=len(document),
                page=page,
            )
        picture = document[page - 1].render(scale=scale).to_pil()
        stream = BytesIO()
        picture.save(stream, "PNG")
        return stream.getvalue()
    finally:
        document.close()
