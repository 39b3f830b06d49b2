# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One window works on a store: a lock of the system's on a small file beside it, let go whenever its program ends.

However that program ended: the lock is the system's, not the file's being there, so none is ever left behind.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.base.log import log

if TYPE_CHECKING:
    from pathlib import Path

ENDING = ".window"
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_FAR = 1 << 30  # where the locked byte lies: Windows lets nobody read what is locked
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a store open in a window.

    Attributes:
        process: number of the process, 0 where it is not known.
        host: name of the computer, empty where it is not known.
        since: when it was opened (UTC), None where it is not known.
    """

    process: int = 0
    host: str = ""
    since: datetime | None = None


class Instance:
    """The claim of one window to work on a store in a file.

    Args:
        store: its file; the folder is made if it is not there.
    """

    def __init__(self, store: Path) -> None:
        self._file = store.with_name(store.name + ENDING)
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether this claim is in force."""
        return self._handle is not None

    def take(self) -> bool:
        """Claim the store; return whether it is ours now. On a disk that knows no locks nobody is kept out."""
        if self.held:
            return True
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle = _opened(self._file)
        except OSError as error:  # the store beside it will tell
            log.warning("No lock can be made beside the store: %s", error)
            return True
        if not _locked(handle):
            os.close(handle)
            return False
        self._handle = handle
        _write(handle)
        return True

    def let_go(self) -> None:
        """Give the store free for another window; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def holder(self) -> Holder | None:
        """Return who has claimed the store, None where nobody has it now; our own claim counts too."""
        try:
            handle = _opened(self._file, make=False)
        except OSError:
            return None
        try:
            if not self.held and _locked(handle):
                return None
            return _read(handle)
        finally:
            os.close(handle)


def _opened(file: Path, *, make: bool = True) -> int:
    return os.open(file, os.O_RDWR | (os.O_CREAT if make else 0) | getattr(os, "O_BINARY", 0), 0o600)


def _write(handle: int) -> None:
    told = {"process": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat()}
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(told).encode())
    except OSError as error:  # a full disk: the lock is held all the same
        log.warning("It cannot be noted who has the store open: %s", error)


def _read(handle: int) -> Holder:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        told = json.loads(os.read(handle, _MOST))
        return Holder(int(told["process"]), str(told["host"]), datetime.fromisoformat(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()


def _locked(handle: int) -> bool:
    """Lock an open file for nobody else; return whether it is. A disk that cannot lock says yes."""
    try:
        _lock(handle)
    except OSError as error:
        if error.errno in _HELD:
            return False
        log.warning("This disk knows no locks, so a second window is not kept out: %s", error)
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
