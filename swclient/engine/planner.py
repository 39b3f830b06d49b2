# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles a profile: its formulas and rules become Python functions over rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from swclient.base.errors import DataError
from swclient.catalogue.field import Field
from swclient.catalogue.profile import Profile
from swclient.engine.expression import MAX_RULE_LENGTH, Compiler, parse
from swclient.engine.formulas import Formula, Formulary, Spread
from swclient.engine.functions import functions
from swclient.engine.needs import Needs
from swclient.engine.order import in_order, reads, refuse_circles
from swclient.engine.plan import Plan, TablePlan, kids_of
from swclient.engine.rulebook import CLEAR, Rule, rulebook
from swclient.engine.source import (
    fields_in,
    indented,
    lists_in,
    parents_in,
    row_lines,
    shared_lines,
    singles_in,
    totals_in,
)

_FETCH = re.compile(r"\b[wv]\.get\('(\w+)'\)")
T = TypeVar("T")
M = TypeVar("M")


def make_plan(profile: Profile, formulary: Formulary) -> Plan:
    """Compile a profile.

    Raises:
        DataError: an expression cannot be understood, or formulas go round in a circle; says which.
    """
    return _Planner(profile, formulary).plan()


class _Planner:
    """Gathers source of all sections, then makes functions of it."""

    def __init__(self, profile: Profile, formulary: Formulary) -> None:
        self.profile = profile
        self.formulary = formulary
        self.functions = functions()
        self.shared = Needs(profile.tables, "", frozenset(profile.fields), facts=profile.facts)
        self.needs = {name: self.shared.of(name) for name in profile.tables}
        self.plans = {name: TablePlan(name) for name in profile.tables}
        self.sources: list[str] = []
        self.wide_text: dict[str, list[str]] = {}
        self.work_text: list[str] = []
        self.late: set[str] = set()
        self.single_text: list[str] = []

    def plan(self) -> Plan:
        """Return the plan; figures over whole sections are known only when all expressions have been read."""
        self._collect()
        bodies: dict[tuple[str, str], list[str]] = {}
        for name, table in self.plans.items():
            bodies[name, "work"], bodies[name, "late"] = self._work_lines(table)
            bodies[name, "check"] = self._check_lines(table)
        for name, table in self.plans.items():
            bodies[name, "give"] = self._give_lines(table)
            bodies[name, "twin"] = self._twin_lines(table)
        for (name, stage), lines in bodies.items():
            if lines:
                self._function(name, stage, lines)
        self._make_functions()
        return self._finish()

    def _collect(self) -> None:
        for each in self.profile.fields.values():
            if each.derived:
                self._collect_formula(each, self.plans[each.table])
        for rule in rulebook(self.profile):
            self.plans[rule.table].rules.append(rule)
        for name, table in self.plans.items():
            table.formulas = in_order(name, table.formulas)
            table.outputs = tuple(each.name for each, _formula in table.formulas)
        refuse_circles(
            [pair for table in self.plans.values() for pair in table.formulas],
            [pair for table in self.plans.values() for pair in table.spreads],
        )

    def _collect_formula(self, each: Field, table: TablePlan) -> None:
        if each.derived in self.formulary.spreads:
            table.spreads.append((each, self.formulary.spreads[each.derived]))
        elif each.derived in self.formulary.formulas:
            table.formulas.append((each, self.formulary.formulas[each.derived]))
        else:
            raise DataError("Nobody knows the formula “{name}”", file="fields.toml", row=each.id, name=each.derived)

    def _work_lines(self, table: TablePlan) -> tuple[list[str], list[str]]:
        """Lines of the formulas: early ones need no figure over whole sections, late ones do (single sections only)."""
        early: list[str] = []
        late: list[str] = []
        many = self.profile.tables[table.name].many
        late_fields: set[str] = set() if many else set(self.late)  # those of the single sections before this one too
        for each, formula in table.formulas:
            lines = self._formula_lines(each, formula)
            is_late = bool(totals_in(lines[0]) or reads(formula) & late_fields)
            if is_late and many:
                raise DataError(
                    "A formula of a repeating section cannot read figures over whole sections",
                    file="fields.toml",
                    row=each.id,
                )
            if is_late:
                late_fields.add(each.id)
            (late if is_late else early).extend(lines)
        self.late |= late_fields
        return early, late

    def _formula_lines(self, each: Field, formula: Formula) -> list[str]:
        compiler = Compiler(self.needs[each.table])
        arguments = ["reference"] if formula.reference else []
        guards: list[str] = []
        for name, source in formula.reads.items():
            code = self._compiled(each.id, compiler.value, parse(source))
            if name in formula.optional:
                arguments.append(code.or_else("None"))
            else:
                guards += [guard for guard in code.guards if guard not in guards]
                arguments.append(code.text)
        function = f"formula_{formula.name}"
        self.shared.constants[function] = formula.function
        call = f"{function}({', '.join(arguments)})"
        local = f"f_{each.name}" if self.profile.tables[each.table].many else f"S_{each.table}_{each.name}"
        return [
            f"r = {call} if {' and '.join(guards)} else None" if guards else f"r = {call}",
            f"c[{each.name!r}] = r",
            f"if {each.name!r} not in t:",
            f"    v[{each.name!r}] = {local} = r",
        ]

    def _compiled(self, where: str, make: Callable[[T], M], source: T) -> M:
        try:
            made = make(source)
        except ValueError as error:  # ExpressionError, and what Python says of literals
            reason = str(error)
            raise DataError(
                "The expression cannot be used: {reason}", file=self.profile.code, row=where, reason=reason
            ) from error
        unknown = self.shared.functions - self.functions.keys()
        if unknown:
            name = min(unknown)
            raise DataError("Nobody knows the function “{name}”", file=self.profile.code, row=where, name=name)
        return made

    def _check_lines(self, table: TablePlan) -> list[str]:
        lines: list[str] = []
        for bit, rule in enumerate(table.rules):
            condition = self._compiled(rule.code, self._condition, rule)
            self._compiled(rule.code, self._words, rule)
            lines += [f"if {condition}:", f"    m |= {1 << bit}"]
        return ["m = 0", *lines, "row.mask = m"] if lines else []

    def _condition(self, rule: Rule) -> str:
        compiler = Compiler(self.needs[rule.table])
        check = compiler.truth(parse(rule.check, limit=MAX_RULE_LENGTH), blank=True)
        if rule.imply == "need" and rule.implied is not None:
            check = f"({check} or t.get({rule.implied.name!r}) is not None)"
        failing = f"{self._in_force(rule)}not {check}"
        if not rule.when:
            return failing
        return f"{compiler.truth(parse(rule.when, limit=MAX_RULE_LENGTH), blank=False)} and {failing}"

    def _in_force(self, rule: Rule) -> str:
        """Return source of whether a rule holds on the day of the declaration; without a date every rule holds."""
        bounds = ((rule.valid_from, ">="), (rule.valid_to, "<="))
        asked = [f"S_header_date {sign} {self.shared.constant(day)}" for day, sign in bounds if day is not None]
        if not asked:
            return ""
        self.shared.single.add(("header", "date"))
        return f"(S_header_date is None or {' and '.join(asked)}) and "

    def _words(self, rule: Rule) -> None:
        """Compile what the rule's text and fix ask for: faults show at load, and their sums are kept from the start."""
        compiler = Compiler(self.needs[rule.table])
        fixes = [each for each in rule.fix.values() if each != CLEAR]
        for source in (*rule.values.values(), *fixes):
            compiler.value(parse(source, limit=MAX_RULE_LENGTH))

    def _give_lines(self, table: TablePlan) -> list[str]:
        mine = [(number, each) for number, each in enumerate(self.shared.aggregates) if each.table == table.name]
        table.gives = tuple(number for number, _each in mine)
        if not mine:
            return []
        given = _FETCH.sub(r"f_\1", ", ".join(each.value for _number, each in mine))
        return [f"row.gives = ({given},)"]

    def _twin_lines(self, table: TablePlan) -> list[str]:
        keys = self.needs[table.name].twins
        table.twins = len(keys)
        return ["row.twins = (" + ", ".join(keys) + ",)"] if keys else []

    def _function(self, table: str, stage: str, lines: list[str]) -> None:
        text = "\n".join(lines)
        head = f"def {stage}_{table}(rows, singles, A, W, reference, valid, today, entry):"
        before = [*shared_lines(text, self.shared), "for row in rows:"]
        self.sources += [head, *indented(before), *indented([*row_lines(text, self.shared), *lines], 2)]
        if self.profile.tables[table].many:
            self.wide_text.setdefault(table, []).append(text)
            if stage == "work":
                self.work_text.append(text)
        elif stage in {"work", "late"}:
            self.single_text.append(text)
        plan = self.plans[table]
        plan.parent_fields.update(parents_in(text))
        plan.reads[stage] = frozenset(fields_in(text)) | frozenset(plan.outputs if stage == "work" else ())
        if stage == "check":
            dated = {"header.date"} if lists_in(text, self.shared) else set()  # it says which codes of a list are good
            plan.single_fields = frozenset({f"{each}.{name}" for each, name in singles_in(text, self.shared)} | dated)
            plan.reads_totals = bool(totals_in(text))

    def _make_functions(self) -> None:
        source = "\n".join(self.sources)
        self.space = self._namespace()
        exec(compile(source, f"<plan {self.profile.code}>", "exec"), self.space)  # noqa: S102 - made from whitelisted expressions
        for name, table in self.plans.items():
            for stage in ("work", "late", "give", "twin", "check"):
                setattr(table, stage, self.space.get(f"{stage}_{name}"))
            table.child_fields = frozenset(self.needs[name].children)

    def _namespace(self) -> dict[str, Any]:
        space: dict[str, Any] = {"nothing": lambda _name: None, **self.shared.constants}
        space |= {f"fn_{name}": self.functions[name] for name in self.shared.functions}
        return space | {f"kids_{name}": kids_of(name) for name, spec in self.profile.tables.items() if spec.parent}

    def _finish(self) -> Plan:
        wide = "\n".join(text for texts in self.wide_text.values() for text in texts)
        spreads = [spread for table in self.plans.values() for _each, spread in table.spreads]
        worked = {f"{table}.{name}" for table, name in singles_in("\n".join(self.work_text), self.shared)}
        return Plan(
            profile=self.profile,
            tables=self.plans,
            aggregates=self.shared.aggregates,
            wide_fields=self._wide_fields(),
            wide_aggregates=frozenset(totals_in(wide)),
            single_reads=self._single_reads(),
            fed_back=frozenset(self.late & worked),
            spread_columns=frozenset(self._columns(spreads)),
            spread_tables=frozenset(spread.over for spread in spreads),
            namespace=self.space,
            needs=self.needs,
        )

    def _single_reads(self) -> frozenset[str]:
        """Return the fields of sections that stand once that a formula of such a section reads or fills."""
        filled = {f"{name}.{each}" for name, table in self.plans.items() for each in table.outputs}
        return (
            frozenset(f"{name}.{each}" for name, each in singles_in("\n".join(self.single_text), self.shared)) | filled
        )

    def _wide_fields(self) -> dict[str, frozenset[str]]:
        """Return the fields of sections that stand once, each with the repeating sections whose rows read it."""
        readers: dict[str, set[str]] = {}
        for table, texts in self.wide_text.items():
            text = "\n".join(texts)
            fields = {f"{single}.{name}" for single, name in singles_in(text, self.shared)}
            if lists_in(text, self.shared):
                fields.add("header.date")  # it says which codes of a list are good
            fields |= {name for _each, spread in self.plans[table].spreads for name in spread.singles}
            for name in fields:
                readers.setdefault(name, set()).add(table)
        return {name: frozenset(tables) for name, tables in readers.items()}

    def _columns(self, spreads: list[Spread]) -> set[str]:
        """Return the columns by which something is shared out, and what those that are worked out are made of."""
        columns = {name for spread in spreads for name in spread.columns}
        made_of = {each.id: reads(formula) for table in self.plans.values() for each, formula in table.formulas}
        for table in self.plans.values():
            table.works_first = bool(table.spreads) and any(f"{table.name}.{name}" in columns for name in table.outputs)
        waiting = list(columns)
        while waiting:
            further = made_of.get(waiting.pop(), set()) - columns
            columns |= further
            waiting += further
        return columns
