# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The slow oracle: what a declaration comes to and which rules fail, by reading every rule again for every row.

It knows the rules and formulas as data (`rulebook`, `Formulary`) and Python's grammar, nothing of the engine's
compiler, planner or bookkeeping: no code is made, and nothing is remembered from one look to the next.
So it is what a plain program would do, and a second opinion on the engine.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from swclient.catalogue.profile import Profile
from swclient.document.declaration import Declaration
from swclient.document.path import SINGLE
from swclient.document.value import Unread
from swclient.engine.formulas import Formulary, Spread
from swclient.engine.rulebook import Rule, rulebook
from tests.bench.oracle_grammar import Grammar

CRASHED = "CHECK-FAILED"


class Failing(NamedTuple):
    """A rule that fails: its code, where it stands among the rules of its section, section and row."""

    code: str
    place: int
    table: str
    row: int


class Record:
    """One row as the oracle sees it: typed values, and worked-out ones as far as somebody has asked for them."""

    def __init__(self, oracle: Oracle, table: str, id: int, typed: dict[str, Any], position: int) -> None:  # noqa: A002 - the row's own name for it
        self.oracle = oracle
        self.table = table
        self.id = id
        self.typed = typed
        self.position = position
        self.parent: Record | None = None
        self.computed: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """Return what counts: typed, else worked out; None for blank and for what cannot be read."""
        if name == "_position":
            return self.position
        if name in self.typed:
            value = self.typed[name]
            return None if isinstance(value, Unread) else value
        return self.worked_out(name)

    __getitem__ = get

    def worked_out(self, name: str) -> Any:
        """Return what a field's formula gives, also where something is typed over it."""
        if name not in self.computed:
            self.computed[name] = self.oracle.work_out(self, name)
        return self.computed[name]


class Oracle:
    """One look at one declaration as it now stands."""

    def __init__(
        self, declaration: Declaration, formulary: Formulary, reference: Any, today: Callable[[], date]
    ) -> None:
        self.declaration = declaration
        self.profile: Profile = declaration.profile
        self.formulary = formulary
        self.reference = reference
        self.today = today
        self.tables: dict[str, list[Record]] = {}
        for name, rows in declaration.tables.items():
            self.tables[name] = [
                Record(self, name, row.id, row.values, place) for place, row in enumerate(rows.values(), 1)
            ]
        self._shares: dict[str, list[Any]] = {}
        self._under: dict[tuple[str, int | None], list[Record]] = {}
        self._groups: dict[tuple[str, tuple[ast.expr, ...]], Counter[Any]] = {}
        self._find_parents()

    def _find_parents(self) -> None:
        for name, spec in self.profile.tables.items():
            above = {record.id: record for record in self.tables[spec.parent]} if spec.parent else {}
            for record in self.tables[name]:
                parent = self.declaration.tables[name][record.id].parent
                record.parent = above.get(parent) if parent is not None else None
                self._under.setdefault((name, record.parent.id if record.parent else None), []).append(record)

    def single(self, table: str) -> Record:
        """Return the row of a section that stands once."""
        return self.tables[table][SINGLE]

    def children(self, record: Record, table: str) -> list[Record]:
        """Return the rows of a section that stand under a row, then those that stand for all."""
        return self._under.get((table, record.id), []) + self._under.get((table, None), [])

    def alike(self, table: str, parts: tuple[ast.expr, ...]) -> Counter[Any]:
        """Return how many rows of a section come to each combination of some values."""
        if (table, parts) not in self._groups:
            rows = (Grammar(self, record) for record in self.tables[table])
            self._groups[table, parts] = Counter(row.combination(parts) for row in rows)
        return self._groups[table, parts]

    # -- values ----------------------------------------------------------------------------------------------------

    def work_out(self, record: Record, name: str) -> Any:
        """Ask the formula of a field; None where there is none, or where what it wants is blank."""
        field = self.profile.fields.get(f"{record.table}.{name}")
        if field is None or not field.derived:
            return None
        if field.derived in self.formulary.spreads:
            return self._share(record, name, self.formulary.spreads[field.derived])
        formula = self.formulary.formulas[field.derived]
        grammar = Grammar(self, record)
        given = {argument: grammar.value_of(source) for argument, source in formula.reads.items()}
        if any(value is None and argument not in formula.optional for argument, value in given.items()):
            return None
        before = [self.reference] if formula.reference else []
        return formula.function(*before, *given.values())

    def _share(self, record: Record, name: str, spread: Spread) -> Any:
        if name not in self._shares:
            columns = tuple(
                [each.get(field.partition(".")[2]) for each in self.tables[record.table]] for field in spread.columns
            )
            over = self.tables[spread.over] if spread.over else []
            singles = [self.single(field.partition(".")[0]).get(field.partition(".")[2]) for field in spread.singles]
            none = [Decimal(0)] * len(self.tables[record.table])
            asked = bool(over) or not spread.over
            self._shares[name] = spread.function(columns, over, *singles) if asked else none
        return self._shares[name][record.position - 1]

    def values(self) -> dict[str, list[dict[str, Any]]]:
        """Return everything that counts, by section and row, blanks left out."""
        names = {table: [field.name for field in self.profile.table_fields(table).values()] for table in self.tables}
        return {
            table: [
                {name: value for name in names[table] if (value := record.get(name)) is not None} for record in records
            ]
            for table, records in self.tables.items()
        }

    # -- rules -----------------------------------------------------------------------------------------------------

    def failing(self) -> frozenset[Failing]:
        """Return every rule that fails, for every row; of a row on which a rule crashes, only that."""
        found: set[Failing] = set()
        places: Counter[str] = Counter()
        for rule in rulebook(self.profile):
            found.update(self._failing_rows(rule, places[rule.table]))
            places[rule.table] += 1
        crashed = {(each.table, each.row) for each in found if each.code == CRASHED}
        return frozenset(each for each in found if each.code == CRASHED or (each.table, each.row) not in crashed)

    def _failing_rows(self, rule: Rule, place: int) -> Iterator[Failing]:
        for record in self.tables[rule.table]:
            try:
                if self._fails(rule, record):
                    yield Failing(rule.code, place, rule.table, record.id)
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                yield Failing(CRASHED, -1, rule.table, record.id)

    def _fails(self, rule: Rule, record: Record) -> bool:
        grammar = Grammar(self, record)
        day = self.single("header").get("date")
        if day is not None and not (rule.valid_from or day) <= day <= (rule.valid_to or day):
            return False
        if rule.when and not grammar.holds(rule.when, blank=False):
            return False
        if grammar.holds(rule.check, blank=True):
            return False
        unread = rule.imply == "need" and rule.implied is not None and record.typed.get(rule.implied.name) is not None
        return not unread  # a text that cannot be read is reported as such, not as missing
