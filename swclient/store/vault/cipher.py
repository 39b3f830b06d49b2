# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening encrypted files by SQLCipher, and the note beside a store that says with which key.

The note `<store>.cipher` names keys by their ids and holds none. A copy's own note does the same. Without a note every key
at hand is tried: trying a key is reading one page.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store.vault import keys

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from swclient.store.vault.keys import Key

_NOTADB = 26
_PAGE = 4096
_NO_EXTRA = N_(
    "The store {file} is encrypted, and this installation lacks what opens such stores. Install it with "
    "pip install “swclient[encryption]”. Nothing was changed."
)
_LOCKED = N_(
    "The store {file} is encrypted, and its key is not in the key store of this computer. “swclient store unlock” opens "
    "it with the recovery key that was written down. Nothing was changed."
)
_ROTTEN = N_(
    "The key of the encrypted store {file} is here, but its beginning is damaged. Put a copy back with “swclient backup "
    "restore”. Nothing was changed."
)
_FOREIGN = N_(
    "The file {file} is not a store of declarations of this program, or it is an encrypted one whose key is not here; "
    "then “swclient store unlock” opens it with its recovery key. It was left as it is."
)
_PLAIN_FOREIGN = N_("The file {file} is not a store of declarations of this program. It was left as it is.")


class LockedError(UserError):
    """An encrypted store whose key is not to be had."""


def note_file(store: Path) -> Path:
    """Return where the note of an encrypted store lies."""
    return store.with_name(f"{store.name}.cipher")


def write_note(store: Path, *ids: str) -> None:
    """Note which keys a store may be encrypted with, whole or not at all; none = it is not."""
    target = note_file(store)
    if not ids:
        target.unlink(missing_ok=True)
        return
    part = target.with_name(f"{target.name}.part")
    with part.open("w", encoding="utf-8") as stream:
        json.dump({"cipher": "SQLCipher 4", "key": " ".join(dict.fromkeys(ids))}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(target)


def noted(file: Path) -> tuple[str, ...]:
    """Return the ids of the keys that the notes beside a file speak of."""
    for ending in (".cipher", ".json"):
        try:
            told = json.loads(file.with_name(f"{file.name}{ending}").read_text(encoding="utf-8"))
            if told.get("key"):
                return tuple(str(told["key"]).split())
        except (OSError, ValueError, AttributeError):
            continue
    return ()


@cache
def _library() -> Any:
    """Return SQLCipher's own sqlite3 module, its connections able to tell their key; None where it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        return None

    class Connection(dbapi2.Connection):  # type: ignore[misc]  # it comes without types
        """A connection that knows with which key it was opened."""

        key: Key

    dbapi2.Keyed = Connection
    return dbapi2


def library(file: Path) -> Any:
    """Return SQLCipher.

    Raises:
        UserError: it is not installed, so this file cannot be opened.
    """
    found = _library()
    if found is None:
        raise UserError(_NO_EXTRA, file=file)
    return found


def connect(file: Path, place: str, timeout: float, key: Key | None) -> sqlite3.Connection | None:
    """Open an encrypted file, or make one with the given key; `place` is its address for SQLite.

    None where nothing says that it is encrypted and no key at hand opens it.

    Raises:
        UserError: SQLCipher is not installed, or the key is not to be had.
    """
    ids = noted(file)
    if _library() is None and not ids and key is None:
        return None
    library(file)
    if key is not None:
        return _opened(place, timeout, key)
    found = _found(file, ids)
    for one in found:
        connection = _tried(place, timeout, one)
        if connection is not None:
            return connection
    # A key that is the right one by its note: SQLite will say what is wrong with the file.
    right = next((one for one in found if one.id in ids), None)
    if ids and right is None:
        raise LockedError(_LOCKED, file=file)
    return _opened(place, timeout, right) if right else None


def _found(file: Path, ids: tuple[str, ...]) -> list[Key]:
    """Return the keys that may open a file, those that its notes speak of first."""
    named = (keys.find(each, file) for each in ids)
    return list(dict.fromkeys([*(one for one in named if one is not None), *keys.held()]))


def look(file: Path) -> None:
    """See whether a file that is none of plain SQLite's can be opened by a key.

    Raises:
        UserError: it cannot; with what to do.
    """
    ids = noted(file)
    size = file.stat().st_size
    if not ids and (size % _PAGE or _library() is None):
        raise UserError(_PLAIN_FOREIGN, file=file)
    library(file)
    found = _found(file, ids)
    if any(opens(file, one) for one in found):
        return
    if not ids:
        raise UserError(_FOREIGN, file=file)
    raise UserError(_ROTTEN, file=file) if any(one.id in ids for one in found) else LockedError(_LOCKED, file=file)


def opens(file: Path, key: Key) -> bool:
    """Whether a key opens a file."""
    library(file)
    connection = _tried(f"{file.absolute().as_uri()}?mode=ro", 5.0, key)
    if connection is not None:
        connection.close()
    return connection is not None


def _tried(place: str, timeout: float, key: Key) -> sqlite3.Connection | None:
    """Return a connection where the key opens the file, None where it does not."""
    connection = _opened(place, timeout, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except _library().Error as error:
        connection.close()
        if (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF == _NOTADB:
            return None
        raise
    return connection


def _opened(place: str, timeout: float, key: Key) -> sqlite3.Connection:
    dbapi = _library()
    connection = dbapi.connect(place, uri=True, timeout=timeout, isolation_level=None, factory=dbapi.Keyed)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to the terminal
        connection.execute(f'PRAGMA key="{key.literal}"')
        connection.execute("PRAGMA temp_store=MEMORY")
    except BaseException:
        connection.close()
        raise
    connection.key = key
    return cast("sqlite3.Connection", connection)
