# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes an encrypted store of a plain one, a plain one of an encrypted, or changes the key.

Never in place: the whole store is written anew beside the old one, compared with it row by row, and takes its place in
one step. Killed at any moment, the old store or the new one lies there, and the note beside it names the key of either.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.store.backups.policy import FOLDER
from swclient.store.backups.problems import BackupError, alone, code_of, no_room, telling
from swclient.store.backups.shelf import settle
from swclient.store.backups.verifying import sound
from swclient.store.database import absent, check_header
from swclient.store.driver import errors, is_plain, key_of
from swclient.store.head import head_file
from swclient.store.vault import cipher, notes
from swclient.store.vault.notes import noted

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.store.vault.keys import Key

_IN_USE = N_("The store {file} is open in another program or window. Close it and try again; nothing was changed.")
_DAMAGED = N_("The store {file} is damaged: {reason}. It was left as it is; put a copy back first.")
_UNLIKE = N_("What was written does not read back as {file} is. Nothing was changed; check the disk.")
_GONE = 2**31 - 1
_THERE = N_("There is a file {file} already. Choose another name; nothing is written over.")


@dataclass(frozen=True, slots=True)
class Recast:
    """What was done to a store.

    Attributes:
        records: how many records its log has.
        rows: how many rows it has in all, the same before and after.
        kept: where the store lies as it was before; None where it is gone.
    """

    records: int
    rows: int
    kept: Path | None


def recast(path: Path, key: Key | None, *, keep: Path | None = None) -> Recast:
    """Write a store anew, encrypted with a key or plain, and put it in its place once it is proved to be the same.

    Args:
        path: the store; nobody may have it open.
        key: what to encrypt it with; None = not at all.
        keep: another name for the store as it was; None = it is removed.

    Raises:
        UserError: it is in use, damaged, locked, or the disk refused. It lies there as it was.
    """
    ready_for(path)
    with telling(path), alone(path.parent / FOLDER):
        part = path.with_name(f"{path.name}.recasting")
        old = _held_alone(path)
        ids = tuple(one.id for one in (key_of(old), key) if one)
        try:
            records, rows = _written(old, part, key, path)
            _keep(path, keep)
            notes.write_note(path, *ids)  # until it is in its place, either may lie there
            settle(path.parent)
            _replace(path, part, old)
        finally:
            old.close()
            clear(part)
        settle(path.parent)
        notes.write_note(path, *((key.id,) if key else ()))
    return Recast(records, rows, keep)


def ready_for(path: Path) -> None:
    """See that a store can be written anew, as far as can be told without holding it.

    Raises:
        UserError: it is not there, locked, or SQLCipher is not installed.
    """
    if not path.exists():
        raise absent(path)
    cipher.needed(path)
    check_header(path)


def _held_alone(path: Path) -> sqlite3.Connection:
    """Open a store so that nobody else can, with nothing left in its write-ahead file.

    SQLCipher opens the plain one too: two libraries in one program would take each other's locks away.
    """
    place = f"{path.absolute().as_uri()}?mode=rw"
    connection = cipher.opened(place, 0, None) if is_plain(path) else cipher.connect(path, place, 0)
    try:
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=MEMORY")  # nothing beside the file from here on
    except errors() as error:
        connection.close()
        if code_of(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise BackupError(_IN_USE, file=path) from error
        raise
    if mode != "delete":
        connection.close()
        raise BackupError(_IN_USE, file=path)
    return connection


def _written(old: sqlite3.Connection, part: Path, key: Key | None, path: Path) -> tuple[int, int]:
    """Write all of a store into a new file and compare; return the records of its log and its rows in all."""
    trouble, records = sound(old)
    if trouble is not None:
        raise BackupError(_DAMAGED, file=path, reason=trouble)
    pages, size = (int(old.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    if shutil.disk_usage(path.parent).free < pages * size:
        raise no_room(path.parent)
    clear(part)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    _export(old, part, key)
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    made = cipher.opened(f"{part.absolute().as_uri()}?mode=ro&immutable=1", 0, key)
    try:
        before, after = _content(old), _content(made)
        if before != after or sound(made)[0] is not None:
            raise BackupError(_UNLIKE, file=path)
    finally:
        made.close()
    return records, sum(count for count, _digest in before.values())


def _export(old: sqlite3.Connection, part: Path, key: Key | None) -> None:
    """Have SQLCipher write everything into another file."""
    old.execute("ATTACH DATABASE ? AS made KEY ?", (str(part), key.literal if key else ""))
    old.execute("PRAGMA made.synchronous=OFF")  # it is synced once, when it is whole
    old.execute("SELECT sqlcipher_export('made')").fetchone()
    for name in ("user_version", "application_id"):
        number = old.execute(f"PRAGMA main.{name}").fetchone()[0]
        old.execute(f"PRAGMA made.{name}={number}")
    old.execute("DETACH DATABASE made")


def _content(connection: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """Return rows and digest of every table, of the words that make the tables, and the version."""
    words = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    version = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id")]
    found = {"": (0, hashlib.sha256(repr((words, version)).encode()).hexdigest())}
    for kind, name, _table, sql in words:
        if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL"):  # but what lies beneath
            found[name] = _rows(connection, name)
    return found


def _rows(connection: sqlite3.Connection, table: str) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    where = "rowid" if _numbered(connection, table) else "1"
    for row in connection.execute(f'SELECT {where}, * FROM "{table}" ORDER BY 1, 2'):  # noqa: S608 - a name of its own
        digest.update(repr(row).encode())
        count += 1
    return count, digest.hexdigest()


def _numbered(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the rows of a table have numbers."""
    query = "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?"
    return not connection.execute(query, (table,)).fetchone()[0]


def _keep(path: Path, keep: Path | None) -> None:
    """Copy the store as it is under another name."""
    if keep is None:
        return
    if keep.exists():
        raise BackupError(_THERE, file=keep)
    shutil.copy2(path, keep)
    with keep.open("rb+") as stream:
        os.fsync(stream.fileno())
    if head_file(path).exists():
        shutil.copy2(head_file(path), head_file(keep))
    notes.write_note(keep, *noted(path))


def _replace(path: Path, part: Path, old: sqlite3.Connection) -> None:
    """Put the new file in the place of the old one.

    A program that has been waiting for the old file must not go on writing to it now that it has no name any more: it
    finds there a store that is too new for it.
    """
    if os.name == "nt":  # which replaces no open file
        old.close()
        part.replace(path)
        return
    part.replace(path)
    old.execute(f"PRAGMA user_version={_GONE}")


def clear(part: Path) -> None:
    """Take away what was written of a store that is not to be."""
    for ending in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + ending).unlink(missing_ok=True)
