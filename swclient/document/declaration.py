# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration as it was typed: sections, rows and values, nothing worked out.

Only `swclient.document.history` changes a declaration; everyone else reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from swclient.catalogue.profile import Profile
from swclient.document.acknowledged import Acknowledged, Warned
from swclient.document.path import SINGLE, Path
from swclient.document.value import Value


class Row:
    """One record: values by field name. `parent` is the row it stands under, None when it stands free."""

    __slots__ = ("id", "parent", "values")

    def __init__(self, number: int, parent: int | None = None, values: dict[str, Value] | None = None) -> None:
        self.id = number
        self.parent = parent
        self.values: dict[str, Value] = values if values is not None else {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return (self.id, self.parent, self.values) == (other.id, other.parent, other.values)

    __hash__ = None  # type: ignore[assignment]  # a row changes, so it must not be a key

    def __repr__(self) -> str:
        return f"Row({self.id}, {self.parent}, {self.values})"


class Declaration:
    """Sections by name, each an ordered mapping from row number to row.

    Attributes:
        acknowledged: warnings that somebody lets stand; they are no values, and two declarations that differ in them
            only are equal.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.tables: dict[str, dict[int, Row]] = {
            table.name: {} if table.many else {SINGLE: Row(SINGLE)} for table in profile.tables.values()
        }
        self.next_row = 1
        self.acknowledged: dict[Warned, Acknowledged] = {}

    def value(self, path: Path) -> Value | None:
        """Return what was typed at a path, None where nothing was."""
        row = self.tables[path.table].get(path.row)
        return None if row is None else row.values.get(path.field)

    def rows(self, table: str, parent: int | None = None) -> Iterator[Row]:
        """Yield the rows of a section in order, only those under `parent` when one is given."""
        for row in self.tables[table].values():
            if parent is None or row.parent == parent:
                yield row

    def new_row_id(self) -> int:
        """Return a row number that was never used in this declaration."""
        self.next_row += 1
        return self.next_row - 1

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Declaration):
            return NotImplemented
        return self.profile.code == other.profile.code and all(
            list(rows.values()) == list(other.tables[name].values()) for name, rows in self.tables.items()
        )

    __hash__ = None  # type: ignore[assignment]  # a declaration changes, so it must not be a key
