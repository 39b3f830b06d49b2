# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong with copies, said for the user; and the lock that lets one program copy at a time."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store.driver import errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL = N_("There is not room enough in {folder} for this copy. Nothing was changed; free some space and try again.")
_REFUSED = N_("{file} cannot be read or written: {reason}. Nothing was changed.")
_BUSY = N_("Another program is copying or restoring in {folder}. Wait until it has finished; nothing was changed.")
_LOCK = ".lock"
_PRIMARY_CODE = 0xFF
_TAKEN = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class BackupError(UserError):
    """A copy could not be made, verified or put back; what was there before is there still."""


class StoppedError(Exception):
    """The program is closing, so the copy under way is given up."""


def code_of(error: Exception) -> int:
    """Return SQLite's primary result code, 0 where there is none."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & _PRIMARY_CODE


def no_room(folder: Path) -> BackupError:
    """Return what to say where a disk is full."""
    return BackupError(_FULL, folder=folder)


@contextlib.contextmanager
def telling(file: Path) -> Iterator[None]:
    """Turn what the disk or SQLite says about a file into words.

    Raises:
        BackupError: the disk is full or refused, or the file cannot be read.
    """
    try:
        yield
    except errors() as error:
        if code_of(error) == sqlite3.SQLITE_FULL:
            raise no_room(file.parent) from error
        raise BackupError(_REFUSED, reason=error, file=file) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise no_room(file.parent) from error
        raise BackupError(_REFUSED, reason=error.strerror or error, file=file) from error


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only program that copies in a folder; the system lets go of it even when we are killed.

    Raises:
        BackupError: another one is at it, or the folder cannot be written to.
    """
    with telling(folder / _LOCK):
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        _hold(lock, folder)
        yield
    finally:
        lock.close()


def _hold(lock: sqlite3.Connection, folder: Path) -> None:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except errors() as error:
        if code_of(error) in _TAKEN:
            raise BackupError(_BUSY, folder=folder) from error
        raise BackupError(_REFUSED, reason=error, file=folder / _LOCK) from error
