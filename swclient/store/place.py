# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a store is kept: a file of its own, or an office's server. All that the rest of the store sees of either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from swclient.store import database, seals
from swclient.store.driver import errors
from swclient.store.mail import SENDING, SENT_UNKNOWN
from swclient.store.problems import is_of_the_disk, told
from swclient.store.whereabouts import Whereabouts

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    import sqlalchemy as sa

    from swclient.store.driver import Connection
    from swclient.store.problems import StoreError


class Place(Protocol):
    """What keeps a store.

    Attributes:
        path: its file; of a server, where its notes lie on this computer.
        shared: whether other people write to it from other computers.
    """

    path: Path
    shared: bool

    def connect(self, *, read_only: bool) -> Connection:
        """Return a connection of its own."""

    def alive(self, connection: Connection) -> bool:
        """Whether a connection can still be used."""

    def engine(self, connection: Connection) -> sa.Engine:
        """Return SQLAlchemy over a connection."""

    def told(self, error: Exception) -> StoreError:
        """Return what an error of the database means to the user."""

    def start_over(self, error: object) -> None:
        """Take note that a write failed by an error, and that the next connection comes after it."""

    def sealed(self, connection: Connection) -> int:
        """Seal what the transaction under way has written; return how many transactions have been sealed."""

    def writes(self, connection: Connection) -> int:
        """Return how many transactions have been sealed; 0 where none are."""

    def look(self, connection: Connection) -> None:
        """See that what was just committed lies where the store should be, before anybody is told that it is safe."""

    def resume(self, connection: Connection) -> None:
        """Have asked about what was being sent by a program that is gone."""

    def hold_entry(self, core: sa.Connection, entry_id: int) -> None:
        """Show that this program is sending an entry of the outbox."""

    def drop_entry(self, core: sa.Connection, entry_id: int) -> None:
        """Show that it is no longer being sent."""


class FilePlace:
    """A store in a file of its own, for one program at a time to send from."""

    shared = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self._whereabouts = Whereabouts(path)
        self._failed = False

    def connect(self, *, read_only: bool) -> Connection:
        """Return a connection of its own.

        Raises:
            sqlite3.Error: it cannot be opened.
        """
        if read_only:
            return database.connect_reading(self.path)
        self._whereabouts.refuse_if_gone()
        connection = database.connect(self.path)
        try:
            self._whereabouts.settle(connection)
            seals.watch(connection)
            if self._failed:  # nothing may be written behind what a failed sync has perhaps lost
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self._failed = False
        except errors():
            connection.close()
            raise
        return connection

    def alive(self, _connection: Connection) -> bool:
        """Whether a connection can still be used: a file does not go away."""
        return True

    def engine(self, connection: Connection) -> sa.Engine:
        """Return SQLAlchemy over a connection."""
        from swclient.store.core import engine_over

        return engine_over(cast("sqlite3.Connection", connection))

    def told(self, error: Exception) -> StoreError:
        """Return what an error of the database means to the user."""
        return told(error, self.path)

    def start_over(self, error: object) -> None:
        """Take note that a write failed: after a failed sync the next connection brings the write-ahead file in."""
        self._failed = self._failed or is_of_the_disk(error)

    def sealed(self, connection: Connection) -> int:
        """Seal what the transaction under way has written; return how many transactions have been sealed."""
        return seals.seal(connection)

    def writes(self, connection: Connection) -> int:
        """Return how many transactions have been sealed."""
        return seals.count(connection)

    def look(self, connection: Connection) -> None:
        """See that the file is still there, and the same one.

        Raises:
            RemovedError: it is not.
        """
        self._whereabouts.look(connection)

    def resume(self, connection: Connection) -> None:
        """What was being sent when the program died may have arrived: it is to be asked about."""
        connection.execute("UPDATE outbox SET state = ? WHERE state = ?", (SENT_UNKNOWN, SENDING))

    def hold_entry(self, core: sa.Connection, entry_id: int) -> None:
        """Do nothing: nobody else sends from this file."""

    def drop_entry(self, core: sa.Connection, entry_id: int) -> None:
        """Do nothing: nobody else sends from this file."""
