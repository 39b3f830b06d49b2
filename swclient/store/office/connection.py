# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection to a PostgreSQL server that understands the SQL of the store as SQLite does.

What differs is little and stands here: the marks of values, three functions, and `BEGIN IMMEDIATE`, which takes the one
lock that all writers of the store wait for.
"""

from __future__ import annotations

import contextlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LOCK = 0x53574331
"""`SWC1`: the class of our advisory locks; 0 in it is the log, n the entry n of the outbox while it is being sent."""

_BLOB = re.compile(r"CAST\((.+?) AS BLOB\)")
_FOUND = re.compile(r"\binstr\(([^()]+)\)")
_TABLES = """(SELECT 'table' AS type, table_name AS name FROM information_schema.tables
    WHERE table_schema = current_schema()) AS tables_here"""
_WRITES = ("INSERT", "UPDATE", "DELETE")
_LOCKED = f"BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({LOCK}, 0)"
_STILL = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


@lru_cache(maxsize=256)
def translated(sql: str) -> str:
    """Return a statement of the store in the words of PostgreSQL."""
    text = sql.replace("%", "%%").replace("?", "%s")
    text = _BLOB.sub(r"convert_to(\1, 'UTF8')", text)
    text = _FOUND.sub(r"strpos(\1) > 0", text)
    return text.replace("sqlite_master", _TABLES)


class Connection:
    """What the store uses of a database, on a server. For one thread.

    Attributes:
        raw: the library's own connection.
        total_changes: how many rows were written through it.
    """

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self.raw = raw
        self.total_changes = 0
        self._streaming = False
        self._streams: list[psycopg.ServerCursor[Any]] = []
        self._traced: Callable[[str], object] | None = None

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        """Carry out a statement; return what it found."""
        if self._traced is not None:
            self._traced(sql)
        if sql in {"BEGIN", "BEGIN IMMEDIATE"}:
            self._streaming = sql == "BEGIN"
            return self.raw.execute(_STILL if self._streaming else _LOCKED)
        if sql == "COMMIT":
            return self._commit()
        if self._streaming:  # a whole log does not go into memory
            return self._stream(translated(sql), parameters)
        done = self.raw.execute(translated(sql), parameters)
        self._count(sql, done.rowcount)
        return done

    def _stream(self, sql: str, parameters: Sequence[Any]) -> psycopg.Cursor[Any]:
        stream = self.raw.cursor(name=f"stream_{len(self._streams)}")
        self._streams.append(stream)
        stream.execute(sql, parameters)
        return stream

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> psycopg.Cursor[Any]:
        """Carry out a statement once for each row of values."""
        cursor = self.raw.cursor()
        cursor.executemany(translated(sql), parameters)
        self._count(sql, cursor.rowcount)
        return cursor

    def _count(self, sql: str, rows: int) -> None:
        if sql.lstrip().startswith(_WRITES):
            self.total_changes += max(0, rows)

    def _commit(self) -> psycopg.Cursor[Any]:
        done = self.raw.execute("COMMIT")
        if done.statusmessage != "COMMIT":  # after a failed statement the server rolls back, and calls it no error
            raise psycopg.errors.InFailedSqlTransaction("the transaction was rolled back")
        return done

    def rollback(self) -> None:
        """Undo the transaction under way, if any."""
        for stream in self._streams:
            with contextlib.suppress(psycopg.Error):
                stream.close()
        self._streams.clear()
        self._streaming = False
        if not self.raw.closed and self.raw.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            self.raw.execute("ROLLBACK")

    def alive(self) -> bool:
        """Ask the server whether it still hears us."""
        if self.raw.closed:
            return False
        try:
            self.raw.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def set_trace_callback(self, callback: Callable[[str], object] | None) -> None:
        """Have every statement told as it is carried out; for whoever looks into what the store does."""
        self._traced = callback

    def close(self) -> None:
        """Let go of the server."""
        self.raw.close()
