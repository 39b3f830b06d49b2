# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every change to a declaration goes through here: steps, undo, redo, and word to whoever listens.

A step is what the user calls one act: a typed value, a pasted block, an import. Typing on in the same
field within a second joins the step before it, as people expect of undo.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from swclient.base.events import Signal
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.acknowledged import Acknowledged, Warned
from swclient.document.change import Acknowledge, Change, InsertRow, MoveRow, RemoveRow, SetValue
from swclient.document.declaration import Declaration
from swclient.document.path import Path
from swclient.document.value import Value

_JOIN_SECONDS = 1.0


@dataclass(slots=True)
class Step:
    """One act of the user: its name and the changes it made, in order."""

    label: Message
    changes: list[Change] = field(default_factory=list)
    at: float = 0.0


class History:
    """Changes a declaration and remembers how to take it back.

    Attributes:
        applied: told every change right after it was made, undo and redo included.
        stepped: told a step (with `undone` False or True) once it is whole.
    """

    def __init__(self, declaration: Declaration, clock: Callable[[], float] = time.monotonic) -> None:
        self.declaration = declaration
        self.applied: Signal[Change] = Signal()
        self.stepped: Signal[Step] = Signal()
        self._clock = clock
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._open: Step | None = None

    @contextmanager
    def step(self, label: Message) -> Iterator[Step]:
        """Group all changes made inside into one step; an error inside takes them all back."""
        if self._open is not None:
            yield self._open
            return
        step = self._open = Step(label, at=self._clock())
        try:
            yield step
        except BaseException:
            for change in reversed(step.changes):
                self._apply(change.inverse())
            raise
        finally:
            self._open = None
        if step.changes:
            self._finish(step)

    def set(self, path: Path, value: Value | None) -> bool:
        """Put a value at a path; return False when it already stood there."""
        before = self.declaration.value(path)
        if before == value and type(before) is type(value):
            return False
        label = Message(self.declaration.profile.fields[path.field_id].label)
        self._make(SetValue(path, before, value), Message("Type in {field}", {"field": label}))
        return True

    def acknowledge(self, of: Warned, noted: Acknowledged | None) -> bool:
        """Note that a warning may stand, or (None) that it may not; return False when that was so already."""
        before = self.declaration.acknowledged.get(of)
        if before == noted:
            return False
        words = N_("Acknowledge {code}") if noted is not None else N_("Take back the acknowledgement of {code}")
        self._make(Acknowledge(of, before, noted), Message(words, {"code": of.code}))
        return True

    def insert(
        self,
        table: str,
        parent: int | None = None,
        position: int | None = None,
        values: dict[str, Value] | None = None,
    ) -> int:
        """Put a new row into a section, at its end unless a position is given; return its number."""
        row = self.declaration.new_row_id()
        place = len(self.declaration.tables[table]) if position is None else position
        self._make(
            InsertRow(table, row, parent, place, tuple((values or {}).items())),
            Message("Row added"),
        )
        return row

    def remove(self, table: str, row: int) -> None:
        """Take a row out, and first all that stands under it."""
        with self.step(Message("Remove a row")):
            for name, spec in self.declaration.profile.tables.items():
                if spec.parent == table:
                    for child in [each.id for each in self.declaration.rows(name, row)]:
                        self.remove(name, child)
            rows = self.declaration.tables[table]
            gone = rows[row]
            place = list(rows).index(row)
            self._make(
                RemoveRow(table, row, gone.parent, place, tuple(gone.values.items())),
                Message("Remove a row"),
            )

    def move(self, table: str, row: int, position: int, parent: int | None = None) -> None:
        """Move a row to another position, and under `parent`."""
        rows = self.declaration.tables[table]
        before = (list(rows).index(row), rows[row].parent)
        if before != (position, parent):
            self._make(MoveRow(table, row, before, (position, parent)), Message("Move a row"))

    @property
    def undo_label(self) -> Message | None:
        """What undo would take back, None when there is nothing."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> Message | None:
        """What redo would do again, None when there is nothing."""
        return self._undone[-1].label if self._undone else None

    def undo(self) -> bool:
        """Take the last step back; return False when there is none."""
        if not self._done:
            return False
        step = self._done.pop()
        back = [change.inverse() for change in reversed(step.changes)]
        for change in back:
            self._apply(change)
        self._undone.append(step)
        self.stepped.emit(Step(Message("Undo: {step}", {"step": step.label}), back))
        return True

    def redo(self) -> bool:
        """Do the last undone step again; return False when there is none."""
        if not self._undone:
            return False
        step = self._undone.pop()
        for change in step.changes:
            self._apply(change)
        self._done.append(step)
        self.stepped.emit(Step(Message("Redo: {step}", {"step": step.label}), list(step.changes)))
        return True

    def replay(self, changes: list[Change]) -> None:
        """Apply changes read back from the journal; they are not part of what undo offers."""
        for change in changes:
            self._apply(change)

    def _make(self, change: Change, label: Message) -> None:
        if self._open is not None:
            self._apply(change)
            self._open.changes.append(change)
            return
        step = Step(label, [change], self._clock())
        self._apply(change)
        self._finish(step)

    def _finish(self, step: Step) -> None:
        self._undone.clear()
        if not self._joins(step):
            self._done.append(step)
        self.stepped.emit(step)

    def _joins(self, step: Step) -> bool:
        last = self._done[-1] if self._done else None
        if last is None or len(last.changes) != 1 or len(step.changes) != 1 or step.at - last.at > _JOIN_SECONDS:
            return False
        old, new = last.changes[0], step.changes[0]
        if not (isinstance(old, SetValue) and isinstance(new, SetValue) and old.path == new.path):
            return False
        last.changes[0] = SetValue(old.path, old.before, new.after)
        last.at = step.at
        return True

    def _apply(self, change: Change) -> None:
        change.apply(self.declaration)
        self.applied.emit(change)
