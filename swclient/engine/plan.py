# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A profile's formulas and rules, turned into Python functions once and for all.

For every section there are up to four functions over a list of rows: `work` fills worked-out values, `give` notes what each
row gives to figures over the whole section, `twin` notes what may stand twice, `check` sets the bits of the
rules that fail. They run over 999 rows or over one; that is how a keystroke and a full check share one truth.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from swclient.base.errors import DataError
from swclient.catalogue.field import Field
from swclient.catalogue.profile import Profile
from swclient.engine.expression import Aggregate, Code, Compiler, ExpressionError, Needs, parse
from swclient.engine.formulas import Formula, Formulary, Spread
from swclient.engine.functions import functions
from swclient.engine.rulebook import Rule, rulebook

Pass = Callable[..., None]


@dataclass(slots=True)
class TablePlan:
    """What is done with the rows of one section."""

    name: str
    formulas: list[tuple[Field, Formula]] = field(default_factory=list)
    spreads: list[tuple[Field, Spread]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    outputs: tuple[str, ...] = ()
    reads_parent: bool = False
    reads_children: frozenset[str] = frozenset()
    work: Pass | None = None
    late: Pass | None = None
    give: Pass | None = None
    twin: Pass | None = None
    check: Pass | None = None
    twins: int = 0
    gives: tuple[int, ...] = ()


@dataclass(slots=True)
class Plan:
    """All sections of a profile, and what a change in one means for the others."""

    profile: Profile
    tables: dict[str, TablePlan]
    aggregates: list[Aggregate]
    wide_fields: frozenset[str]
    wide_aggregates: frozenset[int]
    spread_columns: frozenset[str]
    spread_tables: frozenset[str]
    namespace: dict[str, Any]
    needs: dict[str, Needs]

    @property
    def rules(self) -> list[Rule]:
        """All rules of the profile."""
        return [rule for table in self.tables.values() for rule in table.rules]


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
            name: Needs(specs, name, frozenset(profile.fields), single=single, lists=lists, aggregates=aggregates, constants=constants) for name in specs
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
                raise DataError("Nobody knows the formula “{name}”", file="fields.toml", row=each.id, name=each.derived)
        for rule in rulebook(self.profile):
            self.plans[rule.table].rules.append(rule)
        for name, table in self.plans.items():
            table.formulas = self._sorted(name, table.formulas)
            table.outputs = tuple(each.name for each, _formula in table.formulas)

    def _sorted(self, name: str, formulas: list[tuple[Field, Formula]]) -> list[tuple[Field, Formula]]:
        """Order formulas so that each comes after those it reads within the same row (or the same single sections)."""
        waiting = list(formulas)
        done: list[tuple[Field, Formula]] = []
        while waiting:
            open_names = {each.id for each, _ in waiting}
            ready = [pair for pair in waiting if not (self._reads(pair[1]) & (open_names - {pair[0].id}))]
            if not ready:
                raise DataError("These formulas go round in a circle: {names}", file="fields.toml", row=name, names=", ".join(sorted(open_names)))
            done += ready
            waiting = [pair for pair in waiting if pair not in ready]
        return done

    @staticmethod
    def _reads(formula: Formula) -> set[str]:
        found: set[str] = set()
        for source in formula.reads.values():
            for node in ast.walk(parse(source)):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                    found.add(f"{node.value.id}.{node.attr}")
        return found

    def _work_lines(self, table: TablePlan) -> tuple[list[str], list[str]]:
        """Lines of the formulas: early ones need no figure over whole sections, late ones do (single sections only)."""
        early: list[str] = []
        late: list[str] = []
        late_fields: set[str] = set()
        for each, formula in table.formulas:
            lines = self._formula_lines(each, formula)
            is_late = any(re.search(r"\bA\d+\b", line) for line in lines) or bool(self._reads(formula) & late_fields)
            if is_late and self.profile.tables[table.name].many:
                raise DataError("A formula of a repeating section cannot read figures over whole sections", file="fields.toml", row=each.id)
            if is_late:
                late_fields.add(each.id)
            (late if is_late else early).extend(lines)
        return early, late

    def _formula_lines(self, each: Field, formula: Formula) -> list[str]:
        compiler = Compiler(self.needs[each.table])
        arguments = ["reference"] if formula.reference else []
        guards: list[str] = []
        for name, source in formula.reads.items():
            code = self._compiled(lambda s=source: compiler.value(parse(s)), each.id)
            if name in formula.optional:
                arguments.append(Compiler._or_none(code))  # noqa: SLF001 - the compiler's own partner
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

    def _compiled(self, make: Callable[[], Any], where: str) -> Any:
        try:
            return make()
        except (ExpressionError, ValueError) as error:
            raise DataError("The expression cannot be used: {reason}", file=self.profile.code, row=where, reason=str(error)) from error

    def _check_lines(self, table: TablePlan) -> list[str]:
        lines: list[str] = []
        for bit, rule in enumerate(table.rules):
            condition = self._compiled(lambda rule=rule: self._condition(rule), rule.code)
            self._compiled(lambda rule=rule: self._words(rule), rule.code)
            lines += [f"if {condition}:", f"    m |= {1 << bit}"]
        return ["m = 0", *lines, "row.mask = m"] if lines else []

    def _condition(self, rule: Rule) -> str:
        compiler = Compiler(self.needs[rule.table])
        check = compiler.truth(parse(rule.check, limit=400), blank=True)
        if rule.imply == "need" and rule.implied is not None:
            check = f"({check} or t.get({rule.implied.name!r}) is not None)"
        failing = f"not {check}"
        return f"{compiler.truth(parse(rule.when, limit=400), blank=False)} and {failing}" if rule.when else failing

    def _words(self, rule: Rule) -> None:
        """Compile what the rule's text and fix ask for: faults show at load, and their sums are kept from the start."""
        compiler = Compiler(self.needs[rule.table])
        for source in (*rule.values.values(), *(each for each in rule.fix.values() if each != "''")):
            compiler.value(parse(source, limit=400))

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
        head += ["    for row in rows:", "        v = row.values; t = row.typed; c = row.computed; g = v.get"]
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
                    raise DataError("Nobody knows the function “{name}”", file=self.profile.code, row="rules", name=value)
                space[name] = known[value]
            else:
                space[name] = value
        for table, spec in self.profile.tables.items():
            if spec.parent:
                space[f"kids_{table}"] = _kids(table)
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
        return Plan(self.profile, self.plans, self.aggregates, frozenset(singles), aggregates, columns, over, space, self.needs)


def _kids(table: str) -> Callable[[Any], list[Any]]:
    def kids(row: Any) -> list[Any]:
        own: list[Any] = row.kids[table]
        loose: list[Any] = row.loose[table]
        return own + loose if loose else own

    return kids


def value_function(plan: Plan, table: str, source: str) -> Callable[[Any, Any], Any]:
    """Return a function (row, live) that works out one expression over a row, for texts, fixes and reasons."""
    needs = plan.needs[table]
    planner_single = needs.single
    code: Code = Compiler(needs).value(parse(source, limit=400))
    text = f"{code.text} if {' and '.join(code.guards)} else None" if code.guards else code.text
    lines = [f"    S_{t}_{n} = live.singles[{t!r}].values.get({n!r})" for t, n in sorted(planner_single) if re.search(rf"\bS_{t}_{n}\b", text)]
    lines += [f"    L_{n} = live.valid({n!r})" for n in sorted(needs.lists) if re.search(rf"\bL_{n}\b", text)]
    lines += [f"    A{n} = live.totals[{n}]" for n in sorted({int(e) for e in re.findall(r"\bA(\d+)\b", text)})]
    lines += [f"    f_{n} = row.values.get({n!r})" for n in sorted(set(re.findall(r"\bf_(\w+)", text)))]
    lines += [f"    p_{n} = row.parent.values.get({n!r}) if row.parent is not None else None" for n in sorted(set(re.findall(r"\bp_(\w+)", text)))]
    space = dict(plan.namespace)
    body = "\n".join(["def value(row, live):", "    t = row.typed; reference = live.reference; entry = live.entry; today = live.today; W = live.twins[row.table]", *lines, f"    return {text}"])
    known = functions()
    space.update({name: known[value] for name, value in needs.constants.items() if name.startswith("fn_") and value in known})
    space.update({name: value for name, value in needs.constants.items() if not name.startswith("fn_")})
    exec(compile(body, f"<value of {table}>", "exec"), space)  # noqa: S102 - made from whitelisted expressions
    made: Callable[[Any, Any], Any] = space["value"]
    return made
