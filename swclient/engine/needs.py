# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What compiled expressions need to know, gathered while they are turned into source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from swclient.catalogue.field import TableSpec

_POSITION = "_position"  # a row's place in its section: no field of the catalogue, but formulas may read it


class ExpressionError(ValueError):
    """An expression cannot be understood; the text says what was met."""

    def __init__(self, text: str, **args: object) -> None:
        super().__init__(text.format(**args))


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure over all rows of a section, kept up to date row by row.

    Attributes:
        what: `sum`, `totals` (amounts by kind of a field that holds charges) or `tally` (how often each value stands).
        table: the section.
        value: source of what one row gives, over its values `v` and typed values `t`.
    """

    what: str
    table: str
    value: str


@dataclass(slots=True)
class Needs:
    """What generated code needs to know; shared by all expressions of one section.

    Attributes:
        scope: the section whose rows are looked at.
        known: ids of all fields.
        children: fields that are read of the rows under a row; `charge.*` for all of them.
        twins: source of what is compared to find rows that stand twice.
        single: section and name of fields of sections that stand once; from here on the same for all sections.
        lists: code lists that are asked.
        columns: further columns of code lists that are asked.
        functions: named functions that are called.
        constants: values that have no literal, by the name they have in the source.
        facts: what the profile says of its country.
    """

    tables: Mapping[str, TableSpec]
    scope: str
    known: frozenset[str]
    children: set[str] = field(default_factory=set)
    twins: list[str] = field(default_factory=list)
    temporaries: int = 0
    single: set[tuple[str, str]] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    columns: list[tuple[str, str]] = field(default_factory=list)
    aggregates: list[Aggregate] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    constants: dict[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def of(self, scope: str) -> Needs:
        """Return the needs of another section, which share what is the same for all."""
        return replace(self, scope=scope, children=set(), twins=[], temporaries=0)

    def spec(self, table: str) -> TableSpec:
        """Return a section.

        Raises:
            ExpressionError: there is none of that name.
        """
        if table not in self.tables:
            raise ExpressionError("there is no section {table}", table=table)
        return self.tables[table]

    def field(self, table: str, name: str) -> TableSpec:
        """Return the section of a field.

        Raises:
            ExpressionError: there is no such section, or no such field in it.
        """
        spec = self.spec(table)
        if f"{table}.{name}" not in self.known and name != _POSITION:
            raise ExpressionError("there is no field {table}.{name}", table=table, name=name)
        return spec

    def stands_under_scope(self, table: str) -> bool:
        """Tell whether rows of a section stand under the row that is looked at."""
        return bool(self.scope) and self.tables[table].parent == self.scope

    def column(self, name: str, column: str) -> str:
        """Return the name under which a column of a code list is known to generated code."""
        wanted = (name, column)
        if wanted not in self.columns:
            self.columns.append(wanted)
        return f"E{self.columns.index(wanted)}"

    def constant(self, value: Any) -> str:
        """Return a name under which a value is known to generated code."""
        for name, known in self.constants.items():
            if known == value and type(known) is type(value):
                return name
        name = f"K{len(self.constants)}"
        self.constants[name] = value
        return name

    def aggregate(self, wanted: Aggregate) -> str:
        """Return the name of an aggregate, new or met before."""
        if wanted not in self.aggregates:
            self.aggregates.append(wanted)
        return f"A{self.aggregates.index(wanted)}"


@dataclass(frozen=True, slots=True)
class Code:
    """Source of a value, and the guards that must hold for it not to be blank, in order."""

    text: str
    guards: tuple[str, ...] = ()

    @property
    def guard(self) -> str:
        """Source of all guards together, empty when there are none."""
        return " and ".join(self.guards)

    def or_else(self, blank: str) -> str:
        """Return source of the value, and of `blank` where a guard does not hold."""
        return f"({self.text} if {self.guard} else {blank})" if self.guards else self.text


def guards_of(codes: Iterable[Code]) -> tuple[str, ...]:
    """Return the guards of several values, each once."""
    return tuple(dict.fromkeys(guard for code in codes for guard in code.guards))


class Compiling(Protocol):
    """What the words of an expression may ask of the compiler that met them."""

    needs: Needs
    inner: str

    def value(self, node: ast.expr) -> Code:
        """Return source of a value with its guards."""

    def truth(self, node: ast.expr, *, blank: bool) -> str:
        """Return source of a condition."""

    def truth_call(self, node: ast.Call, name: str, *, blank: bool) -> str:
        """Return source of a condition that is a call."""

    def hoist(self, text: str, guards: tuple[str, ...] = ()) -> Code:
        """Name a value that may turn out blank, so that it is asked once."""

    def walker(self, table: str) -> Compiling:
        """Return a compiler for what is asked of each row of another section."""

    @staticmethod
    def only(node: ast.Call) -> ast.expr:
        """Return the one argument of a call."""
