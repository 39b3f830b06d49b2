# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts a copy in the place of the store. The present store is set aside under another name, never written over.

Killed at any moment, either the present store or the restored one lies in its place, and nothing of the present one is
gone. What was queued in the copy may have been sent since: after a restore it is asked about before it is sent.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store import chain, seals
from swclient.store.backups.policy import FOLDER
from swclient.store.backups.problems import BackupError, alone, code_of, no_room, telling
from swclient.store.backups.shelf import settle
from swclient.store.backups.verifying import digest, verify
from swclient.store.driver import connect, errors, is_plain, key_of
from swclient.store.head import Head, head_file
from swclient.store.mail import QUEUED, SENDING, SENT_UNKNOWN
from swclient.store.values import now
from swclient.store.vault import notes
from swclient.store.vault.notes import note_file, noted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from swclient.store.backups.verifying import Verdict
    from swclient.store.vault.keys import Key

_IN_USE = N_("The store {file} is open in another program or window. Close it, then restore; nothing was changed.")
_UNLIKE = N_("What was read of {file} changed while it was read. Nothing was restored; use another copy.")
_PLAIN_NOW = N_(
    "The store was encrypted and this copy is not, so the store is not encrypted now. “swclient store encrypt” does it."
)
_WITH_WAL = b"\x02\x02"
_LINES = """
    SELECT id, title, state,
        (SELECT max(sequence) FROM change_log WHERE declaration_id = declaration.id) FROM declaration
"""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A declaration that had gone on in the store that was set aside.

    Attributes:
        state: its state there.
        restored: its state in the restored store; empty where it is not in it.
    """

    id: str
    title: str
    state: str
    restored: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        copy: what was put in place.
        warning: what could not be told of the copy; None where it was proved good.
        kept: where the store lies that was there before; None where there was none.
        ahead: declarations that are further on in the kept store; None where it cannot be read.
        more: how many records of the log the kept store has more, those of templates among them.
    """

    copy: Path
    warning: Message | None
    kept: Path | None
    ahead: tuple[Ahead, ...] | None
    more: int = 0


def restore(path: Path, copy: Path, clock: Callable[[], datetime] = now) -> Restored:
    """Put a copy in the place of the store at `path`, which must not be open; return what was done.

    Raises:
        BackupError: the copy is not as it was made, the store is in use, or the disk refused. All is as it was.
    """
    verdict = verify(copy)
    if not verdict.usable:
        raise BackupError(verdict.message)
    with telling(path), alone(path.parent / FOLDER):
        _drop_second_names(path)
        part = _brought_here(path, copy)
        try:
            key = _key_of(copy)
            end = _settled(part, key)
            ahead, more = _compared(path, part, key)
            before, after = noted(path), (key.id,) if key else ()
            kept = _set_aside(path, clock())
            notes.write_note(path, *before, *after)  # until it is in its place, either may lie there
            part.replace(path)
            notes.write_note(path, *after)
        finally:
            part.unlink(missing_ok=True)
            _drop_second_names(path)
        _note_end(path, end)
        settle(path.parent)
    return Restored(copy, _doubt(verdict, plain=bool(before) and not after), kept, ahead, more)


def _doubt(verdict: Verdict, *, plain: bool) -> Message | None:
    if not verdict.good:
        return verdict.message
    return Message(_PLAIN_NOW) if plain else None


def _brought_here(path: Path, copy: Path) -> Path:
    """Copy the copy beside the store and see that it arrived whole."""
    part = path.with_name(f"{path.name}.restoring")
    if shutil.disk_usage(path.parent).free < copy.stat().st_size:
        raise no_room(path.parent)
    for ending in ("-journal", "-wal", "-shm"):  # left by a restore that was killed; they may not meet another copy
        part.with_name(part.name + ending).unlink(missing_ok=True)
    try:
        with copy.open("rb") as source, part.open("wb") as target:
            part.chmod(0o600)
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if digest(part) != digest(copy):
        part.unlink()
        raise BackupError(_UNLIKE, file=copy.name)
    return part


def _key_of(copy: Path) -> Key | None:
    connection = connect(copy, "mode=ro&immutable=1")
    try:
        return key_of(connection)
    finally:
        connection.close()


def _settled(part: Path, key: Key | None) -> chain.Link:
    """Have what waits to be sent asked about first; return the end of the log."""
    connection = connect(part, key=key)
    try:
        connection.execute("PRAGMA journal_mode=MEMORY")  # cut short, the file is thrown away as it is
        seals.watch(connection)
        connection.execute("BEGIN IMMEDIATE")
        ask_first(connection)
        writes = seals.seal(connection)
        connection.execute("COMMIT")
        return replace(chain.end_of(connection), writes=writes)
    finally:
        connection.close()


def ask_first(connection: sqlite3.Connection) -> None:
    """Have the office asked about everything unsettled before it is sent: it may have arrived long ago."""
    connection.execute("UPDATE outbox SET state = ? WHERE state IN (?, ?)", (SENT_UNKNOWN, QUEUED, SENDING))


def _compared(path: Path, part: Path, key: Key | None) -> tuple[tuple[Ahead, ...] | None, int]:
    """Return what is further on in the present store than in the one that takes its place."""
    if not path.exists():
        return (), 0
    try:
        (here, end), (there, restored_end) = _lines(path), _lines(part, key)
    except errors():
        return None, 0
    ahead = tuple(
        Ahead(identity, title, state, there[identity][1] if identity in there else "")
        for identity, (title, state, last) in here.items()
        if identity not in there or there[identity][1:] != (state, last)
    )
    return ahead, max(0, end - restored_end)


def _lines(path: Path, key: Key | None = None) -> tuple[dict[str, tuple[str, str, int]], int]:
    """Return title, state and last record of every declaration, and the number of the last record of all."""
    connection = connect(path, "mode=ro", timeout=0, key=key)
    try:
        rows = connection.execute(_LINES).fetchall()
        return {row[0]: (row[1], row[2], row[3]) for row in rows}, chain.end_of(connection).sequence
    finally:
        connection.close()


def _set_aside(path: Path, moment: datetime) -> Path | None:
    """Give the present store another name beside its own, with its write-ahead file and its note.

    The store itself stays in its place too until the restored one replaces it in one step.
    """
    kept = path.with_name(f"{path.name}.kept-{moment.astimezone(UTC).strftime('%Y%m%dT%H%M%S%f')[:-3]}Z")
    if path.exists():
        _release(path, kept)
        _second_name(path, kept)
    for ending in ("-wal", "-shm"):  # none unless the store is damaged; the restored one may not meet them
        path.with_name(path.name + ending).unlink(missing_ok=True)
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        journal.rename(kept.with_name(f"{kept.name}-journal"))
    for note in (head_file, note_file):
        if note(path).exists():
            shutil.copy2(note(path), note(kept))
    settle(path.parent)
    return kept if kept.exists() else None


def _release(path: Path, kept: Path) -> None:
    """Bring the write-ahead file into the store, or where that cannot be done set it aside as it is.

    It is copied first: SQLite throws away one that it finds beside a ruined store.
    """
    wal, aside = (file.with_name(f"{file.name}-wal") for file in (path, kept))
    if wal.exists() and wal.stat().st_size:
        shutil.copyfile(wal, aside)
    try:
        brought_in = _let_go(path)
    except BackupError:
        aside.unlink(missing_ok=True)
        raise
    if brought_in:
        aside.unlink(missing_ok=True)


def _let_go(path: Path) -> bool:
    """Have SQLite let go of a store; return whether its write-ahead file is in it now.

    Raises:
        BackupError: another program has it open.
    """
    with path.open("rb") as stream:
        ours = stream.read(20)[18:] == _WITH_WAL
    plain = is_plain(path)
    connection = connect(path, timeout=0)
    try:
        ours = ours if plain else connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except errors() as error:
        if code_of(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise BackupError(_IN_USE, file=path) from error
        return False  # damaged or no store at all: it is set aside as it is
    finally:
        connection.close()
    if mode == "wal":
        raise BackupError(_IN_USE, file=path)
    return ours


def _second_name(path: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(path)
    except OSError:  # a disk that knows no second names
        if shutil.disk_usage(path.parent).free < path.stat().st_size:
            raise no_room(path.parent) from None
        shutil.copy2(path, kept)
        with kept.open("rb+") as stream:
            os.fsync(stream.fileno())


def _drop_second_names(path: Path) -> None:
    """Take away the second names that a restore cut short has left: a store may have one name only."""
    for kept in path.parent.glob(f"{path.name}.kept-*Z"):
        if path.exists() and kept.samefile(path):
            for file in (kept, kept.with_name(f"{kept.name}-wal"), head_file(kept), note_file(kept)):
                file.unlink(missing_ok=True)


def _note_end(path: Path, end: chain.Link) -> None:
    head_file(path).unlink(missing_ok=True)
    note = Head(path)
    note.write(end)
    note.close()
