# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How lines of attached files are painted: number and name, size, document of box 44, first digits of the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal

from swclient.base.i18n import N_, _
from swclient.workflow.desk.attached import Attached

from .. import icons, theme
from ..parts import paint
from ..parts.marked_list import MarkedList, MarkedPainter
from ..words import size_words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from ..parts.listing import Rows

_SHARES = (0.44, 0.12, 0.28)  # of the width: name, size, document; the digest has the rest
_WHOLE = N_("the whole declaration")
_LOST = N_("a document that is no longer in box 44")


def whose(row: Attached) -> str:
    """Return which document of box 44 a file belongs to, in words."""
    return _(_LOST) if row.lost else row.document or _(_WHOLE)


class _Painter(MarkedPainter[Attached]):
    def mark(self, painter: QPainter, place: QRectF, row: Attached) -> None:
        if row.runs or row.lost:
            paint.level_mark(painter, place, "warning")
        else:
            icons.draw(painter, place, "paperclip", theme.colours().muted, 14)

    def words(self, painter: QPainter, room: QRect, row: Attached) -> None:
        _words(painter, room, row)


def _words(painter: QPainter, room: QRect, row: Attached) -> None:
    now, left = theme.colours(), room.left()
    ink = paint.level_colour("warning") if row.lost else now.ink
    cells = (
        (f"{row.file.id}  {row.file.name}", now.ink),
        (size_words(row.file.size), now.muted),
        (whose(row), ink if row.document or row.lost else now.muted),
        (row.digits, now.muted),
    )
    for (text, colour), share in zip(cells, (*_SHARES, 1 - sum(_SHARES)), strict=True):
        wide = int(room.width() * share)
        painter.setFont(paint.face(theme.BODY if text is cells[0][0] or text is cells[2][0] else theme.CAPTION))
        paint.text(painter, QRect(left, room.top(), wide - theme.S, room.height()), text, colour)
        left += wide


class AttachedView(MarkedList):
    """The lines of attached files. Delete asks to remove the current one."""

    removing = Signal()

    def __init__(self, model: Rows[Attached]) -> None:
        super().__init__(model, _Painter())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes."""
        if event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.removing.emit()
        else:
            super().keyPressEvent(event)
