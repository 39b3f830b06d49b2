# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An open declaration: type into it, look at it, ask it why. One object a window, a command or an import talks to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from swclient.base.errors import UserError
from swclient.base.events import Signal
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.kinds import KindError
from swclient.catalogue.profile import Profile
from swclient.document.acknowledged import Acknowledged
from swclient.document.change import Acknowledge, Change, SetValue
from swclient.document.declaration import Declaration
from swclient.document.history import History, Step
from swclient.document.path import SINGLE, Path
from swclient.document.value import Unread, Value
from swclient.engine import acknowledging
from swclient.engine.finding import Finding, Fix
from swclient.engine.following import Following
from swclient.engine.formulas import Formulary
from swclient.engine.plan import Plan
from swclient.engine.planner import make_plan
from swclient.engine.viewing import Viewing
from swclient.engine.wording import Wording

_SIGNED = N_("This declaration is signed; make a new draft of it to change anything.")

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


class Session(Viewing):
    """One open declaration with its history, worked-out values and findings.

    Attributes:
        changed: told after every change what to look at again.
    """

    def __init__(
        self,
        declaration: Declaration,
        formulary: Formulary,
        reference: Any,
        today: Callable[[], date] = date.today,
    ) -> None:
        plan = plan_of(declaration.profile, formulary)
        super().__init__(declaration, Following(declaration, plan, reference, today), formulary)
        self.history = History(declaration)
        self.changed: Signal[Changed] = Signal()
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
            raise UserError(
                "There is room for {n} rows only in “{table}”.",
                n=limit,
                table=Message(self.profile.tables[table].label),
            )
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

    def acknowledge(self, finding: Finding, who: str, why: str, at: str) -> None:
        """Let a warning stand for a reason, as a step of its own; it comes back when what it speaks of changes.

        Raises:
            UserError: it is an error or mere advice, no reason is given, or the declaration cannot be changed.
        """
        self._refuse_when_read_only()
        acknowledging.refuse(finding, why)
        digest = acknowledging.digest_of(finding, self.live)
        self.history.acknowledge(finding.warned, Acknowledged(who, at, why.strip(), digest))

    def take_back_acknowledgement(self, finding: Finding) -> None:
        """Have a warning stand among the open ones again."""
        self._refuse_when_read_only()
        self.history.acknowledge(finding.warned, None)

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
            raise UserError(self.read_only_because or _SIGNED)

    def judge_by(self, profile: Profile, reference: Any) -> None:
        """Judge the declaration by another version of the law, in place; undo and redo stay.

        Args:
            profile: a version of the same country with the same fields.
            reference: its rates, lists and tariff.

        Raises:
            DataError: its rules do not fit; nothing was changed.
        """
        plan = plan_of(profile, self.formulary)
        self.profile = self.declaration.profile = profile
        self.live = Following(self.declaration, plan, reference, self.live.today)
        self._wording = Wording(self.live)
        self._needs = {}
        self.changed.emit(Changed(None))

    # -- following changes -------------------------------------------------------------------------------------------

    def _applied(self, change: Change) -> None:
        if self._batch is None:
            self._batch = []
        self._batch.append(change)

    def _stepped(self, _step: Step) -> None:
        changes, self._batch = self._batch or [], None
        self._follow(changes)

    def _follow(self, changes: list[Change]) -> None:
        rows = frozenset(change.table for change in changes if not isinstance(change, SetValue | Acknowledge))
        if rows:
            self.live.rebuild()
            self._wording = Wording(self.live)
            self.changed.emit(Changed(None, rows))
            return
        paths = [change.path for change in changes if isinstance(change, SetValue)]
        for path in paths:
            self.live.touch(path.table, path.row, path.field)
        beside = frozenset(path for change in changes if isinstance(change, Acknowledge) for path in change.of.paths)
        self.changed.emit(Changed(None if len(paths) > 1 else beside.union(paths)))

    @property
    def pending(self) -> bool:
        """Whether a change reaches whole sections and is not yet followed to its end."""
        return self.live.pending

    def settle(self) -> None:
        """Follow every change to its end; returns at once when there is nothing to do."""
        for _step in self.settling():
            pass

    def settling(self) -> Iterator[None]:
        """Settle step by step, each a few milliseconds; after a change in between it must be asked for anew."""
        if self.live.pending:
            yield from self.live.steps()
            self.changed.emit(Changed(None))


def path_of(table: str, field: str) -> Path:
    """Return the path of a field in a section that stands once."""
    return Path(table, SINGLE, field)
