# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which library opens a file: Python's own SQLite, or SQLCipher where the file is encrypted.

Both speak alike, but an error of the one is no error of the other: whoever catches asks `errors()`. Nothing of
SQLCipher is loaded before an encrypted file is met.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any, Protocol

    from swclient.store.vault.keys import Key

    class Cursor(Protocol):
        """What came of a statement."""

        rowcount: int

        def fetchone(self) -> Any: ...
        def fetchmany(self, size: int = ..., /) -> list[Any]: ...
        def fetchall(self) -> list[Any]: ...
        def __iter__(self) -> Any: ...

    class Connection(Protocol):
        """What the store asks of a database, be it a file of SQLite's or an office's server."""

        @property
        def total_changes(self) -> int: ...
        def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any: ...
        def executemany(self, sql: str, parameters: Sequence[Any], /) -> Any: ...
        def rollback(self) -> None: ...
        def close(self) -> None: ...


_MAGIC = b"SQLite format 3\x00"
_STRANGERS = ("sqlcipher3.dbapi2", "psycopg")


def errors(kind: str = "Error") -> tuple[type[Exception], ...]:
    """Return what a database may raise here, of one kind of PEP 249; a library that is not loaded has raised nothing."""
    loaded = (vars(sys.modules[name])[kind] for name in _STRANGERS if name in sys.modules)
    return vars(sqlite3)[kind], *loaded


def is_plain(file: Path) -> bool:
    """Whether a file is for SQLite to open: its own, empty, not there yet, or one of which SQLite will say why not."""
    try:
        with file.open("rb") as stream:
            start = stream.read(len(_MAGIC))
    except OSError:
        return True
    return not start or start == _MAGIC


def connect(file: Path, options: str = "", *, timeout: float = 5.0, key: Key | None = None) -> sqlite3.Connection:
    """Open a file with transactions begun and ended by hand, its own key found where it is encrypted.

    Args:
        file: what to open.
        options: of SQLite's URI, as `mode=ro&immutable=1`; the empty text also makes a file.
        timeout: how long to wait for others, seconds.
        key: encrypt a new file with this key; None = as the file is.

    Raises:
        UserError: it is encrypted, and its key is not to be had.
    """
    place = f"{file.absolute().as_uri()}?{options}"
    if key is None and is_plain(file):
        return sqlite3.connect(place, uri=True, timeout=timeout, isolation_level=None)
    from swclient.store.vault import cipher

    found = cipher.connect(file, place, timeout, key)
    return found or sqlite3.connect(place, uri=True, timeout=timeout, isolation_level=None)


def key_of(connection: sqlite3.Connection) -> Key | None:
    """Return the key of an open file; None where it is not encrypted."""
    return getattr(connection, "key", None)
