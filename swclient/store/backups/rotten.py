# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what can be read of a damaged database: row by row around what is rotten, and only rows that fit their digest.

Works on a copy of the file, because even looking at a database with a write-ahead file may change it.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

from swclient.store import chain, seals, tombstones
from swclient.store.driver import connect, errors
from swclient.store.vault import notes
from swclient.store.vault.notes import noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_AT_ONCE = 256
_FAR = 1 << 16
"""So many numbers in a row with nothing to read end a table whose end cannot be read."""
_JUMP, _BEYOND = 1 << 20, 1 << 32


class _Text(bytes):
    """A text as it lies on the disk; bits may have made it unreadable."""


def opened(source: Path, folder: Path) -> sqlite3.Connection:
    """Copy a damaged store into a folder and open the copy as far as SQLite can.

    Raises:
        sqlite3.Error: nothing in it can be read.
    """
    copy = folder / "damaged.db"
    for ending in ("", "-wal"):
        beside = source.with_name(source.name + ending)
        if beside.exists():
            shutil.copyfile(beside, copy.with_name(copy.name + ending))
    notes.write_note(copy, *noted(source))
    connection = connect(copy)
    try:
        connection.text_factory = _Text
        connection.execute("PRAGMA writable_schema=ON")  # a file that was cut is refused otherwise
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except errors():
        connection.close()
        raise
    return connection


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns of a table, none where it is not there."""
    try:
        found = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    except errors():
        return []
    return [name.decode() if isinstance(name, bytes) else name for name in found]


def rows_of(
    connection: sqlite3.Connection, table: str, columns: list[str], least: int = 0
) -> Iterator[tuple[int, tuple[Any, ...] | None]]:
    """Yield the rows of a table by number; None for one that is there and cannot be read.

    Args:
        connection: what `opened` returned.
        table: its name.
        columns: those that are wanted.
        least: the last number that the table is known to have had.
    """
    last = _last(connection, table)
    query = f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE rowid"  # noqa: S608 - our own names
    before, silent = 0, 0
    while silent < _FAR or before < least:
        found = _following(connection, query, before)
        if found:
            yield from ((number, _readable(row)) for number, row in found.items())
            before, silent = max(found), 0
        elif found is None:
            found, rotten = _one_by_one(connection, query, before)
            for number in sorted({*found, *(each for each in rotten if each <= last)}):
                yield number, _readable(found.get(number))
            before, silent = before + _AT_ONCE, 0 if found else silent + _AT_ONCE
        else:
            return


def _last(connection: sqlite3.Connection, table: str) -> int:
    """Return the last number of a table, 0 where that cannot be read or cannot be true."""
    try:
        last = int(connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0])  # noqa: S608 - ours
    except errors():
        return 0
    return last if last < _BEYOND else 0


def _following(connection: sqlite3.Connection, query: str, before: int) -> dict[int, tuple[Any, ...]] | None:
    """Return the next rows by number, none at the end, None where they cannot be read as they stand."""
    try:
        rows = connection.execute(f"{query} > ? ORDER BY rowid LIMIT {_AT_ONCE}", (before,)).fetchall()
    except errors():
        return None
    if rows and rows[-1][0] - before > _JUMP:
        return None  # a rotten number would hide every row up to it
    return {row[0]: row[1:] for row in rows}


def _one_by_one(
    connection: sqlite3.Connection, query: str, before: int
) -> tuple[dict[int, tuple[Any, ...]], list[int]]:
    """Return the rows of the next numbers, and the numbers that cannot be read."""
    found: dict[int, tuple[Any, ...]] = {}
    rotten = []
    for number in range(before + 1, before + _AT_ONCE + 1):
        try:
            found |= {row[0]: row[1:] for row in connection.execute(f"{query} = ?", (number,))}
        except errors():
            rotten.append(number)
    return found, rotten


def _readable(values: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    if values is None:
        return None
    try:
        return tuple(value.decode() if isinstance(value, _Text) else value for value in values)
    except UnicodeDecodeError:
        return None


def seals_of(connection: sqlite3.Connection) -> dict[tuple[str, str], bytes]:
    """Return the seals that can be read, by table and row; none from a store that is older than they are."""
    found: dict[tuple[str, str], bytes] = {}
    with contextlib.suppress(*errors()):
        for table, key, digest in connection.execute("SELECT of_table, row_key, digest FROM seal"):
            found[bytes(table).decode("utf-8", "replace"), bytes(key).decode("utf-8", "replace")] = bytes(digest)
    return found


def fits(table: str, row: dict[str, Any], kept: dict[tuple[str, str], bytes]) -> bool:
    """Whether a row fits its seal and its content the digest beside it; a row without either has nothing against it."""
    content = seals.CONTENT.get(table)
    if not {seals.KEYS[table], *([content, "sha256"] if content else [])} <= row.keys():
        return False  # the name of a column rotted
    if content is not None and not seals.fits(row["sha256"], row[content]):
        return False
    due = kept.get((table, str(row[seals.KEYS[table]])))
    names = [name for name in row if name != content]
    return due is None or due == seals.digest(table, names, tuple(row[name] for name in names))


Record = tuple[int, str, str]
"""Number, declaration and text of a record of the log."""


def sound_records(connection: sqlite3.Connection, noted: int, lost: Callable[[int], None]) -> Iterator[Record]:
    """Yield the records that the chain vouches for, or has nothing against; call `lost` with the number of every other.

    A record is vouched for by the hash before it and its own; where its own is what rotted, by the one after it.
    """
    columns = ["declaration_id", "record", "hash"]
    rows = rows_of(connection, "change_log", columns, noted)
    previous: bytes | None = chain.GENESIS
    number, here = 0, None
    accounted = _accounted(connection)
    for number, here, after in _with_next(rows, noted):
        if here is not None and here[1] == "" and number in accounted:
            previous = here[2]
            continue
        good, previous = _judged(previous, here, after)
        if good and here is not None:
            yield number, here[0], here[1]
        else:
            lost(number)


def _accounted(connection: sqlite3.Connection) -> set[int]:
    """Return which records were emptied for ever, as far as that can be read."""
    try:
        return tombstones.accounted(connection)
    except errors(TypeError, ValueError, AttributeError):
        return set()


def _with_next(
    rows: Iterator[tuple[int, tuple[Any, ...] | None]], noted: int
) -> Iterator[tuple[int, tuple[Any, ...] | None, tuple[Any, ...] | None]]:
    """Yield every number from the first on, gaps too, with its row and the row after it."""
    held: tuple[Any, ...] | None = None
    number = 0
    for found, row in rows:
        while number and number < found - 1:
            yield number, held, None
            number, held = number + 1, None
        if number:
            yield number, held, row
        else:
            yield from ((gap, None, None) for gap in range(1, found))
        number, held = found, row
    if number:
        yield number, held, None
    yield from ((gap, None, None) for gap in range(number + 1, noted + 1))


def _judged(
    previous: bytes | None, here: tuple[Any, ...] | None, after: tuple[Any, ...] | None
) -> tuple[bool, bytes | None]:
    """Return whether a record is to be believed, and the hash that the next one follows; None for not known."""
    if here is None or not isinstance(here[0], str) or not isinstance(here[1], str):
        return False, None if here is None or not isinstance(here[2], bytes) else here[2]
    kept = here[2] if isinstance(here[2], bytes) else None
    if previous is None:
        return True, kept
    due = chain.linked(previous, here[0], here[1])
    if due == kept:
        return True, kept
    vouched = after is not None and chain.linked(due, str(after[0]), str(after[1])) == after[2]
    return vouched, due if vouched else kept
