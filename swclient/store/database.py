# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening the file: whose it is, which version it has, and what makes a commit durable.

Nothing here needs SQLAlchemy.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store import driver, seals
from swclient.store.chain import EMPTY
from swclient.store.driver import errors, is_plain
from swclient.store.head import Head
from swclient.store.problems import told

if TYPE_CHECKING:
    from swclient.store.vault.keys import Key

VERSION = 5
"""The version of the tables that this program writes; kept as `PRAGMA user_version`."""

APPLICATION = 0x53574331
"""`SWC1`, kept as `PRAGMA application_id`: which program the file belongs to."""

BUSY_MS = 10_000
_HEADER = 100
_NEWER = N_(
    "The store {file} was written by a newer version of this program (store version {found}, this "
    "program knows {known}). "
    "It was left untouched; install the newer program to open it."
)
_FOREIGN = N_("The file {file} is not a store of declarations of this program. It was left as it is.")
_ABSENT = N_("There is no store of declarations at {file}.")


def check_header(path: Path) -> int:
    """Return the version in a file's first bytes, before SQLite may touch it; 0 for an empty file.

    Raises:
        UserError: the file is of another program, or of a newer version of this one.
    """
    try:
        with path.open("rb") as stream:
            header = stream.read(_HEADER)
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise UserError(N_("The store {file} cannot be read: {reason}."), file=path, reason=error) from error
    if not header:
        return 0
    if not is_plain(path):
        return _encrypted_version(path)
    if len(header) < _HEADER:
        raise UserError(_FOREIGN, file=path)
    version, application = (int.from_bytes(header[at : at + 4], "big") for at in (60, 68))
    refuse(path, version, application)
    return version


def _encrypted_version(path: Path) -> int:
    """Return the version of an encrypted store; a page of it must be read for that.

    Raises:
        UserError: its key is not to be had, or it is no store of this program.
    """
    from swclient.store.vault import cipher

    try:
        cipher.look(path)
        connection = connect_reading(path)
    except errors() as error:
        raise told(error, path) from error
    try:
        return version_of(connection, path)
    finally:
        connection.close()


def refuse(path: Path, version: int, application: int) -> None:
    """Refuse a store of another program or of a newer version.

    Raises:
        UserError: it is one of these.
    """
    # A file that SQLite has made but nobody has filled has neither number yet.
    if application != APPLICATION and (version or application):
        raise UserError(_FOREIGN, file=path)
    if version > VERSION:
        raise UserError(_NEWER, file=path, found=version, known=VERSION)


def connect(path: Path, key: Key | None = None) -> sqlite3.Connection:
    """Return a connection that writes durably: WAL, every commit synced, waiting for other writers.

    Transactions are begun and ended by hand (`isolation_level=None`). A new file is encrypted where there is a `key`.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # nobody else on this computer reads it
        if key is not None:
            from swclient.store.vault import notes

            notes.write_note(path, key.id)
    connection = driver.connect(path, timeout=BUSY_MS / 1000, key=key)
    try:
        mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        # A disk that failed just now leaves another mode, in which FULL leaves the last step of a commit in memory.
        connection.execute(f"PRAGMA synchronous={'FULL' if mode == 'wal' else 'EXTRA'}")
        _settle(connection)
    except UnicodeDecodeError as error:
        connection.close()
        raise _malformed(error) from error
    except errors():
        connection.close()
        raise
    return connection


def _malformed(error: UnicodeDecodeError) -> sqlite3.DatabaseError:
    """Return what SQLite wanted to say of tables so rotten that its own words cannot be read."""
    said = sqlite3.DatabaseError(str(error.object, "utf-8", "replace"))
    said.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return said


def connect_reading(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads, also from a folder that nobody may write to.

    Raises:
        sqlite3.Error: it cannot be opened, or a write-ahead file there would have to be brought in
        first.
    """
    try:
        return _reading(path, "mode=ro")
    except errors(kind="OperationalError"):
        waiting = path.with_name(f"{path.name}-wal")
        if waiting.exists() and waiting.stat().st_size:
            raise
    # A read-only folder cannot hold the shared memory that WAL wants; nobody can be writing there
    # either.
    return _reading(path, "mode=ro&immutable=1")


def _reading(path: Path, options: str) -> sqlite3.Connection:
    connection = driver.connect(path, options, timeout=BUSY_MS / 1000)
    try:
        _settle(connection)
        connection.execute("PRAGMA schema_version").fetchone()
    except UnicodeDecodeError as error:
        connection.close()
        raise _malformed(error) from error
    except errors():
        connection.close()
        raise
    return connection


def _settle(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA trusted_schema=OFF")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version as SQLite sees it; the header may be behind a waiting write-ahead file.

    Raises:
        UserError: the file is of another program, or of a newer version of this one.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    refuse(path, version, connection.execute("PRAGMA application_id").fetchone()[0])
    return int(version)


def prepare(path: Path, key: Key | None = None) -> bool:
    """Make sure that a store lies at `path`; return whether it must be brought forward first.

    Args:
        path: where.
        key: encrypt it with this key if it is made now.

    Raises:
        UserError: it is somebody else's file, or newer than this program, or cannot be written.
    """
    check_header(path)
    try:
        connection = connect(path, key)
    except errors() as error:
        raise told(error, path) from error
    except OSError as error:
        raise UserError(N_("The store {file} cannot be made: {reason}."), file=path, reason=error) from error
    try:
        return _create_or_tell(connection, path)
    except errors() as error:
        raise told(error, path) from error
    finally:
        connection.close()


def _create_or_tell(connection: sqlite3.Connection, path: Path) -> bool:
    """Create the tables in an empty file; return whether an older store must be brought forward."""
    version = version_of(connection, path)
    if version:
        return version < VERSION
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another instance may have been first while we waited for the lock.
        if not version_of(connection, path):
            _create(connection, path)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    return False


def _create(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise UserError(_FOREIGN, file=path)
    script = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    stamp(connection, VERSION)
    seals.seal_all(connection)
    head = Head(path)
    head.write(EMPTY)
    head.close()


def stamp(connection: sqlite3.Connection, version: int) -> None:
    """Write the version where we look for it and where Alembic does."""
    connection.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.execute("DELETE FROM alembic_version")
    connection.execute("INSERT INTO alembic_version VALUES (?)", (f"{version:04d}",))
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute(f"PRAGMA user_version={version}")


def absent(path: Path) -> UserError:
    """Return what to say where a store should be read that is not there."""
    return UserError(_ABSENT, file=path)
