# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a watched folder was given and has given, a line each: files may be taken away, what happened stays.

A line that a crash cut off, or that is no line of ours, counts for nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Sent:
    """Something handed over: the digest of its bytes, and the conversation that it belongs to."""

    sha256: str
    conversation: str


class Journal:
    """The journal of one folder; every line is on the disk before its caller goes on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_to = 0
        self._sent: dict[str, Sent] = {}
        self._seen: dict[str, int] = {}

    def note_sent(self, key: str, sent: Sent) -> None:
        """Note that a file is about to get its name in `out`."""
        self._add({"sent": key, "sha256": sent.sha256, "conversation": sent.conversation})

    def sent(self, key: str) -> Sent | None:
        """Return what was handed over under a key, None where nothing was."""
        self._refresh()
        return self._sent.get(key)

    def number(self, digest: str) -> int:
        """Return the running number of an answer; a new one where it was never seen."""
        self._refresh()
        if digest not in self._seen:
            self._add({"seen": digest, "number": max(self._seen.values(), default=0) + 1})
            self._refresh()
        return self._seen[digest]

    def _add(self, row: dict[str, Any]) -> None:
        # A line begins with its own end, so that one cut off before it spoils nothing.
        line = b"\n" + json.dumps(row).encode() + b"\n"
        with self._path.open("ab") as stream:
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())

    def _refresh(self) -> None:
        if not self._path.exists():
            return
        with self._path.open("rb") as stream:
            stream.seek(self._read_to)
            fresh = stream.read(_MOST_BYTES)
        whole = fresh.rfind(b"\n") + 1
        self._read_to += whole
        for line in fresh[:whole].splitlines():
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not isinstance(row, dict):
            return
        if isinstance(row.get("sent"), str):
            self._sent[row["sent"]] = Sent(str(row.get("sha256")), str(row.get("conversation")))
        elif isinstance(row.get("seen"), str) and type(row.get("number")) is int:
            self._seen.setdefault(row["seen"], row["number"])
