# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which drafts were checked without an error and not changed since, and what counts the worklist quickly.

All of it follows from other things: a draft can be checked again, an index be made again. So it lies beside the tables
that migrations own, is made where it is missing, and nothing is lost with it. A note names the last change that the
check saw; a later change undoes it without a word, so no keystroke pays for it.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.store.values import to_text

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from swclient.store.desk import Desk
    from swclient.store.driver import Connection

_TABLE = "checked_1"
_FEW = 500  # declarations that are counted at once without an index
_MADE = f"CREATE TABLE IF NOT EXISTS {_TABLE} (declaration_id TEXT PRIMARY KEY, sequence BIGINT NOT NULL)"
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS declaration_in_bin ON declaration (state) WHERE removed_at IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS declaration_due ON declaration (due_at, state) WHERE due_at IS NOT NULL",
)
CHECKED = f"""SELECT k.declaration_id FROM {_TABLE} AS k WHERE NOT EXISTS (SELECT 1 FROM change_log AS c
    WHERE c.declaration_id = k.declaration_id AND c.sequence > k.sequence)"""  # noqa: S608 - our own name
_GONE = f"""DELETE FROM {_TABLE} WHERE declaration_id = ? OR declaration_id NOT IN
    (SELECT d.id FROM declaration AS d WHERE d.state = 'draft' AND d.id IN (SELECT declaration_id FROM {_TABLE}))"""  # noqa: S608 - our own name
_LATE = """SELECT state, count(*) FROM declaration
    WHERE due_at IS NOT NULL AND due_at < ? AND removed_at IS NULL GROUP BY state"""
_READY = f"""SELECT count(*) FROM declaration AS d
    WHERE d.id IN ({CHECKED}) AND d.state = 'draft' AND d.removed_at IS NULL"""  # noqa: S608 - our own name


def make(connection: Connection) -> None:
    """Make the table where it is missing, in the transaction under way."""
    if not there(connection):
        connection.execute(_MADE)


def there(connection: Connection) -> bool:
    """Tell whether notes can be read: a store that was only looked at may have none."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (_TABLE,)).fetchone() is not None


class Checked:
    """The notes of one store."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def make_indexes(self) -> None:
        """Make the indexes by which folders are counted where many declarations lie in a file and they are missing."""
        if self._desk.read_only or self._desk.place.shared:
            return  # who only looks makes nothing; a server is no place for every client's indexes

        def work(connection: Connection) -> None:
            if connection.execute("SELECT 1 FROM declaration LIMIT 1 OFFSET ?", (_FEW,)).fetchone():
                for statement in _INDEXES:
                    connection.execute(statement)

        with contextlib.suppress(UserError):  # closed meanwhile, or the disk is full: folders are counted without
            self._desk.write(work).result()

    def note(self, declaration_id: str, sequence: int | None = None) -> Future[None]:
        """Hand in that a draft was checked without an error, and return at once.

        `sequence` is the last change that the check saw; None = every change appended before this call.
        """

        def work(connection: Connection) -> None:
            last = sequence
            if last is None:
                query = "SELECT max(sequence) FROM change_log WHERE declaration_id = ?"
                last = connection.execute(query, (declaration_id,)).fetchone()[0] or 0
            make(connection)
            connection.execute(_GONE, (declaration_id,))
            connection.execute(f"INSERT INTO {_TABLE} VALUES (?, ?)", (declaration_id, last))  # noqa: S608 - our own name

        return self._desk.write(work)

    def forget(self, declaration_id: str) -> Future[None]:
        """Hand in that an error was found after all, and return at once."""

        def work(connection: Connection) -> None:
            if there(connection):
                connection.execute(_GONE, (declaration_id,))

        return self._desk.write(work)

    def count(self) -> int:
        """Return how many drafts are noted and neither changed nor moved since."""
        return self._desk.read(lambda held: int(held.execute(_READY).fetchone()[0]) if there(held) else 0)

    def late(self, now: datetime) -> dict[str, int]:
        """Return how many declarations are overdue in each state."""
        return self._desk.read(lambda held: dict(held.execute(_LATE, (to_text(now),)).fetchall()))
