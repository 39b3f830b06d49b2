# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An open declaration: type into it, look at it, ask it why. One object a window, a command or an import talks to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from swclient.base.errors import UserError
from swclient.base.events import Signal
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.kinds import KindError, Text
from swclient.catalogue.profile import Profile
from swclient.document.change import Change, SetValue
from swclient.document.declaration import Declaration
from swclient.document.history import History, Step
from swclient.document.path import SINGLE, Path
from swclient.document.snapshot import Record, Snapshot, freeze
from swclient.document.value import Unread, Value
from swclient.engine.explain import Explainer
from swclient.engine.finding import Finding, Fix, Level
from swclient.engine.formulas import Formulary
from swclient.engine.live import Live, LiveRow
from swclient.engine.look import Choice, Explanation, Look, State
from swclient.engine.plan import Plan, make_plan, value_function
from swclient.engine.rulebook import Rule
from swclient.engine.wording import Wording

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.ADVICE: 2}
_plans: dict[tuple[str, str, int], Plan] = {}


@dataclass(frozen=True, slots=True)
class Changed:
    """What to look at again: these paths (None for everything), and sections whose rows came, went or moved."""

    paths: frozenset[Path] | None
    tables: frozenset[str] = frozenset()


def plan_of(profile: Profile, formulary: Formulary) -> Plan:
    """Return the compiled plan of a profile, made once."""
    key = (profile.code, profile.version, id(profile))
    if key not in _plans:
        _plans[key] = make_plan(profile, formulary)
    return _plans[key]


class Session:
    """One open declaration with its history, worked-out values and findings.

    Attributes:
        changed: told after every change what to look at again.
        read_only: set once the declaration is signed; typing is then refused.
        sources: where typed values came from, by path, for those that did not come from the keyboard.
    """

    def __init__(self, declaration: Declaration, formulary: Formulary, reference: Any, today: Callable[[], date] = date.today) -> None:
        self.declaration = declaration
        self.profile = declaration.profile
        self.formulary = formulary
        self.history = History(declaration)
        self.live = Live(declaration, plan_of(declaration.profile, formulary), reference, today)
        self.changed: Signal[Changed] = Signal()
        self.read_only = False
        self.sources: dict[Path, str] = {}
        self._wording = Wording(self.live)
        self._needs: dict[str, Callable[[Any, Any], Any]] = {}
        self._batch: list[Change] | None = None
        self.history.applied.connect(self._applied)
        self.history.stepped.connect(self._stepped)

    # -- changing ----------------------------------------------------------------------------------------------------

    def type_in(self, path: Path, text: str) -> None:
        """Put a typed text at a path; a text that cannot be read is kept as typed and reported.

        Raises:
            UserError: the declaration is signed and cannot be changed.
        """
        self._refuse_when_read_only()
        self.sources.pop(path, None)
        kind = self.profile.fields[path.field_id].kind
        value: Value | None
        try:
            value = kind.parse(text)
        except KindError:
            value = Unread(text.strip())
        self.history.set(path, value)

    def clear(self, path: Path) -> None:
        """Take away what was typed; a worked-out value shows again."""
        self._refuse_when_read_only()
        self.history.set(path, None)

    def add_row(self, table: str, parent: int | None = None, position: int | None = None) -> int:
        """Add an empty row and return its number.

        Raises:
            UserError: the section holds no more rows.
        """
        self._refuse_when_read_only()
        limit = self.profile.tables[table].max
        if limit and len(self.declaration.tables[table]) >= limit:
            raise UserError("There is room for {n} rows only in “{table}”.", n=limit, table=Message(self.profile.tables[table].label))
        return self.history.insert(table, parent, position, self._first_values(table))

    def _first_values(self, table: str) -> dict[str, Value]:
        """Return what the profile puts into a new row of a section."""
        fields = self.profile.table_fields(table)
        given = self.profile.facts.get("new_rows", {}).get(table, {})
        loaded = ((name, fields[name].kind.load(str(text))) for name, text in given.items() if name in fields)
        return {name: value for name, value in loaded if value is not None}

    def remove_row(self, table: str, row: int) -> None:
        """Take a row out, with all that stands under it."""
        self._refuse_when_read_only()
        self.history.remove(table, row)

    def move_row(self, table: str, row: int, position: int) -> None:
        """Move a row to another position of its section."""
        self._refuse_when_read_only()
        self.history.move(table, row, position, self.declaration.tables[table][row].parent)

    def duplicate_row(self, table: str, row: int) -> int:
        """Copy a row and what stands under it to the end of its section; return the copy's number."""
        with self.step(Message(N_("Copy a row"))):
            source = self.declaration.tables[table][row]
            return self._copy(table, row, source.parent)

    def _copy(self, table: str, row: int, parent: int | None) -> int:
        self._refuse_when_read_only()
        new = self.history.insert(table, parent)
        for name, value in list(self.declaration.tables[table][row].values.items()):
            self.history.set(Path(table, new, name), value)
        for child in [spec.name for spec in self.profile.tables.values() if spec.parent == table]:
            for each in [kid.id for kid in self.declaration.rows(child, row)]:
                self._copy(child, each, new)
        return new

    def step(self, label: Message) -> AbstractContextManager[Step]:
        """Group changes into one step of undo."""
        return self.history.step(label)

    def accept(self, fix: Fix) -> None:
        """Make the changes that a finding proposes, as one step."""
        with self.step(fix.label):
            for path, text in fix.changes:
                if text is None:
                    self.clear(path)
                else:
                    self.type_in(path, text)

    def undo(self) -> bool:
        """Take the last step back."""
        self._refuse_when_read_only()
        return self.history.undo()

    def redo(self) -> bool:
        """Do the last undone step again."""
        self._refuse_when_read_only()
        return self.history.redo()

    @property
    def undo_label(self) -> Message | None:
        """What undo would take back."""
        return self.history.undo_label

    @property
    def redo_label(self) -> Message | None:
        """What redo would do again."""
        return self.history.redo_label

    def _refuse_when_read_only(self) -> None:
        if self.read_only:
            raise UserError("This declaration is signed; make a new draft of it to change anything.")

    # -- following changes -------------------------------------------------------------------------------------------

    def _applied(self, change: Change) -> None:
        if self._batch is None:
            self._batch = []
        self._batch.append(change)

    def _stepped(self, _step: Step) -> None:
        changes, self._batch = self._batch or [], None
        self._follow(changes)

    def _follow(self, changes: list[Change]) -> None:
        rows = frozenset(change.table for change in changes if not isinstance(change, SetValue))
        if rows:
            self.live.rebuild()
            self._wording = Wording(self.live)
            self.changed.emit(Changed(None, rows))
            return
        paths = [change.path for change in changes if isinstance(change, SetValue)]
        for path in paths:
            self.live.touch(path.table, path.row, path.field)
        self.changed.emit(Changed(None if len(paths) > 1 else frozenset(paths)))

    @property
    def pending(self) -> bool:
        """Whether a change reaches whole sections and is not yet followed to its end."""
        return self.live.pending

    def settle(self) -> None:
        """Follow every change to its end; returns at once when there is nothing to do."""
        if self.live.pending:
            self.live.run_all()
            self.changed.emit(Changed(None))

    # -- looking -----------------------------------------------------------------------------------------------------

    def value(self, path: Path) -> Value | None:
        """Return what counts at a path: typed, else worked out."""
        row = self.live.rows[path.table].get(path.row)
        return None if row is None else row.values.get(path.field)

    def rows(self, table: str, parent: int | None = None) -> list[int]:
        """Return the numbers of a section's rows in order, only those under `parent` when one is given."""
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
        read_only = self.read_only or field.kind.name in {"charges", "totals"}
        return Look(
            field, text, shown, state, self._required(field, row), read_only, self._unit(path), tuple(self.findings_at(path)),
            _(field.label), self.sources.get(path, ""),
        )  # fmt: skip

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
            own = {"item.price": "currency", "header.invoice_total": "currency"}.get(field.id, "value_currency")
            return str(header.get(own) or "")
        return ""

    def _required(self, field: Any, row: LiveRow) -> bool:
        if field.need in {"never", "always"}:
            return bool(field.need == "always")
        if field.id not in self._needs:
            self._needs[field.id] = value_function(self.live.plan, field.table, f"1 if {field.need} else 0")
        return bool(self._needs[field.id](row, self.live))

    def choices(self, path: Path, text: str, limit: int = 50) -> list[Choice]:
        """Return entries of the field's list for what is typed so far."""
        field = self.profile.fields[path.field_id]
        if field.list_name == "tariff":
            return [Choice(line.code, line.name()) for line in self.live.reference.tariff_find(text, limit)]
        found = self.profile.code_list(field.list_name)
        return [Choice(entry.code, entry.name()) for entry in found.find(text, limit)] if found else []

    def nearest(self, path: Path, text: str) -> int:
        """Return the position in the full list at which a text would stand."""
        found = self.profile.code_list(self.profile.fields[path.field_id].list_name)
        return found.nearest(text) if found else 0

    def findings(self) -> list[Finding]:
        """Return all findings: errors first, then by section and row."""
        found: list[Finding] = list(self._unreadable())
        for name, table in self.live.plan.tables.items():
            for row in self.live.rows[name].values():
                if row.mask:
                    found += self._failing(table.rules, row)
        return sorted(found, key=lambda each: _ORDER[each.level])

    def findings_at(self, path: Path) -> list[Finding]:
        """Return the findings that stand at a path."""
        row = self.live.rows[path.table].get(path.row)
        if row is None:
            return []
        found = [each for each in self._unread_row(row) if each.paths[0] == path]
        if row.mask:
            found += [each for each in self._failing(self.live.plan.tables[path.table].rules, row) if path in each.paths]
        return found

    def _failing(self, rules: list[Rule], row: LiveRow) -> list[Finding]:
        if row.mask < 0:
            words = Message(N_("The checks of this row could not be made; the reason stands in the log."))
            return [Finding("CHECK-FAILED", Level.WARNING, (Path(row.table, row.id, ""),), words, Message(N_("Report it; the other rows are checked.")))]
        return [self._wording.finding(rule, row) for bit, rule in enumerate(rules) if row.mask >> bit & 1]

    def _unreadable(self) -> list[Finding]:
        return [each for rows in self.live.rows.values() for row in rows.values() for each in self._unread_row(row)]

    def _unread_row(self, row: LiveRow) -> list[Finding]:
        """Findings about single values: texts that cannot be read, texts that are too long."""
        found: list[Finding] = []
        for name, value in row.typed.items():
            if isinstance(value, str):
                field = self.profile.fields[f"{row.table}.{name}"]
                message = self._about_text(field, value)
                if message is not None:
                    code = "H040" if isinstance(field.kind, Text) else f"KIND-{field.box or field.id}"
                    found.append(Finding(code, Level.ERROR, (Path(row.table, row.id, name),), message, Message(N_("Correct what is typed; it is kept as it is."))))
        return found

    @staticmethod
    def _about_text(field: Any, value: str) -> Message | None:
        if isinstance(value, Unread):
            try:
                field.kind.parse(value)
            except KindError as error:
                return Message(N_("Box {box}, {label}: {why}"), {"box": field.box or field.id, "label": Message(field.label), "why": error.message})
        if isinstance(field.kind, Text) and len(value) > field.kind.limit:
            return Message(N_("Box {box}, {label}: longer than {n} characters."), {"box": field.box or field.id, "label": Message(field.label), "n": field.kind.limit})
        return None

    def explain(self, path: Path) -> Explanation:
        """Return why a value is what it is."""
        return Explainer(self.live, self.formulary).explain(path)

    def snapshot(self) -> Snapshot:
        """Return the declaration as it stands, typed and worked-out values together, never to change."""
        self.settle()
        tables = {}
        for name, rows in self.live.rows.items():
            tables[name] = tuple(
                Record(row.id, row.parent.id if row.parent else None, freeze({k: v for k, v in row.values.items() if v is not None and k[0] != "_"}))
                for row in rows.values()
            )
        return Snapshot(self.profile.code, self.profile.version, tables)


def path_of(table: str, field: str) -> Path:
    """Return the path of a field in a section that stands once."""
    return Path(table, SINGLE, field)
