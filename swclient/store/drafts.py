# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Declarations and their log of changes: what opening the program and typing need, in plain SQL.

Not SQLAlchemy, because these come before the first paint and at every keystroke (a commit costs
twice as much through it).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store import chain
from swclient.store.checked import there
from swclient.store.search.plain import conditions_of
from swclient.store.values import (
    Json,
    LoggedChange,
    NewDeclaration,
    Row,
    Snapshot,
    Stored,
    Summary,
    Wanted,
    to_moment,
    to_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime

    from swclient.store.desk import Desk
    from swclient.store.driver import Connection
    from swclient.store.search.room import Search

_NAMES = tuple(field.name for field in fields(Row))
_COLUMNS = ", ".join(_NAMES)
_PLACES = ", ".join("?" for _ in (*_NAMES, "search"))
_UNKNOWN = N_("There is no declaration {declaration} in the store.")
_TAKEN = N_("There is a declaration {declaration} in the store already.")
_LOST = N_(
    "The declaration {declaration} cannot be read from the store: its snapshot is damaged and its "
    "log holds no whole "
    "copy. Restore it from a backup."
)
_CREATED = "created"
_RESTATED = "restated"


class Drafts:
    """Creates, appends, snapshots, loads and lists declarations."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], search: Search) -> None:
        self._desk = desk
        self._clock = clock
        self._search = search

    def create(self, new: NewDeclaration, actor: str) -> int:
        """Keep a new declaration; return the number of its first record, its whole body."""
        at = self._clock()
        first = chain.Draft(new.id, at, actor, _CREATED, chain.encode(new.body), whole=True)

        def work(connection: Connection) -> int:
            if connection.execute("SELECT 1 FROM declaration WHERE id = ?", (new.id,)).fetchone():
                raise UserError(_TAKEN, declaration=new.id)
            connection.execute(
                f"INSERT INTO declaration ({_COLUMNS}, search) VALUES ({_PLACES})",  # noqa: S608 - no value
                _declaration_row(new, to_text(at)),
            )
            numbers, _ = self._desk.log(connection, [first])
            snapshot = Snapshot(new.id, new.body, new.summary, new.body_version, numbers[0])
            _keep_snapshot(connection, snapshot, numbers[0], to_text(at))
            self._search.saved(connection, new.id, new.body)
            return numbers[0]

        return self._desk.write(work).result()

    def append(self, declaration_id: str, change: Json, label: str, actor: str) -> Future[int]:
        """Hand in a change and return at once."""
        return self._desk.append(chain.Draft(declaration_id, self._clock(), actor, label, chain.encode(change)))

    def save(self, snapshot: Snapshot, actor: str) -> Future[int]:
        """Hand in a whole body and return at once; the future holds the last change in it."""
        at = self._clock()

        def work(connection: Connection) -> int:
            latest = _latest(connection, snapshot.declaration_id)
            sequence = latest if snapshot.sequence is None else snapshot.sequence
            if self._desk.has_gap(snapshot.declaration_id):
                body = chain.encode(snapshot.body)
                whole = chain.Draft(snapshot.declaration_id, at, actor, _RESTATED, body, whole=True)
                numbers, _ = self._desk.log(connection, [whole])
                sequence = numbers[0]
            if _keep_snapshot(connection, snapshot, sequence, to_text(at)):
                _keep_summary(connection, snapshot, to_text(at))
                self._search.saved(connection, snapshot.declaration_id, snapshot.body)
            return sequence

        return self._desk.write(work, heals=snapshot.declaration_id)

    def row(self, declaration_id: str) -> Row:
        """Return the line of a declaration, without its body."""
        return self._desk.read(lambda connection: _row_of(connection, declaration_id))

    def load(self, declaration_id: str) -> Stored:
        """Return a declaration: the last snapshot and what came after it."""
        return self._desk.read(lambda connection: _load(connection, declaration_id))

    def history(self, declaration_id: str) -> tuple[LoggedChange, ...]:
        """Return every record of a declaration, the first (its whole body) included."""
        return self._desk.read(lambda connection: _changes(connection, declaration_id, 0))

    def worklist(self, wanted: Wanted) -> tuple[Row, ...]:
        """Return lines of the worklist, the latest changed first."""
        return self._desk.read(lambda connection: self._worklist(connection, wanted))

    def counts(self) -> dict[str, int]:
        """Return how many declarations stand in each state; those in the bin under the empty name."""
        return self._desk.read(_counts)

    def _worklist(self, connection: Connection, wanted: Wanted) -> tuple[Row, ...]:
        if wanted.checked is not None and not there(connection):
            wanted = replace(wanted, checked=None, limit=0 if wanted.checked else wanted.limit)
        if wanted.by_words:
            return tuple(map(_row, self._search.find(connection, _NAMES, wanted)))
        return tuple(map(_row, connection.execute(*_page(wanted))))


_LATEST = "ORDER BY changed_at DESC, id DESC LIMIT ?"


def _page(wanted: Wanted) -> tuple[str, tuple[object, ...]]:
    """Return the statement for a page of the worklist and its values.

    Each state is read along its index, the latest first, and no further than the page: a folder of many declarations
    opens as fast as one of few. Asked for by a list of states, SQLite would sort the whole folder.
    """
    parts, values = [], list[object]()
    for state in wanted.states or ("",):
        conditions, bound = conditions_of(replace(wanted, states=(state,) if state else ()))
        parts.append(f"SELECT {_COLUMNS} FROM declaration WHERE {' AND '.join(conditions)} {_LATEST}")  # noqa: S608 - values are bound
        values += [*bound, wanted.limit]
    if len(parts) == 1:
        return parts[0], tuple(values)
    union = " UNION ALL ".join(f"SELECT * FROM ({part}) AS p{n}" for n, part in enumerate(parts))  # noqa: S608 - values are bound
    return f"SELECT * FROM ({union}) AS pages {_LATEST}", (*values, wanted.limit)  # noqa: S608 - values are bound


def _declaration_row(new: NewDeclaration, at: str) -> tuple[str | None, ...]:
    face = new.summary
    return (
        new.id,
        new.number,
        new.state,
        new.kind,
        new.profile,
        new.profile_version,
        face.title,
        face.consignee,
        face.total,
        at,
        at,
        new.parent_id,
        new.relation,
        None,
        None,
        searchable(new.number, face),
    )


def searchable(number: str | None, face: Summary) -> str:
    """Return what the worklist searches; folded here, as SQLite folds Latin letters only."""
    return "\n".join((number or "", face.title, face.consignee)).casefold()


def _keep_snapshot(connection: Connection, snapshot: Snapshot, sequence: int, at: str) -> bool:
    """Keep a body unless a newer one is there, whichever instance of the program comes last."""
    body = chain.encode(snapshot.body)
    digest = hashlib.sha256(body.encode()).digest()
    cursor = connection.execute(
        """INSERT INTO snapshot
               (declaration_id, body, body_version, change_sequence, sha256, saved_at)
           VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (declaration_id) DO UPDATE SET body = excluded.body, body_version =
           excluded.body_version,
               change_sequence = excluded.change_sequence, sha256 = excluded.sha256, saved_at =
               excluded.saved_at
           WHERE excluded.change_sequence >= snapshot.change_sequence""",
        (snapshot.declaration_id, body, snapshot.body_version, sequence, digest, at),
    )
    return bool(cursor.rowcount > 0)


def _keep_summary(connection: Connection, snapshot: Snapshot, at: str) -> None:
    face = snapshot.summary
    row = _row_of(connection, snapshot.declaration_id)
    connection.execute(
        "UPDATE declaration SET title = ?, consignee = ?, total = ?, search = ?, changed_at = ? WHERE id = ?",
        (face.title, face.consignee, face.total, searchable(row.number, face), at, row.id),
    )


def _latest(connection: Connection, declaration_id: str) -> int:
    _row_of(connection, declaration_id)
    found = connection.execute("SELECT max(sequence) FROM change_log WHERE declaration_id = ?", (declaration_id,))
    return int(found.fetchone()[0] or 0)


def _row_of(connection: Connection, declaration_id: str) -> Row:
    query = f"SELECT {_COLUMNS} FROM declaration WHERE id = ?"  # noqa: S608 - no value
    found = connection.execute(query, (declaration_id,)).fetchone()
    if not found:
        raise UserError(_UNKNOWN, declaration=declaration_id)
    return _row(found)


def _row(values: tuple[Any, ...]) -> Row:
    named: dict[str, Any] = dict(zip(_NAMES, values, strict=True))
    for name in ("created_at", "changed_at", "due_at", "removed_at"):
        named[name] = to_moment(named[name]) if named[name] else None
    return Row(**named)


def _load(connection: Connection, declaration_id: str) -> Stored:
    row = _row_of(connection, declaration_id)
    found = connection.execute(
        "SELECT CAST(body AS BLOB), body_version, change_sequence, sha256 FROM snapshot WHERE declaration_id = ?",
        (declaration_id,),
    ).fetchone()
    if found and hashlib.sha256(found[0]).digest() == found[3]:
        changes = _changes(connection, declaration_id, found[2])
        return Stored(row, json.loads(found[0]), found[1], found[2], changes)
    version = found[1] if found else 1
    return _from_log(row, version, _changes(connection, declaration_id, 0))


def _from_log(row: Row, body_version: int, records: tuple[LoggedChange, ...]) -> Stored:
    """Return what the log alone tells, where the snapshot cannot be trusted."""
    wholes = [index for index, record in enumerate(records) if record.whole]
    if not wholes:
        raise UserError(_LOST, declaration=row.id)
    start = records[wholes[-1]]
    return Stored(row, start.body, body_version, start.sequence, records[wholes[-1] + 1 :], recovered=True)


def _changes(connection: Connection, declaration_id: str, after: int) -> tuple[LoggedChange, ...]:
    rows = connection.execute(
        "SELECT sequence, record FROM change_log WHERE declaration_id = ? AND sequence > ? ORDER BY sequence",
        (declaration_id, after),
    )
    return tuple(chain.read(sequence, declaration_id, text) for sequence, text in rows)


def _counts(connection: Connection) -> dict[str, int]:
    counts = dict(connection.execute("SELECT state, count(*) FROM declaration GROUP BY state").fetchall())
    removed = connection.execute("SELECT state FROM declaration WHERE removed_at IS NOT NULL").fetchall()
    for (state,) in removed:
        counts[state] -= 1
    return {**counts, "": len(removed)}
