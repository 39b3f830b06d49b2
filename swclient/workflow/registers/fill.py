# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filling a record of a declaration from an entry of a register: seen before it is done, one step of undo.

What was typed and differs stays unless the user says otherwise. The box that the cursor is in is the one exception: the
words that were typed there to find the entry give way to what they found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.registers import meets, registers
from swclient.document.path import SINGLE, Path
from swclient.document.provenance import REGISTER, source_text
from swclient.document.value import Unread

if TYPE_CHECKING:
    from swclient.catalogue.registers import Register
    from swclient.engine.session import Session
    from swclient.store.registers import RegisterEntry

_STEP = N_("Fill from the register: {name}")


@dataclass(frozen=True, slots=True)
class Filling:
    """One box that an entry has a value for.

    Attributes:
        text: the entry's value, as it is typed.
        before: what was typed there and reads otherwise; empty where nothing was, or the same.
    """

    path: Path
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What filling would do.

    Attributes:
        blank: boxes that have no typed value.
        differing: boxes where something else was typed.
        same: how many boxes say the same already.
        unknown: ids of values that the law of the declaration has no field for.
    """

    entry: RegisterEntry
    blank: tuple[Filling, ...]
    differing: tuple[Filling, ...]
    same: int
    unknown: tuple[str, ...]


def plan(session: Session, path: Path, entry: RegisterEntry) -> Plan:
    """Return what an entry would fill in the record that a path lies in."""
    register = registers()[entry.row.kind]
    found: list[Filling] = []
    same, unknown = 0, []
    for field_id, text in entry.values.items():
        place = _place(session, register, path, field_id)
        if place is None:
            if not _elsewhere(register, path.table, field_id):
                unknown.append(field_id)
            continue
        filling = _filling(session, place, text, path)
        same += filling is None
        found += [filling] if filling is not None else []
    blank = tuple(each for each in found if not each.before)
    return Plan(entry, blank, tuple(each for each in found if each.before), same, tuple(unknown))


def fill(session: Session, planned: Plan, *, over: bool = False) -> int:
    """Fill the blank boxes, with `over` also those where something else was typed; return how many.

    Raises:
        UserError: the declaration cannot be changed.
    """
    row = planned.entry.row
    source = source_text(REGISTER, row.name, row.changed_at.astimezone().strftime("%Y-%m-%d"))
    chosen = (*planned.blank, *(planned.differing if over else ()))
    with session.step(Message(_STEP, {"name": row.name})):
        for each in chosen:
            session.type_in(each.path, each.text)
            session.sources[each.path] = source
    session.settle()
    return len(chosen)


def _place(session: Session, register: Register, path: Path, field_id: str) -> Path | None:
    """Return where a value of an entry goes, None where it has no place in this record or this law."""
    table, _dot, name = field_id.partition(".")
    if path.table in register.records and table == register.records[0]:
        found = Path(path.table, path.row, name)
    elif table in register.beside and (path.table in register.records or path.table == table):
        found = Path(table, SINGLE, name)
    else:
        return None
    field = session.profile.fields.get(found.field_id)
    return found if field is not None and field.shown else None


def _elsewhere(register: Register, table: str, field_id: str) -> bool:
    """Whether a value belongs to another record than the one to be filled: a lorry's number, while a carrier is."""
    return table in register.beside and field_id.partition(".")[0] == register.records[0]


def _filling(session: Session, place: Path, text: str, cursor: Path) -> Filling | None:
    """Return what is to be filled at a place, None where it stands there already."""
    field = session.profile.fields[place.field_id]
    value = field.kind.load(text)
    shown = text if value is None or isinstance(value, Unread) else field.kind.edit(value)
    typed = session.declaration.value(place)
    before = session.text_at(place) if typed is not None else ""
    if typed is not None and before == shown:
        return None
    sought = place == cursor and meets(shown, before)
    return Filling(place, shown, "" if sought else before)
