# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of copies: how they are named, the note beside each, which are kept.

A copy is `NAME.db` with `NAME.db.json` beside it. The note is written first and the copy gets its name last, so that
half a copy never looks like one. Several stores may share a folder: the name tells which store a copy is of.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.store.values import to_moment, to_text
from swclient.store.vault.notes import note_file as key_note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from swclient.store.backups.policy import Policy

PART = ".part"
_NAME = re.compile(r"declarations-[0-9a-f]{12}-\d{8}T\d{9}Z-\d+\.db")
_FIRST = "SELECT hash FROM change_log WHERE sequence = 1"
_END = "SELECT sequence, hash FROM change_log ORDER BY sequence DESC LIMIT 1"
_EVENTS = "SELECT coalesce(max(id), 0) FROM event"


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a store has come.

    Attributes:
        store: the hash of its first record, in part: which store it is; empty while nothing is in it.
        sequence: number of the last record of the log.
        end: hash of that record, hexadecimal.
        events: number of the last event of all timelines.
    """

    store: str
    sequence: int
    end: str
    events: int

    def behind(self, other: Extent) -> int:
        """Return how many edits and events another extent has more."""
        return max(0, other.sequence - self.sequence) + max(0, other.events - self.events)


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted beside a copy when it has been verified.

    Attributes:
        made_at: when, in UTC.
        extent: how far the store had come.
        size: of the file, in bytes.
        sha256: of the file, hexadecimal.
        number: which copy of its store it is, counted from 1: the clock may have been set back since the one before.
        key: id of the key that it is encrypted with; empty where it is not.
    """

    made_at: datetime
    extent: Extent
    size: int
    sha256: str
    number: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in a folder; `note` is None where none lies beside it that can be read."""

    file: Path
    note: Note | None

    @property
    def whole(self) -> bool:
        """Whether the file is as long as its note says: what can be told without reading it."""
        return self.note is not None and self.file.stat().st_size == self.note.size


def extent_of(connection: sqlite3.Connection) -> Extent:
    """Return how far a store has come.

    Raises:
        sqlite3.Error: it cannot be read, or the log is rotten there.
    """
    first = connection.execute(_FIRST).fetchone()
    end = connection.execute(_END).fetchone() or (0, b"")
    events = connection.execute(_EVENTS).fetchone()[0]
    return Extent(_hex(first[0])[:12] if first else "", end[0], _hex(end[1]), events)


def _hex(digest: object) -> str:
    if not isinstance(digest, bytes):
        raise sqlite3.DatabaseError("a hash in the log is rotten")  # as SQLite itself says of what it sees
    return digest.hex()


def holds(connection: sqlite3.Connection, extent: Extent) -> bool:
    """Whether a store has grown out of that extent: everything then in it is in the store still."""
    found = connection.execute("SELECT hash FROM change_log WHERE sequence = ?", (extent.sequence,)).fetchone()
    return found is not None and _hex(found[0]) == extent.end


def name_of(extent: Extent, moment: datetime) -> str:
    """Return how a copy of that extent is called."""
    at = moment.astimezone(UTC).strftime("%Y%m%dT%H%M%S%f")[:-3]
    return f"declarations-{extent.store}-{at}Z-{extent.sequence}.db"


def note_file(copy: Path) -> Path:
    """Return where the note of a copy lies."""
    return copy.with_name(f"{copy.name}.json")


def read_note(copy: Path) -> Note | None:
    """Return the note beside a copy; None where there is none that can be read."""
    try:
        told = json.loads(note_file(copy).read_text(encoding="utf-8"))
        extent = Extent(**told["extent"])
        size, number = int(told["size"]), int(told["number"])
        return Note(to_moment(told["made_at"]), extent, size, str(told["sha256"]), number, str(told.get("key", "")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_note(copy: Path, note: Note) -> None:
    """Write the note of a copy, whole or not at all."""
    told = asdict(note) | {"made_at": to_text(note.made_at)}
    target = note_file(copy)
    part = target.with_name(target.name + PART)
    with part.open("w", encoding="utf-8") as stream:
        json.dump(told, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(target)


def settle(folder: Path) -> None:
    """Bring new names in a folder to the disk, where the system knows how."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def copies_in(folder: Path) -> tuple[Copy, ...]:
    """Return the copies in a folder, the last made first; those without a note come last."""
    try:
        files = [file for file in folder.iterdir() if _NAME.fullmatch(file.name)]
    except OSError:
        return ()
    found = [Copy(file, read_note(file)) for file in files]
    return tuple(sorted(found, key=_moment, reverse=True))


def _moment(copy: Copy) -> tuple[int, str]:
    return copy.note.number if copy.note else 0, copy.file.name


def next_number(folder: Path, store: str) -> int:
    """Return the number of the next copy of a store."""
    notes = (copy.note for copy in copies_in(folder))
    return 1 + max((note.number for note in notes if note is not None and note.extent.store == store), default=0)


def sweep(folder: Path) -> None:
    """Clear away what a copying that was cut short has left; call it only while nobody else copies there."""
    for file in folder.iterdir():
        widowed = file.suffix == ".json" and not file.with_suffix("").exists()
        if _NAME.match(file.name) and (PART in file.name or widowed):
            file.unlink(missing_ok=True)


def rotate(folder: Path, store: str, policy: Policy) -> tuple[Path, ...]:
    """Remove the copies of a store that need not be kept; return them.

    They count in the order in which they were made, and days are those on which there are copies: a clock that jumps
    removes nothing.
    """
    copies = [copy for copy in copies_in(folder) if copy.note and copy.note.extent.store == store and copy.whole]
    kept = {copy.file for copy in copies[: policy.keep_last]} | set(_last_of_days(copies, policy.keep_days))
    gone = tuple(copy.file for copy in copies if copy.file not in kept)
    for file in gone:
        file.unlink(missing_ok=True)
        note_file(file).unlink(missing_ok=True)
        key_note(file).unlink(missing_ok=True)
    return gone


def _last_of_days(copies: Iterable[Copy], days: int) -> list[Path]:
    latest: dict[object, Path] = {}
    for copy in copies:
        if copy.note is not None:
            latest.setdefault(copy.note.made_at.astimezone().date(), copy.file)
    return list(latest.values())[:days]
