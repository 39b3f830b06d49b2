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
from swclient.engine.formulas import Formula, Formulary
from swclient.engine.functions import functions
from swclient.engine.needs import Aggregate, ExpressionError, Needs
from swclient.engine.order import in_order, reads
from swclient.engine.plan import Plan, TablePlan, kids_of
from swclient.engine.rulebook import Rule, rulebook

T = TypeVar("T")
M = TypeVar("M")


def make_plan(profile: Profile, formulary: Formulary) -> Plan:
    """Compile a profile.

    Raises:
        DataError: an expression cannot be understood, or formulas go round in a circle; says which.
    """
    return _Planner(profile, formulary).plan()


class _Planner:
    def __init__(self, profile: Profile, formulary: Formulary) -> None:
        self.profile = profile
        self.formulary = formulary
        single: set[tuple[str, str]] = set()
        lists: set[str] = set()
        aggregates: list[Aggregate] = []
        constants: dict[str, Any] = {}
        specs = dict(profile.tables)
        self.needs = {
            name: Needs(
                specs,
                name,
                frozenset(profile.fields),
                single=single,
                lists=lists,
                aggregates=aggregates,
                constants=constants,
            )
            for name in specs
        }
        self.aggregates = aggregates
        self.single = single
        self.lists = lists
        self.constants = constants
        self.plans = {name: TablePlan(name) for name in specs}
        self.sources: list[str] = []
        self.wide_text: list[str] = []

    def plan(self) -> Plan:
        self._collect()
        bodies: dict[tuple[str, str], list[str]] = {}
        for name, table in self.plans.items():
            early, late = self._work_lines(table)
            bodies[name, "work"], bodies[name, "late"] = early, late
            bodies[name, "check"] = self._check_lines(table)
        for name, table in self.plans.items():
            bodies[name, "give"] = self._give_lines(table)
            bodies[name, "twin"] = self._twin_lines(table)
        for (name, stage), lines in bodies.items():
            if lines:
                self._function(name, stage, lines)
        return self._finish()

    def _collect(self) -> None:
        for each in self.profile.fields.values():
            if not each.derived:
                continue
            table = self.plans[each.table]
            if each.derived in self.formulary.spreads:
                table.spreads.append((each, self.formulary.spreads[each.derived]))
            elif each.derived in self.formulary.formulas:
                table.formulas.append((each, self.formulary.formulas[each.derived]))
            else:
                raise DataError(
                    "Nobody knows the formula “{name}”",
                    file="fields.toml",
                    row=each.id,
                    name=each.derived,
                )
        for rule in rulebook(self.profile):
            self.plans[rule.table].rules.append(rule)
        for name, table in self.plans.items():
            table.formulas = in_order(name, table.formulas)
            table.outputs = tuple(each.name for each, _formula in table.formulas)

    def _work_lines(self, table: TablePlan) -> tuple[list[str], list[str]]:
        """Lines of the formulas: early ones need no figure over whole sections, late ones do (single sections only)."""
        early: list[str] = []
        late: list[str] = []
        late_fields: set[str] = set()
        for each, formula in table.formulas:
            lines = self._formula_lines(each, formula)
            is_late = any(re.search(r"\bA\d+\b", line) for line in lines) or bool(reads(formula) & late_fields)
            if is_late and self.profile.tables[table.name].many:
                raise DataError(
                    "A formula of a repeating section cannot read figures over whole sections",
                    file="fields.toml",
                    row=each.id,
                )
            if is_late:
                late_fields.add(each.id)
            (late if is_late else early).extend(lines)
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
        self.constants[function] = formula.function
        call = f"{function}({', '.join(arguments)})"
        self.needs[each.table].fields.add(each.name)
        local = f"f_{each.name}" if self.profile.tables[each.table].many else f"S_{each.table}_{each.name}"
        return [
            f"r = {call} if {' and '.join(guards)} else None" if guards else f"r = {call}",
            f"c[{each.name!r}] = r",
            f"if {each.name!r} not in t:",
            f"    v[{each.name!r}] = {local} = r",
        ]

    def _compiled(self, where: str, make: Callable[[T], M], source: T) -> M:
        try:
            return make(source)
        except (ExpressionError, ValueError) as error:
            raise DataError(
                "The expression cannot be used: {reason}",
                file=self.profile.code,
                row=where,
                reason=str(error),
            ) from error

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
        failing = f"not {check}"
        return f"{compiler.truth(parse(rule.when, limit=MAX_RULE_LENGTH), blank=False)} and {failing}" if rule.when else failing

    def _words(self, rule: Rule) -> None:
        """Compile what the rule's text and fix ask for: faults show at load, and their sums are kept from the start."""
        compiler = Compiler(self.needs[rule.table])
        for source in (
            *rule.values.values(),
            *(each for each in rule.fix.values() if each != "''"),
        ):
            compiler.value(parse(source, limit=MAX_RULE_LENGTH))

    def _give_lines(self, table: TablePlan) -> list[str]:
        mine = [(number, each) for number, each in enumerate(self.aggregates) if each.table == table.name]
        table.gives = tuple(number for number, _each in mine)
        if not mine:
            return []
        return ["w = v", "row.gives = (" + ", ".join(each.value for _number, each in mine) + ",)"]

    def _twin_lines(self, table: TablePlan) -> list[str]:
        keys = self.needs[table.name].twins
        table.twins = len(keys)
        return ["row.twins = (" + ", ".join(keys) + ",)"] if keys else []

    def _function(self, table: str, stage: str, lines: list[str]) -> None:
        text = "\n".join(lines)
        many = self.profile.tables[table].many
        head = [f"def {stage}_{table}(rows, singles, A, W, reference, valid, today, entry):"]
        head += [f"    {name} = {value}" for name, value in self._prelude(text)]
        parent = sorted(set(re.findall(r"\bp_(\w+)", text)))
        fields = sorted(set(re.findall(r"\bf_(\w+)", text))) if many else []
        head += [
            "    for row in rows:",
            "        v = row.values; t = row.typed; c = row.computed; g = v.get",
        ]
        if parent:
            head.append("        q = row.parent.values.get if row.parent is not None else nothing")
            head += [f"        p_{name} = q({name!r})" for name in parent]
        head += [f"        f_{name} = g({name!r})" for name in fields]
        self.sources.append("\n".join(head + ["        " + line for line in lines]))
        if many:
            self.wide_text.append(text)
        self.plans[table].reads_parent = self.plans[table].reads_parent or bool(parent)

    def _prelude(self, text: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for table, name in sorted(self.single):
            if re.search(rf"\bS_{table}_{name}\b", text):
                found.append((f"S_{table}_{name}", f"singles[{table!r}].values.get({name!r})"))
        for name in sorted(self.lists):
            if re.search(rf"\bL_{name}\b", text):
                found.append((f"L_{name}", f"valid({name!r})"))
        for number in sorted({int(each) for each in re.findall(r"\bA(\d+)\b", text)}):
            found.append((f"A{number}", f"A[{number}]"))
        return found

    def _namespace(self) -> dict[str, Any]:
        known = functions()
        space: dict[str, Any] = {"nothing": lambda _name: None}
        for name, value in self.constants.items():
            if name.startswith("fn_"):
                if value not in known:
                    raise DataError(
                        "Nobody knows the function “{name}”",
                        file=self.profile.code,
                        row="rules",
                        name=value,
                    )
                space[name] = known[value]
            else:
                space[name] = value
        for table, spec in self.profile.tables.items():
            if spec.parent:
                space[f"kids_{table}"] = kids_of(table)
        return space

    def _finish(self) -> Plan:
        space = self._namespace()
        exec(compile("\n".join(self.sources), f"<plan {self.profile.code}>", "exec"), space)  # noqa: S102 - made from whitelisted expressions
        for name, table in self.plans.items():
            for stage in ("work", "late", "give", "twin", "check"):
                setattr(table, stage, space.get(f"{stage}_{name}"))
            table.reads_children = frozenset(self.needs[name].children)
        wide = "\n".join(self.wide_text)
        spreads = [spread for table in self.plans.values() for _each, spread in table.spreads]
        singles = {f"{table}.{name}" for table, name in self.single if re.search(rf"\bS_{table}_{name}\b", wide)}
        singles |= {name for spread in spreads for name in spread.singles}
        if re.search(r"\bL_\w+", wide):
            singles.add("header.date")
        aggregates = frozenset(int(each) for each in re.findall(r"\bA(\d+)\b", wide))
        columns = frozenset(name for spread in spreads for name in spread.columns)
        over = frozenset(spread.over for spread in spreads)
        return Plan(
            self.profile,
            self.plans,
            self.aggregates,
            frozenset(singles),
            aggregates,
            columns,
            over,
            space,
            self.needs,
        )
