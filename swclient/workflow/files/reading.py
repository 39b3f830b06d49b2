# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a file of the user's whole, within a limit, and only if it held still meanwhile."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import FileIO

_UNREADABLE = N_("{file} cannot be read: {reason}")
_NO_FILE = N_("{file} is not a file that can be attached; choose a file, not a folder or a device.")
_TOO_LARGE = N_("“{file}” has {size} bytes; a file may have {cap} bytes at most. Attach a smaller one.")
_CHANGED = N_("“{file}” changed while it was read. Close the program that writes it, then attach it again.")
_STOPPED = N_("“{file}” was not attached: the program is closing.")
_AT_ONCE = 1 << 20


def read_steady(file: Path, most: int, stopped: Callable[[], bool]) -> bytes:
    """Return the bytes of a file.

    Args:
        file: what is read.
        most: so many bytes it may have.
        stopped: looked at before every part of a mebibyte; ends the reading.

    Raises:
        UserError: it cannot be read, is no file, is too large, changes while it is read, or the reading is stopped.
    """
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb", buffering=0) as stream:
            before = os.fstat(stream.fileno())
            _refuse(file, before, most)
            content = _whole(stream, file, most, stopped)
            after = os.fstat(stream.fileno())
    except IsADirectoryError as error:
        raise UserError(_NO_FILE, file=str(file)) from error
    except OSError as error:
        raise UserError(_UNREADABLE, file=str(file), reason=error.strerror or str(error)) from error
    if _look(after) != _look(before) or len(content) != before.st_size:
        raise UserError(_CHANGED, file=file.name)
    return content


def _refuse(file: Path, found: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise UserError(_NO_FILE, file=str(file))
    if found.st_size > most:
        raise UserError(_TOO_LARGE, file=file.name, size=found.st_size, cap=most)


def _whole(stream: FileIO, file: Path, most: int, stopped: Callable[[], bool]) -> bytes:
    """Return everything that can be read, up to a part beyond the limit: a file may grow."""
    content = bytearray()
    while len(content) <= most:
        if stopped():
            raise UserError(_STOPPED, file=file.name)
        part = stream.read(_AT_ONCE)
        if not part:
            break
        content += part
    return bytes(content)


def _look(seen: os.stat_result) -> tuple[int, int]:
    return seen.st_size, seen.st_mtime_ns
