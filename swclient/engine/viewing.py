# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at an open declaration: what an editor shows, what is wrong, why a figure is what it is."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import Any

from swclient.base.i18n import _
from swclient.base.messages import Message
from swclient.catalogue.field import Field
from swclient.catalogue.kinds import Given
from swclient.catalogue.profile import Profile
from swclient.catalogue.search import TARIFF, search_of
from swclient.document.declaration import Declaration
from swclient.document.path import Path
from swclient.document.provenance import Sources, told
from swclient.document.snapshot import Record, Snapshot, freeze
from swclient.document.value import Unread, Value
from swclient.engine import acknowledging
from swclient.engine.checklist import Line, checklist
from swclient.engine.explain import Explainer
from swclient.engine.finding import Finding, Level
from swclient.engine.following import Following
from swclient.engine.formulas import Formulary
from swclient.engine.live import LiveRow
from swclient.engine.look import Choice, Explanation, Look, State
from swclient.engine.plan import value_function
from swclient.engine.rulebook import Rule
from swclient.engine.said import ANY_VALUE, Said
from swclient.engine.texts import text_findings, text_findings_at
from swclient.engine.wording import Wording, not_checked

_INVOICED = {"item.price", "header.invoice_total"}
_STATISTICS = {"item.statistical_value": "USD", "item.partner_value": "USD"}  # all other amounts are national currency
_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.ADVICE: 2}


class Viewing:
    """The reading half of a session.

    Attributes:
        declaration: as typed.
        live: typed and worked-out values, and which rules fail.
        read_only: whether editors must not be typed into.
        read_only_because: why not, where it is not its being signed.
        sources: where typed values came from that did not come from the keyboard.
        said: what an authority found wrong, see `swclient.engine.said`.
    """

    def __init__(self, declaration: Declaration, live: Following, formulary: Formulary) -> None:
        self.declaration = declaration
        self.profile: Profile = declaration.profile
        self.formulary = formulary
        self.live = live
        self.read_only = False
        self.read_only_because: Message | None = None
        self.sources = Sources(declaration)
        self.said: tuple[Said, ...] = ()
        self._wording = Wording(live)
        self._needs: dict[str, Callable[[Any, Any], Any]] = {}
        self._named: dict[str, dict[str, int]] = {}
        self._named_by: object = None  # the plan whose rules these are

    def settle(self) -> None:
        """Follow every change to its end."""
        if self.live.pending:
            self.live.run_all()

    def value(self, path: Path) -> Value | None:
        """Return what counts at a path: typed, else worked out."""
        row = self.live.rows[path.table].get(path.row)
        return None if row is None else row.values.get(path.field)

    def rows(self, table: str, parent: int | None = None) -> list[int]:
        """Return the numbers of a section's rows in order, only those under `parent` when one is given."""
        if parent is None:
            return list(self.declaration.tables[table])
        return [row.id for row in self.declaration.rows(table, parent)]

    def look(self, path: Path) -> Look:
        """Return everything an editor shows of a field."""
        field = self.profile.fields[path.field_id]
        row = self.live.rows[path.table][path.row]
        typed = row.typed.get(path.field)
        value = row.values.get(path.field)
        if isinstance(typed, Unread):
            text, shown, state = str(typed), str(typed), State.UNREAD
        else:
            text = field.kind.edit(value) if value is not None else ""
            shown = self._shown(path, value)
            state = self._state(typed, value, derived=bool(field.derived))
        return Look(
            field=field,
            text=text,
            shown=shown,
            state=state,
            required=self._required(field, row),
            read_only=self.is_locked(field),
            unit=self._unit(path),
            findings=tuple(self.findings_at(path)),
            label=field.called.text(),
            source=self.sources.get(path),
        )

    def is_locked(self, field: Field) -> bool:
        """Return whether a field cannot be typed into: nothing can, or it is not for people to give."""
        return self.read_only or isinstance(field.kind, Given)

    @staticmethod
    def _state(typed: Value | None, value: Any, *, derived: bool) -> State:
        if typed is not None:
            return State.OVERWRITTEN if derived else State.TYPED
        return State.WORKED_OUT if value is not None else State.BLANK

    def _shown(self, path: Path, value: Any) -> str:
        field = self.profile.fields[path.field_id]
        if value is None:
            return ""
        found = self.profile.code_list(field.list_name) if field.kind.list_name else None
        entry = found.get(value) if found else None
        name = entry.name() if entry else ""
        return f"{value} {name}" if name and name != value else field.kind.show(value)

    def _unit(self, path: Path) -> str:
        field = self.profile.fields[path.field_id]
        if field.kind.name == "mass":
            return _("kg")
        if field.kind.name == "money":
            header = self.live.singles["header"].values
            told = header.get("currency" if field.id in _INVOICED else "value_currency")
            return _STATISTICS.get(field.id) or str(told or "")
        return ""

    def _required(self, field: Field, row: LiveRow) -> bool:
        if field.need in {"never", "always"}:
            return field.need == "always"
        if field.id not in self._needs:
            self._needs[field.id] = value_function(self.live.plan, field.table, f"1 if {field.need} else 0")
        return bool(self._needs[field.id](row, self.live))

    def choices(self, path: Path, text: str, limit: int = 50) -> list[Choice]:
        """Return entries of the field's list for what is typed so far, those good on the declaration's day."""
        name = self.profile.fields[path.field_id].list_name
        if name != TARIFF and self.profile.code_list(name) is None:
            return []
        day = self.live.singles["header"].values.get("date")
        search = search_of(self.profile, self.live.reference)
        hits = search.find(name, text, limit=limit, day=day if isinstance(day, date) else None)
        return [Choice(hit.code, hit.name) for hit in hits]

    def nearest(self, path: Path, text: str) -> int:
        """Return the position among all choices at which a code stands, else that of the one that begins most like it.

        847199 opens at 847190, not at the 8472 that comes next.
        """
        codes = [choice.code for choice in self.choices(path, "", sys.maxsize)]
        wish = text.strip()
        place = min(bisect_left(codes, wish), max(len(codes) - 1, 0))
        near = [each for each in (place, place - 1) if 0 <= each < len(codes)]
        return max(near, key=lambda each: _alike(codes[each], wish), default=0)

    def findings(self) -> list[Finding]:
        """Return all findings: errors first, then by section and row; what was acknowledged last."""
        every = (row for rows in self.live.rows.values() for row in rows.values())
        found = [each for row in every for each in text_findings(self.profile, row)]
        for name, table in self.live.plan.tables.items():
            for row in self.live.rows[name].values():
                if row.mask:
                    found += self._failing(table.rules, row)
        found += self._standing()
        found = acknowledging.marked(found, self.declaration, self.live)
        return sorted(found, key=lambda each: (each.acknowledged is not None, _ORDER[each.level]))

    def _standing(self) -> list[Finding]:
        """Return what was said by others of values that still are what they were."""
        return [each.finding for each in self.said if each.text in {ANY_VALUE, self.text_at(each.finding.paths[0])}]

    def text_at(self, path: Path) -> str:
        """Return a value as an editor shows it; empty where there is none, or the row is gone."""
        row = self.live.rows[path.table].get(path.row)
        typed = None if row is None else row.typed.get(path.field)
        if row is None or isinstance(typed, Unread):
            return str(typed or "")
        value = row.values.get(path.field)
        return "" if value is None else self.profile.fields[path.field_id].kind.edit(value)

    def findings_at(self, path: Path) -> list[Finding]:
        """Return the findings that stand at a path: of its own row, of rows under it, of sections that stand once."""
        row = self.live.rows[path.table].get(path.row)
        if row is None:
            return []
        found = list(text_findings_at(self.profile, row, path.field))
        naming = self._naming(path.field_id)
        for each in self._rows_about(row):
            if each.mask and (each.mask < 0 or each.mask & naming.get(each.table, 0)):
                rules = self.live.plan.tables[each.table].rules
                found += self._failing(rules, each, path.field_id)
        found += self._standing()
        here = [each for each in found if path in each.paths]
        if not here:
            return []
        marked = acknowledging.marked(here, self.declaration, self.live)
        return sorted(marked, key=lambda each: each.acknowledged is not None)

    def _naming(self, field_id: str) -> dict[str, int]:
        """Return the sections whose rules name a field, each with one bit for each rule that does."""
        if self._named_by is not self.live.plan:
            self._named_by, self._named = self.live.plan, {}
        if field_id not in self._named:
            tables = self.live.plan.tables.values()
            bits = {t.name: sum(1 << bit for bit, rule in enumerate(t.rules) if field_id in rule.at) for t in tables}
            self._named[field_id] = {name: each for name, each in bits.items() if each}
        return self._named[field_id]

    def _rows_about(self, row: LiveRow) -> list[LiveRow]:
        """Return the rows whose rules may speak of a row."""
        singles = [each for each in self.live.singles.values() if each is not row]
        return [row, *self.live.under(row), *singles]

    def _failing(self, rules: list[Rule], row: LiveRow, field_id: str = "") -> list[Finding]:
        """Word the failing rules of a row; with a field, only those that name it."""
        if row.mask < 0:
            return [not_checked(row)]
        failing = (rule for bit, rule in enumerate(rules) if row.mask >> bit & 1)
        return [self._wording.finding(rule, row) for rule in failing if not field_id or field_id in rule.at]

    def checklist(self) -> tuple[Line, ...]:
        """Return which documents and permits are needed, and how it stands with each, the gravest first.

        As findings do, it tells of what has been worked out so far (`settle`).
        """
        return checklist(self.live)

    def explain(self, path: Path) -> Explanation:
        """Return why a value is what it is."""
        found, source = Explainer(self.live, self.formulary).explain(path), self.sources.get(path)
        return replace(found, formula="", source=told(source).text()) if source else found

    def snapshot(self) -> Snapshot:
        """Return the declaration as it stands, typed and worked-out values together, never to change."""
        self.settle()
        tables = {name: tuple(_record(row) for row in rows.values()) for name, rows in self.live.rows.items()}
        return Snapshot(self.profile.code, self.profile.version, tables)


def _alike(first: str, second: str) -> int:
    """Return how many letters two texts begin with in common."""
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _record(row: LiveRow) -> Record:
    values = {name: value for name, value in row.values.items() if value is not None and not name.startswith("_")}
    return Record(row.id, row.parent.id if row.parent else None, freeze(values))
