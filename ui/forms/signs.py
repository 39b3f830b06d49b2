# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a box tells its state: the bar at its left, the mark at its right, and the same in words.

Shape tells what colour tells: a dotted bar wants a value, a thin one was worked out, a notched one was typed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.document import provenance

from .. import theme
from ..parts import paint
from ..words import ORIGINS, level_words

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.engine.finding import Finding
    from swclient.workflow.views import Look

_SHOUTED = ("error", "warning", "advice")
_RANK = ("error", "warning", "missing", "advice")


def grade(finding: Finding, field: Field | None, *, checked: bool) -> str:
    """Return the level of a finding: `acknowledged` where it may stand, `missing` for what is merely not filled in yet.

    That is so until somebody asks for a check.

    Args:
        finding: what was found.
        field: the field that the finding is about first.
        checked: whether a check or a submission was asked for.
    """
    if finding.acknowledged is not None:
        return "acknowledged"
    if not checked and field is not None and finding.code == (field.need_code or f"NEED-{field.box or field.id}"):
        return "missing"
    return str(finding.level)


def level(look: Look, *, checked: bool) -> str:
    """Return the gravest level among the findings of a box, empty for none."""
    levels = {
        grade(finding, look.field if finding.paths[0].field_id == look.field.id else None, checked=checked)
        for finding in look.findings
    }
    return next((each for each in _RANK if each in levels), "")


def origin(look: Look) -> str:
    """Return where the value came from: a key of `ORIGINS`, a kind of source, empty for the keyboard or nothing."""
    state = str(look.state)
    if look.source and state != "blank":
        return provenance.kind_of(look.source)
    return state if state in ORIGINS else ""


def marks(look: Look, grave: str) -> bool:
    """Tell whether the box has a mark at its right; `grave` is the gravest level of its findings."""
    return bool(origin(look)) or grave in _SHOUTED


def told(look: Look) -> str:
    """Return the state of a box in words, for screen readers and whoever lingers."""
    came = origin(look)
    parts = [_(ORIGINS[came]) if came in ORIGINS else provenance.told(look.source).text()] if came else []
    if look.required and str(look.state) == "blank":
        parts.append(_("must be filled"))
    if look.unit:
        parts.append(Message(N_("in {unit}"), {"unit": look.unit}).text())
    for finding in look.findings:
        noted = "" if finding.acknowledged is None else f" ({_('acknowledged')})"
        parts.append(f"{level_words(str(finding.level))}: {finding.message.text()}{noted}")
    return ". ".join(part.rstrip(".") for part in parts)


def bar(painter: QPainter, rect: QRect, look: Look, grave: str) -> None:
    """Draw the bar."""
    now = theme.colours()
    state = str(look.state)
    if grave in {"error", "warning"}:
        painter.fillRect(rect, paint.level_colour(grave))
    elif grave == "missing" or (state == "blank" and look.required):
        for y in range(rect.top() + 1, rect.bottom(), 5):
            painter.fillRect(QRect(rect.left(), y, rect.width(), 3), now.accent)
    elif state == "worked_out":
        painter.fillRect(QRect(rect.left() + 1, rect.top(), 1, rect.height()), now.muted)
    elif state == "overwritten":
        middle = rect.center().y()
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), middle - rect.top() - 2), now.accent)
        painter.fillRect(QRect(rect.left(), middle + 2, rect.width(), rect.bottom() - middle - 1), now.accent)


def mark(painter: QPainter, rect: QRectF, look: Look, grave: str) -> None:
    """Draw the mark: the gravest finding, else where the value came from."""
    inner = QRectF(rect.center().x() - 6, rect.center().y() - 6, 12, 12)
    if grave in _SHOUTED:
        paint.level_mark(painter, inner, grave)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colours().muted, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    _STROKES.get(origin(look), _sheet)(painter, inner)
    painter.restore()


def _equals(painter: QPainter, place: QRectF) -> None:
    for y in (4.2, 7.8):
        painter.drawLine(place.topLeft() + QPointF(2.5, y), place.topLeft() + QPointF(9.5, y))


def _differs(painter: QPainter, place: QRectF) -> None:
    _equals(painter, place)
    painter.drawLine(place.topLeft() + QPointF(4, 10), place.topLeft() + QPointF(8, 2))


def _sheet(painter: QPainter, place: QRectF) -> None:
    """Draw a small table: the value was read from a file."""
    inner = place.adjusted(2, 2, -2, -2)
    painter.drawRect(inner)
    painter.drawLine(QPointF(inner.left(), inner.top() + 3), QPointF(inner.right(), inner.top() + 3))
    painter.drawLine(QPointF(inner.left() + 3, inner.top()), QPointF(inner.left() + 3, inner.bottom()))


def _book(painter: QPainter, place: QRectF) -> None:
    """Draw a small open book: the value is from a register."""
    x, y = place.left(), place.top()
    for side in (1.0, 11.0):
        page = [QPointF(x + 6, y + 3.5), QPointF(x + side, y + 2), QPointF(x + side, y + 9.5), QPointF(x + 6, y + 11)]
        painter.drawPolygon(page)


def _copy(painter: QPainter, place: QRectF) -> None:
    """Draw two sheets, one behind the other: the value is from a template or an earlier declaration."""
    x, y = place.left(), place.top()
    painter.drawRect(QRectF(x + 1.5, y + 4, 6.5, 6.5))
    painter.drawPolyline([QPointF(x + right, y + down) for right, down in ((4, 1.5), (10.5, 1.5), (10.5, 8))])


_STROKES = {
    "worked_out": _equals,
    "overwritten": _differs,
    provenance.REGISTER: _book,
    provenance.TEMPLATE: _copy,
    provenance.DECLARATION: _copy,
}
