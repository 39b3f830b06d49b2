# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How lines of permits are painted: sign, how it stands in words, what it is, for which goods, agency and number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.workflow.permits.checklist import place_words
from swclient.workflow.permits.words import OPEN, Need, Standing, standing_words

from ..parts.marked_list import MarkedList, MarkedPainter, sign_or_tick, three_cells

if TYPE_CHECKING:
    from PySide6.QtCore import QRect, QRectF
    from PySide6.QtGui import QPainter

    from ..parts.listing import Rows

_GRAVE = frozenset({Standing.REFUSED, Standing.WITHDRAWN, Standing.EXPIRED, Standing.NOT_TAKEN})
_SHARES = 0.26, 0.34  # of the width; goods, number and agency share the rest
_URGENT = 7  # days


def sign_of(need: Need) -> str:
    """Return the mark of a permit; one that stands in box 44 and does not end soon has a tick."""
    if need.standing in _GRAVE or (need.step is not None and need.step <= _URGENT):
        return "error"
    if need.standing in {Standing.MORE, Standing.NOT_ASKED} or need.step is not None:
        return "warning"
    if need.standing in OPEN:
        return "missing"
    return "advice" if need.standing is Standing.GRANTED else ""


def rest_words(need: Need) -> str:
    """Return for which goods it is, its number, and the agency."""
    place = place_words(need.line) if need.line.items else ""
    number = need.permit.number if need.permit else ""
    return " · ".join(part for part in (place, number, need.decider.agency.name()) if part)


class _Painter(MarkedPainter[Need]):
    def mark(self, painter: QPainter, place: QRectF, row: Need) -> None:
        sign_or_tick(painter, place, sign_of(row))

    def words(self, painter: QPainter, room: QRect, row: Need) -> None:
        three_cells(painter, room, sign_of(row), (standing_words(row), row.line.what, rest_words(row)), _SHARES)


class PermitView(MarkedList):
    """The lines of permits."""

    def __init__(self, model: Rows[Need]) -> None:
        super().__init__(model, _Painter())
