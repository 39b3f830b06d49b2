# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The address of one value in a declaration."""

from __future__ import annotations

from typing import NamedTuple

SINGLE = 0  # the row number of sections that stand once


class Path(NamedTuple):
    """Section, row and field: `Path("item", 7, "gross_mass")`.

    Rows are known by a number that never changes, not by their position, so that a path
    stays true when rows are sorted, inserted or removed.
    """

    table: str
    row: int
    field: str

    @property
    def field_id(self) -> str:
        """The catalogue id of the field: `item.gross_mass`."""
        return f"{self.table}.{self.field}"
