# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record that the cursor is in, as the offer of register entries asks about it. Loaded with the first offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.errors import SwError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.catalogue.registers import hint, kinds_of
from swclient.workflow.registers.fill import fill, plan

from .. import actions
from ..panels.register_offer import Line, Told
from ..words import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from swclient.catalogue.field import Field
    from swclient.document.path import Path
    from swclient.workflow.registers.fill import Filling, Plan
    from swclient.workflow.registers.kept import Registers

    from ..forms.stage import Stage

_MOST, _NAMED = 200, 4
_FILLED = N_("{n} boxes are filled from “{name}”.")
_STAYED = N_("As typed: {fields}.")
_FILLS = N_("Enter fills {n} boxes: {fields}.")
_NOTHING = N_("Every box says this already.")
_ONLY_OTHER = N_("Nothing is blank here that it could fill.")
_STAYS = N_("Typed otherwise, and stays: {fields}.")
_OVER = N_("Shift+Enter fills over what was typed, too.")
_CHANGE = N_("{field}: {before} (register: {after})")
_EMPTY = N_("The register is empty. {keys} keeps the record that the cursor is in.")
_NONE_FOUND = N_("No entry has these words.")
_MORE = N_("{n} more")


class Record:
    """One record of an open declaration and the registers that can fill it."""

    def __init__(self, registers: Registers, stage: Stage, path: Path, say: Callable[[str], object]) -> None:
        self._registers, self._stage, self._path, self._say = registers, stage, path, say
        self._kinds = {register.kind: register for register in kinds_of(path.table)}

    def find(self, text: str) -> Sequence[Line]:
        """Return the entries that a text may mean, those made for the record first."""
        rows = [row for row in self._registers.listed(text=text) if row.kind in self._kinds]
        rows.sort(key=lambda row: list(self._kinds).index(row.kind))
        return [Line(row.id, row.name, hint(row.name, row.search)) for row in rows[:_MOST]]

    def _plan(self, entry: str) -> Plan:
        return plan(self._stage.session, self._path, self._registers.load(entry))

    def tell(self, entry: str) -> Told:
        """Return what an entry would do."""
        try:
            planned = self._plan(entry)
        except SwError as error:
            return Told(str(error))
        fields = self._names(planned.blank)
        if planned.blank:
            fills = Message(_FILLS, {"n": len(planned.blank), "fields": fields}).text()
        else:
            fills = _(_ONLY_OTHER if planned.differing else _NOTHING)
        if not planned.differing:
            return Told(fills)
        return Told(fills, Message(_STAYS, {"fields": self._changes(planned.differing)}).text(), _(_OVER))

    def fill(self, entry: str, *, over: bool) -> None:
        """Fill from an entry, and say what was done and what stayed."""
        planned = self._plan(entry)
        stage = self._stage
        counts: list[int] = []
        if not stage.attempt(lambda: counts.append(fill(stage.session, planned, over=over))):
            return
        said = Message(_FILLED, {"n": counts[0], "name": planned.entry.row.name}).text()
        if planned.differing and not over:
            said += " " + Message(_STAYED, {"fields": self._changes(planned.differing)}).text()
        self._say(said)

    def empty(self, text: str) -> str:
        """Return what to say where nothing is found."""
        if text.strip():
            return _(_NONE_FOUND)
        return Message(_EMPTY, {"keys": actions.shown_keys("keep_register")}).text()

    def _names(self, found: Sequence[Filling]) -> str:
        return _few([label_of(self._field(each)) for each in found])

    def _changes(self, found: Sequence[Filling]) -> str:
        return _few([
            Message(_CHANGE, {"field": label_of(self._field(each)), "before": each.before, "after": each.text}).text()
            for each in found
        ])  # fmt: skip

    def _field(self, filling: Filling) -> Field:
        return self._stage.session.profile.fields[filling.path.field_id]


def _few(told: list[str]) -> str:
    more = [Message(_MORE, {"n": len(told) - _NAMED}).text()] if len(told) > _NAMED else []
    return ", ".join([*told[:_NAMED], *more])
