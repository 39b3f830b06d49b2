# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Follows one changed value as far as it reaches, instead of working everything out afresh."""

from __future__ import annotations

from typing import Any

from swclient.document.value import Unread
from swclient.engine.forms import WHOLE
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
            return
        if field in row.computed and field not in row.typed:
            row.values[field] = row.computed[field]
        if self._touch_row(row, {field}):
            self._touch_single(set(), totals=True)

    def _reaches_far(self, row: LiveRow, field: str) -> bool:
        """Tell whether something is shared out by a field, or shared out itself, or said for all rows above."""
        plan, spec = self.plan, self.plan.profile.tables[row.table]
        if row.table in plan.spread_tables:
            return True
        shares = any(not name or self.rows[name] for name in plan.spread_tables)
        if shares and f"{row.table}.{field}" in plan.spread_columns:
            return True
        return row.parent is None and spec.loose and bool(spec.parent)

    def _touch_row(self, row: LiveRow, changed: set[str]) -> bool:
        """Work a row out anew and all that reads of it; tell whether a figure over a whole section changed."""
        table = self.plan.tables[row.table]
        again = {row.id}
        reads = table.reads
        below = not changed  # not the row itself was typed into, but one that stands under it
        if below or not changed.isdisjoint(reads.get("work", ())):
            changed |= self._rework(row, table)
        given = self._regive(table, row) if below or not changed.isdisjoint(reads.get("give", ())) else False
        if below or not changed.isdisjoint(reads.get("twin", ())):
            again |= self._retwin(table, row)
        rows = self.rows[row.table]
        self._check(row.table, [rows[each] for each in again])
        above = row.parent
        if above is not None and _read(self.plan.tables[above.table].child_fields, row.table, changed):
            given |= self._touch_row(above, set())
        for kid in self._children[row.table]:
            if changed & self.plan.tables[kid].parent_fields:
                self._check(kid, self._under.get((kid, row.id), ()))
        return given

    def _rework(self, row: LiveRow, table: TablePlan) -> set[str]:
        """Work the formulas of a row out anew; return the fields that came to read otherwise."""
        values = row.values
        before = [values[name] for name in table.outputs]
        self._call(table.work, row.table, (row,))
        return {name for name, old in zip(table.outputs, before, strict=True) if values[name] != old}

    def _regive(self, table: TablePlan, row: LiveRow) -> bool:
        """Note what the row gives to figures over its section; tell whether one of them changed."""
        before = row.gives
        changed = False
        self._call(table.give, table.name, (row,))
        for place, number in enumerate(table.gives):
            old, new = before[place], row.gives[place]
            if old is new or old == new:
                continue
            changed = True
            add = ADDERS.get(self.plan.aggregates[number].what)
            if add is None:
                self.totals[number] += new - old
            else:
                add(self.totals[number], old, -1)
                add(self.totals[number], new, 1)
            if number in self.plan.wide_aggregates:
                self.pending = True
        return changed

    def _retwin(self, table: TablePlan, row: LiveRow) -> set[int]:
        """Note what the row may stand twice with now; return the rows whose answer changed with it."""
        before = row.twins
        self._call(table.twin, table.name, (row,))
        again: set[int] = set()
        for place, (old, new) in enumerate(zip(before, row.twins, strict=True)):
            if old == new:
                continue
            counts, sums = self.twins[table.name][place], self._bearers(table.name, place, row, before)
            if old[0] is not None:
                counts[old] -= 1
                sums[old] -= row.id
                again |= {sums[old]} if counts[old] == _ALONE else set()
            if new[0] is not None:
                again |= {sums[new]} if counts.get(new) == _ALONE else set()
                counts[new] = counts.get(new, 0) + 1
                sums[new] = sums.get(new, 0) + row.id
        return again

    def _bearers(self, table: str, place: int, changed: LiveRow, before: tuple[Any, ...]) -> dict[Any, int]:
        """Return by key the sum of the ids of the rows that bear it: where one row is left, that is the row.

        Gathered when first asked after everything was worked out afresh; `changed` counts as it was before.
        """
        found = self.bearers.get((table, place))
        if found is None:
            found = self.bearers[table, place] = {}
            for row in self.rows[table].values():
                key = before[place] if row is changed else row.twins[place]
                found[key] = found.get(key, 0) + row.id
        return found

    def _touch_single(self, changed: set[str], *, totals: bool = False) -> None:
        """Follow changed fields of sections that stand once, and changed figures over whole sections."""
        tables = self.plan.tables
        if totals or changed & self.plan.single_reads:
            changed |= self._rework_singles(early=bool(changed))
        wide = self.plan.wide_fields
        if any(self.rows[table] for name in changed & wide.keys() for table in wide[name]):
            self.pending = True
        touched = {name.partition(".")[0] for name in changed}
        for name, row in self.singles.items():
            table = tables[name]
            if name in touched or table.single_fields & changed or (totals and table.reads_totals):
                self._check(name, (row,))

    def _rework_singles(self, *, early: bool) -> set[str]:
        """Work the sections that stand once out anew; return the fields that came to read otherwise.

        Early formulas read no figures over whole sections, so they are asked only where something was typed.
        """
        tables = self.plan.tables
        worked = [(name, row) for name, row in self.singles.items() if tables[name].outputs]
        before = [row.values[field] for name, row in worked for field in tables[name].outputs]
        if early:
            for name, row in worked:
                self._call(tables[name].work, name, (row,))
        for name, row in worked:
            self._call(tables[name].late, name, (row,))
        after = [(name, field, row.values[field]) for name, row in worked for field in tables[name].outputs]
        return {f"{name}.{field}" for old, (name, field, new) in zip(before, after, strict=True) if new != old}


def _read(fields: frozenset[str], table: str, changed: set[str]) -> bool:
    """Tell whether one of the changed fields of a row is among those that the row above reads."""
    return f"{table}.{WHOLE}" in fields or any(f"{table}.{name}" in fields for name in changed)
