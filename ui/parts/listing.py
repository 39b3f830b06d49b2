# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list whose rows are painted by its page: the model holds them, and gives each as one line of text.

The text is what a screen reader speaks; painters read `rows` themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AnyIndex = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
Row = TypeVar("Row")


class Rows(QAbstractListModel, Generic[Row]):
    """Rows of one kind; `text` says one of them in a line, `roles` are those that ask for it."""

    def __init__(self, text: Callable[[Row], str], *roles: Qt.ItemDataRole) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        self._text = text
        self._roles = {Qt.ItemDataRole.DisplayRole, *roles}

    def fill(self, rows: Sequence[Row]) -> None:
        """Show these instead of those before."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def add(self, rows: Sequence[Row]) -> None:
        """Show these after those before; chosen line and place stay."""
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows = (*self.rows, *rows)
            self.endInsertRows()

    def rowCount(self, parent: AnyIndex = _NOTHING) -> int:
        """Return how many rows there are; a row has none below it."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row's line for the roles that ask for it, else None."""
        return self._text(self.rows[index.row()]) if index.isValid() and role in self._roles else None
