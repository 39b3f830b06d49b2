# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a copy of a store that is in use, verifies it, and only then gives it its name and rotates the old ones."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.store import database
from swclient.store.backups.problems import BackupError, StoppedError, alone, no_room, telling
from swclient.store.backups.shelf import (
    PART,
    Copy,
    Extent,
    Note,
    copies_in,
    extent_of,
    holds,
    name_of,
    next_number,
    rotate,
    settle,
    sweep,
    write_note,
)
from swclient.store.backups.verifying import digest, never, sound
from swclient.store.driver import connect, errors, key_of
from swclient.store.values import now

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from swclient.store.backups.policy import Policy
    from swclient.store.vault.keys import Key

_PAGES = 1024
_ONLY_ONE = N_("The copy {file} was made. The second one was not: {reason}")
_UNNOTED = N_("The copy {file} has no note, so it is not copied on.")
_EMPTY = N_("There is nothing in the store {file} to copy yet.")
_SHORT = N_(
    "The disk of {folder} has {free} MiB free; a copy needs {needed} MiB and must leave {reserve} MiB for work. No "
    "copy was made; free some space."
)
_DAMAGED = N_(
    "No copy was made, because the store {file} is damaged: {reason}. The older copies are kept. Save what can be read "
    "with “swclient backup recover”, or put a copy back with “swclient backup restore”."
)
_BADLY_WRITTEN = N_("The copy in {folder} does not read back as it was written. It was removed; check the disk.")
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the copies of a store.

    Attributes:
        last: the newest copy that the store has grown out of; None for none.
        behind: how many edits and events of the store are not in it.
    """

    last: Copy | None
    behind: int


def standing(path: Path, folder: Path) -> Standing:
    """Return how it stands with the copies in a folder; reads their notes, not the copies.

    Raises:
        BackupError: the store cannot be read.
    """
    with telling(path):
        connection = database.connect_reading(path)
        try:
            here = extent_of(connection)
            for copy in copies_in(folder):
                if copy.note is not None and copy.whole and holds(connection, copy.note.extent):
                    return Standing(copy, copy.note.extent.behind(here))
        finally:
            connection.close()
    return Standing(None, Extent(here.store, 0, "", 0).behind(here))


def store_of(path: Path) -> str:
    """Return which store lies at `path` (`Extent.store`); empty where that cannot be read."""
    if not path.exists():
        return ""
    try:
        connection = database.connect_reading(path)
    except errors():
        return ""
    try:
        return extent_of(connection).store
    except errors():
        return ""
    finally:
        connection.close()


def make(
    path: Path,
    folder: Path,
    policy: Policy,
    stopped: Callable[[], bool] = never,
    clock: Callable[[], datetime] = now,
) -> Copy:
    """Copy a store, in use or not, into a folder; return the copy, verified.

    Raises:
        BackupError: nothing to copy, no room, a damaged store, a failing disk, or another program copying there.
        StoppedError: `stopped` said so; nothing of it is left.
    """
    with alone(folder), telling(folder):
        sweep(folder)
        moment = clock()
        part, extent, key = _copied(path, folder, policy, moment, stopped)
        try:
            copy = _finished((part, key), extent, moment, path, stopped)
        finally:
            part.unlink(missing_ok=True)
        rotate(folder, extent.store, policy)
    return copy


def make_second(copy: Copy, folder: Path, policy: Policy, stopped: Callable[[], bool] = never) -> Copy:
    """Put a verified copy into another folder too, and read it back; return it.

    Raises:
        BackupError: the folder is not there, has no room, or does not give back what was written.
        StoppedError: `stopped` said so.
    """
    note = copy.note
    if note is None:
        raise BackupError(_UNNOTED, file=copy.file.name)
    try:
        return _put_there_too(copy, note, folder, policy, stopped)
    except BackupError as error:
        raise BackupError(_ONLY_ONE, file=copy.file.name, reason=error.message) from error


def _put_there_too(copy: Copy, note: Note, folder: Path, policy: Policy, stopped: Callable[[], bool]) -> Copy:
    with telling(folder):
        folder.stat()  # a memory stick that is not there must not become a folder where it would have been
    with alone(folder), telling(folder):
        sweep(folder)
        _need_room(folder, note.size, 0)
        part = folder / (copy.file.name + PART)
        try:
            shutil.copyfile(copy.file, part)
            _to_disk(part)
            if digest(part, stopped) != note.sha256 and not stopped():
                raise BackupError(_BADLY_WRITTEN, folder=folder)
            second = _named(part, note, stopped)
        finally:
            part.unlink(missing_ok=True)
        rotate(folder, note.extent.store, policy)
    return second


def _copied(
    path: Path, folder: Path, policy: Policy, moment: datetime, stopped: Callable[[], bool]
) -> tuple[Path, Extent, Key | None]:
    """Copy one moment of a store into a file that has no name yet; whoever writes meanwhile is not held up."""
    if not path.exists():
        raise database.absent(path)
    source = database.connect_reading(path)
    try:
        source.execute("BEGIN")
        extent = extent_of(source)  # from here on the connection sees this moment of the store
        if not extent.store:
            raise BackupError(_EMPTY, file=path.name)
        # SQLCipher tells numbers as text.
        pages, size = (int(source.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
        _need_room(folder, pages * size, policy.reserve)
        part = folder / (name_of(extent, moment) + PART)
        try:
            copy_pages(source, part, stopped)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return part, extent, key_of(source)
    finally:
        source.close()


def copy_pages(source: sqlite3.Connection, target: Path, stopped: Callable[[], bool] = never) -> None:
    """Write what a connection sees into one new file, with no write-ahead file, and bring it to the disk."""

    def look(_status: int, _left: int, _all: int) -> None:
        if stopped():
            raise StoppedError

    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    beside = connect(target, key=key_of(source))
    try:
        beside.execute("PRAGMA synchronous=OFF")  # it is synced once, when it is whole
        source.backup(beside, pages=_PAGES, progress=look)
        beside.execute("PRAGMA journal_mode=DELETE")
    finally:
        beside.close()
    _to_disk(target)


def _finished(
    made: tuple[Path, Key | None], extent: Extent, moment: datetime, path: Path, stopped: Callable[[], bool]
) -> Copy:
    """Verify a file that was just written and give it its name."""
    part, key = made
    written = connect(part, "mode=ro&immutable=1", key=key)
    try:
        trouble, _records = sound(written, stopped)
        same = trouble is not None or extent_of(written) == extent
    finally:
        written.close()
    if stopped():
        raise StoppedError
    if trouble is not None:
        raise BackupError(_DAMAGED, file=path.name, reason=trouble)
    if not same:
        raise BackupError(_BADLY_WRITTEN, folder=part.parent)
    number = next_number(part.parent, extent.store)
    note = Note(moment, extent, part.stat().st_size, digest(part, stopped), number, key.id if key else "")
    return _named(part, note, stopped)


def _named(part: Path, note: Note, stopped: Callable[[], bool]) -> Copy:
    if stopped():
        raise StoppedError
    file = part.with_name(part.name.removesuffix(PART))
    write_note(file, note)
    part.replace(file)
    settle(file.parent)
    return Copy(file, note)


def _need_room(folder: Path, needed: int, reserve: int) -> None:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # a disk that does not tell; the writing itself will
    if free < needed:
        raise no_room(folder)
    if free < needed + reserve:
        free, needed, reserve = (round(amount / _MIB) for amount in (free, needed, reserve))
        raise BackupError(_SHORT, folder=folder, free=free, needed=needed, reserve=reserve)


def _to_disk(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
