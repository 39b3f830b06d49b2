# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The places of one page that jump hints name: every box, every column of its tables, and the letters each has."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea

from .. import theme
from .box import Box
from .grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtWidgets import QWidget

HOME_ROW = "ASDFGHJKL"
LETTERS = HOME_ROW + "EIRUWOTYVNMCBXQPZ"  # those that fingers find best first
_TALL = 18


def codes(count: int) -> list[str]:
    """Return so many words of letters, none of which begins another: of one letter where they suffice, else of two.

    >>> codes(3)
    ['A', 'S', 'D']
    >>> codes(10)[8:]
    ['AL', 'SA']
    """
    if count <= len(HOME_ROW):
        return list(HOME_ROW[:count])
    used = next((n for n in range(len(HOME_ROW), len(LETTERS)) if n * n >= count), len(LETTERS))
    return ["".join(pair) for pair in islice(product(LETTERS[:used], repeat=2), count)]


class Place(NamedTuple):
    """Where a hint leads: something that takes the cursor, or a column of a table.

    Attributes:
        widget: what takes the cursor.
        column: of the table, -1 where there is none to choose.
    """

    widget: QWidget
    column: int = -1

    @property
    def field_id(self) -> str:
        """The field that the cursor comes to, empty for what is no field."""
        if isinstance(self.widget, Grid):
            return self.widget.cells.fields[self.column].id
        above = self.widget.parentWidget()
        return above.field.id if isinstance(above, Box) else ""

    def land(self) -> None:
        """Bring the cursor there; in a table, to the column's cell in the current row, else the first."""
        self.widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(self.widget, Grid) and self.widget.cells.rows:
            row = self.widget.row if self.widget.row is not None else self.widget.cells.rows[0]
            self.widget.go_to(row, self.widget.cells.fields[self.column].name)

    def badge(self, over: QWidget, wide: int) -> QRect:
        """Return where a badge lies, in the coordinates of `over`; empty where the place is out of sight."""
        # What scrolls is seen through its window alone; of a table that is the lines, so the heading stays to be read.
        seen = self.widget.viewport() if isinstance(self.widget, QAbstractScrollArea) else self.widget
        left = self.widget.columnViewportPosition(self.column) + 2 if isinstance(self.widget, Grid) else 0
        corner = QPoint(left, (min(seen.height(), theme.ROW) - _TALL) // 2)
        rect = QRect(corner, QPoint(corner.x() + wide - 1, corner.y() + _TALL - 1))
        if not seen.visibleRegion().boundingRect().contains(rect.center()):
            return QRect()
        return rect.translated(seen.mapTo(over, QPoint(0, 0)))


def places(chain: Iterable[QWidget], room: QWidget) -> Iterator[Place]:
    """Find the places of a page, in the order in which Enter goes through them."""
    for widget in chain:
        if not widget.isEnabled() or not widget.isVisibleTo(room):
            continue
        if isinstance(widget, Grid):
            yield from (Place(widget, column) for column in range(len(widget.cells.fields)))
        else:
            yield Place(widget)


def named(found: Sequence[Place]) -> dict[str, Place]:
    """Give every place its letters."""
    return dict(zip(codes(len(found)), found, strict=True))
