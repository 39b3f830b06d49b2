# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How lines of the checklist are painted: sign, how it stands in words, what it is, for which goods, and its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.workflow.permits.checklist import Line, Status, left_words, place_words, status_words

from ..parts.marked_list import MarkedList, MarkedPainter, sign_or_tick, three_cells

if TYPE_CHECKING:
    from PySide6.QtCore import QRect, QRectF
    from PySide6.QtGui import QPainter

    from swclient.workflow.views import Session

    from ..parts.listing import Rows

_BY_STATUS = {
    Status.EXPIRED: "error",
    Status.OVERDUE: "error",
    Status.SHORT: "warning",
    Status.ENDING: "warning",
    Status.PROMISED: "missing",
}
_SHARES = 0.26, 0.40  # of the width; the goods and the number share the rest


def sign_of(line: Line) -> str:
    """Return the mark of a line; what is missing has that of the rule that asks for it."""
    return line.level if line.status is Status.MISSING else _BY_STATUS.get(line.status, "")


class _Painter(MarkedPainter[Line]):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def mark(self, painter: QPainter, place: QRectF, row: Line) -> None:
        sign_or_tick(painter, place, sign_of(row))

    def words(self, painter: QPainter, room: QRect, row: Line) -> None:
        parts = (place_words(row) if row.items else "", left_words(row, self._session), row.stated or row.code)
        rest = " · ".join(part for part in parts if part)
        three_cells(painter, room, sign_of(row), (status_words(row), row.what, rest), _SHARES)


class ChecklistView(MarkedList):
    """The lines of a checklist."""

    def __init__(self, model: Rows[Line], session: Session) -> None:
        super().__init__(model, _Painter(session))
