# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Short expressions of rules and formulas, turned into Python source that runs at full speed.

Only a slice of Python's grammar is let in: literals, fields, comparisons, and/or/not, arithmetic, a choice, and
named functions. Whatever else is written is refused when the profile is loaded. A comparison with a blank
value is not applicable: it counts as the default of its place (true in a check, false in a guard), and `not`
turns that default round, so that a check never fails for want of a value.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from swclient.catalogue.field import TableSpec

MAX_LENGTH = 120
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
AGGREGATES = ("sum", "count", "any")


class ExpressionError(ValueError):
    """An expression cannot be understood; the text says what was met."""


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
    """What generated code needs to know; shared by all expressions of one section."""

    tables: dict[str, TableSpec]
    scope: str
    known: frozenset[str]
    fields: set[str] = field(default_factory=set)
    single: set[tuple[str, str]] = field(default_factory=set)
    parent: set[str] = field(default_factory=set)
    children: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    aggregates: list[Aggregate] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)
    temporaries: int = 0

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


class Code:
    """Source of a value, and the guards that must hold for it not to be blank, in order."""

    __slots__ = ("guards", "text")

    def __init__(self, text: str, guards: tuple[str, ...] = ()) -> None:
        self.text = text
        self.guards = guards


def parse(source: str, *, limit: int = MAX_LENGTH) -> ast.expr:
    """Read an expression.

    Raises:
        ExpressionError: too long, or not an expression at all.
    """
    if len(source) > limit:
        raise ExpressionError(f"longer than {limit} characters; write a named function instead")
    try:
        return ast.parse(source.strip(), mode="eval").body
    except SyntaxError as error:
        raise ExpressionError(f"cannot be read at column {error.offset}") from error


class Compiler:
    """Turns expressions of one section into source. `row` names the variable prefix of the row being looked at."""

    def __init__(self, needs: Needs, inner: str = "") -> None:
        self.needs = needs
        self.inner = inner  # section that an aggregate is walking over, empty outside
        self._names = 0  # names within an aggregate start anew, so that the same question reads the same everywhere

    def truth(self, node: ast.expr, *, blank: bool) -> str:
        """Return source of a condition; `blank` is what a comparison with a blank value counts as."""
        if isinstance(node, ast.BoolOp):
            word = " and " if isinstance(node.op, ast.And) else " or "
            return "(" + word.join(self.truth(each, blank=blank) for each in node.values) + ")"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"(not {self.truth(node.operand, blank=not blank)})"
        if isinstance(node, ast.Compare):
            return self._compare(node, blank=blank)
        if isinstance(node, ast.IfExp):
            chosen = [self.truth(each, blank=blank) for each in (node.body, node.orelse)]
            return f"({chosen[0]} if {self.truth(node.test, blank=False)} else {chosen[1]})"
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            return str(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._truth_call(node, node.func.id, blank=blank)
        return f"bool({self.value(node).text})"

    def _truth_call(self, node: ast.Call, name: str, *, blank: bool) -> str:
        if name in {"blank", "filled"}:
            code = self.value(self._only(node))
            found = " and ".join(code.guards) or "True"
            return f"(not ({found}))" if name == "blank" else f"({found})"
        if name.removesuffix("_all") == "any":
            return f"({self._aggregate(node, name).text} > 0)"
        return self._guarded(self.value(node), blank=blank)

    @staticmethod
    def _guarded(code: Code, *, blank: bool) -> str:
        if not code.guards:
            return f"bool({code.text})"
        guard = " and ".join(code.guards)
        return f"(not ({guard}) or bool({code.text}))" if blank else f"({guard} and bool({code.text}))"

    def _compare(self, node: ast.Compare, *, blank: bool) -> str:
        parts = [self.value(each) for each in (node.left, *node.comparators)]
        text = parts[0].text
        for operator, part in zip(node.ops, parts[1:], strict=True):
            if type(operator) not in _COMPARE:
                raise ExpressionError("only == != < <= > >= in and not in compare")
            text += f" {_COMPARE[type(operator)]} {part.text}"
        guards = tuple(dict.fromkeys(guard for part in parts for guard in part.guards))
        if not guards:
            return f"({text})"
        guard = " and ".join(guards)
        return f"(not ({guard}) or {text})" if blank else f"({guard} and {text})"

    def value(self, node: ast.expr) -> Code:
        """Return source of a value with its guards."""
        if isinstance(node, ast.Constant):
            return self._literal(node.value)
        if isinstance(node, ast.Tuple | ast.List):
            parts = [self.value(each) for each in node.elts]
            return Code("(" + ", ".join(part.text for part in parts) + ",)")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return self._field(node.value.id, node.attr)
        if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            return self._arithmetic(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            code = self.value(node.operand)
            return Code(f"(-{code.text})", code.guards)
        if isinstance(node, ast.IfExp):
            return self._choice(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
            return self._call(node, node.func.id)
        raise ExpressionError(f"{type(node).__name__} is not allowed here")

    def _literal(self, value: object) -> Code:
        if isinstance(value, float):
            return Code(self.needs.constant(Decimal(repr(value))))
        if value is None or isinstance(value, bool | int | str):
            return Code(repr(value))
        raise ExpressionError(f"{value!r} is not allowed here")

    def _arithmetic(self, node: ast.BinOp) -> Code:
        left, right = self.value(node.left), self.value(node.right)
        guards = tuple(dict.fromkeys(left.guards + right.guards))
        if isinstance(node.op, ast.Div):
            guards = (*guards, f"{right.text} != 0")
        return Code(f"({left.text} {_ARITHMETIC[type(node.op)]} {right.text})", guards)

    def _choice(self, node: ast.IfExp) -> Code:
        test = self.truth(node.test, blank=False)
        yes, no = self._or_none(self.value(node.body)), self._or_none(self.value(node.orelse))
        return self._hoist(f"({yes} if {test} else {no})")

    @staticmethod
    def _or_none(code: Code) -> str:
        return f"({code.text} if {' and '.join(code.guards)} else None)" if code.guards else code.text

    def _hoist(self, text: str, guards: tuple[str, ...] = ()) -> Code:
        """Name a value that may turn out blank, so that it is asked once."""
        name = self._name()
        return Code(name, (*guards, f"({name} := {text}) is not None"))

    def _name(self) -> str:
        if self.inner:
            self._names += 1
            return f"w{self._names}"
        self.needs.temporaries += 1
        return f"t{self.needs.temporaries}"

    def _field(self, table: str, name: str) -> Code:
        needs = self.needs
        spec = needs.tables.get(table)
        if spec is None:
            raise ExpressionError(f"there is no section {table}")
        if f"{table}.{name}" not in needs.known and not name.startswith("_"):
            raise ExpressionError(f"there is no field {table}.{name}")
        if not spec.many:
            needs.single.add((table, name))
            text = f"S_{table}_{name}"
        elif table == self.inner:
            held = self._name()
            return Code(held, (f"({held} := w.get({name!r})) is not None",))
        elif table == needs.scope:
            needs.fields.add(name)
            text = f"f_{name}"
        elif needs.scope and needs.tables[needs.scope].parent == table:
            needs.parent.add(name)
            text = f"p_{name}"
        else:
            raise ExpressionError(f"{table}.{name} repeats; ask for it within sum, count or any")
        return Code(text, (f"{text} is not None",))

    @staticmethod
    def _only(node: ast.Call) -> ast.expr:
        if len(node.args) != 1:
            raise ExpressionError("one argument is wanted")
        return node.args[0]

    def _call(self, node: ast.Call, name: str) -> Code:
        special: dict[str, Callable[[ast.Call], Code]] = {
            "in_list": self._in_list, "entry": self._entry, "twin": self._twin, "typed": self._typed,
            "computed": self._computed, "rows": self._rows, "in_tariff": self._in_tariff, "matches": self._pattern, "holds": self._pattern, "part": self._part,
            "tariff_heading": self._in_tariff, "today": lambda _node: Code("today()"),
            "totals": lambda each: self._gathered("totals", each), "tally": lambda each: self._gathered("tally", each),
        }  # fmt: skip
        if name in special:
            return special[name](node)
        if name.removesuffix("_all") in AGGREGATES:
            return self._aggregate(node, name)
        if name in {"blank", "filled"}:
            return Code(self._truth_call(node, name, blank=False))
        parts = [self.value(each) for each in node.args]
        guards = tuple(dict.fromkeys(guard for part in parts for guard in part.guards))
        called = name if name in {"abs", "min", "max", "len"} else f"fn_{name}"
        self.needs.constants.setdefault(f"fn_{name}", name) if called != name else None
        return self._hoist(f"{called}({', '.join(part.text for part in parts)})", guards)

    def _in_list(self, node: ast.Call) -> Code:
        code = self.value(node.args[0])
        name = str(ast.literal_eval(node.args[1]))
        self.needs.lists.add(name)
        return Code(f"({code.text} in L_{name})", code.guards)

    def _entry(self, node: ast.Call) -> Code:
        code = self.value(node.args[0])
        name, column = (str(ast.literal_eval(each)) for each in node.args[1:3])
        return self._hoist(f"entry({code.text}, {name!r}, {column!r})", code.guards)

    def _pattern(self, node: ast.Call) -> Code:
        """A text against a pattern that is known now: compiled once, asked without a further call."""
        code = self.value(node.args[0])
        holds = isinstance(node.func, ast.Name) and node.func.id == "holds"
        pattern = re.compile(str(ast.literal_eval(node.args[1])), re.IGNORECASE if holds else 0)
        name = self.needs.constant(pattern.search if holds else pattern.fullmatch)
        return Code(f"({name}({code.text}) is not None)", code.guards)

    def _part(self, node: ast.Call) -> Code:
        code = self.value(node.args[0])
        start, end = (int(ast.literal_eval(each)) for each in node.args[1:3])
        return Code(f"{code.text}[{start}:{end}]", code.guards)

    def _in_tariff(self, node: ast.Call) -> Code:
        """Whether a code stands in the tariff of a day, and whether it is only a heading there."""
        code, day = (self.value(each) for each in node.args[:2])
        line = f"reference.tariff_line({code.text}, {day.text})"
        heading = isinstance(node.func, ast.Name) and node.func.id == "tariff_heading"
        text = f"getattr({line}, 'final', True) is False" if heading else f"{line} is not None"
        return Code(f"({text})", tuple(dict.fromkeys(code.guards + day.guards)))

    def _twin(self, node: ast.Call) -> Code:
        parts = [self._or_none(self.value(each)) for each in node.args]
        key = "(" + ", ".join(parts) + ",)"
        if key not in self.needs.twins:
            self.needs.twins.append(key)
        return Code(f"(W[{self.needs.twins.index(key)}].get(row.twins[{self.needs.twins.index(key)}], 0) > 1)")

    def _typed(self, node: ast.Call) -> Code:
        name = self._own_field(node)
        return self._hoist(f"t.get({name!r})")

    def _computed(self, node: ast.Call) -> Code:
        return self._hoist(f"row.computed.get({self._own_field(node)!r})")

    def _own_field(self, node: ast.Call) -> str:
        target = self._only(node)
        if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == self.needs.scope):
            raise ExpressionError("typed and computed ask about a field of the section that the rule checks")
        return target.attr

    def _rows(self, node: ast.Call) -> Code:
        table = self._table_name(self._only(node))
        return Code(self._walk(table))

    def _gathered(self, what: str, node: ast.Call) -> Code:
        target = self._only(node)
        if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)):
            raise ExpressionError(f"{what} wants a field")
        return Code(self.needs.aggregate(Aggregate(what, target.value.id, f"v.get({target.attr!r})")))

    def _table_name(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name) and node.id in self.needs.tables:
            return node.id
        raise ExpressionError("a section is wanted here")

    def _walk(self, table: str) -> str:
        if self.needs.tables[table].parent != self.needs.scope or not self.needs.scope:
            raise ExpressionError(f"{table} does not stand under {self.needs.scope or 'the declaration'}")
        self.needs.children.add(table)
        return f"kids_{table}(row)"

    def _aggregate(self, node: ast.Call, name: str) -> Code:
        """A figure over other rows: own children are walked now, a whole section is kept up to date."""
        target = self._only(node)
        what = name.removesuffix("_all")
        if isinstance(target, ast.Name):
            table, inner = self._table_name(target), Code("1")
        else:
            table = self._inner_table(target)
            walker = Compiler(self.needs, inner=table)
            inner = walker.value(target) if what == "sum" else Code(f"{walker.truth(target, blank=False)}")
        under_scope = self.needs.scope and self.needs.tables[table].parent == self.needs.scope
        if under_scope and not name.endswith("_all"):
            return Code(self._walked(what, table, inner))
        each = self._or_zero(inner) if what == "sum" else (f"(1 if {inner.text} else 0)" if inner.text != "1" else "1")
        return Code(self.needs.aggregate(Aggregate("sum", table, each)))

    def _inner_table(self, node: ast.expr) -> str:
        found = [
            part.value.id
            for part in ast.walk(node)
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and self._repeats(part.value.id)
        ]
        if not found:
            raise ExpressionError("sum, count and any want a field of a section that repeats")
        return found[0]

    def _repeats(self, table: str) -> bool:
        spec = self.needs.tables.get(table)
        return spec is not None and spec.many and table != self.needs.scope or (table == self.needs.scope and not self.inner)

    @staticmethod
    def _or_zero(code: Code) -> str:
        return f"({code.text} if {' and '.join(code.guards)} else 0)" if code.guards else code.text

    def _walked(self, what: str, table: str, inner: Code) -> str:
        walk = self._walk(table)
        if inner.text == "1":
            return f"len({walk})"
        if what == "sum":
            return f"sum({self._or_zero(inner)} for w in {walk})"
        return f"sum(1 for w in {walk} if {inner.text})"
