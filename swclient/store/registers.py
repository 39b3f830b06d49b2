# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own registers of parties, goods and carriers. Every act enters the log; nothing is ever deleted.

An entry is values by field id, as text; what the kinds are and what an entry is called is not known here. Plain SQL,
because the rail counts them at the start.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store import chain
from swclient.store.values import to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from swclient.store.desk import Desk
    from swclient.store.driver import Connection

_UNKNOWN = N_("There is no entry {entry} in the registers.")
_TAKEN = N_("There is an entry “{name}” in this register already.")
_LOST = N_("The entry “{name}” cannot be read from the store, and the log holds no copy. Restore it from a backup.")
_KEPT, _CHANGED, _REMOVED, _RESTORED = (f"register {act}" for act in ("kept", "changed", "removed", "restored"))


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be kept.

    Attributes:
        kind: which register, as `resources/registers.toml` names it.
        name: what it is called; one in use of a name in each register.
        search: the words by which it is found.
        values: stored texts by field id.
    """

    id: str
    kind: str
    name: str
    search: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of a register; `removed_at` is when it was taken out of use, None while it is in use."""

    id: str
    kind: str
    name: str
    search: str
    created_at: datetime
    changed_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A line with its values; `recovered`: what was kept is damaged, and the log told them instead."""

    row: RegisterRow
    values: Mapping[str, str]
    recovered: bool = False


_NAMES = tuple(field.name for field in fields(RegisterRow))
_COLUMNS = ", ".join(_NAMES)


class Registers:
    """Keeps, lists, changes, removes and brings back entries."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def keep(self, entries: Sequence[NewEntry], *, actor: str) -> tuple[int, int]:
        """Keep entries, all or none; one in use of the same register and name takes the new values.

        Returns:
            how many are new, and how many took other values; those that say nothing new are in neither.
        """
        at = self._clock()

        def work(connection: Connection) -> tuple[int, int]:
            named = {(row.kind, row.name.casefold()): row for row in _all(connection) if row.removed_at is None}
            new = changed = 0
            for entry in entries:
                former = named.get((entry.kind, entry.name.casefold()))
                if former is None:
                    named[entry.kind, entry.name.casefold()] = self._insert(connection, entry, at, actor)
                    new += 1
                elif _load(connection, former.id).values != entry.values:
                    self._change(connection, former.id, entry, at, actor)
                    changed += 1
            return new, changed

        return self._desk.write(work).result()

    def change(self, entry: NewEntry, *, actor: str) -> None:
        """Give the entry of this id other values.

        Raises:
            UserError: there is no such entry, or another one in use has the name.
        """
        at = self._clock()

        def work(connection: Connection) -> None:
            row = _row_of(connection, entry.id)
            _refuse_if_taken(connection, row.kind, entry.name, row.id)
            self._change(connection, entry.id, entry, at, actor)

        self._desk.write(work).result()

    def remove(self, entry_id: str, *, actor: str) -> None:
        """Take an entry out of use; it is kept and can be brought back.

        Raises:
            UserError: there is no such entry.
        """
        at = self._clock()

        def work(connection: Connection) -> None:
            if _row_of(connection, entry_id).removed_at is None:
                self._desk.log(connection, [chain.Draft(entry_id, at, actor, _REMOVED, chain.encode({}))])
                connection.execute("UPDATE register SET removed_at = ? WHERE id = ?", (to_text(at), entry_id))

        self._desk.write(work).result()

    def restore(self, entry_id: str, *, actor: str) -> None:
        """Bring a removed entry back into use.

        Raises:
            UserError: there is no such entry, or another one has its name by now.
        """
        at = self._clock()

        def work(connection: Connection) -> None:
            row = _row_of(connection, entry_id)
            if row.removed_at is not None:
                _refuse_if_taken(connection, row.kind, row.name, row.id)
                self._desk.log(connection, [chain.Draft(entry_id, at, actor, _RESTORED, chain.encode({}))])
                connection.execute("UPDATE register SET removed_at = NULL WHERE id = ?", (entry_id,))

        self._desk.write(work).result()

    def load(self, entry_id: str) -> RegisterEntry:
        """Return an entry with its values, a removed one too.

        Raises:
            UserError: there is none with that id, or neither the kept values nor the log can be read.
        """
        return self._desk.read(lambda connection: _load(connection, entry_id))

    def listed(self, *, removed: bool = False) -> tuple[RegisterRow, ...]:
        """Return the entries in use by name, or the removed ones, the last removed first."""
        found = self._desk.read(_all)
        if removed:
            gone = [(row.removed_at, row) for row in found if row.removed_at is not None]
            return tuple(row for _at, row in sorted(gone, key=lambda each: each[0], reverse=True))
        return tuple(sorted((row for row in found if row.removed_at is None), key=lambda row: row.name.casefold()))

    def count(self) -> int:
        """Return how many entries are in use."""
        return self._desk.read(_count)

    def _insert(self, connection: Connection, entry: NewEntry, at: datetime, actor: str) -> RegisterRow:
        body = self._log(connection, entry, at, actor, _KEPT)
        when = to_text(at)
        connection.execute(
            f"INSERT INTO register ({_COLUMNS}, sha256, body) VALUES (?,?,?,?,?,?,?,?,?)",  # noqa: S608 - no value
            (entry.id, entry.kind, entry.name, entry.search, when, when, None, _digest(body), body),
        )
        return RegisterRow(entry.id, entry.kind, entry.name, entry.search, at, at)

    def _change(self, connection: Connection, entry_id: str, entry: NewEntry, at: datetime, actor: str) -> None:
        told = NewEntry(entry_id, entry.kind, entry.name, entry.search, entry.values)
        body = self._log(connection, told, at, actor, _CHANGED)
        connection.execute(
            "UPDATE register SET name = ?, search = ?, changed_at = ?, sha256 = ?, body = ? WHERE id = ?",
            (entry.name, entry.search, to_text(at), _digest(body), body, entry_id),
        )

    def _log(self, connection: Connection, entry: NewEntry, at: datetime, actor: str, act: str) -> str:
        body = chain.encode({"values": dict(entry.values)})
        whole = f'{{"register":{chain.encode({"kind": entry.kind, "name": entry.name})},"body":{body}}}'
        self._desk.log(connection, [chain.Draft(entry.id, at, actor, act, whole, whole=True)])
        return body


def _digest(body: str) -> bytes:
    return hashlib.sha256(body.encode()).digest()


def _has_registers(connection: Connection) -> bool:
    """Whether the table is there: a store of an older version that is opened for reading is not brought forward."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'register'"
    return connection.execute(query).fetchone() is not None


def _count(connection: Connection) -> int:
    if not _has_registers(connection):
        return 0
    return int(connection.execute("SELECT count(*) FROM register WHERE removed_at IS NULL").fetchone()[0])


def _all(connection: Connection) -> tuple[RegisterRow, ...]:
    if not _has_registers(connection):
        return ()
    return tuple(_row(found) for found in connection.execute(f"SELECT {_COLUMNS} FROM register"))  # noqa: S608 - no value


def _row(values: tuple[Any, ...]) -> RegisterRow:
    named: dict[str, Any] = dict(zip(_NAMES, values, strict=True))
    for name in ("created_at", "changed_at", "removed_at"):
        named[name] = to_moment(named[name]) if named[name] else None
    return RegisterRow(**named)


def _row_of(connection: Connection, entry_id: str) -> RegisterRow:
    found = None
    if _has_registers(connection):
        query = f"SELECT {_COLUMNS} FROM register WHERE id = ?"  # noqa: S608 - no value
        found = connection.execute(query, (entry_id,)).fetchone()
    if found is None:
        raise UserError(_UNKNOWN, entry=entry_id)
    return _row(found)


def _refuse_if_taken(connection: Connection, kind: str, name: str, by_other_than: str) -> None:
    wish = name.casefold()  # here, as SQLite folds Latin letters only
    query = "SELECT id, name FROM register WHERE kind = ? AND removed_at IS NULL"
    for entry_id, held in connection.execute(query, (kind,)):
        if held.casefold() == wish and entry_id != by_other_than:
            raise UserError(_TAKEN, name=held)


def _load(connection: Connection, entry_id: str) -> RegisterEntry:
    row = _row_of(connection, entry_id)
    query = "SELECT CAST(body AS BLOB), sha256 FROM register WHERE id = ?"
    body, digest = connection.execute(query, (entry_id,)).fetchone()
    if hashlib.sha256(body).digest() == digest:
        return RegisterEntry(row, json.loads(body)["values"])
    found = connection.execute(
        "SELECT sequence, record FROM change_log WHERE declaration_id = ? ORDER BY sequence", (entry_id,)
    )
    wholes = [each for each in (chain.read(number, entry_id, text) for number, text in found) if each.whole]
    if not wholes:
        raise UserError(_LOST, name=row.name)
    return RegisterEntry(row, wholes[-1].body["body"]["values"], recovered=True)
