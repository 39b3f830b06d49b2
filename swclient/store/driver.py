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

from swclient.store.vault.notes import noted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any, Protocol

    from swclient.store.vault.keys import Key

    class Connection(Protocol):
        """What the store asks of a database, be it a file of SQLite's or an office's server."""

        @property
        def total_changes(self) -> int:
            """How many rows were written through it."""

        def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any:
            """Carry out a statement; return what it found."""

        def executemany(self, sql: str, parameters: Any, /) -> Any:
            """Carry out a statement once for each row of values."""

        def rollback(self) -> None:
            """Undo the transaction under way, if any."""

        def close(self) -> None:
            """Let go of the database."""


_MAGIC = b"SQLite format 3\x00"
_STRANGERS = ("sqlcipher3.dbapi2", "psycopg")


def errors(*others: type[Exception], kind: str = "Error") -> tuple[type[Exception], ...]:
    """Return what a database may raise here, and `others`; a library that is not loaded has raised nothing.

    Args:
        others: what is to be caught too.
        kind: which errors, by their name in PEP 249.
    """
    loaded = (vars(sys.modules[name])[kind] for name in _STRANGERS if name in sys.modules)
    memory = (MemoryError,) if kind == "Error" else ()  # what SQLite raises where a rotten length wants gigabytes
    return vars(sqlite3)[kind], *loaded, *memory, *others


def is_plain(file: Path) -> bool:
    """Whether a file is for SQLite to open: its own, empty, not there yet, or one of which SQLite will say why not.

    Not for a file that this program has open: closing it again would take away the locks that SQLite holds on it.
    """
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
    if key is None and not noted(file):
        return sqlite3.connect(place, uri=True, timeout=timeout, isolation_level=None)
    from swclient.store.vault import cipher

    return cipher.connect(file, place, timeout, key)


def key_of(connection: sqlite3.Connection) -> Key | None:
    """Return the key of an open file; None where it is not encrypted."""
    return getattr(connection, "key", None)
