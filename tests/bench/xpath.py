# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule language said in XPath 1.0, node by node, as one who writes Schematron by hand would say it.

A row is an element, each of its values a child or an attribute; what stands once is a variable (`$header.date`).
Within a walk over other rows the row that is checked is `current()`.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from swclient.catalogue.profile import Profile
from tests.bench.oracle_tree import name_of, parsed
from tests.bench.xpath_said import Said, UnsayableError, both, chained, compared, constant, guards_of
from tests.bench.xpath_words import LINES, OWN_TRUTH, WORDS, called

_KINDS = {"date": "day", "flag": "flag", "charges": "lines", "totals": "lines"}
_FIGURES = frozenset({"money", "mass", "quantity", "rate", "count"})
_NOT_ZERO = re.compile(r"[0-9.]*[1-9][0-9.]*")  # a figure written in the rule, by which can be divided
_RECKON: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "div"}


@dataclass(slots=True)
class Asked:
    """What the rules ask for besides the row at hand: variables and keys of the schema, functions, further values.

    Attributes:
        sign: what stands before the name of a value: `@` where values are attributes.
        variables: XPath by name, in the order of first use.
        keys: section and XPath by name.
        functions: names and kinds of arguments of functions that XPath does not have.
        further: fields of which the typed or worked-out value is asked, as `typed.x`, `computed.x`.
    """

    sign: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    functions: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    further: set[str] = field(default_factory=set)

    def variable(self, name: str, text: str) -> str:
        """Return a reference to a variable of the schema, made where it is new."""
        self.variables.setdefault(name, text)
        return f"${name}"

    def hoisted(self, head: str, text: str) -> str:
        """Return a reference to a variable for a text, the same for the same text."""
        known = {held: name for name, held in self.variables.items()}
        return f"${known[text]}" if text in known else self.variable(f"{head}.{len(self.variables)}", text)

    def key(self, table: str, text: str) -> str:
        """Return the name of a key over the rows of a section."""
        name = next((name for name, held in self.keys.items() if held == (table, text)), f"twin.{len(self.keys)}")
        self.keys[name] = (table, text)
        return name


class Speaker:
    """Says expressions as seen from a row of one section.

    Attributes:
        scope: that section.
        inner: section that is walked over, `*` for charge lines, empty outside.
    """

    def __init__(self, profile: Profile, asked: Asked, scope: str, inner: str = "") -> None:
        self.profile = profile
        self.asked = asked
        self.scope = scope
        self.inner = inner

    def walker(self, table: str) -> Speaker:
        """Return who says what is asked of each row of another section.

        Raises:
            UnsayableError: this is such a one already.
        """
        if self.inner:
            raise UnsayableError(f"a walk over {table} within a walk over {self.inner}")
        return Speaker(self.profile, self.asked, self.scope, table)

    def condition(self, source: str, *, blank: bool) -> str:
        """Return a condition; `blank` is what a comparison with a blank value counts as."""
        return self.truth(parsed(source), blank=blank)

    # -- conditions --------------------------------------------------------------------------------------------------

    def truth(self, node: ast.expr, *, blank: bool) -> str:
        """Return a condition, in brackets."""
        match node:
            case ast.BoolOp(op, values):
                word = " and " if isinstance(op, ast.And) else " or "
                text = f"({word.join(self.truth(each, blank=blank) for each in values)})"
            case ast.UnaryOp(ast.Not(), operand):
                text = f"not({self.truth(operand, blank=not blank)})"
            case ast.IfExp(test, body, orelse):
                asked = self.truth(test, blank=False)
                yes, no = (self.truth(each, blank=blank) for each in (body, orelse))
                text = f"(({asked} and {yes}) or (not({asked}) and {no}))"
            case ast.Compare(left, signs, others):
                sides = [self.value(each) for each in (left, *others)]
                if len(signs) > 1:
                    text = chained(sides, signs, blank=blank)
                else:
                    text = compared(sides[0], signs[0], sides[1], blank=blank)
            case ast.Call():
                text = self._truth_of_call(node, blank=blank)
            case _:
                text = self._as_truth(self.value(node))
        return text

    def _truth_of_call(self, node: ast.Call, *, blank: bool) -> str:
        said = self.value(node)
        if name_of(node) in OWN_TRUTH or not said.guards:
            return self._as_truth(said)
        if blank:
            return f"not({both([*said.guards, f'not({self._as_truth(said)})'])})"
        return f"({both([*said.guards, self._as_truth(said)])})"

    @staticmethod
    def _as_truth(said: Said) -> str:
        tests = {"flag": f"({said.text} = '1')", "number": f"({said.text} != 0)", "text": f"({said.text} != '')"}
        return tests.get(said.kind, said.text)

    # -- values ------------------------------------------------------------------------------------------------------

    def value(self, node: ast.expr) -> Said:
        """Return a value with its guards.

        Raises:
            UnsayableError: XPath 1.0 cannot say it.
        """
        match node:
            case ast.Constant(value):
                said = constant(value)
            case ast.Tuple(members):
                said = Said("", "options", options=tuple(self.value(each).text for each in members))
            case ast.Attribute(ast.Name(table), name):
                said = self.field(table, name)
            case ast.BinOp(left, op, right):
                said = self._reckoned(self.value(left), _RECKON[type(op)], self.value(right))
            case ast.UnaryOp(ast.USub(), operand):
                said = self._reckoned(constant(0), "-", self.value(operand))
            case ast.IfExp():
                said = self._choice(node)
            case ast.Call():
                name = name_of(node)
                said = (WORDS.get(name.removesuffix("_all")) or LINES.get(name) or called)(self, node)
            case _:
                raise UnsayableError(ast.dump(node))
        return said

    @staticmethod
    def _reckoned(left: Said, sign: str, right: Said) -> Said:
        if {left.kind, right.kind} != {"number"}:
            raise UnsayableError(f"{left.text} {sign} {right.text}: only figures are reckoned with")
        sides = (left, right)
        zero = sign == "div" and not _NOT_ZERO.fullmatch(right.text)
        guards = (*guards_of(sides), *([f"{right.text} != 0"] if zero else []))
        silent = not zero and all(each.silent or not each.guards for each in sides)
        return Said(f"({left.text} {sign} {right.text})", "number", guards, silent=silent, exact=False)

    def _choice(self, node: ast.IfExp) -> Said:
        test = self.truth(node.test, blank=False)
        yes, no = self.value(node.body), self.value(node.orelse)
        if yes.kind == no.kind == "number" and not (yes.guards or no.guards):
            return Said(f"({yes.text} * {test} + {no.text} * not({test}))", "number")
        if yes.kind != no.kind or yes.kind not in {"text", "number"}:
            raise UnsayableError(f"a choice between {yes.kind} and {no.kind}")
        cut = [f"substring({side.text}, 1, string-length({side.text}) * {asked})"
               for side, asked in ((yes, test), (no, f"not({test})"))]  # fmt: skip
        guard = f"(({test} and {yes.filled}) or (not({test}) and {no.filled}))"
        if yes.kind == "number":
            return Said(f"number(concat({', '.join(cut)}))", "number", (guard,), exact=False)
        return Said(f"concat({', '.join(cut)})", "text", (guard,), hollow=True)

    # -- places ------------------------------------------------------------------------------------------------------

    def field(self, table: str, name: str, head: str = "") -> Said:
        """Return a field; `head` asks for its `typed.` or `computed.` value instead of what counts."""
        known = self.profile.fields.get(f"{table}.{name}")
        kind = "number" if known is None or known.kind.name in _FIGURES else _KINDS.get(known.kind.name, "text")
        text = self.place(table, f"{self.asked.sign}{head}{name}")
        return Said(text, kind, (text,), silent=True)

    def place(self, table: str, step: str) -> str:
        """Return where an attribute or a child of a section's row stands.

        Raises:
            UnsayableError: no row of that section is at hand.
        """
        if not self.profile.tables[table].many:
            return self.asked.variable(f"{table}.{step.removeprefix('@')}", f"/declaration/{table}/{step}")
        if table == self.inner:
            return step
        own = "current()/" if self.inner else ""
        if table == self.scope:
            return own + step
        if self.profile.tables[self.scope].parent == table:
            return f"{own}../{step}"
        raise UnsayableError(f"{table} repeats; no row of it is at hand")

    def rows(self, table: str, *, near: bool) -> list[str]:
        """Return node-sets that make up the rows under the row at hand, or those of the whole section."""
        spec = self.profile.tables[table]
        if near and spec.parent == self.scope:
            loose = [self.asked.variable(f"loose.{table}", f"/declaration/{table}")] if spec.loose else []
            return [table, *loose]
        under = f"/declaration/{spec.parent}/{table} | " if spec.parent else ""
        return [self.asked.variable(f"all.{table}", f"{under}/declaration/{table}")]
