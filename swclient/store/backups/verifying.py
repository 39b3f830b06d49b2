# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a copy is as it was made: size, digest, SQLite's own check, the chain of the log, every digest in it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store import chain, database
from swclient.store.backups.shelf import extent_of, holds, read_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from swclient.store.backups.shelf import Note

GOOD = "good"
UNNOTED = "no note"
CUT = "truncated"
ALTERED = "altered"
FOREIGN = "foreign"
DAMAGED = "damaged"
MISSING = "missing"
_TEXTS = {
    GOOD: N_("{file} is as it was made: {records} records."),
    UNNOTED: N_(
        "{file}: its note is missing, so it cannot be told whether this is the whole of it. The {records} records that "
        "are there are sound."
    ),
    CUT: N_("{file} is not as long as when it was made: {size} bytes instead of {due}. Use another copy."),
    ALTERED: N_("{file} is not as it was made: its digest is another one. Use another copy."),
    FOREIGN: N_("{file} cannot be used: {reason}"),
    DAMAGED: N_("{file} is damaged: {reason}. Use another copy."),
    MISSING: N_("There is no copy {file}."),
}
_NOT_THE_NOTED = N_("it is not the store that its note speaks of")
_ROTTEN = N_("a row of “{table}” does not fit its digest")
_CHUNK = 1 << 20
_DIGESTS = {
    "snapshot": "SELECT sha256, CAST(body AS BLOB) FROM snapshot",
    "template": "SELECT sha256, CAST(body AS BLOB) FROM template",
    "outbox": "SELECT sha256, CAST(content AS BLOB) FROM outbox",
    "answer": "SELECT sha256, CAST(raw AS BLOB) FROM answer",
    "artefact": "SELECT sha256, CAST(content AS BLOB) FROM artefact",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a verification.

    Attributes:
        state: `good`, `no note`, `truncated`, `altered`, `foreign`, `damaged` or `missing`.
        records: how many records of the log were found sound.
        message: the same for the user.
    """

    file: Path
    state: str
    message: Message
    records: int = 0

    @property
    def good(self) -> bool:
        """Whether it is proved to be as it was made."""
        return self.state == GOOD

    @property
    def usable(self) -> bool:
        """Whether it may be put back: good, or sound as far as can be told without its note."""
        return self.state in {GOOD, UNNOTED}


def never() -> bool:
    """Say that nothing is to be stopped."""
    return False


def digest(file: Path, stopped: Callable[[], bool] = never) -> str:
    """Return the SHA-256 of a file, read from the disk itself where the system allows to ask for that."""
    found = hashlib.sha256()
    with file.open("rb") as stream:
        with contextlib.suppress(AttributeError, OSError):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while part := stream.read(_CHUNK):
            found.update(part)
            if stopped():
                break
    return found.hexdigest()


def verify(file: Path, stopped: Callable[[], bool] = never) -> Verdict:
    """Return whether a copy is as it was made. The file is only read."""
    if not file.is_file():
        return _verdict(file, MISSING)
    note = read_note(file)
    try:
        return _differs(file, note, stopped) or _read_through(file, note, stopped)
    except UserError as error:
        return _verdict(file, FOREIGN, reason=error.message)
    except (sqlite3.Error, OSError) as error:
        return _verdict(file, DAMAGED, reason=error)


def _verdict(file: Path, state: str, records: int = 0, **words: object) -> Verdict:
    return Verdict(file, state, Message(_TEXTS[state], {"file": file.name, "records": records, **words}), records)


def _differs(file: Path, note: Note | None, stopped: Callable[[], bool]) -> Verdict | None:
    """Return what the bytes of a copy tell against it; None where they speak for it.

    Raises:
        UserError: it is not a store of this program, or of a newer version of it.
    """
    size = file.stat().st_size
    if not size or (note is not None and size != note.size):
        return _verdict(file, CUT, size=size, due=note.size if note else "?")
    if note is not None and digest(file, stopped) != note.sha256:
        database.check_header(file)
        return _verdict(file, ALTERED)
    database.check_header(file)
    return None


def _read_through(file: Path, note: Note | None, stopped: Callable[[], bool]) -> Verdict:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        trouble, records = sound(connection, stopped)
        if trouble is not None:
            return _verdict(file, DAMAGED, records, reason=trouble)
        if note is None:
            return _verdict(file, UNNOTED, records)
        if extent_of(connection) != note.extent or not holds(connection, note.extent):
            return _verdict(file, DAMAGED, records, reason=Message(_NOT_THE_NOTED))
        return _verdict(file, GOOD, records)
    finally:
        connection.close()


def sound(connection: sqlite3.Connection, stopped: Callable[[], bool] = never) -> tuple[Message | str | None, int]:
    """Return what is wrong inside a database, None for nothing, and how many records of its log are sound."""
    try:
        return _looked_through(connection, stopped)
    except (sqlite3.Error, ValueError, TypeError, AttributeError) as error:  # rotten bits make values of any kind
        return str(error), 0


def _looked_through(connection: sqlite3.Connection, stopped: Callable[[], bool]) -> tuple[Message | str | None, int]:
    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if said != "ok":
        return str(said), 0
    health = chain.verify(connection, stopped)
    if not health.ok:
        return health.message, health.records
    for table, query in _DIGESTS.items():
        for kept, content in connection.execute(query):
            found = hashlib.sha256(content)
            if kept not in (found.digest(), found.hexdigest()):
                return Message(_ROTTEN, {"table": table}), health.records
    return None, health.records
