# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The verbs in which a page is composed: sections, rows of boxes, tables, things side by side, and the rest.

A page says by hand which boxes stand where, as the paper has them, or a profile does so for it (`lay_out`); `rest` adds
whatever field of a group no line above has placed, so that a new row of the catalogue is never invisible. What the
profile does not show is left out, and its neighbours share its room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from swclient.base.messages import Message
from swclient.catalogue.layout import Cell, cells

from .. import theme
from ..binding import Binding
from ..forms.box import Box
from ..forms.callout import Callout
from ..forms.rows import Rows
from ..forms.section import COLUMNS, Section
from ..parts.plain import Ground
from ..parts.speaking import Speaking
from ..words import numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QResizeEvent

    from swclient.catalogue.field import Field
    from swclient.catalogue.layout import Block

    from ..forms.grid import Grid
    from ..forms.stage import Stage

GIVEN = {"charges", "totals"}  # shown by tables of their own
_LONG = 50
_WIDE = 700
_NARROWEST = 320


class Composition(Speaking):
    """A sheet and what stands on it.

    Attributes:
        NAME: which page it is to a profile that lays out its own.
        boxes: boxes by field id.
        grids: tables by section.
        chain: what takes the cursor, in the order of composition.
        left_to_rest: how many fields nobody placed by hand.
    """

    NAME = ""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.binding = Binding(stage.session, self)
        self.boxes: dict[str, Box] = {}
        self.grids: dict[str, Grid] = {}
        self.chain: list[QWidget] = []
        self.left_to_rest = 0
        self._titles: list[tuple[Section, Callable[[], str]]] = []
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

    def section(self, title: str | Message = "", of: str = "") -> Self:
        """Begin a section, which is seen from its first box on.

        Args:
            title: a msgid, or what says itself.
            of: field whose box has the number that stands before the title.
        """
        told = Message(title) if isinstance(title, str) else title
        field = self.stage.session.profile.fields.get(of)
        made = Section(numbered(told.text(), field), self.sheet)
        made.hide()
        self._titles.append((made, lambda: numbered(told.text(), field)))
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

    def row(self, words: str) -> Self:
        """Put boxes side by side: `"header.direction:2 header.marks:8:3"`, columns and lines of text.

        Those that are shown share the room of those that are not; more than twelve columns may be asked for where no
        country shows them all.
        """
        wanted = list(cells(words))
        here = [cell for cell in wanted if self._belongs(cell.field)]
        if here:
            room = min(sum(cell.span for cell in wanted), COLUMNS)
            spans = shared_out([cell.span for cell in here], room)
            self.sections[-1].add_row(*[(self.cell(cell), span) for cell, span in zip(here, spans, strict=True)])
            self.sections[-1].show()
        return self

    def cell(self, cell: Cell) -> QWidget:
        """Return what stands in a row for a field: its box, unless a page knows better."""
        return self.box(cell.field, cell.lines)

    def _belongs(self, name: str) -> bool:
        """Tell whether a field is shown, and not on another page by the layout of the profile."""
        profile = self.stage.session.profile
        field = profile.fields.get(name)
        return field is not None and field.shown and profile.layout.page_of(name) in {"", self.NAME}

    def rest(self, group: str, table: str) -> Self:
        """Place every shown field of a group that has no place yet."""
        fields = self.stage.session.profile.table_fields(table).values()
        return self.flow([field for field in fields if field.group == group])

    def flow(self, fields: Iterable[Field]) -> Self:
        """Place fields that have no place yet one after another, as wide as their values want it."""
        left = [field for field in fields if self._belongs(field.id) and not self._placed(field)]
        self.left_to_rest += len(left)
        if left:
            self.sections[-1].add_flowing(*[(self.box(field.id), span_of(field)) for field in left])
            self.sections[-1].show()
        return self

    def _placed(self, field: Field) -> bool:
        grid = self.grids.get(field.table)
        in_grid = grid is not None and field in grid.cells.fields
        return in_grid or field.id in self.boxes or field.kind.name in GIVEN

    def lay_out(self, blocks: Iterable[Block]) -> None:
        """Compose the page as a profile has it: blocks one under another, or side by side until they fill the page."""
        waiting: list[Block] = []
        for block in blocks:
            waiting.append(block)
            if sum(each.share for each in waiting) < COLUMNS:
                continue
            if len(waiting) > 1:
                self.side_by_side(*(each.share for each in waiting))
            for each in waiting:
                self._lay_block(each)
            waiting = []

    def _lay_block(self, block: Block) -> None:
        if block.table:
            self.grid(block.table, block.columns, block.lines).call(block.title or "")
            return
        self.section(block.title or "")
        for row in block.rows:
            self.row(row)

    def shows(self, table: str) -> bool:
        """Tell whether the profile shows anything of a section here."""
        return any(self._belongs(field.id) for field in self.stage.session.profile.table_fields(table).values())

    def grid(self, table: str, columns: str, rows: int = 4) -> Rows:
        """Put a table of a section on the page: the named columns as far as the profile shows them, then the rest."""
        fields = self.stage.session.profile.table_fields(table)
        shown = {field.name: field for field in fields.values() if field.shown and field.kind.name not in GIVEN}
        named = [word for word in columns.split() if shown.pop(word.partition(":")[0], None)]
        rest = list(shown.values())
        wide = [f"{field.name}:{max(8, min(field.kind.width, 20))}" for field in rest]
        made = Rows(self.stage, table, " ".join(named + wide), rows, self.sheet)
        self._place(made)
        if self.shows(table):
            self.left_to_rest += len(rest)
            self.grids[table] = made.grid
            self.chain.append(made.grid)
        else:
            made.hide()  # there is nothing to type in a table without columns, or it stands on another page
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


def shared_out(spans: list[int], room: int) -> list[int]:
    """Return spans that fill the room of a row some boxes of which are not shown, in the proportions it was given.

    >>> shared_out([3, 6], 12)
    [4, 8]
    """
    whole, done = sum(spans), 0
    given: list[int] = []
    for span in spans:
        end = round((done + span) * room / whole)
        given.append(end - sum(given))
        done += span
    return given


def span_of(field: Field) -> int:
    """Return how many of twelve columns a field wants when nobody has placed it."""
    if field.kind.width > _LONG:
        return COLUMNS // 2
    return 3 if field.kind.width > COLUMNS else 2
