# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the file that is written to still lies where the store should be.

A file that was removed, or whose disk was taken out, goes on taking writes: nothing fails, and nothing of it is ever
seen again. So after each commit, and before it is acknowledged, the place is looked at. What can still be read of the
removed file is copied where there is room.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from swclient.store.driver import connect, errors, key_of
from swclient.store.problems import RemovedError

if TYPE_CHECKING:
    import sqlite3

    from swclient.store.driver import Connection

_FIRST = "SELECT hash FROM change_log WHERE sequence = 1"


class Whereabouts:
    """Where a store lies, and which file was opened there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: tuple[int, int] | None = None
        self._first: bytes | None = None
        self._rescued: Path | None = None

    def refuse_if_gone(self) -> None:
        """Look before opening a file anew: it may not be made anew.

        Raises:
            RemovedError: there was a store, and now there is none.
        """
        if self._opened is not None and not self._path.exists():
            raise RemovedError(self._rescued)

    def settle(self, connection: Connection) -> None:
        """Take note of the file that a connection has opened.

        Raises:
            RemovedError: another store lies there now.
        """
        row = connection.execute(_FIRST).fetchone()
        first = row[0] if row else None
        if self._first is not None and first != self._first:
            raise RemovedError(self._rescued)
        self._opened, self._first = self._there(), first

    def look(self, connection: Connection) -> None:
        """Look whether what was just committed lies where it should.

        Raises:
            RemovedError: it does not; what can be read of it has been copied.
        """
        if self._there() != self._opened:
            self._rescued = self._rescued or self._rescue(connection)
            raise RemovedError(self._rescued)

    def _there(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _rescue(self, connection: Connection) -> Path | None:
        """Copy what the open file still holds beside its place, or else into the home or the temporary folder."""
        for folder in (self._path.parent, Path.home(), Path(tempfile.gettempdir())):
            target = folder / f"{self._path.name}.rescued"
            number = 1
            while target.exists():
                number += 1
                target = folder / f"{self._path.name}.rescued-{number}"
            with contextlib.suppress(*errors(OSError, AttributeError)):
                if folder.is_dir():
                    _copy(connection, target)
                    return target
        return None


def _copy(connection: Connection, target: Path) -> None:
    source = cast("sqlite3.Connection", connection)
    key = key_of(source)
    if key is not None:
        from swclient.store.vault import notes

        notes.write_note(target, key.id)
    beside = connect(target, key=key)
    try:
        source.backup(beside)
        beside.execute("PRAGMA journal_mode=DELETE")
    except errors():
        beside.close()
        target.unlink(missing_ok=True)
        raise
    beside.close()
