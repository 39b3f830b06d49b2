# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A profile's formulas and rules, turned into Python functions once and for all.

For every section there are up to four functions over a list of rows: `work` fills worked-out values, `give` notes what each
row gives to figures over the whole section, `twin` notes what may stand twice, `check` sets the bits of the
rules that fail. They run over 999 rows or over one; that is how a keystroke and a full check share one truth.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from swclient.catalogue.field import Field
from swclient.catalogue.profile import Profile
from swclient.engine.expression import Compiler, parse
from swclient.engine.formulas import Formula, Spread
from swclient.engine.functions import functions
from swclient.engine.needs import Aggregate, Code, Needs
from swclient.engine.rulebook import Rule

Pass = Callable[..., None]


@dataclass(slots=True)
class TablePlan:
    """What is done with the rows of one section."""

    name: str
    formulas: list[tuple[Field, Formula]] = field(default_factory=list)
    spreads: list[tuple[Field, Spread]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    outputs: tuple[str, ...] = ()
    reads_parent: bool = False
    reads_children: frozenset[str] = frozenset()
    work: Pass | None = None
    late: Pass | None = None
    give: Pass | None = None
    twin: Pass | None = None
    check: Pass | None = None
    twins: int = 0
    gives: tuple[int, ...] = ()


@dataclass(slots=True)
class Plan:
    """All sections of a profile, and what a change in one means for the others."""

    profile: Profile
    tables: dict[str, TablePlan]
    aggregates: list[Aggregate]
    wide_fields: frozenset[str]
    wide_aggregates: frozenset[int]
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


def value_function(plan: Plan, table: str, source: str) -> Callable[[Any, Any], Any]:
    """Return a function (row, live) that works out one expression over a row, for texts, fixes and reasons."""
    needs = plan.needs[table]
    planner_single = needs.single
    code: Code = Compiler(needs).value(parse(source, limit=400))
    text = f"{code.text} if {' and '.join(code.guards)} else None" if code.guards else code.text
    lines = [
        f"    S_{t}_{n} = live.singles[{t!r}].values.get({n!r})"
        for t, n in sorted(planner_single)
        if re.search(rf"\bS_{t}_{n}\b", text)
    ]
    lines += [f"    L_{n} = live.valid({n!r})" for n in sorted(needs.lists) if re.search(rf"\bL_{n}\b", text)]
    lines += [f"    A{n} = live.totals[{n}]" for n in sorted({int(e) for e in re.findall(r"\bA(\d+)\b", text)})]
    lines += [f"    f_{n} = row.values.get({n!r})" for n in sorted(set(re.findall(r"\bf_(\w+)", text)))]
    lines += [
        f"    p_{n} = row.parent.values.get({n!r}) if row.parent is not None else None"
        for n in sorted(set(re.findall(r"\bp_(\w+)", text)))
    ]
    space = dict(plan.namespace)
    body = "\n".join(
        [
            "def value(row, live):",
            "    t = row.typed; reference = live.reference; entry = live.entry; today = live.today; W = live.twins[row.table]",
            *lines,
            f"    return {text}",
        ]
    )
    known = functions()
    space.update(
        {name: known[value] for name, value in needs.constants.items() if name.startswith("fn_") and value in known}
    )
    space.update({name: value for name, value in needs.constants.items() if not name.startswith("fn_")})
    exec(compile(body, f"<value of {table}>", "exec"), space)  # noqa: S102 - made from whitelisted expressions
    made: Callable[[Any, Any], Any] = space["value"]
    return made
