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
from swclient.engine.needs import Code, ExpressionError, Needs, guards_of

MAX_LENGTH = 120
MAX_RULE_LENGTH = 400
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
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
        raise ExpressionError("longer than {limit} characters; write a named function instead", limit=limit)
    try:
        return ast.parse(source.strip(), mode="eval").body
    except SyntaxError as error:
        raise ExpressionError("cannot be read at column {column}", column=error.offset) from error


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
        match node:
            case ast.BoolOp(op, values):
                word = " and " if isinstance(op, ast.And) else " or "
                text = f"({word.join(self.truth(each, blank=blank) for each in values)})"
            case ast.UnaryOp(ast.Not(), operand):
                text = f"(not {self.truth(operand, blank=not blank)})"
            case ast.Compare():
                text = self._compare(node, blank=blank)
            case ast.IfExp(test, body, orelse):
                yes, no = (self.truth(each, blank=blank) for each in (body, orelse))
                text = f"({yes} if {self.truth(test, blank=False)} else {no})"
            case ast.Constant(bool(value)):
                text = str(value)
            case ast.Call(ast.Name(name), keywords=[]):
                text = self.truth_call(node, name, blank=blank)
            case _:
                text = self.value(node).text
        return text

    def truth_call(self, node: ast.Call, name: str, *, blank: bool) -> str:
        """Return source of a condition that is a call; `blank` is what it counts as when an argument is blank."""
        if name in {"blank", "filled"}:
            found = self.value(self.only(node)).guard or "True"
            return f"(not ({found}))" if name == "blank" else f"({found})"
        if name.removesuffix("_all") == "any":
            return f"({aggregate(self, node, name).text} > 0)"
        code = self.value(node)
        return self._guarded(code.text, code.guard, blank=blank)

    @staticmethod
    def _guarded(text: str, guard: str, *, blank: bool) -> str:
        if not guard:
            return text
        return f"(not ({guard}) or {text})" if blank else f"({guard} and {text})"

    def _compare(self, node: ast.Compare, *, blank: bool) -> str:
        parts = [self.value(each) for each in (node.left, *node.comparators)]
        text = parts[0].text
        for operator, part in zip(node.ops, parts[1:], strict=True):
            if type(operator) not in _COMPARE:
                raise ExpressionError("only == != < <= > >= in and not in compare")
            text += f" {_COMPARE[type(operator)]} {part.text}"
        guards = guards_of(parts)
        return self._guarded(text, " and ".join(guards), blank=blank) if guards else f"({text})"

    def value(self, node: ast.expr) -> Code:
        """Return source of a value with its guards.

        Raises:
            ExpressionError: something is written that is not let in.
        """
        match node:
            case ast.Constant(value):
                code = self._literal(value)
            case ast.Tuple(members) | ast.List(members):
                code = Code(f"({', '.join(self.value(each).text for each in members)},)")
            case ast.Attribute(ast.Name(table), name):
                code = self._field(table, name)
            case ast.BinOp(left, op, right) if type(op) in _ARITHMETIC:
                code = self._arithmetic(self.value(left), _ARITHMETIC[type(op)], self.value(right))
            case ast.UnaryOp(ast.USub(), operand):
                held = self.value(operand)
                code = Code(f"(-{held.text})", held.guards)
            case ast.IfExp():
                code = self._choice(node)
            case ast.Call(ast.Name(name), keywords=[]):
                code = call(self, node, name)
            case _:
                raise ExpressionError("{what} is not allowed here", what=type(node).__name__)
        return code

    def _literal(self, value: object) -> Code:
        if isinstance(value, float):
            return Code(self.needs.constant(Decimal(repr(value))))
        if value is None or isinstance(value, bool | int | str):
            return Code(repr(value))
        raise ExpressionError("{value!r} is not allowed here", value=value)

    @staticmethod
    def _arithmetic(left: Code, sign: str, right: Code) -> Code:
        guards = guards_of((left, right))
        if sign == "/":
            guards = (*guards, f"{right.text} != 0")
        return Code(f"({left.text} {sign} {right.text})", guards)

    def _choice(self, node: ast.IfExp) -> Code:
        test = self.truth(node.test, blank=False)
        yes, no = (self.value(each).or_else("None") for each in (node.body, node.orelse))
        return self.hoist(f"({yes} if {test} else {no})")

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
        spec = needs.field(table, name)
        if not spec.many:
            needs.single.add((table, name))
            text = f"S_{table}_{name}"
        elif table == self.inner:
            held = self._name()
            return Code(held, (f"({held} := w.get({name!r})) is not None",))
        elif table == needs.scope:
            text = f"f_{name}"
        elif needs.scope and needs.tables[needs.scope].parent == table:
            text = f"p_{name}"
        else:
            raise ExpressionError("{table} repeats; ask for {name} within sum, count or any", table=table, name=name)
        return Code(text, (f"{text} is not None",))

    @staticmethod
    def only(node: ast.Call) -> ast.expr:
        """Return the one argument of a call.

        Raises:
            ExpressionError: there is none, or more than one.
        """
        if len(node.args) != 1:
            raise ExpressionError("one argument is wanted")
        return node.args[0]
