# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs in which a page is composed: sections, rows of boxes, tables, things side by side, and the rest.

A page says by hand which boxes stand where, as the paper has them; `rest` adds whatever field of a group no line above
has placed, so that a new row of the catalogue is never invisible. What the profile does not show is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import _

from .. import theme
from ..binding import Binding
from ..forms.box import Box
from ..forms.callout import Callout
from ..forms.rows import Rows
from ..forms.section import COLUMNS, Section
from ..parts.plain import Ground
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from swclient.catalogue.field import Field

    from ..forms.grid import Grid
    from ..forms.stage import Stage

GIVEN = {"charges", "totals"}  # shown by tables of their own
_LONG = 50
_WIDE = 700
_NARROWEST = 320


class Composition(Speaking):
    """A sheet and what stands on it.

    Attributes:
        boxes: boxes by field id.
        grids: tables by section.
        chain: what takes the cursor, in the order of composition.
        left_to_rest: how many fields nobody placed by hand.
    """

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.binding = Binding(stage.session, self)
        self.boxes: dict[str, Box] = {}
        self.grids: dict[str, Grid] = {}
        self.chain: list[QWidget] = []
        self.left_to_rest = 0
        self._titles: list[tuple[Section, str]] = []
        self.sections: list[Section] = []
        self._lines: list[QBoxLayout] = []
        self._shares: list[int] = []
        self.sheet = Ground()
        self.sheet.setMinimumWidth(_NARROWEST)
        self.column = QVBoxLayout(self.sheet)
        self.column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        self.column.setSpacing(theme.L)
        self.callout = Callout(self.sheet)
        self.sheet.resized.connect(self.callout.refresh)

    def entered(self, box: Box) -> None:
        """The cursor came to a box."""

    def section(self, title: str = "") -> Self:
        """Begin a section; `title` is a msgid."""
        made = Section(_(title) if title else "", self.sheet)
        self._titles.append((made, title))
        self.sections.append(made)
        self._place(made)
        return self

    def side_by_side(self, *shares: int) -> Self:
        """Put what comes next side by side, as wide as its shares, while the page is wide enough."""
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(theme.XL)
        self.column.addLayout(line)
        self._lines.append(line)
        self._shares = list(shares)
        return self

    def _place(self, widget: QWidget) -> None:
        if not self._shares:
            self.column.addWidget(widget)
            return
        self._lines[-1].addWidget(widget, self._shares.pop(0), Qt.AlignmentFlag.AlignTop)

    def row(self, words: str, lines: int = 1) -> Self:
        """Put boxes side by side: `"header.direction:2 header.procedure:2"`."""
        cells = []
        for word in words.split():
            name, _sign, span = word.partition(":")
            field = self.stage.session.profile.fields.get(name)
            if field is not None and field.shown:
                cells.append((self.box(name, lines), int(span or 2)))
        if cells:
            self.sections[-1].add_row(*cells)
        return self

    def rest(self, group: str, table: str) -> Self:
        """Place every shown field of a group that has no place yet."""
        left = [
            field
            for field in self.stage.session.profile.table_fields(table).values()
            if field.group == group and field.shown and not self._placed(field)
        ]
        self.left_to_rest += len(left)
        if left:
            self.sections[-1].add_flowing(*[(self.box(field.id), span_of(field)) for field in left])
        return self

    def _placed(self, field: Field) -> bool:
        grid = self.grids.get(field.table)
        in_grid = grid is not None and field in grid.cells.fields
        return in_grid or field.id in self.boxes or field.kind.name in GIVEN

    def shows(self, table: str) -> bool:
        """Tell whether the profile shows anything of a section."""
        return any(field.shown for field in self.stage.session.profile.table_fields(table).values())

    def grid(self, table: str, columns: str, rows: int = 4) -> Rows:
        """Put a table of a section on the page: the named columns as far as the profile shows them, then the rest."""
        fields = self.stage.session.profile.table_fields(table)
        named = [word for word in columns.split() if fields[word.partition(":")[0]].shown]
        names = {word.partition(":")[0] for word in columns.split()}
        rest = [f for f in fields.values() if f.shown and f.name not in names and f.kind.name not in GIVEN]
        self.left_to_rest += len(rest)
        wide = [f"{field.name}:{max(8, min(field.kind.width, 20))}" for field in rest]
        made = Rows(self.stage, table, " ".join(named + wide), rows, self.sheet)
        self.grids[table] = made.grid
        self._place(made)
        if self.shows(table):
            self.chain.append(made.grid)
        else:
            made.hide()  # there is nothing to type in a table without columns
        return made

    def box(self, field_id: str, lines: int = 1) -> Box:
        """Return a new box for a field, noted in the order of this page."""
        made = Box(self.stage.session.profile.fields[field_id], lines, self.sheet)
        made.entered.connect(self.entered)
        made.left.connect(self.callout.leave)
        made.why.connect(self.stage.why)
        self.boxes[field_id] = made
        self.chain.append(made.editor)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put side by side what fits so, and one under another what does not."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        way = ways.LeftToRight if self.width() >= _WIDE else ways.TopToBottom
        for line in self._lines:
            if line.direction() != way:
                line.setDirection(way)


def span_of(field: Field) -> int:
    """Return how many of twelve columns a field wants when nobody has placed it."""
    if field.kind.width > _LONG:
        return COLUMNS // 2
    return 3 if field.kind.width > COLUMNS else 2
