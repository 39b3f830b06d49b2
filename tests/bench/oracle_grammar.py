# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule language read node by node over one row: Python's grammar with blanks that make a comparison not applicable.

In a check what does not apply passes, in a guard it does not hold, and `not` turns that round.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any

from swclient.engine.functions import functions
from tests.bench.oracle_tree import name_of, parsed, section_of, target_of, walked_table

if TYPE_CHECKING:
    from tests.bench.oracle import Oracle, Record

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
}
_RECKON: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
# Functions that look at more than their arguments' values, or that have something to say about blanks.
_SPECIAL = frozenset(
    {"blank", "filled", "today", "in_list", "entry", "matches", "holds", "part", "in_tariff", "tariff_heading"}
    | {"typed", "computed", "twin", "rows", "tally", "totals", "count", "any", "sum", "fact", "measures", "tariff_text"}
)
_PLAIN: dict[str, Callable[..., Any]] = {"abs": abs, "min": min, "max": max, "len": len}


@lru_cache(maxsize=1)
def _named() -> dict[str, Callable[..., Any]]:
    return functions()


class Grammar:
    """Expressions as seen from one row.

    `walked` is the row of another section that a figure over that section is looking at.
    """

    def __init__(self, oracle: Oracle, record: Record, walked: Record | None = None) -> None:
        self.oracle = oracle
        self.record = record
        self.walked = walked

    def holds(self, source: str, *, blank: bool) -> bool:
        """Tell whether a condition holds; `blank` is what a comparison with a blank counts as."""
        return self._truth(parsed(source), blank=blank)

    def value_of(self, source: str) -> Any:
        """Return the value of an expression, None for blank."""
        return self._value(parsed(source))

    # -- conditions --------------------------------------------------------------------------------------------------

    def _truth(self, node: ast.expr, *, blank: bool) -> bool:
        if isinstance(node, ast.BoolOp):
            parts = (self._truth(each, blank=blank) for each in node.values)
            return all(parts) if isinstance(node.op, ast.And) else any(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return not self._truth(node.operand, blank=not blank)
        if isinstance(node, ast.IfExp):
            chosen = node.body if self._truth(node.test, blank=False) else node.orelse
            return self._truth(chosen, blank=blank)
        if isinstance(node, ast.Compare):
            return self._compare(node, blank=blank)
        if isinstance(node, ast.Call):
            return self._truth_of_call(node, blank=blank)
        return bool(self._value(node))

    def _compare(self, node: ast.Compare, *, blank: bool) -> bool:
        values = [self._value(each) for each in (node.left, *node.comparators)]
        if any(value is None for value in values):
            return blank
        pairs = zip(node.ops, values, values[1:], strict=False)
        return all(_COMPARE[type(sign)](left, right) for sign, left, right in pairs)

    def _truth_of_call(self, node: ast.Call, *, blank: bool) -> bool:
        name = name_of(node)
        if name in {"blank", "filled"} or name.removesuffix("_all") == "any":
            return bool(self._value(node))
        value = self._value(node)
        return blank if value is None else bool(value)

    # -- values ------------------------------------------------------------------------------------------------------

    def _value(self, node: ast.expr) -> Any:
        return _READERS[type(node)](self, node)

    def _constant(self, node: Any) -> Any:
        return Decimal(repr(node.value)) if isinstance(node.value, float) else node.value

    def _tuple(self, node: Any) -> tuple[Any, ...]:
        return tuple(self._value(each) for each in node.elts)

    def _attribute(self, node: Any) -> Any:
        return self._field(*target_of(node))

    def _choice(self, node: Any) -> Any:
        return self._value(node.body if self._truth(node.test, blank=False) else node.orelse)

    def _minus(self, node: Any) -> Any:
        value = self._value(node.operand)
        return None if value is None else -value

    def _reckon(self, node: Any) -> Any:
        left, right = self._value(node.left), self._value(node.right)
        if left is None or right is None or (isinstance(node.op, ast.Div) and right == 0):
            return None
        return _RECKON[type(node.op)](left, right)

    def _field(self, table: str, name: str) -> Any:
        for record in (self.walked, self.record, self.record.parent):
            if record is not None and record.table == table:
                return record.get(name)
        if self.oracle.profile.tables[table].many:
            return None  # a row that stands for the whole declaration has none above it
        return self.oracle.single(table).get(name)

    def _call(self, node: Any) -> Any:
        name = name_of(node)
        if name.removesuffix("_all") in _SPECIAL:
            return getattr(self, f"_{name.removesuffix('_all')}")(node)
        given = [self._value(each) for each in node.args]
        if any(value is None for value in given):
            return None
        return (_PLAIN.get(name) or _named()[name])(*given)

    def _blank(self, node: ast.Call) -> bool:
        return self._value(node.args[0]) is None

    def _filled(self, node: ast.Call) -> bool:
        return self._value(node.args[0]) is not None

    def _today(self, _node: ast.Call) -> Any:
        return self.oracle.today()

    # -- lists, texts, tariff ----------------------------------------------------------------------------------------

    def _in_list(self, node: ast.Call) -> bool | None:
        code = self._value(node.args[0])
        if code is None:
            return None
        found = self.oracle.profile.code_list(self._value(node.args[1]))
        entry = found.entries.get(code) if found else None
        return found is None or (entry is not None and entry.good_on(self.oracle.single("header").get("date")))

    def _entry(self, node: ast.Call) -> str | None:
        code, name, column = (self._value(each) for each in node.args)
        found = self.oracle.profile.code_list(name)
        entry = found.entries.get(code) if found and code is not None else None
        return entry.more.get(column) if entry else None

    def _fact(self, node: ast.Call) -> Any:
        name, *otherwise = (self._value(each) for each in node.args)
        facts: Any = self.oracle.profile.facts
        found = reduce(lambda held, step: (held or {}).get(step), name.split("."), facts)
        value = (otherwise or [None])[0] if found is None else found
        return tuple(value) if isinstance(value, list) else value

    def _measures(self, node: ast.Call) -> str | None:
        given = [self._value(each) for each in node.args]
        hit = () if None in given else self.oracle.reference.measures(*given)
        return "; ".join(f"{each.name}, {each.rate.text}" for each in hit) or None

    def _tariff_text(self, node: ast.Call) -> str | None:
        line, column = self._line(node)[1], self._value(node.args[2])
        return (line.more | {name: rate.text for name, rate in line.rates.items()}).get(column) if line else None

    def _matches(self, node: ast.Call) -> bool | None:
        text, pattern = (self._value(each) for each in node.args)
        return None if text is None else re.fullmatch(pattern, text) is not None

    def _holds(self, node: ast.Call) -> bool | None:
        text, pattern = (self._value(each) for each in node.args)
        return None if text is None else re.search(pattern, text, re.IGNORECASE) is not None

    def _part(self, node: ast.Call) -> str | None:
        text, start, end = (self._value(each) for each in node.args)
        return None if text is None else text[start:end]

    def _line(self, node: ast.Call) -> tuple[bool, Any]:
        code, day = (self._value(each) for each in node.args[:2])
        known = code is not None and day is not None
        return known, self.oracle.reference.tariff_line(code, day) if known else None

    def _in_tariff(self, node: ast.Call) -> bool | None:
        known, line = self._line(node)
        return line is not None if known else None

    def _tariff_heading(self, node: ast.Call) -> bool | None:
        known, line = self._line(node)
        return (line is not None and not line.final) if known else None

    # -- the row itself and others -----------------------------------------------------------------------------------

    def _typed(self, node: ast.Call) -> Any:
        return self.record.typed.get(target_of(node.args[0])[1])

    def _computed(self, node: ast.Call) -> Any:
        return self.record.worked_out(target_of(node.args[0])[1])

    def _twin(self, node: ast.Call) -> bool:
        parts = tuple(node.args)
        mine = self.combination(parts)
        return mine[0] is not None and self.oracle.alike(self.record.table, parts)[mine] > 1

    def combination(self, parts: tuple[ast.expr, ...]) -> tuple[Any, ...]:
        """Return the values of some expressions together."""
        return tuple(self._value(each) for each in parts)

    def _rows(self, node: ast.Call) -> list[Record]:
        return self.oracle.children(self.record, section_of(node.args[0]))

    def _tally(self, node: ast.Call) -> dict[Any, int]:
        table, name = target_of(node.args[0])
        found: dict[Any, int] = {}
        for each in self.oracle.tables[table]:
            found[each.get(name)] = found.get(each.get(name), 0) + 1
        return found

    def _totals(self, node: ast.Call) -> dict[str, list[Any]]:
        table, name = target_of(node.args[0])
        kinds: dict[str, list[Any]] = {}
        for line in (line for each in self.oracle.tables[table] for line in each.get(name) or ()):
            kinds.setdefault(line.kind, []).append(line)
        return {
            kind: [sum(e.amount for e in held), len(held), sum(not e.confirmed for e in held)]
            for kind, held in kinds.items()
        }

    def _walk(self, node: ast.Call) -> Iterator[Grammar]:
        """Yield each row that a figure looks at: the row's own children, or the whole section."""
        table = walked_table(node.args[0], self.oracle.profile.tables)
        under = self.oracle.profile.tables[table].parent == self.record.table
        near = under and not name_of(node).endswith("_all")
        records = self.oracle.children(self.record, table) if near else self.oracle.tables[table]
        return (Grammar(self.oracle, self.record, each) for each in records)

    def _count(self, node: ast.Call) -> int:
        if isinstance(node.args[0], ast.Name):
            return sum(1 for _ in self._walk(node))
        return sum(1 for each in self._walk(node) if each._truth(node.args[0], blank=False))

    _any = _count

    def _sum(self, node: ast.Call) -> Any:
        values = (each._value(node.args[0]) for each in self._walk(node))
        return sum(value for value in values if value is not None)


_READERS: dict[type[ast.expr], Callable[[Grammar, Any], Any]] = {
    ast.Constant: Grammar._constant,
    ast.Tuple: Grammar._tuple,
    ast.Attribute: Grammar._attribute,
    ast.IfExp: Grammar._choice,
    ast.BinOp: Grammar._reckon,
    ast.UnaryOp: Grammar._minus,
    ast.Call: Grammar._call,
}
