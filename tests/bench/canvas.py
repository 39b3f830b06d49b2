# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The usual way to the same sheets: reportlab's canvas as its manual shows it, one call for every string and line."""

from __future__ import annotations

from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from swclient.base import paths
from tests.bench.sheets import FACES, Sheets


def register() -> None:
    """Make the fonts known to reportlab under names of the bench's own."""
    for face in FACES.values():
        pdfmetrics.registerFont(TTFont(f"bench-{face}", paths.shipped("resources") / "fonts" / f"{face}.ttf"))


def by_canvas(sheets: Sheets) -> bytes:
    """Draw every string and every line of every page, one call each."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=sheets.size, pageCompression=1)
    for page in sheets.pages:
        for part in (sheets.grounds[page.ground], page):
            canvas.setLineWidth(0.5)
            for line in part.lines:
                canvas.line(*line)
            for word in part.words:
                canvas.setFont(f"bench-{FACES[word.bold]}", word.size)
                canvas.drawString(word.x, word.y, word.text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
