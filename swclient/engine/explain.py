# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers "why?": walks from a worked-out value down to typed fields, rates, dates and sources."""

from __future__ import annotations

import ast
from typing import Any

from swclient.base.i18n import _
from swclient.document.path import SINGLE, Path
from swclient.engine.expression import parse
from swclient.engine.forms import AGGREGATES
from swclient.engine.formulas import Formula, Formulary, Reason, Spread
from swclient.engine.live import Live, LiveRow
from swclient.engine.look import Explanation
from swclient.engine.plan import value_function

MOST_ROWS = 40


class Explainer:
    """Explains values of one live declaration."""

    def __init__(self, live: Live, formulary: Formulary) -> None:
        self.live = live
        self.formulary = formulary

    def explain(self, path: Path, depth: int = 6) -> Explanation:
        """Return the tree behind one value; a typed value is a leaf."""
        field = self.live.plan.profile.fields[path.field_id]
        row = self.live.rows[path.table][path.row]
        value = row.values.get(path.field)
        label = self._label(path, row)
        shown = field.kind.show(value) if value is not None else "—"
        if not field.derived:
            return Explanation(label, shown, _("typed") if value is not None else _("blank"))
        if path.field in row.typed:
            _words, _law, parts = self._behind(field.derived, row, depth)
            worked_out = Explanation(_("Worked out"), field.kind.show(row.computed.get(path.field)), parts=parts)
            return Explanation(label, shown, _("typed over the worked-out value"), parts=(worked_out,))
        words, law, parts = self._behind(field.derived, row, depth)
        confirmed = all(part.confirmed for part in parts)
        return Explanation(label, shown, words, law, confirmed=confirmed, parts=parts)

    def _label(self, path: Path, row: LiveRow) -> str:
        field = self.live.plan.profile.fields[path.field_id]
        words = field.called.text()
        box = f"{field.box_shown} " if field.box else ""
        number = row.values.get("number") if path.table == "item" else None
        return f"{box}{words}" + (f" ({number})" if number else "")

    def _behind(self, name: str, row: LiveRow, depth: int) -> tuple[str, str, tuple[Explanation, ...]]:
        spread = self.formulary.spreads.get(name)
        if spread is not None:
            return _(spread.label), self._law(name, spread.law), self._spread_parts(spread, row)
        formula = self.formulary.formulas[name]
        return _(formula.label), self._law(name, formula.law), self._formula_parts(formula, row, depth)

    def _law(self, name: str, law: str) -> str:
        """Return the legal ground of a formula: the country's own where its profile names one."""
        own: str = self.live.plan.profile.facts.get("formula_laws", {}).get(name, law)
        return _(own)

    def _spread_parts(self, spread: Spread, row: LiveRow) -> tuple[Explanation, ...]:
        over = self.live.spread_rows(spread)
        position = list(self.live.rows[row.table]).index(row.id)
        reasons = spread.because(*self.live.spread_arguments(spread, over), position)
        return tuple(self._told(reason) for reason in reasons)

    def _formula_parts(self, formula: Formula, row: LiveRow, depth: int) -> tuple[Explanation, ...]:
        parts = tuple(self._told(reason) for reason in self._reasons(formula, row))
        if depth <= 0:
            return parts
        for source in formula.reads.values():
            parts += self._read_parts(parse(source), row, depth - 1)
        return parts

    def _reasons(self, formula: Formula, row: LiveRow) -> tuple[Reason, ...]:
        if formula.because is None:
            return ()
        arguments: list[Any] = [self.live.reference] if formula.reference else []
        for name, source in formula.reads.items():
            value = value_function(self.live.plan, row.table, source)(row, self.live)
            if value is None and name not in formula.optional:
                return ()
            arguments.append(value)
        return formula.because(*arguments)

    def _read_parts(self, node: ast.expr, row: LiveRow, depth: int) -> tuple[Explanation, ...]:
        """Explain what an expression reads: a field, the rows of a sum, or the arguments of a call."""
        match node:
            case ast.Attribute(ast.Name(table), field) if not field.startswith("_"):
                return self._field_parts(self._path(table, field, row), depth)
            case ast.Call(ast.Name(name), [ast.Attribute(ast.Name(table), field)]) if _gathers(name):
                return self._column(table, field, depth)
            case ast.Call(ast.Name(name), arguments) if not _gathers(name):
                return tuple(part for each in arguments for part in self._read_parts(each, row, depth))
        return ()

    def _field_parts(self, path: Path | None, depth: int) -> tuple[Explanation, ...]:
        if path is None or self.live.rows[path.table][path.row].values.get(path.field) is None:
            return ()
        return (self.explain(path, depth),)

    def _path(self, table: str, field: str, row: LiveRow) -> Path | None:
        if table in self.live.singles:
            return Path(table, SINGLE, field)
        owner = row if table == row.table else row.parent
        return Path(table, owner.id, field) if owner is not None and owner.table == table else None

    def _column(self, table: str, field: str, depth: int) -> tuple[Explanation, ...]:
        """Explain each row that went into a sum: the first ones in full, the rest by their number."""
        rows = [each for each in self.live.rows[table].values() if each.values.get(field) not in (None, ())]
        found = [self.explain(Path(table, each.id, field), depth) for each in rows[:MOST_ROWS]]
        if len(rows) > MOST_ROWS:
            found.append(Explanation(_("Further rows"), str(len(rows) - MOST_ROWS)))
        return tuple(found)

    def _told(self, reason: Reason) -> Explanation:
        parts = tuple(self._told(part) for part in reason.parts)
        confirmed = reason.confirmed and all(part.confirmed for part in parts)
        return Explanation(reason.label.text(), reason.value, "", reason.law, reason.source, confirmed, parts)


def _gathers(name: str) -> bool:
    """Tell whether a word of expressions is a figure over other rows."""
    return name.removesuffix("_all") in (*AGGREGATES, "totals", "tally")
