# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which rules ask for a document, and for which: read from the rules themselves, so that a new rule is known at once.

A rule asks for a document when its check is `any(...)` over documents, or `count(previous) > 0`; what stands beside it
after `or` would do instead. Rules that only compare what a document says ask for none: those of each document, and
those whose guard wants the document to be there already.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from swclient.engine.expression import MAX_RULE_LENGTH, parse
from swclient.engine.plan import Plan, value_function
from swclient.engine.rulebook import Rule

DOCUMENT, PREVIOUS = "document", "previous"
PAPERS = (DOCUMENT, PREVIOUS)
_LIMIT = 3 * MAX_RULE_LENGTH  # of a guard and a check drawn together
Ask = Callable[[Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Basis:
    """A row of a list on which a rule goes: the list's name and column, and what works out the code of the row."""

    list_name: str
    column: str
    key: Ask


@dataclass(frozen=True, slots=True)
class Demand:
    """A rule that asks for a document.

    Attributes:
        bit: place of the rule among those of its section; set in a row's mask while the rule fails.
        table: `document` or `previous`.
        applies: whether the rule speaks about a row at all.
        meets: whether a document, seen from the row, is what is asked for.
        instead: fields that may be filled instead of giving a document, with the whole condition.
        reasons: fields that the rule reads beside documents, and when each does not matter; they tell why it asks.
        reads: those of them that a document is compared with, of the row itself.
        literals: texts that the rule compares with, in its order: the first that is a kind is the usual one.
        fills: what a new document would have to say, by field.
    """

    rule: Rule
    bit: int
    table: str
    applies: Ask
    meets: Ask
    instead: tuple[tuple[str, Ask], ...] = ()
    reasons: tuple[tuple[str, Ask | None], ...] = ()
    reads: tuple[str, ...] = ()
    basis: Basis | None = None
    literals: tuple[str, ...] = ()
    fills: Mapping[str, Ask] = field(default_factory=dict)


def demands(plan: Plan) -> tuple[Demand, ...]:
    """Return every rule of a plan that asks for a document, compiled once for a plan."""
    if id(plan) not in _made:
        _made[id(plan)] = (plan, tuple(_demands(plan)))
    return _made[id(plan)][1]


_made: dict[int, tuple[Plan, tuple[Demand, ...]]] = {}


def _demands(plan: Plan) -> Iterator[Demand]:
    for name, table in plan.tables.items():
        if name in PAPERS:
            continue
        for bit, rule in enumerate(table.rules):
            wanted = _wanted(rule)
            if wanted is not None:
                yield _demand(plan, rule, bit, wanted)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a rule asks for: conditions on documents, what would do instead, and when it asks."""

    table: str
    conditions: list[ast.expr]
    others: list[ast.expr]
    when: ast.expr


def _wanted(rule: Rule) -> _Wanted | None:
    """Read a rule; None when it asks for no document.

    It asks in its check, `any(...)`, or in its guard, `... and not any(...)`: then as soon as the check fails.
    """
    when = parse(rule.when, limit=MAX_RULE_LENGTH) if rule.when else ast.Constant(value=True)
    check = parse(rule.check, limit=MAX_RULE_LENGTH)
    terms = check.values if isinstance(check, ast.BoolOp) and isinstance(check.op, ast.Or) else [check]
    found = [paper for paper in map(_paper, terms) if paper is not None]
    if found:
        others = [term for term in terms if _paper(term) is None]
        return None if _compares(when, found) else _sorted_out(found, others, when)
    guards = when.values if isinstance(when, ast.BoolOp) and isinstance(when.op, ast.And) else [when]
    found = [paper for paper in map(_refused, guards) if paper is not None]
    left = [guard for guard in guards if _refused(guard) is None]
    return _sorted_out(found, [], ast.BoolOp(ast.And(), [*left, ast.UnaryOp(ast.Not(), check)])) if found else None


def _compares(when: ast.expr, found: list[tuple[str, ast.expr]]) -> bool:
    """Tell whether a rule only compares what a document says that its guard wants to be there."""
    guards = when.values if isinstance(when, ast.BoolOp) and isinstance(when.op, ast.And) else [when]
    there = any(_paper(guard) is not None for guard in guards)
    return there and any(name.partition(".")[2] != "kind" for _table, node in found for name in _papers_of(node))


def _papers_of(node: ast.expr) -> list[str]:
    return [name for name in _fields(node) if name.partition(".")[0] in PAPERS]


def _refused(guard: ast.expr) -> tuple[str, ast.expr] | None:
    match guard:
        case ast.UnaryOp(ast.Not(), operand):
            return _paper(operand)
    return None


def _sorted_out(found: list[tuple[str, ast.expr]], others: list[ast.expr], when: ast.expr) -> _Wanted:
    table = found[0][0]
    return _Wanted(table, [condition for name, condition in found if name == table], others, when)


def _paper(term: ast.expr) -> tuple[str, ast.expr] | None:
    """Return section and condition of the documents that a term asks for, None when it asks for none."""
    match term:
        case ast.Call(ast.Name("any" | "any_all"), [wanted]):
            table = _paper_table(wanted)
            return (table, wanted) if table else None
        case ast.Compare(ast.Call(ast.Name("count" | "count_all"), [wanted]), [ast.Gt()], [ast.Constant(0)]):
            if isinstance(wanted, ast.Name):
                return (wanted.id, ast.Constant(value=True)) if wanted.id in PAPERS else None
            table = _paper_table(wanted)
            return (table, wanted) if table else None
    return None


def _paper_table(node: ast.expr) -> str:
    return next((name.partition(".")[0] for name in _fields(node) if name.partition(".")[0] in PAPERS), "")


def _fields(*nodes: ast.expr) -> list[str]:
    """Return the ids of the fields that expressions name, each once, in order."""
    found = (_field_id(part) for node in nodes for part in ast.walk(node))
    return [name for name in dict.fromkeys(found) if name]


def _field_id(node: ast.AST) -> str:
    match node:
        case ast.Attribute(ast.Name(table), name):
            return f"{table}.{name}"
    return ""


def _demand(plan: Plan, rule: Rule, bit: int, wanted: _Wanted) -> Demand:
    table, conditions = wanted.table, wanted.conditions
    meets = " or ".join(f"({ast.unparse(condition)})" for condition in conditions)
    return Demand(
        rule=rule,
        bit=bit,
        table=table,
        applies=value_function(plan, rule.table, f"1 if {ast.unparse(wanted.when)} else 0", limit=_LIMIT),
        meets=value_function(plan, table, f"1 if {meets} else 0", limit=_LIMIT),
        instead=tuple(_instead(plan, rule, wanted.others)),
        reasons=tuple(_reasons(plan, rule, wanted)),
        reads=tuple(n.partition(".")[2] for n in _fields(*conditions) if n.partition(".")[0] == rule.table),
        basis=_basis(plan, rule, conditions),
        literals=tuple(_texts(conditions)),
        fills=_fills(plan, rule, conditions),
    )


def _reasons(plan: Plan, rule: Rule, wanted: _Wanted) -> Iterator[tuple[str, Ask | None]]:
    """Yield fields with what makes them no reason: in `blank(limit) or header.procedure in limit`, a blank limit."""
    when = wanted.when
    terms = when.values if isinstance(when, ast.BoolOp) and isinstance(when.op, ast.And) else [when]
    told: set[str] = set()
    for term in (*terms, *wanted.conditions):
        unless: Ask | None = None
        match term:
            case ast.BoolOp(ast.Or(), [ast.Call(ast.Name("blank"), _limit) as open_to_all, *_rest]):
                unless = value_function(plan, rule.table, f"1 if {ast.unparse(open_to_all)} else 0", limit=_LIMIT)
        names = [name for name in _fields(term) if name.partition(".")[0] not in PAPERS and name not in told]
        told.update(names if unless is None else ())
        yield from ((name, unless) for name in names)


def _instead(plan: Plan, rule: Rule, others: list[ast.expr]) -> Iterator[tuple[str, Ask]]:
    """Yield the box that a term wants filled, and what works the whole term out."""
    for term in others:
        for part in ast.walk(term):
            match part:
                case ast.Call(ast.Name("filled"), [ast.Attribute(ast.Name(table), name)]):
                    holds = value_function(plan, rule.table, f"1 if {ast.unparse(term)} else 0", limit=_LIMIT)
                    yield f"{table}.{name}", holds


def _basis(plan: Plan, rule: Rule, conditions: list[ast.expr]) -> Basis | None:
    """Return the list row that says which documents are wanted: `document.kind in entry(code, 'permits', ...)`."""
    for part in (part for condition in conditions for part in ast.walk(condition)):
        match part:
            case ast.Call(ast.Name("entry"), [key, ast.Constant(str(name)), ast.Constant(str(column))]):
                if not _paper_table(key):
                    return Basis(name, column, value_function(plan, rule.table, ast.unparse(key)))
    return None


def _texts(conditions: list[ast.expr]) -> Iterator[str]:
    for part in (part for condition in conditions for part in ast.walk(condition)):
        match part:
            case ast.Constant(str(text)):
                yield text


def _fills(plan: Plan, rule: Rule, conditions: list[ast.expr]) -> dict[str, Ask]:
    """Return what a condition says that a document must be: `document.number == item.quota_licence`."""
    made: dict[str, Ask] = {}
    for part in (part for condition in conditions for part in ast.walk(condition)):
        match part:
            case ast.Compare(ast.Attribute(ast.Name("document"), name), [ast.Eq()], [value]) if not _paper_table(value):
                if name != "kind":  # which kinds would do is found by asking each
                    made.setdefault(name, value_function(plan, rule.table, ast.unparse(value)))
    return made
