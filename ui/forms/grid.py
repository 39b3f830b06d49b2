# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of a section as a table to type in: blocks from a spreadsheet, fill down, rows come and go; all undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, keys, theme
from ..editors.make import Editor
from ..parts import paint
from ..parts.density import row_sections
from ..parts.frames import slim
from ..parts.plain import Panel
from .grid_paint import CellPainter
from .heading import Heading
from .spreading import SpreadingView

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent

    from .stage import Stage

_CHARACTER = 7.5  # a column is never narrower than this for each of its characters; then the table scrolls


class Grid(SpreadingView):
    """A table of one section.

    Args:
        columns: fields with the characters they need, as `"code:13 description:24 price:11"`; what is left is shared.
    """

    row_chosen = Signal(object)  # row number, or None

    def __init__(self, stage: Stage, table: str, columns: str, parent: QWidget | None = None) -> None:
        named = [each.partition(":") for each in columns.split()]
        super().__init__(stage, table, [name for name, _sign, _share in named], parent)
        self._shares = [int(share or 2) for _name, _sign, share in named]
        slim(self)
        self.setItemDelegate(CellPainter(self))
        head = Heading(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(head)
        head.setSectionsClickable(False)  # a click sorts; it must not choose all rows for what is typed next
        head.asked.connect(self.sort_by)
        self.setVerticalHeader(Heading(Qt.Orientation.Vertical, self))
        row_sections(self.verticalHeader())
        self.verticalHeader().setFixedWidth(40)
        self.setShowGrid(False)
        self._corner = Panel(self)
        self.setCornerWidget(QWidget(self))
        self.setCornerButtonEnabled(False)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.retranslate()
        self.selectionModel().currentChanged.connect(self._moved)

    def retranslate(self) -> None:
        """Take names and headings in the language in force."""
        self.setAccessibleName(_(self.stage.session.profile.tables[self.table].label))
        self.setAccessibleDescription(_("Table of rows; F2 edits a cell"))
        self.cells.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.cells.fields) - 1)
        self.cells.refresh()

    # -- where we are

    @property
    def row(self) -> int | None:
        """Number of the current row, None for none."""
        index = self.currentIndex()
        return self.cells.rows[index.row()] if index.isValid() and index.row() < len(self.cells.rows) else None

    def go_to(self, row: int, field: str = "", *, edit: bool = False) -> None:
        """Make a cell current."""
        names = [each.name for each in self.cells.fields]
        column = names.index(field) if field in names else max(self.currentIndex().column(), 0)
        if row in self.cells.rows:
            index = self.cells.index(self.cells.rows.index(row), column)
            self._stand_on(index)
            if edit:
                self.edit(index)

    def _stand_on(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        for each in (now, before):  # the line under the cursor is tinted whole
            if each.isValid():
                top, wide = self.rowViewportPosition(each.row()), self.viewport().width()
                self.viewport().update(0, top, wide, self.rowHeight(each.row()))
        if now.isValid():
            self.row_chosen.emit(self.cells.rows[now.row()])
            if self.hasFocus():
                self.stage.enter(self.cells.path(now))
        else:
            self.row_chosen.emit(None)

    # -- order

    def sort_by(self, column: int) -> None:
        """Show the rows by a column, smallest first; again: largest first; once more: in their own order."""
        if not 0 <= column < len(self.cells.fields):
            return
        held = self.cells.sorted_by
        if held == (column, True):
            self.cells.sort_rows(-1)
        else:
            self.cells.sort_rows(column, largest_first=held == (column, False))
        self.scrollTo(self.currentIndex())

    def sort_here(self) -> None:
        """Show the rows by the column that has the cursor."""
        self.sort_by(self.currentIndex().column())

    # -- rows

    def add_row(self, *, below_current: bool = False) -> None:
        """Add a row, at the end or below the current one, and go to its first cell."""
        session = self.stage.session
        position = None
        if below_current and self.row is not None:
            position = session.rows(self.table).index(self.row) + 1
        before = set(session.rows(self.table))
        if self.stage.attempt(lambda: session.add_row(self.table, self.cells.under, position)):
            new = next(iter(set(session.rows(self.table)) - before))
            self.go_to(new, self._first_typed())
            self.setFocus()

    def _first_typed(self) -> str:
        return next((each.name for each in self.cells.fields if not each.derived), "")

    def remove_rows(self) -> None:
        """Take the selected rows out, as one step."""
        session = self.stage.session
        places = sorted({index.row() for index in self.selectedIndexes()}) or [self.currentIndex().row()]
        rows = [self.cells.rows[place] for place in places if place >= 0]

        def remove() -> None:
            with session.step(Message(N_("Remove {n} rows"), {"n": len(rows)})):
                for row in rows:
                    session.remove_row(self.table, row)

        if rows and self.stage.attempt(remove) and self.cells.rows:
            place = min(places[0], len(self.cells.rows) - 1)
            self._stand_on(self.cells.index(place, max(self.currentIndex().column(), 0)))

    def duplicate_row(self) -> None:
        """Copy the current row with all that stands under it."""
        row = self.row
        if row is not None:
            self.stage.attempt(lambda: self.stage.session.duplicate_row(self.table, row))
            self.go_to(self.cells.rows[-1])

    # -- keys

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and actions.claimed(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Tab go cell by cell and leave at the end; the clipboard's keys work on any board."""
        event = keys.latin(event)
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        by_key = {Qt.Key.Key_C: self.copy, Qt.Key.Key_V: self.paste, Qt.Key.Key_X: self._cut}
        if held and event.key() in by_key:
            by_key[Qt.Key(event.key())]()
        elif actions.claimed(event):
            event.ignore()
        elif keys.is_enter(event) or event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._step(back=event.key() == Qt.Key.Key_Backtab)
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_cells()
        else:
            super().keyPressEvent(event)

    def _cut(self) -> None:
        self.copy()
        self.clear_cells()

    def _step(self, *, back: bool) -> None:
        index = self.currentIndex()
        wide = len(self.cells.fields)
        place = index.row() * wide + index.column() + (-1 if back else 1)
        if index.isValid() and 0 <= place < len(self.cells.rows) * wide:
            self._stand_on(self.cells.index(place // wide, place % wide))
        else:
            self.focusNextPrevChild(not back)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on after Enter or Tab without opening the next cell's editor: a key opens it."""
        plain = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, plain.NoHint)
        self.drop_held()
        here = QApplication.focusWidget()
        if here is None or here is editor or self.isAncestorOf(here):  # else the cursor was called elsewhere
            self.setFocus()
        if hint in {plain.EditNextItem, plain.EditPreviousItem}:
            self._step(back=hint == plain.EditPreviousItem)

    def open_list(self) -> bool:
        """Edit the current cell and open its list."""
        self.edit(self.currentIndex())
        editor = self.viewport().focusWidget()
        return isinstance(editor, Editor) and editor.open_list()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells; while there is none, say what would be here and how it comes."""
        super().paintEvent(event)
        if not self.cells.rows and self.isEnabled():
            painter = QPainter(self.viewport())
            painter.setFont(paint.face(theme.BODY))
            room = QRect(theme.S, 0, self.viewport().width() - theme.S, theme.ROW)
            hint = Message(
                N_("No rows yet: {keys} adds one, or paste a block"), {"keys": actions.shown_keys("add_row")}
            )
            paint.text(painter, room, hint.text(), theme.colours().muted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a cell, and say on which."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cells.rows:
            self._stand_on(self.cells.index(0, 0))
        elif self.currentIndex().isValid():
            self.stage.enter(self.cells.path(self.currentIndex()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns, each at least as wide as it needs."""
        super().resizeEvent(event)
        room = self.viewport().width()
        self._corner.setGeometry(0, 0, self.verticalHeader().width(), self.horizontalHeader().height())
        self._corner.raise_()
        unit = max(room / max(sum(self._shares), 1), _CHARACTER)
        left = 0.0
        for column, share in enumerate(self._shares):
            self.setColumnWidth(column, int(left + unit * share) - int(left))
            left += unit * share
        if self.hasFocus():
            self.scrollTo(self.currentIndex())
