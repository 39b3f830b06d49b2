# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration while it is being looked at: typed values, worked-out values, and which rules fail.

`run_all` works everything out afresh; `touch` follows one changed row as far as it reaches. Where a change reaches
whole sections (an exchange rate, a weight by which freight is shared), `touch` does what is near and sets
`pending`; the next `run_all` does the rest. Both use the same compiled functions, so both tell the same truth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from swclient.base.log import log
from swclient.catalogue.codelist import EntryName
from swclient.catalogue.profile import Profile
from swclient.document.declaration import Declaration, Row
from swclient.document.path import SINGLE
from swclient.document.value import Unread
from swclient.engine.plan import Plan, TablePlan
from swclient.engine.sums import total

POSITION = "_position"


class LiveRow:
    """One row with everything known about it.

    Attributes:
        values: what counts: typed, else worked out; blank and unreadable ones are None.
        typed: the document's own mapping of typed values.
        computed: worked-out values, also where something was typed over them.
        mask: one bit a rule of the section; set means it fails. Below zero when the checks could not be made.
        gives: what the row adds to figures over its section.
        twins: what must not stand twice, a key for each such question of the section's rules.
        kids: values of the rows that stand under it, by section.
        loose: values of the rows that stand for all rows like it, by section.
    """

    __slots__ = ("computed", "gives", "id", "kids", "loose", "mask", "parent", "table", "twins", "typed", "values")

    def __init__(
        self, table: str, row: Row, blank: Mapping[str, None], kids: dict[str, list[Any]], loose: dict[str, list[Any]]
    ) -> None:
        self.table = table
        self.id = row.id
        self.parent: LiveRow | None = None
        self.typed = row.values
        self.values: dict[str, Any] = dict(blank)  # every field has its place, so that all can be fetched in one call
        self.values.update((name, value) for name, value in row.values.items() if type(value) is not Unread)
        self.computed: dict[str, Any] = {}
        self.mask = 0
        self.gives: tuple[Any, ...] = ()
        self.twins: tuple[Any, ...] = ()
        self.kids = kids
        self.loose = loose


class _Everything:
    """Stands for a list that the profile does not have: any code passes."""

    def __contains__(self, _code: object) -> bool:
        return True


class _Lists(dict[str, Any]):
    """The codes of each list that are good on one day, gathered when first asked for."""

    def __init__(self, profile: Profile, day: date | None) -> None:
        super().__init__()
        self._profile = profile
        self._day = day

    def __missing__(self, name: str) -> Any:
        found = self._profile.code_list(name)
        entries = found.entries.values() if found else ()
        self[name] = {each.code for each in entries if each.good_on(self._day)} if found else _Everything()
        return self[name]


class Live:
    """All rows of a declaration, worked out and checked."""

    def __init__(self, declaration: Declaration, plan: Plan, reference: Any, today: Callable[[], date]) -> None:
        self.declaration = declaration
        self.plan = plan
        self.reference = reference
        self.today = today
        self.pending = False
        self.singles: dict[str, LiveRow] = {}
        self.rows: dict[str, dict[int, LiveRow]] = {}
        self.totals: list[Any] = []
        self.twins: dict[str, list[dict[Any, int]]] = {}
        self.bearers: dict[tuple[str, int], dict[Any, int]] = {}  # ids of rows by what must not stand twice, summed
        self._under: dict[tuple[str, int], list[LiveRow]] = {}  # rows of a section by the row they stand under
        self._valid: dict[date | None, _Lists] = {}
        self._columns: dict[tuple[str, str], dict[str, Any]] = {}
        self._children = {
            name: [s.name for s in plan.profile.tables.values() if s.parent == name] for name in plan.tables
        }
        fields = plan.profile.table_fields
        self._blanks = {name: dict.fromkeys([*fields(name), POSITION]) for name in plan.tables}
        self.rebuild()

    def rebuild(self) -> None:
        """Take up the rows of the document as they now stand and work everything out afresh."""
        self._under = {}
        self.twins = {name: [] for name in self.plan.tables}
        loose: dict[str, list[Any]] = {name: [] for name in self.plan.tables}
        for name, rows in self.declaration.tables.items():
            kids = self._children[name]
            blank = self._blanks[name]
            self.rows[name] = {
                row.id: LiveRow(name, row, blank, {kid: [] for kid in kids}, loose) for row in rows.values()
            }
            if not self.plan.profile.tables[name].many:
                self.singles[name] = self.rows[name][SINGLE]
        for name, spec in self.plan.profile.tables.items():
            if spec.parent:
                self._adopt(name, spec.parent, loose[name])
        self.run_all()

    def _adopt(self, table: str, parent: str, loose: list[Any]) -> None:
        parents = self.rows[parent]
        for row in self.declaration.tables[table].values():
            live = self.rows[table][row.id]
            owner = parents.get(row.parent) if row.parent is not None else None
            live.parent = owner
            (loose if owner is None else owner.kids[table]).append(live.values)
            if owner is not None:
                self._under.setdefault((table, owner.id), []).append(live)

    def under(self, row: LiveRow) -> list[LiveRow]:
        """Return the rows of other sections that stand under a row."""
        return [each for kid in self._children[row.table] for each in self._under.get((kid, row.id), ())]

    def valid(self) -> _Lists:
        """Return the codes that are good on the day of the declaration, by the name of their list."""
        day = self.singles["header"].values.get("date")
        if day not in self._valid:
            self._valid[day] = _Lists(self.plan.profile, day)
        return self._valid[day]

    def entry(self, name: str, column: str) -> dict[str, Any]:
        """Return a further column of a code list by code; codes without it are left out.

        The column `name` holds what the codes are called, in the language of the text that they are put in.
        """
        if (name, column) not in self._columns:
            found = self.plan.profile.code_list(name)
            entries = list(found.entries.values()) if found else []
            if column == "name":
                self._columns[name, column] = {each.code: EntryName(each) for each in entries}
            else:
                self._columns[name, column] = {e.code: e.more[column] for e in entries if e.more.get(column)}
        return self._columns[name, column]

    def _check(self, table: str, rows: Iterable[LiveRow]) -> None:
        """Check rows; a rule that crashes costs its row's findings, is logged, and is told instead of hidden."""
        checked = list(rows)
        try:
            self._call(self.plan.tables[table].check, table, checked)
        except Exception:  # the rule runner is one of four places that catch everything
            log.debug("A check of %s failed; its rows are checked one by one", table, exc_info=True)
            for row in checked:
                self._check_alone(table, row)

    def _check_alone(self, table: str, row: LiveRow) -> None:
        try:
            self._call(self.plan.tables[table].check, table, (row,))
        except Exception:  # as above: one row at a time, so that the others are checked
            log.exception("A check of %s %s could not be made", table, row.id)
            row.mask = -1

    def _call(self, function: Callable[..., None] | None, table: str, rows: Iterable[LiveRow]) -> None:
        if function is not None:
            twins = self.twins[table]
            function(rows, self.singles, self.totals, twins, self.reference, self.valid(), self.today, self.entry)

    def run_all(self) -> None:
        """Work out every value and check every rule."""
        for _step in self.steps():
            pass

    def steps(self) -> Iterator[None]:
        """Do what `run_all` does, and stop between sections: each step is a few milliseconds of the largest draft.

        Between two steps rows may be touched; then what was done so far is void, and it must be begun anew.
        """
        tables = self.plan.tables
        for name, row in self.singles.items():
            self._call(tables[name].work, name, (row,))
        fed_back = self.plan.fed_back  # nothing in most countries: then once is enough
        while True:
            before = [self._single_value(name) for name in fed_back]
            yield from self._work_out()
            if before == [self._single_value(name) for name in fed_back]:
                break
        for name in tables:
            self._check_section(name)
            yield
        self.pending = False

    def check_all(self) -> None:
        """Check every rule over every row, with the values as they stand."""
        for name in self.plan.tables:
            self._check_section(name)

    def _check_section(self, name: str) -> None:
        self._find_twins(self.plan.tables[name])
        self._check(name, self.rows[name].values())

    def _work_out(self) -> Iterator[None]:
        """Work out all rows, the figures over whole sections, and what the sections that stand once make of these."""
        tables = self.plan.tables
        for name, table in tables.items():
            if name not in self.singles and not table.spreads:
                self._number(name)
                self._call(table.work, name, self.rows[name].values())
                yield
        for name, table in tables.items():
            if table.spreads:
                self._number(name)
                if table.works_first:
                    self._call(table.work, name, self.rows[name].values())
                    yield
                self._spread(table)
                yield
                self._call(table.work, name, self.rows[name].values())
                yield
        self._sum_up()
        for name, row in self.singles.items():
            self._call(tables[name].late, name, (row,))

    def _single_value(self, name: str) -> Any:
        table, _, field = name.partition(".")
        return self.singles[table].values.get(field)

    def _number(self, table: str) -> None:
        if self.plan.profile.fields.get(f"{table}.number") is None:
            return
        for position, row in enumerate(self.rows[table].values(), 1):
            row.values[POSITION] = position

    def _spread(self, table: TablePlan) -> None:
        rows = list(self.rows[table.name].values())
        for each, spread in table.spreads:
            over = self.spread_rows(spread)
            asked = bool(over) or not spread.over
            shares = spread.function(*self.spread_arguments(spread, over)) if asked else [Decimal(0)] * len(rows)
            for row, share in zip(rows, shares, strict=True):
                row.computed[each.name] = share
                if each.name not in row.typed:
                    row.values[each.name] = share

    def spread_rows(self, spread: Any) -> list[dict[str, Any]]:
        """Return what is shared out: the values of a section's rows, none where the header says it all."""
        return [row.values for row in self.rows[spread.over].values()] if spread.over else []

    def spread_arguments(self, spread: Any, over: list[dict[str, Any]]) -> tuple[Any, ...]:
        """Return what a formula over a whole section is called with."""
        columns = []
        for name in spread.columns:
            table, _, field = name.partition(".")
            columns.append([row.values.get(field) for row in self.rows[table].values()])
        singles = [self.singles[name.partition(".")[0]].values.get(name.partition(".")[2]) for name in spread.singles]
        return (tuple(columns), over, *singles)

    def _sum_up(self) -> None:
        self.totals = [0 if each.what == "sum" else {} for each in self.plan.aggregates]
        for name, table in self.plan.tables.items():
            rows = self.rows[name].values()
            self._call(table.give, name, rows)
            for number, column in zip(table.gives, zip(*[row.gives for row in rows], strict=True), strict=False):
                self.totals[number] = total(self.plan.aggregates[number].what, column)

    def _find_twins(self, table: TablePlan) -> None:
        if not table.twins:
            return
        rows = self.rows[table.name].values()
        before = [row.twins for row in rows]
        self._call(table.twin, table.name, rows)
        after = [row.twins for row in rows]
        if before == after and self.twins[table.name]:
            return  # the same keys: counted already
        for place in range(table.twins):
            self.bearers.pop((table.name, place), None)
        self.twins[table.name] = [_counted([keys[place] for keys in after]) for place in range(table.twins)]


def _counted(keys: list[Any]) -> dict[Any, int]:
    """Return how often each key stands; a key without its first part stands for nothing."""
    counts = dict(Counter(keys))
    for key in [key for key in counts if key[0] is None]:
        del counts[key]
    return counts
