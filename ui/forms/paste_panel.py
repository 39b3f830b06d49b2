# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pasted block before it is taken: its columns and where they go, and before and after of every cell that changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.workflow.intake.pasting import PastedCell, Pasting

from .. import keys, theme
from ..parts.button import Button
from ..parts.plain import words
from ..words import box_number, label_of
from .preview import Lines, Preview, Told

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.workflow.intake.paste_columns import PastedColumn

    from .grid import Grid

_LETTERS = 26


class PastePanel(Preview[Pasting]):
    """Over the table that a block was pasted into.

    Attributes:
        columns: the block's columns; Left and Right have one go to another field, Space opens the list, Del leaves
            it out.
    """

    def __init__(self, grid: Grid, page: QWidget) -> None:
        super().__init__(grid.stage, page)
        self._grid = grid
        self.columns = Lines((0.36, 0.4))
        self.hint = words(size=theme.CAPTION, muted=True)
        left = QVBoxLayout()
        left.setSpacing(theme.XS)
        left.addWidget(self.columns, 1)
        left.addWidget(self.hint)
        self.body.insertLayout(0, left, 2)
        self.buttons["new"] = self._new_button()
        self.watch(self.columns, self.buttons["new"])
        self.columns.doubleClicked.connect(lambda _index: self._open_menu())
        self.setTabOrder(self.columns, self.lines)
        self.retranslate()

    def _new_button(self) -> Button:
        made = Button(weight="plain")
        made.setCheckable(True)
        made.toggled.connect(self._as_new)
        self.top.insertWidget(1, made)
        return made

    def _name_new(self) -> None:
        """Say what the button does next: the lines go over the rows from the cursor on, or become new ones."""
        if self.act is not None and self.act.as_new:
            self.buttons["new"].say(_("Over the rows"), "arrow-line-down")
        else:
            self.buttons["new"].say(_("As new rows"), "plus")

    # -- what it says

    def tell(self) -> None:
        """Say what taking the block would do now."""
        act = self.act
        if act is None:
            return
        plan = act.plan()
        self._name_new()
        self.title.setText(
            Message(N_("Paste {rows} × {columns} cells"), {"rows": act.lines, "columns": len(act.columns)}).text()
        )
        counted = (
            (N_("{n} cells change"), plan.changed),
            (N_("{n} new rows"), plan.new_rows),
            (N_("{n} doubtful cells"), len(plan.doubtful)),
            (N_("{n} lines left out"), plan.strays),
        )
        told = [Message(each, {"n": n}).text() for each, n in counted if n]
        self.summary.setText(" · ".join(told) or _("Nothing changes"))
        self.columns.show_lines([self._told_column(column) for column in act.columns])
        doubtful = set(map(id, plan.doubtful))
        ordered = [*plan.doubtful, *(cell for cell in plan.cells if id(cell) not in doubtful)]
        total = len(act.session.rows(act.table))
        numbers = {row: number for number, row in enumerate(act.session.rows(act.table, act.target.under), 1)}
        old = act.lines - plan.new_rows
        self.lines.show_lines(_Cells(ordered, lambda cell: self._told_cell(cell, numbers, total - old)))

    def _told_column(self, column: PastedColumn) -> Told:
        act = self.act
        name = column.caption or _letter(column.place)
        sample = act.sample(column.place) if act is not None else ""
        goes = " + ".join(_called(self._field(each)) for each in column.fields)
        return Told("" if goes else "none", name, goes or _("left out"), after=sample)

    def _told_cell(self, cell: PastedCell, numbers: dict[int, int], past: int) -> Told:
        number = numbers[cell.row] if cell.row is not None else past + cell.line + 1
        new = cell.row is None
        where = Message(N_("New {n}") if new else N_("Row {n}"), {"n": number}).text()
        before, after = (" ".join(text.split()) for text in (cell.before, cell.after))
        told = _called(self._field(cell.field))
        if cell.doubt is not None:
            return Told("warning", where, told, before, after, cell.doubt.text())
        return Told("", where, told, before or ("" if new else "–"), after)

    def wanted_lines(self) -> int:
        """Return how many lines the longer list has."""
        return max(super().wanted_lines(), len(self.columns.held.rows))

    def _field(self, name: str) -> Field:
        return self._grid.stage.session.profile.table_fields(self._grid.table)[name]

    # -- what it does

    def do(self) -> None:
        """Put the block in, and stand on its first cell."""
        if self.act is not None:
            rows = self.act.take()
            first = next((column.fields[0] for column in self.act.columns if column.fields), "")
            if rows:
                self._grid.go_to(rows[0], first)

    def look_again(self) -> None:
        """Compare with what stands there now."""
        if self.act is not None:
            self.act.forget_plan()
            self.tell()

    def open(self, act: Pasting) -> None:
        """Show what a block would do; where it has no heading, the cursor stands on its columns."""
        self.buttons["new"].setChecked(False)
        super().open(act)
        if any(not column.fields for column in act.columns) and not act.headed:
            self.columns.setFocus(Qt.FocusReason.OtherFocusReason)

    def _as_new(self, wanted: bool) -> None:  # noqa: FBT001 - Qt's own signature
        if self.act is not None:
            self.act.set_new(as_new=wanted)
            self.tell()

    def _choose(self, name: str) -> None:
        if self.act is not None:
            self.act.choose(self.columns.currentIndex().row(), name)
            self.tell()

    def _turn(self, way: int) -> None:
        """Have the current column go to the next field, or the one before."""
        if self.act is None:
            return
        names = ["", *(field.name for field in self.act.choices())]
        fields = self.act.columns[self.columns.currentIndex().row()].fields
        self._choose(names[(names.index(fields[0] if fields else "") + way) % len(names)])

    def _open_menu(self) -> None:
        if self.act is None:
            return
        menu = QMenu(self)
        menu.addAction(_("left out"), lambda: self._choose(""))
        for field in self.act.choices():
            menu.addAction(_called(field), partial(self._choose, field.name))
        place = self.columns.visualRect(self.columns.currentIndex())
        menu.popup(self.columns.viewport().mapToGlobal(QPoint(place.left(), place.bottom())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On the columns, Left and Right choose, Space opens the list, Del leaves out."""
        if watched is self.columns and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            acts: dict[Qt.Key, Callable[[], object]] = {
                Qt.Key.Key_Left: lambda: self._turn(-1),
                Qt.Key.Key_Right: lambda: self._turn(1),
                Qt.Key.Key_Space: self._open_menu,
                Qt.Key.Key_F8: self._open_menu,
                Qt.Key.Key_Delete: lambda: self._choose(""),
            }
            act = acts.get(Qt.Key(keys.latin(event).key()))
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        super().retranslate()
        if "new" in self.buttons:
            self._name_new()
            self.columns.setAccessibleName(_("Columns of the block"))
            told = _("Left and Right choose the box, Space opens the list, Delete leaves it out")
            self.columns.setAccessibleDescription(told)
            self.hint.setText(_("← → choose the box, Space opens the list, Del leaves out"))


class _Cells(Sequence[Told]):
    """Lines made when they are looked at: a block has thousands."""

    def __init__(self, cells: Sequence[PastedCell], told: Callable[[PastedCell], Told]) -> None:
        self._cells, self._told = cells, told

    def __len__(self) -> int:
        return len(self._cells)

    def __getitem__(self, place: Any) -> Any:
        return self._told(self._cells[place])


def _called(field: Field) -> str:
    return f"{box_number(field)} {label_of(field)}".strip()


def _letter(place: int) -> str:
    """Return what a spreadsheet calls a column, from 0."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _LETTERS)
        text = chr(65 + rest) + text
    return Message(N_("column {name}"), {"name": text}).text()
