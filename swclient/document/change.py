# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The five things that can happen to a declaration, each with its opposite."""

from __future__ import annotations

from dataclasses import dataclass, field

from swclient.document.acknowledged import Acknowledged, Warned
from swclient.document.declaration import Declaration, Row
from swclient.document.path import Path
from swclient.document.value import Value


@dataclass(frozen=True, slots=True)
class SetValue:
    """A value was typed over another; None on either side means nothing there."""

    path: Path
    before: Value | None
    after: Value | None

    def apply(self, declaration: Declaration) -> None:
        """Put the new value in place."""
        values = declaration.tables[self.path.table][self.path.row].values
        if self.after is None:
            values.pop(self.path.field, None)
        else:
            values[self.path.field] = self.after

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return SetValue(self.path, self.after, self.before)


@dataclass(frozen=True, slots=True)
class InsertRow:
    """A row came in at a position (counted over the whole section), with what it held."""

    table: str
    row: int
    parent: int | None
    position: int
    values: tuple[tuple[str, Value], ...] = field(default=())

    def apply(self, declaration: Declaration) -> None:
        """Put the row in place and keep the numbers after it free for others."""
        rows = declaration.tables[self.table]
        new = Row(self.row, self.parent, dict(self.values))
        if self.position >= len(rows):
            rows[self.row] = new
        else:
            kept = list(rows.values())
            kept.insert(self.position, new)
            rows.clear()
            rows.update((each.id, each) for each in kept)
        declaration.next_row = max(declaration.next_row, self.row + 1)

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return RemoveRow(self.table, self.row, self.parent, self.position, self.values)


@dataclass(frozen=True, slots=True)
class RemoveRow:
    """A row went; its values are kept in the change so that it can come back."""

    table: str
    row: int
    parent: int | None
    position: int
    values: tuple[tuple[str, Value], ...] = field(default=())

    def apply(self, declaration: Declaration) -> None:
        """Take the row out."""
        del declaration.tables[self.table][self.row]

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return InsertRow(self.table, self.row, self.parent, self.position, self.values)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A row changed its position or the row it stands under."""

    table: str
    row: int
    before: tuple[int, int | None]
    after: tuple[int, int | None]

    def apply(self, declaration: Declaration) -> None:
        """Put the row at its new position, under its new parent."""
        rows = declaration.tables[self.table]
        moved = rows.pop(self.row)
        moved.parent = self.after[1]
        kept = list(rows.values())
        kept.insert(self.after[0], moved)
        rows.clear()
        rows.update((each.id, each) for each in kept)

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return MoveRow(self.table, self.row, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """A warning was acknowledged, or (None after) that was taken back; no value is changed by it."""

    of: Warned
    before: Acknowledged | None
    after: Acknowledged | None

    def apply(self, declaration: Declaration) -> None:
        """Note it, or forget it."""
        if self.after is None:
            declaration.acknowledged.pop(self.of, None)
        else:
            declaration.acknowledged[self.of] = self.after

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Acknowledge(self.of, self.after, self.before)


RowChange = InsertRow | RemoveRow | MoveRow
Change = SetValue | RowChange | Acknowledge
