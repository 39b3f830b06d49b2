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
from decimal import Decimal

from swclient.engine.forms import aggregate, call
from swclient.engine.needs import Code, ExpressionError, Needs

MAX_LENGTH = 120
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}


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

    def walker(self, table: str) -> Compiler:
        """Return a compiler for what is asked of each row of another section."""
        return Compiler(self.needs, inner=table)

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
            return self.truth_call(node, node.func.id, blank=blank)
        return f"bool({self.value(node).text})"

    def truth_call(self, node: ast.Call, name: str, *, blank: bool) -> str:
        if name in {"blank", "filled"}:
            code = self.value(self.only(node))
            found = " and ".join(code.guards) or "True"
            return f"(not ({found}))" if name == "blank" else f"({found})"
        if name.removesuffix("_all") == "any":
            return f"({aggregate(self, node, name).text} > 0)"
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
            return call(self, node, node.func.id)
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
        yes, no = self.or_none(self.value(node.body)), self.or_none(self.value(node.orelse))
        return self.hoist(f"({yes} if {test} else {no})")

    @staticmethod
    def or_none(code: Code) -> str:
        return f"({code.text} if {' and '.join(code.guards)} else None)" if code.guards else code.text

    def hoist(self, text: str, guards: tuple[str, ...] = ()) -> Code:
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
    def only(node: ast.Call) -> ast.expr:
        if len(node.args) != 1:
            raise ExpressionError("one argument is wanted")
        return node.args[0]
