# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page is: a sheet that scrolls, and an order in which Enter goes through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from swclient.document.path import SINGLE, Path

from .. import theme
from ..parts.frames import scrolled
from ..words import name_for_readers
from .composing import Composition
from .homes import home_of

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from ..forms.box import Box
    from ..forms.stage import Stage


class Page(Composition):
    """One room of a declaration.

    Attributes:
        TITLE: what stands on its tab.
    """

    TITLE = ""
    past_end = Signal(int)  # Enter went past the last box (1) or back before the first (-1)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(stage, parent)
        self._explained = False
        self.area = scrolled(self.sheet)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(0)
        self.binding.checked = stage.checked
        stage.check_asked.connect(self._checked)
        self.begin()
        self.finish()

    # -- composing

    def begin(self) -> None:
        """Compose the page: as the profile has it, if it does, else by hand."""
        blocks = self.stage.session.profile.layout.pages.get(self.NAME, ())
        if not blocks:
            self.compose()
            return
        self.lay_out(blocks)
        self._lay_rest()

    def _lay_rest(self) -> None:
        """Place whatever belongs on this page and stands in no block of the profile."""
        profile = self.stage.session.profile
        self.section()
        for table, spec in profile.tables.items():
            fields = [each for each in profile.table_fields(table).values() if home_of(each, profile) == self.NAME]
            if table == "item" or not spec.many:
                self.flow(fields)
            elif table not in self.grids and table != "charge" and any(self._belongs(each.id) for each in fields):
                self.grid(table, "")

    def compose(self) -> None:
        """Say which boxes stand where."""

    def finish(self) -> None:
        """Set the sheet into its area; pages that are more than a sheet do otherwise."""
        self.column.addStretch(1)
        self.outer.addWidget(self.area)
        self.aim_singles()

    # -- which rows

    def aim(self, table: str, row: int | None) -> None:
        """Have all boxes of a section stand for one of its rows."""
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

    def entered(self, box: Box) -> None:
        """Tell where the cursor is, and what there is to say about it."""
        if box.path is not None:
            self.stage.enter(box.path)
            self.callout.stand_under(box)

    # -- life

    def refresh(self, _changed: object = None) -> None:
        """Look again at what is not a box: totals, lists, pictures."""
        self.callout.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was hidden."""
        super().showEvent(event)
        self.binding.wake()
        self.refresh()
        if not self._explained:
            self._explained = True
            QTimer.singleShot(0, self._explain)

    def _explain(self) -> None:
        """Tell screen readers what goes into each box, once the page stands."""
        from ..panels.help import goes_in

        profile = self.stage.session.profile
        names = [name_for_readers(box.field) for box in self.boxes.values()]
        for box, name in zip(self.boxes.values(), names, strict=True):
            owner = profile.tables[box.field.table].label if names.count(name) > 1 else ""
            box.explain(goes_in(profile, box.field), owner)

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
            section.set_title(title())
        for box in self.boxes.values():
            box.retranslate()
        self.binding.look_again()
        self.refresh()


def _holds(widget: QWidget, here: QWidget | None) -> bool:
    return here is not None and (widget is here or widget.isAncestorOf(here))
