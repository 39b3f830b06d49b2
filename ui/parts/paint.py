# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Strokes that several parts share: frames, the focus ring, elided lines, hatching, level marks."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from .. import theme

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@lru_cache(maxsize=16)
def face(size: int, *, bold: bool = False) -> QFont:
    """Return a font of the scale, made once."""
    return theme.font(size, bold=bold)


@lru_cache(maxsize=16)
def metrics(size: int, *, bold: bool = False) -> QFontMetrics:
    """Return the measures of a font of the scale, made once."""
    return QFontMetrics(face(size, bold=bold))


def forget_fonts() -> None:
    """Measure anew: a weight of the family has just come in."""
    face.cache_clear()
    metrics.cache_clear()


def frame(painter: QPainter, rect: QRect, fill: QColor | None, edge: QColor | None, width: int = 1) -> None:
    """Draw a rounded field: its ground and its edge, drawn inside the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    brush = QBrush()
    if fill is not None:  # said in two words: for `QBrush(fill)` PySide learns all of Qt's gradients first, 3 ms
        brush.setColor(fill)
        brush.setStyle(Qt.BrushStyle.SolidPattern)
    painter.setBrush(brush)
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    half = width / 2
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, theme.CORNER - half, theme.CORNER - half)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def block(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Fill a rectangle before the first paint: for `fillRect` too, PySide learns the gradients first."""
    pen = QPen(colour)
    pen.setWidth(rect.height())
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    middle = rect.top() + rect.height() / 2
    painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.left() + rect.width(), middle))


def text(painter: QPainter, rect: QRect, words: str, colour: QColor, align: int = LEFT) -> None:
    """Draw one line, elided at its end where it does not fit."""
    painter.setPen(colour)
    measure = painter.fontMetrics()
    if measure.horizontalAdvance(words) > rect.width():
        words = measure.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | int(Qt.TextFlag.TextSingleLine), words)


def tail(label: str) -> str:
    """Return “Import duty” of “Preference: import duty”."""
    last = label.partition(": ")[2]
    return last[:1].upper() + last[1:]


def caption(painter: QPainter, rect: QRect, words: str, colour: QColor) -> None:
    """Draw a label; where room is short, “Import duty” stays of “Preference: import duty”."""
    if ": " in words and painter.fontMetrics().horizontalAdvance(words) > rect.width():
        words = tail(words)
    text(painter, rect, words, colour)


def lines(painter: QPainter, rect: QRect, words: str, colour: QColor, align: int = LEFT) -> None:
    """Draw words on one line, or on two where it does not fit; the second is elided at its end."""
    first, second = folded(words, painter.fontMetrics(), rect.width())
    if not second:
        text(painter, rect, first, colour, align)
        return
    tall = painter.fontMetrics().height()
    top = rect.top() + (rect.height() - 2 * tall) // 2
    for place, line in enumerate((first, second)):
        text(painter, QRect(rect.left(), top + place * tall, rect.width(), tall), line, colour, align)


def folded(words: str, measure: QFontMetrics, wide: int) -> tuple[str, str]:
    """Return words on two lines: as many as fit on the first, and the rest; the second is empty where all fit."""
    if measure.horizontalAdvance(words) <= wide or " " not in words:
        return words, ""
    parts = words.split(" ")
    fits = [n for n in range(1, len(parts)) if measure.horizontalAdvance(" ".join(parts[:n])) <= wide]
    place = max(fits, default=1)
    return " ".join(parts[:place]), " ".join(parts[place:])


def hatch(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Hatch a band quietly: thin slanted lines."""
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pale = QColor(colour)
    pale.setAlphaF(0.22)
    painter.setPen(QPen(pale, 2))
    step = theme.S
    for x in range(rect.left() - rect.height(), rect.right() + step, step):
        painter.drawLine(QPointF(x, rect.bottom() + 1), QPointF(x + rect.height(), rect.top()))
    painter.restore()


def level_colour(level: str) -> QColor:
    """Return the colour of a finding's level."""
    now = theme.colours()
    return {"error": now.error, "warning": now.warning, "missing": now.accent}.get(level, now.muted)


def level_mark(painter: QPainter, rect: QRectF, level: str) -> None:
    """Draw the mark of a level, told by its shape too.

    A disc with “!” is an error, a triangle with “!” a warning, a dotted ring a box to fill in, a ring with “i” advice,
    a ring with a tick a warning that may stand.
    """
    colour = level_colour(level)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sign, ink = "!", theme.colours().paper
    if level == "error":
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(rect)
    elif level == "warning":
        painter.setBrush(colour)
        painter.setPen(
            QPen(
                colour,
                1.5,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        inner = rect.adjusted(1, 1.5, -1, -1)
        top = QPointF(inner.center().x(), inner.top())
        painter.drawPolygon(QPolygonF([top, inner.bottomRight(), inner.bottomLeft()]))
    else:
        sign, ink = "" if level in {"missing", "acknowledged"} else "i", colour
        style = Qt.PenStyle.DotLine if level == "missing" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 1.8 if level == "missing" else 1.3, style))
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        if level == "acknowledged":
            shares = ((0.28, 0.52), (0.44, 0.68), (0.73, 0.34))
            tick = [rect.topLeft() + QPointF(rect.width() * x, rect.height() * y) for x, y in shares]
            painter.drawPolyline(QPolygonF(tick))
    painter.setFont(face(theme.CAPTION - 1, bold=True))
    painter.setPen(ink)
    painter.drawText(rect.adjusted(0, 1 if level == "warning" else 0, 0, 0), CENTRE, sign)
    painter.restore()


def canvas(width: int, height: int, ratio: float) -> QPixmap:
    """Return an empty picture of a size in device-independent pixels."""
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made
