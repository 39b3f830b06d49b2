# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A digest of every row outside the log, so that no rotten value passes for a sound one.

The log has its chain; every other table is covered here, once for all of them. A connection that `watch` has prepared
notes by itself which rows are written; `seal` takes their digests, within the same transaction, into the table `seal`.
A row that rotted, was altered by another program, was taken away or put in does not fit its seal, and `unsealed` names
it. Bodies and files that have a digest beside them (`CONTENT`) enter with that digest, so that moving a state does not
read a megabyte again; `rotten_content` compares those.

`seal` also counts the transactions it was called in: the note beside the store holds the count, so that a lost
write-ahead file is noticed although it held no record of the log.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from swclient.store.driver import Connection

KEYS = {
    "declaration": "id",
    "snapshot": "declaration_id",
    "outbox": "id",
    "errand": "id",
    "attempt": "id",
    "answer": "id",
    "artefact": "id",
    "blob": "sha256",
    "attachment": "id",
    "event": "id",
    "party": "id",
    "mapping": "name",
    "template": "id",
    "register": "id",
}
"""The sealed tables, each with the column that tells its rows apart."""

CONTENT = {
    "snapshot": "body",
    "template": "body",
    "register": "body",
    "outbox": "content",
    "errand": "content",
    "answer": "raw",
    "artefact": "content",
    "blob": "content",
}
"""The column whose digest lies beside it in `sha256`."""

_COUNT = ("", "transactions")
_SCHEMA = "sqlite_master"
_DIGEST = 16
_WATCHED = ("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))
_UPSERT = """INSERT INTO seal (of_table, row_key, digest) VALUES (?, ?, ?)
    ON CONFLICT (of_table, row_key) DO UPDATE SET digest = excluded.digest"""
_REMOVE = "DELETE FROM seal WHERE of_table = ? AND row_key = ?"
_LOOK_EVERY = 256


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A row that does not fit its seal, or a seal whose row is gone.

    Attributes:
        table: where.
        key: which row.
        declaration_id: whose it is, where the row still says so.
    """

    table: str
    key: str
    declaration_id: str | None = None


def digest(table: str, names: list[str], values: tuple[Any, ...]) -> bytes:
    """Return the digest of a row. An empty value counts as no column, so a later version may add one."""
    told = {
        name: value.hex() if isinstance(value, bytes) else int(value) if isinstance(value, bool) else value
        for name, value in zip(names, values, strict=True)
        if value is not None
    }
    return hashlib.sha256(json.dumps([table, told], sort_keys=True).encode()).digest()[:_DIGEST]


def sealed_tables(connection: Connection) -> list[str]:
    """Return which of the sealed tables a store has; none where it is older than the seals."""
    found = {row[0] for row in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    return [table for table in KEYS if table in found] if "seal" in found else []


def watch(connection: Connection) -> None:
    """Have a connection note which rows it writes; others that open the file see nothing of it."""
    tables = sealed_tables(connection)
    if not tables:
        return
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (of_table TEXT, row_key TEXT)")
    for table in tables:
        for act, sides in _WATCHED:
            noted = " ".join(
                f"INSERT INTO touched VALUES ('{table}', CAST({side}.{KEYS[table]} AS TEXT));"  # noqa: S608 - ours
                for side in sides
            )
            connection.execute(
                f"CREATE TEMP TRIGGER IF NOT EXISTS seal_{table}_{act} AFTER {act} ON main.{table} BEGIN {noted} END"
            )


def seal(connection: Connection) -> int:
    """Seal the rows written in the transaction under way; return how many transactions have been sealed so far.

    Needs `watch` before. 0 where the store is older than the seals.
    """
    if not connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'touched'").fetchone():
        return 0
    rows = connection.execute("SELECT DISTINCT of_table, row_key FROM touched").fetchall()
    if not rows:
        return count(connection)
    for table, key in rows:
        _seal_row(connection, table, key)
    connection.execute("DELETE FROM touched")
    return _counted(connection)


def count(connection: Connection) -> int:
    """Return how many transactions have been sealed; 0 for none, or where the store is older than the seals."""
    if not connection.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'seal'").fetchone():
        return 0
    row = connection.execute("SELECT digest FROM seal WHERE of_table = ? AND row_key = ?", _COUNT).fetchone()
    return int.from_bytes(row[0], "big") if row else 0


def _counted(connection: Connection) -> int:
    number = count(connection) + 1
    connection.execute(_UPSERT, (*_COUNT, number.to_bytes(8, "big")))
    return number


def _seal_row(connection: Connection, table: str, key: str) -> None:
    names = _names(connection, table)
    query = f"SELECT {', '.join(names)} FROM {table} WHERE {KEYS[table]} = ?"  # noqa: S608 - our own names
    row = connection.execute(query, (key,)).fetchone()
    if row is None:
        connection.execute(_REMOVE, (table, key))
    else:
        connection.execute(_UPSERT, (table, key, digest(table, names, row)))


def seal_all(connection: Connection, but: frozenset[tuple[str, str]] = frozenset()) -> None:
    """Seal every row and the words of every table anew, within the transaction under way.

    Args:
        connection: to a store that has the table `seal`.
        but: table and key of rows that did not fit before; a migration must not make them pass for sound.
    """
    connection.execute("DELETE FROM seal WHERE of_table = ?", (_SCHEMA,))
    for name, words in connection.execute("SELECT name, sql FROM main.sqlite_master WHERE sql IS NOT NULL").fetchall():
        connection.execute(_UPSERT, (_SCHEMA, name, _of_words(words)))
    for table in sealed_tables(connection):
        names = _names(connection, table)
        query = f"SELECT CAST({KEYS[table]} AS TEXT), {', '.join(names)} FROM {table}"  # noqa: S608 - our own names
        rows = ((table, row[0], digest(table, names, row[1:])) for row in connection.execute(query).fetchall())
        connection.executemany(_UPSERT, (row for row in rows if row[:2] not in but))
    _counted(connection)


def _of_words(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).digest()[:_DIGEST]


def _names(connection: Connection, table: str) -> list[str]:
    """Return the columns that enter the seal of a row, all but the content that has a digest beside it."""
    described = connection.execute(f"SELECT * FROM {table} WHERE 1 = 0").description  # noqa: S608 - our own names
    return [column[0] for column in described if column[0] != CONTENT.get(table)]


def unsealed(connection: Connection, stopped: Callable[[], bool]) -> Iterator[Unsealed]:
    """Yield every row that does not fit its seal, every seal without a row, every table whose words were altered.

    The connection should read texts as they lie there (`as_they_lie`).

    Raises:
        sqlite3.Error: the file cannot be read on.
    """
    tables = sealed_tables(connection)
    if tables:
        yield from _altered_words(connection)
    for table in tables:
        yield from _unsealed_rows(connection, table, stopped)


def as_they_lie(connection: sqlite3.Connection) -> None:
    """Have rotten texts read as something that fits no seal, instead of failing."""
    connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")


def _altered_words(connection: Connection) -> Iterator[Unsealed]:
    query = "SELECT row_key, digest FROM seal WHERE of_table = ?"
    due = dict(connection.execute(query, (_SCHEMA,)).fetchall())
    words = "SELECT name, sql FROM main.sqlite_master WHERE sql IS NOT NULL"
    found = {name: _of_words(text) for name, text in connection.execute(words).fetchall()}
    yield from (Unsealed(_SCHEMA, str(name)) for name in due if found.get(name) != due[name])


def _unsealed_rows(connection: Connection, table: str, stopped: Callable[[], bool]) -> Iterator[Unsealed]:
    names = _names(connection, table)
    columns = ", ".join(f"t.{name}" for name in names)
    query = f"""SELECT CAST(t.{KEYS[table]} AS TEXT), s.digest, {columns} FROM {table} t LEFT JOIN seal s
        ON s.of_table = ? AND s.row_key = CAST(t.{KEYS[table]} AS TEXT)"""  # noqa: S608 - our own names
    met = 0
    for number, row in enumerate(connection.execute(query, (table,))):
        met += row[1] is not None
        if row[1] != digest(table, names, row[2:]):
            yield Unsealed(table, str(row[0]), _owner(table, dict(zip(names, row[2:], strict=True))))
        if number % _LOOK_EVERY == 0 and stopped():
            return
    sealed = connection.execute("SELECT count(*) FROM seal WHERE of_table = ?", (table,)).fetchone()[0]
    if sealed != met:
        gone = f"""SELECT row_key FROM seal WHERE of_table = ? AND row_key NOT IN
            (SELECT CAST({KEYS[table]} AS TEXT) FROM {table})"""  # noqa: S608 - our own names
        yield from (Unsealed(table, str(key)) for (key,) in connection.execute(gone, (table,)).fetchall())


def _owner(table: str, row: dict[str, Any]) -> str | None:
    found = row.get("id" if table == "declaration" else "declaration_id")
    return None if found is None else str(found)


def rotten_content(connection: Connection, stopped: Callable[[], bool]) -> Iterator[Unsealed]:
    """Yield every row whose body or file does not fit the digest beside it; reads all of them."""
    there = {row[0] for row in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    for table, column in CONTENT.items():
        if table not in there or stopped():
            continue
        whose = "declaration_id" if table not in {"template", "register", "errand", "blob"} else "NULL"
        query = f"SELECT {KEYS[table]}, sha256, CAST({column} AS BLOB), {whose} FROM {table}"  # noqa: S608 - ours
        for key, kept, content, owner in connection.execute(query):
            if not fits(kept, content):
                yield Unsealed(table, str(key), owner)


def fits(kept: object, content: bytes | str | None) -> bool:
    """Whether a content fits its SHA-256, kept as bytes or as text."""
    if not isinstance(content, (bytes, str)):
        return False
    found = hashlib.sha256(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)
    return kept in (found.digest(), found.hexdigest())
