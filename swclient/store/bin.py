# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bin: declarations are put into it, taken back, and deleted for ever, each in one transaction.

Here stands what may never be: a declaration that left traces outside this store goes only when whoever asks says that
its time of keeping is over. How long that is, is the workflow's to know.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store import chain, tombstones
from swclient.store.values import to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from swclient.store.desk import Desk
    from swclient.store.driver import Connection
    from swclient.store.search.room import Search

PUT, BACK = "bin", "back"
"""Kinds of events."""

_DRAFT = "draft"
_UNKNOWN = N_("There is no declaration {declaration} in the store.")
_TRACES = N_("The declaration {declaration} was signed, sent or answered, so it is kept. Nothing was changed.")
_AMENDED = N_("Another declaration amends or corrects this one and needs it. Nothing was changed.")
_NOT_IN_BIN = N_("The declaration {declaration} is not in the bin. Only what is there can be deleted for ever.")
# Children first: rows that refer to others.
_REMOVED = (
    "DELETE FROM attempt WHERE outbox_id IN (SELECT id FROM outbox WHERE declaration_id = ?)",
    "DELETE FROM outbox WHERE declaration_id = ?",
    "DELETE FROM answer WHERE declaration_id = ?",
    "DELETE FROM artefact WHERE declaration_id = ?",
    "DELETE FROM attachment WHERE declaration_id = ?",
    "DELETE FROM event WHERE declaration_id = ?",
    "DELETE FROM snapshot WHERE declaration_id = ?",
    "UPDATE declaration SET parent_id = NULL, relation = '' WHERE parent_id = ?",
    "DELETE FROM declaration WHERE id = ?",
)


@dataclass(frozen=True, slots=True)
class Traces:
    """What of a declaration others may ask for.

    Attributes:
        found: it has a number, or was signed, sent or answered.
        last: when it last moved, UTC; when it was last changed where it never did.
    """

    found: bool
    last: datetime


class Bin:
    """The bin of one store."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], search: Search) -> None:
        self._desk = desk
        self._clock = clock
        self._search = search

    def traces(self, declaration_id: str) -> Traces:
        """Return what of a declaration others may ask for.

        Raises:
            UserError: there is no such declaration.
        """
        return self._desk.read(lambda connection: _traces(connection, declaration_id))

    def put(self, declaration_id: str, *, actor: str, released: bool = False) -> bool:
        """Put a declaration into the bin; return whether it was not there yet.

        `released` says that its time of keeping is over, if it left traces.

        Raises:
            UserError: there is none, it is to be kept, or another one needs it.
        """
        at = to_text(self._clock())

        def work(connection: Connection) -> bool:
            _refuse(connection, declaration_id, released=released)
            if _removed_at(connection, declaration_id) is not None:
                return False
            connection.execute("UPDATE declaration SET removed_at = ? WHERE id = ?", (at, declaration_id))
            _note(connection, declaration_id, at, PUT, actor)
            return True

        return self._desk.write(work).result()

    def back(self, declaration_id: str, *, actor: str) -> bool:
        """Take a declaration out of the bin; return whether it was there.

        Raises:
            UserError: there is no such declaration.
        """
        at = to_text(self._clock())

        def work(connection: Connection) -> bool:
            if _removed_at(connection, declaration_id) is None:
                return False
            connection.execute("UPDATE declaration SET removed_at = NULL WHERE id = ?", (declaration_id,))
            _note(connection, declaration_id, at, BACK, actor)
            return True

        return self._desk.write(work).result()

    def older_than(self, moment: datetime) -> tuple[str, ...]:
        """Return what was put into the bin before a moment, the first first."""
        query = "SELECT id FROM declaration WHERE removed_at < ? ORDER BY removed_at"
        return self._desk.read(lambda held: tuple(row[0] for row in held.execute(query, (to_text(moment),))))

    def purge(self, declaration_id: str, *, actor: str, released: bool = False) -> None:
        """Delete a declaration in the bin for ever, with all that belongs to it; its records of the log are emptied.

        Raises:
            UserError: there is none, it is not in the bin, it is to be kept, or another one needs it.
        """
        at = self._clock()

        def work(connection: Connection) -> None:
            if _removed_at(connection, declaration_id) is None:
                raise UserError(_NOT_IN_BIN, declaration=declaration_id)
            _refuse(connection, declaration_id, released=released)
            if not self._desk.place.shared:
                connection.execute("PRAGMA secure_delete=ON")  # what is freed is overwritten by zeros
            self._search.dropped(connection, declaration_id)
            body = chain.encode(tombstones.emptied(connection, declaration_id))
            _remove(connection, declaration_id)
            self._desk.log(connection, [chain.Draft(declaration_id, at, actor, tombstones.LABEL, body)])
            self._desk.forget(declaration_id)

        self._desk.write(work).result()


def _remove(connection: Connection, declaration_id: str) -> None:
    query = "SELECT DISTINCT sha256 FROM attachment WHERE declaration_id = ?"
    files = [row[0] for row in connection.execute(query, (declaration_id,)).fetchall()]
    for statement in _REMOVED:
        connection.execute(statement, (declaration_id,))
    unused = "DELETE FROM blob WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?)"
    for digest in files:
        connection.execute(unused, (digest, digest))


def _removed_at(connection: Connection, declaration_id: str) -> str | None:
    found: tuple[Any, ...] | None = connection.execute(
        "SELECT removed_at FROM declaration WHERE id = ?", (declaration_id,)
    ).fetchone()
    if found is None:
        raise UserError(_UNKNOWN, declaration=declaration_id)
    return None if found[0] is None else str(found[0])


def _refuse(connection: Connection, declaration_id: str, *, released: bool) -> None:
    if _traces(connection, declaration_id).found and not released:
        raise UserError(_TRACES, declaration=declaration_id)
    query = "SELECT 1 FROM declaration WHERE parent_id = ? AND relation IN ('amends', 'corrects')"
    if connection.execute(query, (declaration_id,)).fetchone():
        raise UserError(_AMENDED)


def _traces(connection: Connection, declaration_id: str) -> Traces:
    row = connection.execute(
        "SELECT number, state, changed_at FROM declaration WHERE id = ?", (declaration_id,)
    ).fetchone()
    if row is None:
        raise UserError(_UNKNOWN, declaration=declaration_id)
    moved = "SELECT max(at) FROM event WHERE declaration_id = ? AND state_after IS NOT NULL"
    last = connection.execute(moved, (declaration_id,)).fetchone()[0]
    there = [
        connection.execute(f"SELECT 1 FROM {table} WHERE declaration_id = ? LIMIT 1", (declaration_id,)).fetchone()  # noqa: S608 - ours
        for table in ("outbox", "answer")
    ]
    found = bool(row[0]) or row[1] != _DRAFT or last is not None or any(there)
    return Traces(found, to_moment(last or row[2]))


def _note(connection: Connection, declaration_id: str, at: str, kind: str, actor: str) -> None:
    connection.execute(
        "INSERT INTO event (declaration_id, at, kind, detail) VALUES (?, ?, ?, ?)",
        (declaration_id, at, kind, json.dumps({"actor": actor}, ensure_ascii=False)),
    )
