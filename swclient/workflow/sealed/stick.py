# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file on a stick: written whole or not at all, read back before it is believed, and read within bounds.

A stick is pulled out, fills up, or wears out. Until the last step the file has another name, so that half a file
never looks like a package.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from swclient.base.errors import OutsideError, UserError
from swclient.base.i18n import N_

PART = ".part"
NOT_WRITTEN = N_(
    "{file} could not be written: {reason}. Nothing was lost, the outbox is as it was. "
    "Free some space on the stick or take another one, and seal again."
)
NOT_SURE = N_(
    "{file} was written, but cannot be read back: {reason}. Do not rely on it: take another stick and seal again. "
    "What is in it is asked about before it is sent."
)
NOT_READ = N_("{file} cannot be read: {reason}")
TOO_LARGE = N_("{file} is larger than {limit} MiB; no sealed package is.")
EXISTS = N_("{file} is there already; packages are never written over each other.")
OTHERWISE = N_("other bytes came back")


class MaybeWrittenError(OutsideError):
    """A file may be there, whole or not."""


def write_whole(target: Path, content: bytes) -> None:
    """Write a new file so that it is there whole or not at all.

    Raises:
        UserError: there is such a file already.
        OutsideError: it could not be written; it is not there.
        MaybeWrittenError: it may be there.
    """
    if target.exists():
        raise UserError(EXISTS, file=str(target))
    part = target.with_name(target.name + PART)
    try:
        _write(part, content)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutsideError(NOT_WRITTEN, file=str(target), reason=error.strerror or str(error)) from error
    try:
        part.replace(target)
        _sync_folder(target.parent)
        same = _read_back(target) == content
    except OSError as error:
        raise MaybeWrittenError(NOT_SURE, file=str(target), reason=error.strerror or str(error)) from error
    if not same:
        with contextlib.suppress(OSError):
            target.unlink()
        raise MaybeWrittenError(NOT_SURE, file=str(target), reason=OTHERWISE)


def read_capped(file: Path, limit: int) -> bytes:
    """Return the bytes of a file.

    Args:
        file: the file.
        limit: bytes that it may have at most.

    Raises:
        UserError: it cannot be read, or is larger.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise UserError(NOT_READ, file=str(file), reason=error.strerror or str(error)) from error
    if len(content) > limit:
        raise UserError(TOO_LARGE, file=str(file), limit=limit >> 20)
    return content


def _write(part: Path, content: bytes) -> None:
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some sticks' file systems cannot sync a folder
            raise
    finally:
        os.close(held)


def _read_back(target: Path) -> bytes:
    """Return what the stick gives back, past the memory of the system where that can be asked for."""
    with target.open("rb") as stream:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return stream.read()
