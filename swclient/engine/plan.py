# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A profile's formulas and rules, turned into Python functions once and for all.

For every section there are up to five functions over a list of rows: `work` fills worked-out values, `late` those that
need figures over whole sections, `give` notes what each row gives to such figures, `twin` notes what may stand twice,
`check` sets the bits of the rules that fail. They run over 999 rows or over one; that is how a keystroke and a full
check share one truth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from swclient.catalogue.field import Field
from swclient.catalogue.profile import Profile
from swclient.engine.expression import MAX_RULE_LENGTH, Compiler, parse
from swclient.engine.formulas import Formula, Spread
from swclient.engine.functions import functions
from swclient.engine.needs import Aggregate, Needs
from swclient.engine.rulebook import Rule
from swclient.engine.source import indented, row_lines, shared_lines

Pass = Callable[..., None]
_FROM_LIVE = (
    "singles = live.singles; A = live.totals; W = live.twins[row.table]",
    "reference = live.reference; valid = live.valid(); today = live.today; entry = live.entry",
)


@dataclass(slots=True)
class TablePlan:
    """What is done with the rows of one section.

    Attributes:
        outputs: fields that formulas fill.
        reads: fields of the row itself that each function reads or fills, by the function's name.
        parent_fields: fields of the row above that are read.
        child_fields: fields of rows under a row that are read: `package.count`, `charge.*` for all.
        single_fields: fields of sections that stand once that the rules read: `header.date`.
        reads_totals: whether the rules read figures over whole sections.
    """

    name: str
    formulas: list[tuple[Field, Formula]] = field(default_factory=list)
    spreads: list[tuple[Field, Spread]] = field(default_factory=list)
    works_first: bool = False  # a column by which something is shared out is itself worked out
    rules: list[Rule] = field(default_factory=list)
    outputs: tuple[str, ...] = ()
    reads: dict[str, frozenset[str]] = field(default_factory=dict)
    parent_fields: set[str] = field(default_factory=set)
    child_fields: frozenset[str] = frozenset()
    single_fields: frozenset[str] = frozenset()
    reads_totals: bool = False
    work: Pass | None = None
    late: Pass | None = None
    give: Pass | None = None
    twin: Pass | None = None
    check: Pass | None = None
    twins: int = 0
    gives: tuple[int, ...] = ()


@dataclass(slots=True)
class Plan:
    """All sections of a profile, and what a change in one means for the others.

    Attributes:
        wide_fields: fields of sections that stand once, with the repeating sections whose rows read them.
        wide_aggregates: figures over whole sections that such rows read.
        single_reads: fields of sections that stand once that formulas of such sections read or fill.
        fed_back: of the wide fields, those that are made of figures over whole sections and read by formulas of rows.
    """

    profile: Profile
    tables: dict[str, TablePlan]
    aggregates: list[Aggregate]
    wide_fields: Mapping[str, frozenset[str]]
    wide_aggregates: frozenset[int]
    single_reads: frozenset[str]
    fed_back: frozenset[str]
    spread_columns: frozenset[str]
    spread_tables: frozenset[str]
    namespace: dict[str, Any]
    needs: dict[str, Needs]

    @property
    def rules(self) -> list[Rule]:
        """All rules of the profile."""
        return [rule for table in self.tables.values() for rule in table.rules]


def kids_of(table: str) -> Callable[[Any], list[Any]]:
    """Return what gives the rows of a section that stand under a row, and those that stand for all."""

    def kids(row: Any) -> list[Any]:
        own: list[Any] = row.kids[table]
        loose: list[Any] = row.loose[table]
        return own + loose if loose else own

    return kids


def value_function(plan: Plan, table: str, source: str, *, limit: int = MAX_RULE_LENGTH) -> Callable[[Any, Any], Any]:
    """Return a function (row, live) that works out one expression over a row, for texts, fixes and reasons."""
    needs = plan.needs[table]
    text = Compiler(needs).value(parse(source, limit=limit)).or_else("None")
    body = [
        "def value(row, live):",
        *indented([*_FROM_LIVE, *shared_lines(text, needs), *row_lines(text, needs), f"return {text}"]),
    ]
    space = plan.namespace | needs.constants
    space |= {f"fn_{name}": each for name, each in functions().items() if name in needs.functions}
    exec(compile("\n".join(body), f"<value of {table}>", "exec"), space)  # noqa: S102 - made from whitelisted expressions
    made: Callable[[Any, Any], Any] = space["value"]
    return made
