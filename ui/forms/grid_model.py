# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of one section as a table: a column for every field, made from the field itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from swclient.base.errors import UserError
from swclient.base.i18n import _
from swclient.document.path import Path

from ..words import box_number, label_of
from . import signs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from swclient.catalogue.field import Field
    from swclient.workflow.views import Changed, Look, Session

AnyIndex = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_LOCKED = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_OPEN = _LOCKED | Qt.ItemFlag.ItemIsEditable
_QUIET = 60  # milliseconds without a key
_ALIGN = int(Qt.AlignmentFlag.AlignVCenter)


class GridModel(QAbstractTableModel):
    """A section's rows, all of them or those under one parent.

    Attributes:
        table: the section.
        fields: the columns.
        rows: numbers of the rows on show, in the order on show.
        numbers: the place of each in the declaration, from 1; sorting leaves it alone.
        sorted_by: column, and whether downwards from the largest; None for the rows' own order.
    """

    def __init__(self, session: Session, table: str, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.table = table
        known = session.profile.table_fields(table)
        self.fields: list[Field] = [known[name] for name in columns]
        self.under: int | None = None
        self.which: Callable[[], list[int]] = lambda: session.rows(table, self.under)
        self.sorted_by: tuple[int, bool] | None = None
        self._order: dict[int, int] = {}
        self.numbers: dict[int, int] = {}
        self.rows: list[int] = self._shown()
        self._looks: dict[tuple[int, int], Look] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_QUIET)
        self._later.timeout.connect(self.refresh)
        session.changed.connect(self._changed)

    def show_under(self, parent: int | None) -> None:
        """Show the rows under another parent from now on."""
        if parent != self.under:
            self.sorted_by = None  # these are other rows: nobody has sorted them
        self.under = parent
        self.refresh_rows()

    def path(self, index: AnyIndex) -> Path:
        """Return which value a cell stands for."""
        return Path(self.table, self.rows[index.row()], self.fields[index.column()].name)

    def look(self, index: AnyIndex) -> Look:
        """Return what a cell shows."""
        key = (self.rows[index.row()], index.column())
        found = self._looks.get(key)
        if found is None:
            found = self._looks[key] = self.session.look(self.path(index))
        return found

    def rowCount(self, parent: AnyIndex = _NOTHING) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOTHING) -> int:
        """Return the number of fields."""
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, as read or as typed, and what there is to say about it."""
        if not index.isValid() or role not in _ROLES:
            return None
        look = self.look(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if look.field.kind.numeric else Qt.AlignmentFlag.AlignLeft
            return int(side) | _ALIGN
        if role == Qt.ItemDataRole.EditRole:
            return look.text
        if role == Qt.ItemDataRole.DisplayRole:
            return look.text if look.list_name else look.shown
        return signs.told(look) or look.shown

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return number and label of a column, or the number of a row."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if way == Qt.Orientation.Vertical:
            return str(self.numbers.get(self.rows[section], section + 1))
        field = self.fields[section]
        name = f"{box_number(field)} {label_of(field)}".strip()
        if self.sorted_by is None or self.sorted_by[0] != section:
            return name
        return f"{name}, {_('largest first') if self.sorted_by[1] else _('smallest first')}"

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return that a cell can be typed into, unless it is locked."""
        if not index.isValid():
            return super().flags(index)
        return _LOCKED if self.session.is_locked(self.fields[index.column()]) else _OPEN

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Type into a cell; a signed declaration refuses."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        try:
            self.session.type_in(self.path(index), str(value))
        except UserError:
            return False
        return True

    def refresh_rows(self) -> None:
        """Take up rows that came or went, telling only what really did, so that nothing jumps."""
        self._looks.clear()
        new = self._shown()
        if new == self.rows:
            self.refresh()
            return
        head = _shared(self.rows, new)
        tail = _shared(self.rows[head:][::-1], new[head:][::-1])
        gone, come = len(self.rows) - head - tail, len(new) - head - tail
        if gone:
            self.beginRemoveRows(_NOTHING, head, head + gone - 1)
            del self.rows[head : head + gone]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(_NOTHING, head, head + come - 1)
            self.rows[head:head] = new[head : head + come]
            self.endInsertRows()
        self.refresh()

    def _shown(self) -> list[int]:
        """Return the rows in the order on show; rows that came since they were sorted stand at the end."""
        own = self.which()
        self.numbers = {row: number for number, row in enumerate(own, 1)}
        if self.sorted_by is None:
            return own
        last = len(self._order)
        return sorted(own, key=lambda row: self._order.get(row, last))

    def sort_rows(self, column: int, *, largest_first: bool = False) -> None:
        """Show the rows by what stands in a column now; below zero: in their own order. What is typed moves none."""
        self.sorted_by = None if column < 0 else (column, largest_first)
        if column >= 0:
            self._order = {row: place for place, row in enumerate(self._ranked(column, largest_first=largest_first))}
        self._put_in_order(self._shown())

    def _ranked(self, column: int, *, largest_first: bool) -> list[int]:
        """Return the rows by a column's values: figures and days, then texts; the blank ones last either way."""
        name = self.fields[column].name
        held = {row: self.session.value(Path(self.table, row, name)) for row in self.which()}
        filled = [row for row in held if held[row] is not None]
        filled.sort(key=lambda row: _rank(held[row]), reverse=largest_first)
        return filled + [row for row in held if held[row] is None]

    def _put_in_order(self, new: list[int]) -> None:
        """Show the same rows in another order; cursor and selection go along with theirs."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {row: place for place, row in enumerate(new)}
        after = [self.createIndex(places[self.rows[each.row()]], each.column()) for each in before]
        self.rows = new
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.fields) - 1)

    def refresh(self) -> None:
        """Look at every cell again."""
        self._looks.clear()
        if self.rows and self.fields:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.fields) - 1))

    def _changed(self, changed: Changed) -> None:
        """Show a typed row at once, and what else a key reached once the typing pauses: a table takes time to paint."""
        if self.table in changed.tables or changed.paths is None:
            self._later.stop()
            self.refresh_rows()
            return
        for path in changed.paths:
            if path.table == self.table:
                self._refresh_row(path.row)
        self._later.start()

    def _refresh_row(self, row: int) -> None:
        for column in range(len(self.fields)):
            self._looks.pop((row, column), None)
        if row in self.rows:
            place = self.rows.index(row)
            for column in range(len(self.fields)):  # each told alone: told together, the whole table is painted
                cell = self.index(place, column)
                self.dataChanged.emit(cell, cell)


_ROLES = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.TextAlignmentRole,
}


def _rank(value: object) -> tuple[int, Any]:
    """Return what a value is sorted by; figures stand before texts, so that no two kinds are compared."""
    if isinstance(value, Decimal | int):
        return 0, value
    return (1, value.isoformat()) if isinstance(value, date) else (2, str(value).casefold())


def _shared(left: list[int], right: list[int]) -> int:
    """Return how many leading entries two lists share."""
    for place, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return place
    return min(len(left), len(right))
