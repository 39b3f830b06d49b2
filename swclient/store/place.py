# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a store is kept: a file of its own, or an office's server. All that the rest of the store sees of either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from swclient.store import database
from swclient.store.mail import SENDING, SENT_UNKNOWN
from swclient.store.problems import told

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

    def connect(self, *, read_only: bool) -> Connection:
        """Return a connection of its own.

        Raises:
            sqlite3.Error: it cannot be opened.
        """
        return database.connect_reading(self.path) if read_only else database.connect(self.path)

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

    def resume(self, connection: Connection) -> None:
        """What was being sent when the program died may have arrived: it is to be asked about."""
        connection.execute("UPDATE outbox SET state = ? WHERE state = ?", (SENT_UNKNOWN, SENDING))

    def hold_entry(self, core: sa.Connection, entry_id: int) -> None:
        """Do nothing: nobody else sends from this file."""

    def drop_entry(self, core: sa.Connection, entry_id: int) -> None:
        """Do nothing: nobody else sends from this file."""
