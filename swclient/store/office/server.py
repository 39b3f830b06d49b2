# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store on an office's PostgreSQL server: its tables made or brought forward, its errors in words, its locks.

All writers wait for one lock within their transaction, so the log has one order and its chain one end. What a client is
sending it holds by a lock of its session, which the server lets go of when the client is gone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from swclient.base.errors import UserError, without_frames
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store import database
from swclient.store.chain import end_of
from swclient.store.head import Head, head_file
from swclient.store.mail import SENDING, SENT_UNKNOWN
from swclient.store.office.address import patience as patiently
from swclient.store.office.address import told_to_driver
from swclient.store.problems import PasswordError, StoreError, in_words

if TYPE_CHECKING:
    import sqlalchemy as sa

    from swclient.store.driver import Connection as AnyConnection
    from swclient.store.office.address import Office
    from swclient.store.office.connection import Connection

_NO_EXTRA = N_(
    "This installation lacks what speaks to an office store. Install it with pip install “swclient[office]”. Nothing "
    "was changed."
)
_UNSAFE = N_(
    "The server of the office store {name} is set to lose what it has acknowledged when its power fails (fsync = off). "
    "Ask its administrator to switch fsync on; until then the store is not opened for writing."
)
_LOST = N_(
    "The office store {name} cannot be reached: {reason}. What you typed is still on the screen and is not saved; save "
    "the declaration when the server is there again."
)
_NEWER = N_(
    "The office store {name} was written by a newer version of this program (store version {found}, this program knows "
    "{known}). It was left untouched; install the newer program to open it."
)
_FOREIGN = N_("The database {name} is not an office store of this program. It was left as it is.")
_NO_PASSWORD = N_(
    "The office store {name} wants a password, and the key store of this computer has none. “swclient office use” asks "
    "for it and keeps it there."
)
_ABSENT = N_("There is no office store in the database {name} yet. Open it once for writing.")
_VERSION = "SELECT application, version FROM store_version"
_TABLES = "SELECT name FROM sqlite_master"
_MAKE_VERSION = (
    "CREATE TABLE store_version (one INTEGER PRIMARY KEY CHECK (one = 1), application BIGINT, version INTEGER)"
)
_FULL, _BUSY, _READONLY = "53100", ("55P03", "40P01", "57014"), ("42501", "25006")
_LOST_CLASSES = ("08", "57P", "28", "3D")
_SESSION = (
    "-c synchronous_commit=on -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c client_encoding=UTF8"
)


class OutOfReachError(StoreError):
    """The office's server cannot be reached, or the line to it broke."""


class OfficePlace:
    """A store on a server."""

    shared = True

    def __init__(self, office: Office) -> None:
        self.office = office
        self.path = office.path
        try:
            self._psycopg = import_module("psycopg")
        except ImportError as error:
            raise UserError(_NO_EXTRA) from error

    def connect(self, *, read_only: bool) -> AnyConnection:
        """Return a connection of its own.

        Raises:
            psycopg.Error: the server cannot be reached or does not let us in.
            UserError: the address is none.
        """
        from swclient.store.office.connection import Connection

        told = told_to_driver(self.office.address)
        options = f"{told.pop('options', '')} {_SESSION}" + (
            " -c default_transaction_read_only=on" if read_only else ""
        )
        told |= {"options": options.strip(), **patiently()}
        try:
            raw = self._psycopg.connect(**told, **self._secret(), autocommit=True)
        except self._psycopg.Error as error:  # its frames know the password
            raise without_frames(error) from None
        return cast("AnyConnection", Connection(raw))

    def _secret(self) -> dict[str, str]:
        password = self.office.password()
        return {"password": password} if password is not None else {}

    def alive(self, connection: AnyConnection) -> bool:
        """Ask the server whether it still hears us."""
        return _ours(connection).alive()

    def engine(self, connection: AnyConnection) -> sa.Engine:
        """Return SQLAlchemy over a connection."""
        from swclient.store.office.core import engine_over

        return engine_over(_ours(connection))

    def told(self, error: Exception) -> StoreError:
        """Return what an error of the server means to the user."""
        state = getattr(error, "sqlstate", None) or ""
        reason = " ".join(str(error).split())
        if not state or state.startswith(_LOST_CLASSES):
            return OutOfReachError(Message(_LOST, {"name": self.office.name, "reason": reason}))
        kinds = {"full": state == _FULL, "busy": state in _BUSY, "readonly": state in _READONLY}
        kind = next((name for name, is_it in kinds.items() if is_it), "")
        return in_words(kind, self.office.name, reason)

    def start_over(self, error: object) -> None:
        """Do nothing: a server looks after its own files."""

    def sealed(self, connection: AnyConnection) -> int:
        """Do nothing: a server has checksums of its own pages."""
        return 0

    def writes(self, connection: AnyConnection) -> int:
        """Return that nothing was sealed."""
        return 0

    def look(self, connection: AnyConnection) -> None:
        """Do nothing: the server's answer to a commit says that it has it."""

    def resume(self, connection: AnyConnection) -> None:
        """Have asked about what a client was sending whose session is gone; what another one is sending stays."""
        for (entry,) in connection.execute("SELECT id FROM outbox WHERE state = ?", (SENDING,)).fetchall():
            if connection.execute("SELECT pg_try_advisory_lock(?, ?)", (_lock(), entry)).fetchone()[0]:
                connection.execute("UPDATE outbox SET state = ? WHERE id = ?", (SENT_UNKNOWN, entry))
                connection.execute("SELECT pg_advisory_unlock(?, ?)", (_lock(), entry))

    def hold_entry(self, core: sa.Connection, entry_id: int) -> None:
        """Show that this program is sending an entry of the outbox, for as long as its session lasts."""
        core.exec_driver_sql(f"SELECT pg_try_advisory_lock({_lock()}, {int(entry_id)})").close()

    def drop_entry(self, core: sa.Connection, entry_id: int) -> None:
        """Show that it is no longer being sent."""
        key = f"{_lock()}, {int(entry_id)}"
        held = "SELECT pg_advisory_unlock({0}) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        core.exec_driver_sql(
            f"{held.format(key)} AND classid = {_lock()} AND objid = {int(entry_id)} AND objsubid = 2"
        ).close()

    # -- the tables

    def prepare(self, *, read_only: bool) -> None:
        """Make the tables in an empty database, bring older ones forward.

        Raises:
            UserError: it is somebody else's, newer than this program, cannot be reached, or its server is set unsafe.
        """
        try:
            connection = _ours(self.connect(read_only=read_only))
            try:
                self._look(connection, read_only=read_only)
            finally:
                connection.rollback()
                connection.close()
        except self._psycopg.Error as error:
            told = self.told(error)
            if isinstance(told, OutOfReachError) and "no password supplied" in str(error):
                raise PasswordError(_NO_PASSWORD, name=self.office.name) from error
            raise told from error

    def _look(self, connection: Connection, *, read_only: bool) -> None:
        if not read_only:
            if connection.execute("SHOW fsync").fetchone() != ("on",):
                raise UserError(_UNSAFE, name=self.office.name)
            connection.execute("BEGIN IMMEDIATE")
        version = self._version(connection)
        if version != database.VERSION:
            if read_only:
                raise UserError(_ABSENT, name=self.office.name)
            connection.rollback()
            self._forward(connection)
        self._begin_note(connection)

    def _version(self, connection: Connection) -> int:
        """Return the version of the tables, 0 for none.

        Raises:
            UserError: they are of another program, or of a newer version.
        """
        tables = {row[0] for row in connection.execute(_TABLES)}
        if "store_version" not in tables:
            if tables:
                raise UserError(_FOREIGN, name=self.office.name)
            return 0
        row = connection.execute(_VERSION).fetchone()
        if row is None or row[0] != database.APPLICATION:
            raise UserError(_FOREIGN, name=self.office.name)
        if row[1] > database.VERSION:
            raise UserError(_NEWER, name=self.office.name, found=row[1], known=database.VERSION)
        return int(row[1])

    def _forward(self, connection: Connection) -> None:
        """Make the tables or bring them forward, in one transaction."""
        from swclient.store.office.core import brought_forward, engine_over

        engine = engine_over(connection)
        with engine.connect() as core, core.begin():
            version = self._version(connection)  # another client may have been first while we waited for the lock
            brought_forward(core, version)
            if not version:
                connection.execute(_MAKE_VERSION)
                connection.execute("INSERT INTO store_version VALUES (1, ?, 0)", (database.APPLICATION,))
            connection.execute("UPDATE store_version SET version = ?", (database.VERSION,))

    def _begin_note(self, connection: Connection) -> None:
        """Begin the note of a computer that has not met this store yet; it is warned of losses from now on."""
        if not head_file(self.path).exists():
            head = Head(self.path)
            head.write(end_of(connection))
            head.close()


def _ours(connection: AnyConnection) -> Connection:
    return cast("Connection", connection)


def _lock() -> int:
    from swclient.store.office.connection import LOCK

    return LOCK
