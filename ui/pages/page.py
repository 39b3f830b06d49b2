# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page is: a sheet that scrolls, sections of boxes, an order in which Enter goes through them.

A page says in `compose` which boxes stand where, by hand, as the paper has them; `rest` adds whatever field of a group
no line above has placed, so that a new row of the catalogue is never invisible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import _
from swclient.document.path import SINGLE, Path

from .. import theme
from ..binding import Binding
from ..forms.box import Box
from ..forms.callout import Callout
from ..forms.grid import Grid
from ..forms.rows import Rows
from ..forms.section import COLUMNS, Section
from ..parts.frames import scrolled
from ..parts.plain import Ground
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from swclient.catalogue.field import Field

    from ..forms.stage import Stage

GIVEN = {"charges", "totals"}  # shown by tables of their own
_LONG = 50
_WIDE = 700
_NARROWEST = 320


class Page(Speaking):
    """One room of a declaration.

    Attributes:
        TITLE: what stands on its tab.
        boxes: boxes by field id.
        grids: tables by section.
        chain: what takes the cursor, in the order of composition.
        left_to_rest: how many fields nobody placed by hand.
    """

    TITLE = ""
    past_end = Signal(int)  # Enter went past the last box (1) or back before the first (-1)

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
        self._aims: dict[str, int | None] = {}
        self._lines: list[QBoxLayout] = []
        self._shares: list[int] = []
        self.sheet = Ground()
        self.sheet.setMinimumWidth(_NARROWEST)
        self.column = QVBoxLayout(self.sheet)
        self.column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        self.column.setSpacing(theme.L)
        self.callout = Callout(self.sheet)
        self.sheet.resized.connect(self.callout.refresh)
        self.area = scrolled(self.sheet)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(0)
        self.binding.checked = stage.checked
        stage.check_asked.connect(self._checked)
        self.compose()
        self.finish()

    # -- composing

    def compose(self) -> None:
        """Say which boxes stand where."""

    def finish(self) -> None:
        """Set the sheet into its area; pages that are more than a sheet do otherwise."""
        self.column.addStretch(1)
        self.outer.addWidget(self.area)
        self.aim_singles()

    def section(self, title: str = "") -> Page:
        """Begin a section; `title` is a msgid."""
        made = Section(_(title) if title else "", self.sheet)
        self._titles.append((made, title))
        self.sections.append(made)
        self._place(made)
        return self

    def side_by_side(self, *shares: int) -> Page:
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

    def row(self, words: str, lines: int = 1) -> Page:
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

    def rest(self, group: str, table: str) -> Page:
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

    def grid(self, table: str, columns: str, rows: int = 4) -> Rows:
        """Put a table of a section on the page, with its buttons."""
        made = Rows(self.stage, table, columns, rows, self.sheet)
        self.grids[table] = made.grid
        self.chain.append(made.grid)
        self._place(made)
        return made

    def box(self, field_id: str, lines: int = 1) -> Box:
        """Return a new box for a field, noted in the order of this page."""
        made = Box(self.stage.session.profile.fields[field_id], lines, self.sheet)
        made.entered.connect(self._entered)
        made.left.connect(self.callout.leave)
        made.why.connect(self.stage.why)
        self.boxes[field_id] = made
        self.chain.append(made.editor)
        return made

    # -- which rows

    def aim(self, table: str, row: int | None) -> None:
        """Have all boxes of a section stand for one of its rows."""
        self._aims[table] = row
        for box in self.boxes.values():
            if box.field.table == table:
                box.aim(self.binding, None if row is None else Path(table, row, box.field.name))

    def aim_singles(self) -> None:
        """Have all boxes of sections that stand once stand for them."""
        tables = self.stage.session.profile.tables
        for name in {box.field.table for box in self.boxes.values()}:
            if not tables[name].many:
                self.aim(name, SINGLE)

    # -- going about

    def owns(self, path: Path) -> bool:
        """Tell whether a value is to be found on this page."""
        return path.field_id in self.boxes or path.table in self.grids

    def show_path(self, path: Path) -> None:
        """Bring the cursor to a value."""
        box = self.boxes.get(path.field_id)
        if box is not None and box.path is not None:
            self.area.ensureWidgetVisible(box, 0, theme.XL * 3)
            box.setFocus()
        elif path.table in self.grids:
            grid = self.grids[path.table]
            self.area.ensureWidgetVisible(grid, 0, theme.XL)
            grid.setFocus()
            grid.go_to(path.row, path.field)

    def start(self) -> None:
        """Bring the cursor to the first box."""
        self.step_from(-1, 1)

    def end(self) -> None:
        """Bring the cursor to the last box."""
        self.step_from(len(self.chain), -1)

    def step_from(self, place: int, way: int) -> bool:
        """Go to the next place of the chain that takes the cursor; say so when there is none."""
        reason = Qt.FocusReason
        place += way
        while 0 <= place < len(self.chain):
            widget = self.chain[place]
            if widget.isEnabled() and widget.isVisibleTo(self):
                self.area.ensureWidgetVisible(widget, 0, theme.XL * 2)
                widget.setFocus(reason.TabFocusReason if way > 0 else reason.BacktabFocusReason)
                return True
            place += way
        self.past_end.emit(way)
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Go in the order of composition, not of creation, and on to the next page at the end."""
        here = QApplication.focusWidget()
        place = next((n for n, widget in enumerate(self.chain) if _holds(widget, here)), None)
        if not self.isVisible():  # Qt looks for another place when a page is hidden; whoever turned the page has one
            return super().focusNextPrevChild(forward)
        if place is None:
            return super().focusNextPrevChild(forward)
        self.step_from(place, 1 if forward else -1)
        return True

    def _entered(self, box: Box) -> None:
        if box.path is not None:
            self.stage.enter(box.path)
            self.callout.stand_under(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put side by side what fits so, and one under another what does not."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        way = ways.LeftToRight if self.width() >= _WIDE else ways.TopToBottom
        for line in self._lines:
            if line.direction() != way:
                line.setDirection(way)

    # -- life

    def refresh(self, _changed: object = None) -> None:
        """Look again at what is not a box: totals, lists, pictures."""
        self.callout.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was hidden."""
        super().showEvent(event)
        self.binding.wake()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self.binding.sleep()

    def _checked(self) -> None:
        self.binding.checked = True
        self.look_again()

    def look_again(self) -> None:
        """Show everything anew: the declaration may be locked or open now."""
        self.binding.look_again()
        for grid in self.grids.values():
            grid.cells.refresh()
        self.refresh()

    def retranslate(self) -> None:
        """Take titles, labels and values in the language in force."""
        for section, title in self._titles:
            section.set_title(_(title) if title else "")
        for box in self.boxes.values():
            box.retranslate()
        self.binding.look_again()
        self.refresh()


def span_of(field: Field) -> int:
    """Return how many of twelve columns a field wants when nobody has placed it."""
    if field.kind.width > _LONG:
        return COLUMNS // 2
    return 3 if field.kind.width > COLUMNS else 2


def _holds(widget: QWidget, here: QWidget | None) -> bool:
    return here is not None and (widget is here or widget.isAncestorOf(here))
