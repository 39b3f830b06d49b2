# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a print carries besides the declaration: watermark, registration number, hash of the message sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin
from typing import TYPE_CHECKING

from swclient.printing.leaf import Leaf

if TYPE_CHECKING:
    from swclient.printing.ink import Pen

_MM = 72 / 25.4
_GREY = "0.89 g"
_MARGIN = 10.0
_FOOT_TYPE = 5.5
_FOOT_LINE = 5.2  # baseline of the foot line above the edge of the page, mm: inside what any printer reaches


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on every sheet.

    Attributes:
        watermark: large grey words across the sheet: `TRAINING – УЧЕБНАЯ`, `ПРОЕКТ / DRAFT`; empty for none.
        registration: number that customs gave, for box A.
        message_hash: SHA-256 of the message as sent, hexadecimal; stands at the foot and as a QR code.
    """

    watermark: str = ""
    registration: str = ""
    message_hash: str = ""


def draw_watermark(words: str, pen: Pen, page: tuple[float, float]) -> str:
    """Return the operators of grey words along the rising diagonal of a page."""
    width, height = page[0] * _MM, page[1] * _MM
    run = pen.run(pen.clean(words)[0])
    size = round(min(72.0, 0.74 * hypot(width, height) / run.width), 1)
    turn = radians(52) if height > width else radians(34)
    c, s = cos(turn), sin(turn)
    length = run.width * size
    x = width / 2 - c * length / 2 + s * size * 0.36
    y = height / 2 - s * length / 2 - c * size * 0.36
    parts = [(0, run.code)] if isinstance(run.code, str) else run.code
    shown = "\n".join(f"{pen.font(subset, size)} ({code})Tj" for subset, code in parts)
    matrix = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x:.2f} {y:.2f}"
    return f"q {_GREY} BT\n{matrix} Tm\n{shown}\nET Q"


def draw_code(message_hash: str, place: tuple[float, float, float], height: float) -> str:
    """Return the operators of a QR code that holds a hash in capitals.

    Args:
        message_hash: hexadecimal text.
        place: left edge, top edge, side, mm from the top left corner.
        height: height of the page, mm.
    """
    from reportlab.graphics.barcode.qrencoder import QRAlphaNum, QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QRAlphaNum(message_hash.upper()))
    code.make()
    x, y, side = place
    step = side * _MM / code.moduleCount
    left, top = x * _MM, (height - y) * _MM
    bars: list[str] = []
    for row, modules in enumerate(code.modules):
        for start, length in _dark(modules):
            bars.append(f"{left + start * step:.3f} {top - (row + 1) * step:.3f} {length * step:.3f} {step:.3f} re")
    return "q 0 g\n" + "\n".join(bars) + "\nf Q"


def _dark(modules: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield start and length of every run of dark modules in a row."""
    start = None
    for number, dark in enumerate([*modules, False]):
        if dark and start is None:
            start = number
        elif not dark and start is not None:
            yield start, number - start
            start = None


def draw_foot(left: str, right: str, pen: Pen, width: float) -> str:
    """Return the operators of the quiet line at the foot: words at the left edge, words at the right."""
    leaf = Leaf(pen, pen)
    level = f"{_FOOT_LINE * _MM:.2f}"
    if left:
        leaf.put(pen.run(left), _MARGIN * _MM, level, _FOOT_TYPE)
    run = pen.run(right)
    leaf.put(run, (width - _MARGIN) * _MM - run.width * _FOOT_TYPE, level, _FOOT_TYPE)
    return f"0.35 g\n{leaf.text()}\n0 g"
