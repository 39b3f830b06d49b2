# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office that is reached by files in a watched folder, as customs programs are that import and export them.

    out/   what we hand over: `KEY.xml` (a payment order: `KEY.json`) and `KEY.p7s`, each whole or not there
    done/  where whoever takes our files may put them afterwards
    in/    answers: named after the key, or naming the declaration's own reference
    kept/  answers that are in the store, moved aside

A name comes from the key, so the same thing handed over twice is one file. The folders `in` and `out` are made by
whoever sets the exchange up, never by us: an empty folder where a share or a stick should be is no office.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.transport.folder_answers import Answers, reference_in
from swclient.transport.folder_journal import Journal, Sent
from swclient.transport.office import Fetched, Notice, Submission
from swclient.transport.problems import AnswerUnknownError, NotSentError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from swclient.base.errors import OutsideError

OUT, DONE, IN, KEPT = "out", "done", "in", "kept"
SIGNATURE = ".p7s"
_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")
_JSON = "json"
NOT_THERE = N_(
    "The folder {folder} is not there, or lacks “in” and “out”: is the share connected, is the stick in? "
    "Nothing was sent; it will be tried again."
)
FULL = N_("The folder {folder} is full. Free some space there. Nothing was sent; it will be tried again.")
NO_RIGHT = N_(
    "The folder {folder} cannot be written to: {reason}. Ask for the right to write there. "
    "Nothing was sent; it will be tried again."
)
FAILED = N_("The folder {folder} failed: {reason}. Nothing was sent; it will be tried again.")
MAYBE = N_("The folder {folder} failed after the file was put there: {reason}. Whether it is there will be looked up.")
NO_KEY = N_("The key {key} cannot be the name of a file.")
OTHER = N_("Under this key the folder holds other content already")
CHANGED = N_("The answer {file} changed while it was read; it will be read again.")


class FolderOffice:
    """An office behind a watched folder; it keeps the port of all offices.

    Args:
        folder: holds `in` and `out`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._journal = Journal(folder / "journal.jsonl")
        self._answers = Answers(folder / IN, folder / KEPT, self._journal)

    def hand_over(self, key: str, content: bytes, content_type: str, signature: bytes | None) -> str:
        """Put a file and its signature into `out`; return the conversation: the key, or that which an order names.

        Raises:
            NotSentError: the folder is not there, full, or not ours to write.
            AnswerUnknownError: the file may be there.
            RefusedError: under this key there is other content.
        """
        if not _KEY.fullmatch(key):
            raise NotSentError(NO_KEY, retry=False, key=key)
        self._look()
        digest, held = hashlib.sha256(content).hexdigest(), self._held(key)
        if held is not None:
            if held.sha256 != digest:
                raise RefusedError(409, "OTHER_CONTENT", OTHER)
            return held.conversation
        suffix = _JSON if _JSON in content_type else "xml"
        conversation = _named_in(content) or key
        try:
            if signature:
                self._put(f"{key}{SIGNATURE}", signature)
            part = self._part(f"{key}.{suffix}", content)
            self._journal.note_sent(key, Sent(digest, conversation))
        except OSError as error:
            raise self._told(error) from error
        self._show(part, f"{key}.{suffix}")
        return conversation

    def ask(self, key: str) -> Submission | None:
        """Return what the folder has under a key, None where it was never there.

        Raises:
            NotSentError: the folder is not there, so it cannot be looked up.
        """
        self._look()
        held = self._held(key) if _KEY.fullmatch(key) else None
        if held is None:
            return None
        return Submission(
            held.conversation, datetime.now(UTC).isoformat(timespec="seconds"), held.sha256, "declaration"
        )

    def notifications(self, conversation: str, after: int = 0, limit: int = 100) -> tuple[Notice, ...]:
        """Return the notices of answers to a file with a number above `after`; those up to it are moved aside.

        Raises:
            NotSentError: the folder is not there or cannot be read.
        """
        self._look()
        try:
            return self._answers.notices(conversation, self._references(conversation), after, limit)
        except OSError as error:
            raise self._told(error) from error

    def fetch(self, notice: Notice) -> Fetched:
        """Return an answer as it lies there.

        Raises:
            AnswerUnknownError: it is not what it was when it was noticed.
            NotSentError: the folder is not there.
        """
        self._look()
        content = self._answers.read(notice)
        if content is None:
            raise AnswerUnknownError(CHANGED, file=notice.path)
        return Fetched(content, notice.content_type)

    def _look(self) -> None:
        if not ((self._folder / IN).is_dir() and (self._folder / OUT).is_dir()):
            raise NotSentError(NOT_THERE, folder=str(self._folder))

    def _files(self, key: str) -> Iterator[Path]:
        for place in (OUT, DONE):
            for suffix in ("xml", _JSON):
                yield self._folder / place / f"{key}.{suffix}"

    def _held(self, key: str) -> Sent | None:
        """Return what was handed over under a key: still there, or noted and taken since."""
        for file in self._files(key):
            with contextlib.suppress(OSError):
                content = file.read_bytes()
                return Sent(hashlib.sha256(content).hexdigest(), _named_in(content) or key)
        noted = self._journal.sent(key)
        # It is noted just before it gets its name: while it has the other one, it was never there.
        waiting = any((self._folder / OUT / f".{key}.{suffix}.part").exists() for suffix in ("xml", _JSON))
        return None if waiting else noted

    def _references(self, key: str) -> frozenset[str]:
        """Return by which names of ours an answer may call a file of ours, its key aside."""
        for file in self._files(key):
            with contextlib.suppress(OSError):
                return frozenset(filter(None, (reference_in(file.read_bytes()),)))
        return frozenset()

    def _put(self, name: str, content: bytes) -> None:
        self._part(name, content).replace(self._folder / OUT / name)

    def _part(self, name: str, content: bytes) -> Path:
        """Write a file under a name that nobody takes."""
        part = self._folder / OUT / f".{name}.part"
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        return part

    def _show(self, part: Path, name: str) -> None:
        try:
            part.replace(self._folder / OUT / name)
            if os.name != "nt":
                held = os.open(self._folder / OUT, os.O_RDONLY)
                try:
                    os.fsync(held)
                finally:
                    os.close(held)
        except OSError as error:
            raise AnswerUnknownError(MAYBE, folder=str(self._folder), reason=error.strerror or str(error)) from error

    def _told(self, error: OSError) -> OutsideError:
        folder, reason = str(self._folder), error.strerror or str(error)
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            return NotSentError(FULL, folder=folder)
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ESTALE}:
            return NotSentError(NOT_THERE, folder=folder)
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            return NotSentError(NO_RIGHT, folder=folder, reason=reason)
        return NotSentError(FAILED, folder=folder, reason=reason)


def _named_in(content: bytes) -> str:
    """Return the conversation that an order names, empty for a message that begins one."""
    if not content.startswith(b"{"):
        return ""
    try:
        order = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    named = order.get("conversation") if isinstance(order, dict) else None
    return named if isinstance(named, str) and _KEY.fullmatch(named) else ""
