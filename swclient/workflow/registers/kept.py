# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own registers of parties, goods and carriers: kept from an open declaration or by hand, found by words."""

from __future__ import annotations

import uuid
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import default_profile, load_profile
from swclient.catalogue.registers import Register, kinds_of, meets, registers, searchable
from swclient.document.path import SINGLE, Path
from swclient.store.registers import NewEntry
from swclient.workflow.registers.beginning import usual_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from swclient.catalogue.profile import Profile
    from swclient.engine.session import Session
    from swclient.store import Store
    from swclient.store.registers import RegisterEntry, RegisterRow
    from swclient.store.registers import Registers as Shelf
    from swclient.store.values import LoggedChange

EVENT = "registers"
_HELD = 2.0  # seconds
_NAMELESS = N_("An entry needs something to be called by: {fields}.")
_NO_KIND = N_("There is no register “{kind}”. There are: {known}.")
_NONE = N_("There is no entry “{name}” in the register.")
_SEVERAL = N_("{n} entries are called “{name}”; name one by its number.")
_NO_REGISTER = N_("Put the cursor into a box of a party, an item or a vehicle; those are kept in registers.")


class Program(Protocol):
    """What the registers want of the program: its store, who works with it, and where and when."""

    country: str
    store: Store
    today: Callable[[], date]

    @property
    def actor(self) -> str:
        """Return who is at work."""

    def heard(self, kind: str, declaration_id: str = "") -> None:
        """Tell everybody that something changed."""


class Registers:
    """The registers of one program."""

    def __init__(self, application: Program) -> None:
        self._application = application
        self._held: dict[bool, tuple[RegisterRow, ...]] = {}
        self._held_from = 0.0

    @property
    def _store(self) -> Shelf:
        return self._application.store.registers

    # -- looking

    def profile(self) -> Profile:
        """Return the law of today in the user's country, whose fields the registers show."""
        return load_profile(usual_profile(self._application.country), day=self._application.today())

    def listed(self, kind: str = "", text: str = "", *, removed: bool = False) -> tuple[RegisterRow, ...]:
        """Return the entries of a register (of all for none) that have every word of a text, by name."""
        if not text.strip():
            self._forget()
        rows = self._rows(removed=removed)
        return tuple(row for row in rows if kind in {"", row.kind} and (not text.strip() or meets(row.search, text)))

    def _rows(self, *, removed: bool) -> tuple[RegisterRow, ...]:
        """Return all lines, read once for the keys of one search; others may write, so soon read again."""
        if monotonic() - self._held_from > _HELD:
            self._forget()
        if removed not in self._held:
            self._held[removed] = self._store.listed(removed=removed)
        return self._held[removed]

    def _forget(self) -> None:
        self._held, self._held_from = {}, monotonic()

    def load(self, entry_id: str) -> RegisterEntry:
        """Return an entry with its values.

        Raises:
            UserError: there is none, or it cannot be read.
        """
        return self._store.load(entry_id)

    def named(self, name: str, kind: str = "", *, removed: bool = False) -> RegisterRow:
        """Return the entry of a name or an id.

        Raises:
            UserError: there is none, or several have the name.
        """
        wish = name.strip().casefold()
        rows = [row for row in self.listed(kind, removed=removed) if wish in {row.name.casefold(), row.id}]
        if not rows:
            raise UserError(_NONE, name=name)
        if len(rows) > 1 and not removed:
            raise UserError(_SEVERAL, n=len(rows), name=name)
        return rows[0]

    def story(self, entry_id: str) -> tuple[LoggedChange, ...]:
        """Return who did what with an entry, the first act first."""
        return self._application.store.history(entry_id)

    # -- changing

    def keep(self, kind: str, entries: Iterable[Mapping[str, str]]) -> tuple[int, int]:
        """Keep entries given by their values, all or none; one of a name in use takes what these say otherwise.

        Returns:
            how many are new, and how many took other values.

        Raises:
            UserError: one has nothing to be called by.
        """
        ids = {row.name.casefold(): row.id for row in self.listed(kind)}
        made = []
        for values in entries:
            entry = _entry(registers()[kind], values)
            former = ids.get(entry.name.casefold())
            known = self.load(former).values if former else {}
            made.append(_entry(registers()[kind], {**known, **values}))
        counts = self._store.keep(made, actor=self._application.actor)
        self._changed()
        return counts

    def add(self, kind: str, values: Mapping[str, str]) -> str:
        """Keep one entry and return its id, that of the one in use that has its name.

        Raises:
            UserError: it has nothing to be called by.
        """
        self.keep(kind, [values])
        return self.named(registers()[kind].name_of(values), kind).id

    def keep_from(self, session: Session, path: Path) -> tuple[Register, str, tuple[int, int]]:
        """Keep the record that a path lies in; return its register, the entry's name, and what `keep` tells.

        Raises:
            UserError: the record is of no register, or has nothing to be called by.
        """
        found = kinds_of(path.table)
        if not found:
            raise UserError(_NO_REGISTER)
        values = values_of(session, found[0], path)
        counts = self.keep(found[0].kind, [values])
        return found[0], found[0].name_of(values), counts

    def change(self, entry_id: str, values: Mapping[str, str]) -> None:
        """Give an entry other values.

        Raises:
            UserError: it has nothing to be called by any more, or another one has its name.
        """
        row = self.load(entry_id).row
        entry = _entry(registers()[row.kind], values, entry_id)
        self._store.change(entry, actor=self._application.actor)
        self._changed()

    def remove(self, entry_id: str) -> None:
        """Take an entry out of use; it stands among the removed ones until it is brought back."""
        self._store.remove(entry_id, actor=self._application.actor)
        self._changed()

    def restore(self, entry_id: str) -> None:
        """Bring a removed entry back.

        Raises:
            UserError: another entry has its name by now.
        """
        self._store.restore(entry_id, actor=self._application.actor)
        self._changed()

    def _changed(self) -> None:
        self._forget()
        self._application.heard(EVENT)


def register_named(kind: str) -> Register:
    """Return a register by its name for programs.

    Raises:
        UserError: there is none; says which there are.
    """
    found = registers().get(kind)
    if found is None:
        raise UserError(_NO_KIND, kind=kind, known=", ".join(registers()))
    return found


def values_of(session: Session, register: Register, path: Path) -> dict[str, str]:
    """Return what an entry holds of a record, by the ids of the register."""
    found: dict[str, str] = {}
    places = [(path.table, path.row), *((table, SINGLE) for table in register.beside)]
    for table, number in places:
        row = session.declaration.tables.get(table, {}).get(number)
        for field in session.profile.table_fields(table).values() if row is not None else ():
            text = _stored(session, Path(table, number, field.name)) if register.holds(field) else ""
            if text:
                found.setdefault(register.home(field.id), text)
    return found


def _stored(session: Session, path: Path) -> str:
    """Return what counts at a path as the store writes it; what cannot be read as it was typed."""
    value = session.value(path)
    if value is None:
        return session.text_at(path)
    return str(session.profile.fields[path.field_id].kind.store(value))


def _entry(register: Register, values: Mapping[str, str], entry_id: str = "") -> NewEntry:
    name = register.name_of(values)
    if not name:
        profile = load_profile(default_profile())
        ids = [f"{table}.{each}" for each in register.names for table in (register.records[0], *register.beside)]
        fields = " / ".join(profile.fields[each].called.text() for each in ids if each in profile.fields)
        raise UserError(_NAMELESS, fields=fields)
    return NewEntry(entry_id or str(uuid.uuid4()), register.kind, name, searchable(values), dict(values))
