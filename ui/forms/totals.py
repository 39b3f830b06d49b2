# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The row under the grid of items: sums of its columns, each held against the figure in the head of the declaration."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer
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
    from PySide6.QtGui import QPaintEvent

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
        self.setFixedHeight(theme.ROW)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_QUIET)
        self._later.timeout.connect(self.refresh)
        grid.horizontalScrollBar().valueChanged.connect(self.update)
        grid.horizontalHeader().sectionResized.connect(lambda *_sizes: self.update())

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
        self.setAccessibleDescription("; ".join(told))
        off = [self._difference(name) for name, good in self.meets.items() if not good]
        self.setToolTip("\n".join(off))
        self.update()

    def _difference(self, name: str) -> str:
        field = self._grid.stage.session.profile.fields[f"header.{AGAINST[name]}"]
        head = self._grid.stage.session.value(Path("header", SINGLE, AGAINST[name]))
        args = {"sum": self.sums[name], "box": box_number(field), "head": head}
        return Message(N_("The items add up to {sum}, box {box} says {head}."), args).text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each sum under its column; one that does not meet the head is marked."""
        now = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.panel)
        painter.setFont(paint.face(theme.BODY, bold=True))
        grid = self._grid
        start = grid.verticalHeader().width()
        paint.text(painter, QRect(theme.S, 0, start + 120, self.height()), _("Totals"), now.muted)
        for column, field in enumerate(grid.cells.fields):
            if field.name not in self.sums or not grid.cells.rows:
                continue
            left = start + grid.columnViewportPosition(column)
            good = self.meets[field.name]
            words = ("" if good else "≠ ") + i18n.show(self.sums[field.name])
            room = QRect(left, 0, grid.columnWidth(column) - theme.S, self.height())
            paint.text(painter, room, words, now.ink if good else now.error, paint.RIGHT)
