# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A document as a row sees it that asks for one: a document of the whole declaration stands for every item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from swclient.engine.live import Live, LiveRow
from swclient.engine.papers import Demand


class Glimpse:
    """What a compiled condition reads of a document; the row above it is the one that asks."""

    __slots__ = ("computed", "parent", "table", "typed", "values")

    def __init__(self, table: str, values: Mapping[str, Any], parent: LiveRow | None) -> None:
        self.table = table
        self.values = values
        self.typed = values
        self.computed: Mapping[str, Any] = {}
        self.parent = parent


class Sheaf:
    """The rows of a section as they stand: all, those under an item, and those of the whole declaration."""

    def __init__(self, live: Live, table: str) -> None:
        self.all = list(live.rows[table].values())
        self.whole = [row for row in self.all if row.parent is None]
        self.under: dict[int, list[LiveRow]] = {}
        for row in self.all:
            if row.parent is not None:
                self.under.setdefault(row.parent.id, []).append(row)


class Seen:
    """The documents that meet one demand; a document that is the same for all rows is asked once."""

    def __init__(self, live: Live, demand: Demand, sheaf: Sheaf) -> None:
        self._live = live
        self._demand = demand
        self._sheaf = sheaf
        self._known: dict[int, bool] = {}

    def meeting(self, row: LiveRow) -> tuple[LiveRow, ...]:
        """Return the documents that are what the row asks for."""
        if row.table != "item":
            return tuple(each for each in self._sheaf.all if self._meets(each, None))
        return tuple(
            each for each in (*self._sheaf.under.get(row.id, ()), *self._sheaf.whole) if self._meets(each, row)
        )

    def _meets(self, paper: LiveRow, row: LiveRow | None) -> bool:
        if self._demand.reads:
            return bool(self._demand.meets(Glimpse(paper.table, paper.values, row), self._live))
        if paper.id not in self._known:
            self._known[paper.id] = bool(self._demand.meets(Glimpse(paper.table, paper.values, row), self._live))
        return self._known[paper.id]
