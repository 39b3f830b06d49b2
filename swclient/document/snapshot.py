# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration at one moment, typed and worked-out values together, for print, message, search and archive.

A snapshot never changes, so a worker may read it while the user types on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from swclient.document.charge import Charge, ChargeTotal
from swclient.document.value import Value


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number, the row it stands under, and its values (typed or worked out) by field name."""

    id: int
    parent: int | None
    values: Mapping[str, Value]

    def get(self, field: str) -> Value | None:
        """Return a value, None where there is none or where the text could not be read."""
        return self.values.get(field)

    def charges(self, field: str = "charges_due") -> tuple[Charge, ...]:
        """Return lines of box 47 of an item: those that count, or `charges` for the worked-out ones."""
        value = self.values.get(field)
        return value if isinstance(value, tuple) else ()

    def charge_totals(self) -> tuple[ChargeTotal, ...]:
        """Return the lines of box B of the header."""
        value = self.values.get("charges")
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All sections of a declaration: `tables["item"]` is a tuple of records in order; single sections hold one."""

    profile: str
    profile_version: str
    tables: Mapping[str, tuple[Record, ...]]

    def one(self, table: str) -> Record:
        """Return the record of a section that stands once (header, exporter, ...)."""
        return self.tables[table][0]

    def many(self, table: str, parent: int | None = None) -> tuple[Record, ...]:
        """Return the records of a section in order, only those under `parent` when one is given."""
        rows = self.tables[table]
        return rows if parent is None else tuple(row for row in rows if row.parent == parent)

    def loose(self, table: str) -> tuple[Record, ...]:
        """Return the records of a child section that stand for the whole declaration."""
        return tuple(row for row in self.tables[table] if row.parent is None)


def freeze(values: dict[str, Value]) -> Mapping[str, Value]:
    """Return a mapping that cannot be changed."""
    return MappingProxyType(values)
