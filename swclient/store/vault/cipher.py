# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening encrypted files by SQLCipher.

Without a note beside a file every key at hand is tried: trying a key is reading one page.
"""

from __future__ import annotations

import contextlib
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store.problems import LockedError
from swclient.store.vault import keys
from swclient.store.vault.notes import noted, write_note

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from swclient.store.vault.keys import Key

_NOTADB = 26
_PAGE = 4096
_NO_EXTRA = N_(
    "The store {file} is encrypted, and this installation lacks what opens such stores. Install it with "
    "pip install “swclient[encryption]”. Nothing was changed."
)
_NOT_HERE = N_(
    "This installation lacks what encrypts stores. Install it with pip install “swclient[encryption]”. Nothing was "
    "changed."
)
_LOCKED = N_(
    "The store {file} is encrypted, and its key is not in the key store of this computer. It opens with the recovery key "
    "that was written down (on the command line: “swclient store unlock”). Nothing was changed."
)
_ROTTEN = N_(
    "The key of the encrypted store {file} is here, but its beginning is damaged. Put a copy back with “swclient "
    "backup restore”. Nothing was changed."
)
_FOREIGN = N_(
    "The file {file} is not a store of declarations of this program, or it is an encrypted one whose key is not here; "
    "then “swclient store unlock” opens it with its recovery key. It was left as it is."
)
_PLAIN_FOREIGN = N_("The file {file} is not a store of declarations of this program. It was left as it is.")


@cache
def _library() -> Any:
    """Return SQLCipher's own sqlite3 module, its connections able to tell their key; None where it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        return None

    class Connection(dbapi2.Connection):  # type: ignore[misc]  # it comes without types
        """A connection that knows with which key it was opened."""

        key: Key | None

    dbapi2.Keyed = Connection
    return dbapi2


def library(file: Path) -> None:
    """See that SQLCipher is installed.

    Raises:
        UserError: it is not, so this file cannot be opened.
    """
    if _library() is None:
        raise UserError(_NO_EXTRA, file=file)


def needed(file: Path) -> None:
    """See that SQLCipher is installed, for a store that is to be encrypted.

    Raises:
        UserError: it is not.
    """
    if _library() is None:
        raise UserError(_NOT_HERE, file=file)


def connect(file: Path, place: str, timeout: float, key: Key | None = None) -> sqlite3.Connection:
    """Open a file that is encrypted by the note beside it, or make one with the given key; `place` is for SQLite.

    The note may be ahead of the file, which then is plain.

    Raises:
        UserError: SQLCipher is not installed, or the key is not to be had.
    """
    library(file)
    if key is not None:
        return opened(place, timeout, key)
    ids = noted(file)
    right = None
    for one in (*_candidates(file, ids), None):
        connection = _tried(place, timeout, one)
        if connection is not None:
            return connection
        right = one if one is not None and one.id in ids else right
    if right is None:
        raise LockedError(_LOCKED, file=file)
    return opened(place, timeout, right)  # SQLite will say what is wrong with the file


def _candidates(file: Path, ids: tuple[str, ...]) -> Iterator[Key]:
    """Yield the keys that may open a file: those at hand, then those that its notes name, which may be asked for."""
    at_hand = keys.held()
    yield from at_hand
    named = (keys.find(each, file) for each in ids)
    yield from (one for one in named if one is not None and one not in at_hand)


def look(file: Path) -> None:
    """See whether a file that is none of plain SQLite's can be opened by a key, and mend its note.

    Raises:
        UserError: it cannot; with what to do.
    """
    ids = noted(file)
    if not ids and (file.stat().st_size % _PAGE or _library() is None):
        raise UserError(_PLAIN_FOREIGN, file=file)
    library(file)
    right = False
    for one in _candidates(file, ids):
        if opens(file, one):
            if one.id not in ids:
                with contextlib.suppress(OSError):  # nobody may write there; the key is at hand all the same
                    write_note(file, one.id)
            return
        right = right or one.id in ids
    if not ids:
        raise UserError(_FOREIGN, file=file)
    raise UserError(_ROTTEN, file=file) if right else LockedError(_LOCKED, file=file)


def opens(file: Path, key: Key) -> bool:
    """Whether a key opens a file."""
    library(file)
    connection = _tried(f"{file.absolute().as_uri()}?mode=ro", 5.0, key)
    if connection is not None:
        connection.close()
    return connection is not None


def _tried(place: str, timeout: float, key: Key | None) -> sqlite3.Connection | None:
    """Return a connection where the key opens the file (None = it is plain), else None."""
    connection = opened(place, timeout, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except _library().Error as error:
        if (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF == _NOTADB:
            connection.close()
            return None
    return connection  # whatever else is wrong with the file will be said when it is read


def opened(place: str, timeout: float, key: Key | None) -> sqlite3.Connection:
    """Have SQLCipher open a file, with a key or without; nothing of it is read yet."""
    dbapi = _library()
    connection = dbapi.connect(place, uri=True, timeout=timeout, isolation_level=None, factory=dbapi.Keyed)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to the terminal
        if key is not None:
            connection.execute(f'PRAGMA key="{key.literal}"')
        connection.execute("PRAGMA temp_store=MEMORY")
    except BaseException:
        connection.close()
        raise
    connection.key = key
    return cast("sqlite3.Connection", connection)
