# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing a file whole or not at all: whenever the power goes, the old one is there or the new one."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from swclient.base.errors import UserError
from swclient.base.i18n import N_

_PUBLIC, _PRIVATE = 0o666, 0o600  # before the user's mask


def replace_file(target: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file whole or not at all, on the disk when this returns; `private`: for nobody but its owner.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(part, flags, _PRIVATE if private else _PUBLIC), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
        _settle(target.parent)
    finally:
        part.unlink(missing_ok=True)


def write_file(target: Path, content: bytes) -> None:
    """Write a file that the user asked for, whole or not at all.

    Raises:
        UserError: it cannot be written; says which and why, and what was there before is there still.
    """
    try:
        replace_file(target, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(N_("{file} cannot be written: {reason}"), file=str(target), reason=reason) from error


def _settle(folder: Path) -> None:
    """Bring the new name to the disk, where the system knows how."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
