# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The chain of hashes over the change log: each record vouches for all before it.

hash = SHA-256(previous hash + declaration id + record). A changed, removed or moved record breaks
the chain at its place; a cut tail is seen by comparing with the head kept outside (`head.py`). The
expression in `_SCAN` lets SQLite put the bytes together, which is what makes a million records take
about a second.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store import tombstones
from swclient.store.driver import errors
from swclient.store.seals import Unsealed
from swclient.store.values import LoggedChange, to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from swclient.store.driver import Connection

GENESIS = bytes(32)
"""What the first record has before it."""

OK = "ok"
BROKEN = "broken"
HEAD_MISMATCH = "head mismatch"
HEAD_MISSING = "head missing"
UNREADABLE = "unreadable"
ROTTEN = "rotten"
UNCHECKED = "unchecked"

_SCAN = "SELECT CAST(declaration_id || record AS BLOB), hash, record = '' FROM change_log ORDER BY sequence"
_NUMBERS = """
    SELECT (SELECT count(*) FROM change_log), (SELECT min(sequence) FROM change_log),
        (SELECT max(sequence) FROM change_log)
"""  # three queries: together they would read the whole table
_AT_ONCE = 256
_TEXTS = {
    OK: N_("The log of changes is whole: {records} records."),
    BROKEN: N_(
        "The log of changes was altered at record {sequence}, declaration {declaration}. The "
        "other declarations can "
        "be used. Copy the store before you go on and compare it with a backup."
    ),
    HEAD_MISMATCH: N_(
        "The log of changes ends at record {last}, but the note kept beside the store speaks of "
        "record {sequence}. "
        "Changes were lost, or the store or the note was put back from another copy. Compare it "
        "with a backup."
    ),
    HEAD_MISSING: N_(
        "The note of the last change, kept beside the store, is missing or unreadable. It will be "
        "written anew; "
        "whether the latest changes are all there cannot be told."
    ),
    UNREADABLE: N_(
        "The store cannot be read after record {sequence} of the log of changes: {reason}. What "
        "can be opened can be "
        "used. Copy the store before you go on and compare it with a backup."
    ),
    ROTTEN: N_(
        "The store is damaged outside the log of changes, in {count} places; the first is in “{table}”, declaration "
        "{declaration}. What it says there may be wrong; the rest can be used. Copy the store before you go on and "
        "compare it with a backup."
    ),
    UNCHECKED: N_("The log of changes was not checked to its end."),
}
_STEPS_LOST = N_(
    "The store is not the one that the note kept beside it speaks of, or steps of declarations, answers or what waits "
    "to be sent were lost from it. Compare it with a backup before you send anything."
)


@dataclass(frozen=True, slots=True)
class Link:
    """The end of a chain: number and hash of its last record.

    Attributes:
        writes: how many transactions outside the log are known to be in the store (`seals.count`).
    """

    sequence: int
    hash: bytes
    writes: int = 0


EMPTY = Link(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Health:
    """What the check at opening found.

    Attributes:
        state: `ok`, `broken`, `head mismatch`, `head missing`, `unreadable`, `rotten` (a row outside the log, or
            the structure of the file) or `unchecked` (closed too early).
        records: how many records of the log were found sound, from the first.
        sequence: the record at fault, where there is one.
        declaration_id: whose record that is, where it is known.
        message: the same for the user.
        rotten: what does not fit its digest outside the log.
    """

    state: str
    records: int
    message: Message
    sequence: int | None = None
    declaration_id: str | None = None
    rotten: tuple[Unsealed, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is nothing to tell."""
        return self.state == OK


def health(state: str, records: int, sequence: int | None = None, declaration_id: str | None = None) -> Health:
    """Return a finding of the check with its words."""
    words = {
        "records": records,
        "last": records,
        "sequence": sequence,
        "declaration": declaration_id or "?",
    }
    return Health(state, records, Message(_TEXTS[state], words), sequence, declaration_id)


def unreadable(records: int, error: Exception) -> Health:
    """Return the finding that the database itself could not be read on."""
    words = {"sequence": records, "reason": str(error)}
    return Health(UNREADABLE, records, Message(_TEXTS[UNREADABLE], words), records)


def behind(records: int, noted: Link) -> Health:
    """Return the finding that the store is behind the note kept beside it."""
    if noted.sequence > records:
        return health(HEAD_MISMATCH, records, noted.sequence)
    return Health(HEAD_MISMATCH, records, Message(_STEPS_LOST), noted.sequence)


def rotten(records: int, found: tuple[Unsealed, ...]) -> Health:
    """Return the finding that rows outside the log, or the structure of the file, do not fit; at least one."""
    first = found[0]
    words = {"count": len(found), "table": first.table, "declaration": first.declaration_id or "?"}
    return Health(ROTTEN, records, Message(_TEXTS[ROTTEN], words), None, first.declaration_id, found)


encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
"""JSON as the store keeps it; refuses (TypeError, ValueError) what JSON does not know."""


class Draft(NamedTuple):  # made at every key: a frozen dataclass takes three times as long
    """A change about to enter the log; its body is encoded, so nobody can alter it any more."""

    declaration_id: str
    at: datetime
    actor: str
    label: str
    body: str
    whole: bool = False

    def record(self) -> str:
        """Return the text that is kept and hashed: JSON, put together from JSON."""
        whole = ',"whole":true' if self.whole else ""
        who = f'"actor":{encode(self.actor)},"label":{encode(self.label)}'
        return f'{{"at":"{to_text(self.at)}",{who},"body":{self.body}{whole}}}'


def read(sequence: int, declaration_id: str, text: str) -> LoggedChange:
    """Return what `Draft.record` wrote."""
    parts = json.loads(text)
    at = to_moment(parts["at"])
    whole = parts.get("whole", False)
    return LoggedChange(sequence, declaration_id, at, parts["actor"], parts["label"], parts["body"], whole)


def linked(previous: bytes, declaration_id: str, text: str) -> bytes:
    """Return the hash of a record that follows the record with hash `previous`."""
    return hashlib.sha256(previous + declaration_id.encode() + text.encode()).digest()


def end_of(connection: Connection) -> Link:
    """Return the last record of the log."""
    row = connection.execute("SELECT sequence, hash FROM change_log ORDER BY sequence DESC LIMIT 1").fetchone()
    return Link(row[0], row[1]) if row else EMPTY


def verify(connection: Connection, stopped: Callable[[], bool]) -> Health:
    """Read the whole log and return whether it is whole, or where it first is not."""
    sound = 0
    try:
        connection.execute("BEGIN")
        numbers = connection.execute(_NUMBERS).fetchone()
        emptied: list[bytes] = []
        for sound, good in _walk(connection, emptied):
            if not good:
                return _broken(connection, sound)
            if stopped():
                return health(UNCHECKED, sound)
        if sound and numbers != (sound, 1, sound):
            return _first_gap(connection, sound)
        if emptied and (first := tombstones.unaccounted(connection)) is not None:
            return _broken(connection, first - 1)
    except errors(TypeError, ValueError) as error:  # rotten bits make values of any kind
        return unreadable(sound, error)
    finally:
        connection.rollback()
    return health(OK, sound)


def _walk(connection: Connection, emptied: list[bytes]) -> Iterator[tuple[int, bool]]:
    """Yield how many records are sound so far; (n, False) ends it: the one after n is not.

    The hashes of emptied records are believed for now and put into `emptied`.
    """
    sha256 = hashlib.sha256
    found = connection.execute(_SCAN)
    previous, sound = GENESIS, 0
    while rows := found.fetchmany(_AT_ONCE):
        kept = [row[1] for row in rows]
        before = [previous, *kept]
        due = [
            digest if empty else sha256(link + content).digest()
            for link, (content, digest, empty) in zip(before, rows, strict=False)
        ]
        if due != kept:
            yield (
                sound + [one == other for one, other in zip(due, kept, strict=True)].index(False),
                False,
            )
            return
        previous = kept[-1]
        emptied += [row[1] for row in rows if row[2]]
        sound += len(rows)
        yield sound, True


def _broken(connection: Connection, sound: int) -> Health:
    row = connection.execute(
        "SELECT sequence, declaration_id FROM change_log ORDER BY sequence LIMIT 1 OFFSET ?",
        (sound,),
    ).fetchone()
    return health(BROKEN, sound, row[0], row[1])


def _first_gap(connection: Connection, records: int) -> Health:
    """The hashes are right but the numbers are not: somebody renumbered the log."""
    rows = connection.execute("SELECT sequence, declaration_id FROM change_log ORDER BY sequence")
    for due, (sequence, declaration_id) in enumerate(rows, start=1):
        if sequence != due:
            return health(BROKEN, due - 1, sequence, declaration_id)
    return health(OK, records)
