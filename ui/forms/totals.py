# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The row under the grid of items: sums of its columns, each held against the figure in the head of the declaration."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.document.path import SINGLE, Path

from .. import theme
from ..parts import paint
from ..words import box_number, label_of

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent

    from .grid import Grid

_QUIET = 60  # ms
# Column of the items, and the figure of the head that its sum must meet.
AGAINST = {
    "gross_mass": "gross_total",
    "price": "invoice_total",
    "customs_value": "customs_value_total",
    "charges_total": "",
    "net_mass": "",
}


class Totals(QWidget):
    """Sums, painted under their columns."""

    def __init__(self, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.sums: dict[str, Decimal] = {}
        self.meets: dict[str, bool] = {}
        self.differences: list[str] = []  # in words, one for each box that a sum does not meet
        self.lay_anew()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_QUIET)
        self._later.timeout.connect(self.refresh)
        grid.horizontalScrollBar().valueChanged.connect(self.update)
        grid.horizontalHeader().sectionResized.connect(lambda *_sizes: self.update())

    def lay_anew(self) -> None:
        """Take the height of a row, and of a caption for each box that a sum does not meet."""
        self.setFixedHeight(theme.ROW + theme.CAPTION_ROW * len(self.differences))

    def refresh_soon(self) -> None:
        """Add the columns up again once the typing pauses: of 999 items that is not for every key."""
        self._later.start()

    def refresh(self) -> None:
        """Add the columns up again."""
        session = self._grid.stage.session
        rows = session.rows("item")
        for name, against in AGAINST.items():
            values = [session.value(Path("item", row, name)) for row in rows]
            self.sums[name] = sum((value for value in values if isinstance(value, Decimal)), Decimal(0))
            head = session.value(Path("header", SINGLE, against)) if against else None
            self.meets[name] = not isinstance(head, Decimal) or head == self.sums[name]
        known = session.profile.table_fields("item")
        told = [f"{label_of(known[name])} {i18n.show(value)}" for name, value in self.sums.items()]
        self.setAccessibleName(_("Totals"))
        self.differences = [words for name in AGAINST if (words := self._difference(name))]
        self.setToolTip("\n".join(self.differences))
        self.setAccessibleDescription("; ".join([*told, *self.differences]))
        self.lay_anew()
        self.update()

    def _difference(self, name: str) -> str:
        """Return in words what a sum differs by from its box, empty where it meets it."""
        session = self._grid.stage.session
        head = session.value(Path("header", SINGLE, AGAINST[name])) if AGAINST[name] else None
        if self.meets[name] or not isinstance(head, Decimal):
            return ""
        off = self.sums[name] - head
        field = session.profile.fields[f"header.{AGAINST[name]}"]
        box = f"{box_number(field)} {label_of(field)}".strip()
        args = {"sum": self.sums[name], "box": box, "head": head, "off": abs(off)}
        if off > 0:
            return Message(N_("The items add up to {sum}, “{box}” says {head}: {off} too little there."), args).text()
        return Message(N_("The items add up to {sum}, “{box}” says {head}: {off} too much there."), args).text()

    @staticmethod
    def _sum(painter: QPainter, room: QRect, words: str, ink: QColor) -> None:
        """Draw a sum, small where its column is narrow, to the left beyond it at the worst: a figure is never cut."""
        fits = painter.fontMetrics().horizontalAdvance(words) <= room.width()
        painter.setFont(paint.face(theme.BODY if fits else theme.CAPTION, bold=True))
        room.setLeft(min(room.left(), room.right() + 1 - painter.fontMetrics().horizontalAdvance(words)))
        paint.text(painter, room, words, ink, paint.RIGHT)
        painter.setFont(paint.face(theme.BODY, bold=True))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each sum under its column; one that does not meet the head is marked, and told below."""
        now = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.panel)
        painter.setFont(paint.face(theme.BODY, bold=True))
        grid = self._grid
        start = grid.verticalHeader().width()
        paint.text(painter, QRect(theme.S, 0, start + 120, theme.ROW), _("Totals"), now.muted)
        painter.setClipRect(self.rect().adjusted(start + grid.frozen, 0, 0, 0))
        for column, field in enumerate(grid.cells.fields):
            if field.name not in self.sums or not grid.cells.rows:
                continue
            left = start + grid.columnViewportPosition(column)
            good = self.meets[field.name]
            words = ("" if good else "≠ ") + i18n.show(self.sums[field.name])
            room = QRect(left, 0, grid.columnWidth(column) - theme.S, theme.ROW)
            if not good:
                room.setLeft(left - theme.L)  # the sign stands before the figure, whatever the column is wide
            self._sum(painter, room, words, now.ink if good else now.error)
        painter.setClipping(False)
        painter.setFont(paint.face(theme.CAPTION))
        for line, words in enumerate(self.differences):
            top = theme.ROW + line * theme.CAPTION_ROW
            paint.level_mark(painter, QRectF(theme.S, top + 2, 12, 12), "error")
            room = QRect(theme.XL + theme.XS, top, self.width() - theme.XL - theme.M, theme.CAPTION_ROW - 2)
            paint.text(painter, room, words, now.error)
