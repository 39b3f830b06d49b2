# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Follows one changed value as far as it reaches, instead of working everything out afresh."""

from __future__ import annotations

from typing import Any

from swclient.document.value import Unread
from swclient.engine.live import Live, LiveRow
from swclient.engine.plan import TablePlan
from swclient.engine.sums import ADDERS

_ALONE = 1


class Following(Live):
    """A live declaration that keeps up with typing.

    What is near is followed at once; where a change reaches whole sections, `pending` is set
    and the next `run_all` does the rest.
    """

    def touch(self, table: str, row_id: int, field: str) -> None:
        """Follow a typed value as far as it reaches nearby; set `pending` where it reaches whole sections."""
        row = self.rows[table][row_id]
        value = row.typed.get(field)
        if value is None or type(value) is Unread:
            row.values[field] = None
        else:
            row.values[field] = value
        if self._reaches_far(row, field):
            self.pending = True
        if table in self.singles:
            self._touch_single({f"{table}.{field}"})
        else:
            if field in row.computed and field not in row.typed:
                row.values[field] = row.computed[field]
            self._touch_row(row)
            self._touch_single(set())

    def _reaches_far(self, row: LiveRow, field: str) -> bool:
        """Tell whether something is shared out by a field, or shared out itself, or said for all rows above."""
        plan, spec = self.plan, self.plan.profile.tables[row.table]
        if row.table in plan.spread_tables:
            return True
        shares = any(not name or self.rows[name] for name in plan.spread_tables)
        if shares and f"{row.table}.{field}" in plan.spread_columns:
            return True
        return row.parent is None and spec.loose and bool(spec.parent)

    def _touch_row(self, row: LiveRow) -> None:
        table = self.plan.tables[row.table]
        again = {row.id}
        self._call(table.work, row.table, (row,))
        if table.gives:
            self._regive(table, row)
        if table.twins:
            again |= self._retwin(table, row)
        rows = self.rows[row.table]
        self._check(row.table, [rows[each] for each in again])
        if row.parent is not None and row.table in self.plan.tables[row.parent.table].reads_children:
            self._touch_row(row.parent)
        for kid in self._children[row.table]:
            if self.plan.tables[kid].reads_parent:
                self._check(kid, self._under.get((kid, row.id), ()))

    def _regive(self, table: TablePlan, row: LiveRow) -> None:
        before = row.gives
        self._call(table.give, table.name, (row,))
        for place, number in enumerate(table.gives):
            old, new = before[place], row.gives[place]
            if old is new or old == new:
                continue
            add = ADDERS.get(self.plan.aggregates[number].what)
            if add is None:
                self.totals[number] += new - old
            else:
                add(self.totals[number], old, -1)
                add(self.totals[number], new, 1)
            if number in self.plan.wide_aggregates:
                self.pending = True

    def _retwin(self, table: TablePlan, row: LiveRow) -> set[int]:
        before = row.twins
        everyone = self.groups(table.name)
        self._call(table.twin, table.name, (row,))
        again: set[int] = set()
        for place, (old, new) in enumerate(zip(before, row.twins, strict=True)):
            if old == new:
                continue
            counts, groups = self.twins[table.name][place], everyone[place]
            if old[0] is not None:
                again |= _leave(counts, groups, old, row.id)
            if new[0] is not None:
                again |= _join(counts, groups, new, row.id)
        return again

    def _touch_single(self, changed: set[str]) -> None:
        tables = self.plan.tables
        watched = self.plan.wide_fields
        before = [(name, self._single_value(name)) for name in watched if name not in changed]
        if changed:
            for name, row in self.singles.items():
                self._call(tables[name].work, name, (row,))
        for name, row in self.singles.items():
            self._call(tables[name].late, name, (row,))
        if changed & watched or any(self._single_value(name) != old for name, old in before):
            self.pending = True
        for name, row in self.singles.items():
            self._check(name, (row,))


def _leave(counts: dict[Any, int], groups: dict[Any, set[int]], key: Any, row: int) -> set[int]:
    """Part a row from its twins; return the one that has no twin any more: larger groups keep theirs."""
    counts[key] -= 1
    groups[key].discard(row)
    return groups[key] if counts[key] == _ALONE else set()


def _join(counts: dict[Any, int], groups: dict[Any, set[int]], key: Any, row: int) -> set[int]:
    """Put a row with its twins; return the one that stood alone and has a twin now."""
    alone = set(groups.get(key, ())) if counts.get(key) == _ALONE else set()
    counts[key] = counts.get(key, 0) + 1
    groups.setdefault(key, set()).add(row)
    return alone
