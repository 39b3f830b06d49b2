# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The declaration while it is written, looked at from the row that is being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swclient.catalogue.profile import Profile
    from swclient.document.snapshot import Snapshot

Values = Mapping[str, Any]
Rows = list[tuple[int, Values]]
Parameters = Mapping[str, tuple[str, ...]]
_NOTHING: Values = {}


class Scope:
    """Rows by section and by the row they stand under.

    Attributes:
        current: the row of each section that stands above what is written now.
        ids: their numbers.
        bunches: rows that one element takes together.
        places: the places of these rows among their like, from 1.
        steady: texts that are the same throughout the message, once they are worked out.
    """

    __slots__ = ("_children", "_parameters", "_profile", "bunches", "current", "ids", "places", "steady")

    def __init__(self, snapshot: Snapshot | None, profile: Profile, parameters: Parameters) -> None:
        self._profile = profile
        self._parameters = parameters
        self._children: dict[tuple[str, int | None], Rows] = {}
        self.current: dict[str, Values] = dict.fromkeys(profile.tables, _NOTHING)
        self.ids: dict[str, int] = {}
        self.bunches: dict[str, Rows] = {}
        self.places: dict[str, int] = {}
        self.steady: dict[object, str] = {}
        for table, records in snapshot.tables.items() if snapshot else ():
            if profile.tables[table].many:
                for record in records:
                    rows = self._children.setdefault((table, record.parent), [])
                    rows.append((record.id, record.values))
            elif records:
                self.current[table] = records[0].values

    def children(self, table: str) -> Rows:
        """Return the rows of a section under the row that is being written."""
        parent = self._profile.tables[table].parent
        return self.under(table, self.ids.get(parent) if parent else None)

    def under(self, table: str, row: int | None) -> Rows:
        """Return the rows of a section under a row; None for those that stand under none."""
        return self._children.get((table, row), [])

    def text(self, table: str, name: str) -> str:
        """Return a value of the current row as files keep it; empty when there is none."""
        value = self.current[table].get(name)
        if value is None or type(value) is str:
            return value or ""
        return self._profile.table_fields(table)[name].kind.store(value)

    def rows(self, table: str) -> Iterable[Mapping[str, object]]:
        """Return the rows under the current one, or those that the element takes together."""
        return [values for _, values in self.bunches.get(table) or self.children(table)]

    def position(self, table: str) -> int:
        """Return the place of the row that is being written among its like."""
        return self.places.get(table, 1)

    def parameter(self, name: str) -> tuple[str, ...]:
        """Return what the caller gave under a name."""
        return self._parameters.get(name, ())
