# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words that expressions may call, and what source each becomes.

Most are plain functions of values (`swclient.engine.functions`); the ones here ask about lists, other rows, or
what was typed, and are compiled in place.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

from swclient.engine.needs import Aggregate, Code, Compiling, ExpressionError, guards_of

AGGREGATES = ("sum", "count", "any")
BUILT_IN = frozenset({"abs", "min", "max", "len"})
WHOLE = "*"  # of a row under another, every field is read
_FETCHED = re.compile(r"\bw\.get\('(\w+)'\)")
_OF_THE_ROW = re.compile(r"\b[fp]_\w")
_SINGLE = re.compile(r"S_(\w+)")
Form = Callable[[Compiling, ast.Call], Code]


def call(compiler: Compiling, node: ast.Call, name: str) -> Code:
    """Return source of a call.

    Raises:
        ExpressionError: the arguments do not fit.
    """
    if name in FORMS:
        return FORMS[name](compiler, node)
    if name.removesuffix("_all") in AGGREGATES:
        return aggregate(compiler, node, name)
    if name in {"blank", "filled"}:
        return Code(compiler.truth_call(node, name, blank=False))
    parts = [compiler.value(each) for each in node.args]
    arguments = ", ".join(part.text for part in parts)
    if name in BUILT_IN:
        return compiler.hoist(f"{name}({arguments})", guards_of(parts))
    compiler.needs.functions.add(name)
    return compiler.hoist(f"fn_{name}({arguments})", guards_of(parts))


def _value_and_literals(compiler: Compiling, node: ast.Call, count: int) -> tuple[Code, list[Any]]:
    """Return source of the first argument, and so many literals after it."""
    if len(node.args) != 1 + count:
        raise ExpressionError("a value and {count} literals are wanted", count=count)
    return compiler.value(node.args[0]), [ast.literal_eval(each) for each in node.args[1:]]


def _in_list(compiler: Compiling, node: ast.Call) -> Code:
    code, (name,) = _value_and_literals(compiler, node, 1)
    compiler.needs.lists.add(name)
    return Code(f"({code.text} in L_{name})", code.guards)


def _entry(compiler: Compiling, node: ast.Call) -> Code:
    code, (name, column) = _value_and_literals(compiler, node, 2)
    return compiler.hoist(f"{compiler.needs.column(name, column)}.get({code.text})", code.guards)


def _pattern(compiler: Compiling, node: ast.Call) -> Code:
    """A text against a pattern that is known now: compiled once, asked without a further call."""
    code, (text,) = _value_and_literals(compiler, node, 1)
    holds = _called(node) == "holds"
    try:
        pattern = re.compile(str(text), re.IGNORECASE if holds else 0)
    except re.error as error:
        raise ExpressionError("the pattern cannot be read: {reason}", reason=error) from error
    name = compiler.needs.constant(pattern.search if holds else pattern.fullmatch)
    return Code(f"({name}({code.text}) is not None)", code.guards)


def _part(compiler: Compiling, node: ast.Call) -> Code:
    code, (start, end) = _value_and_literals(compiler, node, 2)
    return Code(f"{code.text}[{int(start)}:{int(end)}]", code.guards)


def _in_tariff(compiler: Compiling, node: ast.Call) -> Code:
    """Whether a code stands in the tariff of a day, and whether it is only a heading there."""
    code, day = _two(compiler, node)
    single = _SINGLE.fullmatch(day.text)
    line = f"T_{single[1]}[{code.text}]" if single else f"reference.tariff_line({code.text}, {day.text})"
    heading = _called(node) == "tariff_heading"
    text = f"getattr({line}, 'final', True) is False" if heading else f"{line} is not None"
    return Code(f"({text})", guards_of((code, day)))


def _measures(compiler: Compiling, node: ast.Call) -> Code:
    """What trade defence measures fall on a code of an origin on a day, as a text; blank for none."""
    parts = [compiler.value(each) for each in node.args]
    if len(parts) != len(("code", "origin", "day")):
        raise ExpressionError("code, origin and day are wanted")
    given = ", ".join(part.text for part in parts)
    return compiler.hoist(f"reference.measures_told({given})", guards_of(parts))


def _tariff_text(compiler: Compiling, node: ast.Call) -> Code:
    """What a further column of the tariff line of a code says on a day; blank for nothing."""
    match node.args:
        case [code, day, ast.Constant(str(column))]:
            parts = (compiler.value(code), compiler.value(day))
            given = ", ".join(part.text for part in parts)
            return compiler.hoist(f"reference.tariff_text({given}, {column!r})", guards_of(parts))
    raise ExpressionError("code, day and the name of a column are wanted")


def _fact(compiler: Compiling, node: ast.Call) -> Code:
    """What the profile says of its country, known now; a second argument is what counts where it says nothing."""
    name, *otherwise = (ast.literal_eval(each) for each in node.args)
    found: Any = compiler.needs.facts
    for step in str(name).split("."):
        found = found.get(step) if isinstance(found, dict) else None
    if found is None and not otherwise:
        raise ExpressionError("the profile says nothing of {name}", name=name)
    value = otherwise[0] if found is None else found
    return Code(repr(tuple(value) if isinstance(value, list) else value))


def _two(compiler: Compiling, node: ast.Call) -> tuple[Code, Code]:
    match node.args:
        case [first, second]:
            return compiler.value(first), compiler.value(second)
    raise ExpressionError("two arguments are wanted")


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _twin(compiler: Compiling, node: ast.Call) -> Code:
    parts = [compiler.value(each).or_else("None") for each in node.args]
    key = "(" + ", ".join(parts) + ",)"
    twins = compiler.needs.twins
    if key not in twins:
        twins.append(key)
    place = twins.index(key)
    return Code(f"(W[{place}].get(row.twins[{place}], 0) > 1)")


def _typed(compiler: Compiling, node: ast.Call) -> Code:
    return compiler.hoist(f"t.get({_own_field(compiler, node)!r})")


def _computed(compiler: Compiling, node: ast.Call) -> Code:
    return compiler.hoist(f"row.computed.get({_own_field(compiler, node)!r})")


def _own_field(compiler: Compiling, node: ast.Call) -> str:
    table, name = _field_name(compiler, node)
    if table != compiler.needs.scope:
        raise ExpressionError("typed and computed ask about a field of the section that the rule checks")
    return name


def _field_name(compiler: Compiling, node: ast.Call) -> tuple[str, str]:
    match compiler.only(node):
        case ast.Attribute(ast.Name(table), name):
            compiler.needs.field(table, name)
            return table, name
    raise ExpressionError("{who} wants a field", who=_called(node))


def _rows(compiler: Compiling, node: ast.Call) -> Code:
    table = _table_name(compiler, compiler.only(node))
    compiler.needs.children.add(f"{table}.{WHOLE}")
    return Code(_walk(compiler, table))


def _gathered(what: str) -> Form:
    def form(compiler: Compiling, node: ast.Call) -> Code:
        table, name = _field_name(compiler, node)
        return Code(compiler.needs.aggregate(Aggregate(what, table, f"v.get({name!r})")))

    return form


def _today(_compiler: Compiling, _node: ast.Call) -> Code:
    return Code("today()")


FORMS: dict[str, Form] = {
    "computed": _computed,
    "entry": _entry,
    "fact": _fact,
    "holds": _pattern,
    "in_list": _in_list,
    "in_tariff": _in_tariff,
    "matches": _pattern,
    "measures": _measures,
    "part": _part,
    "rows": _rows,
    "tally": _gathered("tally"),
    "tariff_heading": _in_tariff,
    "tariff_text": _tariff_text,
    "today": _today,
    "totals": _gathered("totals"),
    "twin": _twin,
    "typed": _typed,
}


def _table_name(compiler: Compiling, node: ast.expr) -> str:
    if isinstance(node, ast.Name) and node.id in compiler.needs.tables:
        return node.id
    raise ExpressionError("a section is wanted here")


def _walk(compiler: Compiling, table: str) -> str:
    needs = compiler.needs
    if not needs.stands_under_scope(table):
        raise ExpressionError(
            "{table} does not stand under {scope}", table=table, scope=needs.scope or "the declaration"
        )
    return f"kids_{table}(row)" if needs.tables[table].loose else f"row.kids[{table!r}]"


def aggregate(compiler: Compiling, node: ast.Call, name: str) -> Code:
    """Return source of a figure over other rows: own children are walked now, a whole section is kept up to date."""
    needs, target, what = compiler.needs, compiler.only(node), name.removesuffix("_all")
    if isinstance(target, ast.Name):
        table, inner = _table_name(compiler, target), Code("1")
    else:
        table = _inner_table(compiler, target)
        walker = compiler.walker(table)
        inner = walker.value(target) if what == "sum" else Code(walker.truth(target, blank=False))
    if needs.stands_under_scope(table) and not name.endswith("_all"):
        read = _FETCHED.findall(" ".join((*inner.guards, inner.text)))
        needs.children.update(f"{table}.{name}" for name in read)
        return Code(_walked(what, _walk(compiler, table), inner))
    if _OF_THE_ROW.search(" ".join((*inner.guards, inner.text))):
        said = "a figure over all rows of {table} cannot read the row of {scope} that is checked"
        raise ExpressionError(said, table=table, scope=needs.scope)
    counted = "1" if inner.text == "1" else f"(1 if {inner.text} else 0)"
    each = inner.or_else("0") if what == "sum" else counted
    return Code(needs.aggregate(Aggregate("sum", table, each)))


def _inner_table(compiler: Compiling, node: ast.expr) -> str:
    for part in ast.walk(node):
        match part:
            case ast.Attribute(ast.Name(table)) if _repeats(compiler, table):
                return table
    raise ExpressionError("sum, count and any want a field of a section that repeats")


def _repeats(compiler: Compiling, table: str) -> bool:
    spec = compiler.needs.tables.get(table)
    if table == compiler.needs.scope:
        return not compiler.inner
    return spec is not None and spec.many


def _walked(what: str, walk: str, inner: Code) -> str:
    if inner.text == "1":
        return f"len({walk})"
    if what == "sum":
        return f"sum({inner.or_else('0')} for w in {walk})"
    return f"sum(1 for w in {walk} if {inner.text})"
