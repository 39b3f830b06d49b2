# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that appear as files: taken when whole, known by their digest, moved aside when they are in the store.

A name is only ever looked at, never followed: no link, no folder, nothing that is no plain file. What names none of
our files stays where it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from swclient.transport.office import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from swclient.transport.folder_journal import Journal

MOST_BYTES = 16 << 20
STILL_SECONDS = 5.0
"""How long a file that cannot prove to be whole must have been left alone."""

_TYPES = {".xml": "application/xml; charset=utf-8", ".json": "application/json", ".txt": "text/plain; charset=utf-8"}
_END = b"\nEND"
_REFERENCE = ("Declarant", "Reference", "Number")
_PLAIN = re.compile(r"[^A-Za-z0-9._-]")


class Answers:
    """The files of one folder.

    Args:
        inbox: where they appear.
        kept: where they go when they are in the store; made when it is first needed.
        journal: gives each its running number.
    """

    def __init__(self, inbox: Path, kept: Path, journal: Journal) -> None:
        self._inbox, self._kept, self._journal = inbox, kept, journal
        self._fetched: set[str] = set()

    def notices(self, key: str, references: frozenset[str], after: int, limit: int) -> tuple[Notice, ...]:
        """Return the notices of answers to a key above a number; move aside what is up to it, or was fetched before.

        What was moved aside is listed too while it is above the number, so that nothing is lost to a store that
        failed to keep it.

        Raises:
            OSError: the folder cannot be read.
        """
        found = []
        for file in _plain_files(self._inbox):
            content = _whole(file)
            if content is None or not (file.stem.startswith(key) or reference_in(content) in references):
                continue
            digest = hashlib.sha256(content).hexdigest()
            number = self._journal.number(digest)
            if number <= after or digest in self._fetched:
                self._put_aside(file, key, number)
            if number > after and file.exists():
                place = f"{self._inbox.name}/{file.name}"
                found.append(Notice(digest, number, key, _TYPES[file.suffix.lower()], place))
        found += self._set_aside(key, after, {notice.id for notice in found})
        return tuple(sorted(found, key=lambda notice: notice.sequence))[:limit]

    def read(self, notice: Notice) -> bytes | None:
        """Return the bytes of a notice's file, None where they are no longer those."""
        content = _read(self._inbox.parent / notice.path)
        if content is None or hashlib.sha256(content).hexdigest() != notice.id:
            return None
        self._fetched.add(notice.id)
        return content

    def _put_aside(self, file: Path, key: str, number: int) -> None:
        folder = self._kept / key
        with contextlib.suppress(OSError):  # it stays where it is, and is passed by
            folder.mkdir(parents=True, exist_ok=True)
            file.replace(folder / f"{number:06}-{_PLAIN.sub('_', file.name)[-80:]}")

    def _set_aside(self, key: str, after: int, known: set[str]) -> Iterator[Notice]:
        """Return what was moved aside and is new to whoever asks: the store may have been put back since."""
        folder = self._kept / key
        for file in _plain_files(folder) if folder.is_dir() else ():
            text = file.name.partition("-")[0]
            if not text.isdecimal() or int(text) <= after:
                continue
            content = _read(file)
            digest = hashlib.sha256(content or b"").hexdigest()
            if content is not None and digest not in known:
                place = f"{self._kept.name}/{key}/{file.name}"
                yield Notice(digest, int(text), key, _TYPES[file.suffix.lower()], place)


def _plain_files(folder: Path) -> list[Path]:
    """Return the plain files of a folder that may be answers, the oldest first."""
    with os.scandir(folder) as entries:
        found = [
            (entry.stat(follow_symlinks=False), Path(entry.path))
            for entry in entries
            if entry.is_file(follow_symlinks=False) and not entry.name.startswith(".")
        ]
    right = [(told.st_mtime_ns, file) for told, file in found if file.suffix.lower() in _TYPES]
    return [file for _, file in sorted(right, key=lambda each: (each[0], each[1].name))]


def _read(file: Path) -> bytes | None:
    """Return the bytes of a plain file, None where it is none, is too large, or is gone."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as stream:
        told = os.fstat(stream.fileno())
        if not stat.S_ISREG(told.st_mode) or told.st_size > MOST_BYTES:
            return None
        content = stream.read(MOST_BYTES + 1)
        after = os.fstat(stream.fileno())
    same = (told.st_size, told.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return content if same and len(content) == told.st_size else None


def _whole(file: Path) -> bytes | None:
    """Return the bytes of a file that nobody is still writing, None for any other.

    XML that is closed is whole, and a text whose last line is END. What is not must have been left alone for a while.
    """
    content = _read(file)
    if not content:
        return None
    closed = _closed(content) if file.suffix.lower() == ".xml" else content.rstrip().endswith(_END)
    if closed:
        return content
    try:
        alone = time.time() - file.stat().st_mtime
    except OSError:
        return None
    return content if alone > STILL_SECONDS or alone < -STILL_SECONDS else None


def _closed(content: bytes) -> bool:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - it knows its argument by place only
    except (expat.ExpatError, ValueError, LookupError, _DoctypeError):
        return False
    return True


class _DoctypeError(Exception):
    """A file with a DOCTYPE; its entities are not looked at."""


def _refuse(*_what: object) -> None:
    raise _DoctypeError


def reference_in(content: bytes) -> str:
    """Return the reference of the declaration that a file names, empty where it names none."""
    path: list[str] = []
    said: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, _attributes: path.append(name)
    parser.EndElementHandler = lambda _name: path.pop()
    parser.CharacterDataHandler = lambda text: said.append(text) if tuple(path[1:]) == _REFERENCE else None
    try:
        parser.Parse(content, True)  # noqa: FBT003 - it knows its argument by place only
    except (expat.ExpatError, ValueError, LookupError, _DoctypeError):
        return ""
    return "".join(said).strip()
