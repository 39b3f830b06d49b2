# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The note beside the store that says where its log of changes ended.

A cut tail leaves a perfect chain, so the end of the chain is also kept outside: `<store>.head`, two
slots written in turn, each with its own check, so that a torn write loses one note and never both.
It is not synced at each commit (that would double the price of a keystroke), so after a power cut
it may be behind; it is never ahead. A note also counts the transactions outside the log; one of version 3 did not.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

from swclient.store.chain import Link

if TYPE_CHECKING:
    from pathlib import Path

_SLOT = 128
_CHECK = 16
_PARTS = 4
_PARTS_BEFORE = 3


def head_file(store: Path) -> Path:
    """Return where the note of a store lies."""
    return store.with_name(f"{store.name}.head")


def read_head(store: Path) -> Link | None:
    """Return the newest note that can be read; None where there is none."""
    try:
        content = head_file(store).read_bytes()
    except OSError:
        return None
    slots = (_parse(content[start : start + _SLOT]) for start in (0, _SLOT))
    return max((slot for slot in slots if slot), key=lambda link: (link.sequence, link.writes), default=None)


def _parse(slot: bytes) -> Link | None:
    parts = slot.decode("ascii", "replace").split()
    if len(parts) not in {_PARTS, _PARTS_BEFORE} or parts[-1] != _check(*parts[:-1]):
        return None
    return Link(int(parts[0]), bytes.fromhex(parts[1]), *map(int, parts[2:-1]))


def _check(*words: str) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:_CHECK]


class Head:
    """The note, held open for writing by the thread that commits."""

    def __init__(self, store: Path) -> None:
        self._file = head_file(store)
        self._open: int | None = None
        self._turn = 0
        self._kept = False

    def keep_aside(self, link: Link) -> None:
        """Copy a note that contradicts the store: writing a new one must destroy no evidence."""
        aside = self._file.with_name(f"{self._file.name}.{link.sequence}")
        if not aside.exists():
            aside.write_bytes(self._file.read_bytes())

    def write(self, link: Link) -> None:
        """Note the end of the chain; failing to is not worth failing a saved change for."""
        with contextlib.suppress(OSError):
            if self._open is None:
                self._open = os.open(self._file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            words = (str(link.sequence), link.hash.hex(), str(link.writes))
            line = " ".join((*words, _check(*words)))
            os.lseek(self._open, self._turn * _SLOT, os.SEEK_SET)
            os.write(self._open, line.ljust(_SLOT - 1).encode() + b"\n")
            self._turn = 1 - self._turn

    def close(self) -> None:
        """Bring the note to the disk and let go of it."""
        if self._open is not None:
            with contextlib.suppress(OSError):
                os.fsync(self._open)
            os.close(self._open)
            self._open = None


def contradicts(head: Link | None, found: bytes | None) -> bool:
    """Whether the store's record at the noted number (its hash, None for none) is another one."""
    return head is not None and head.sequence > 0 and found != head.hash
