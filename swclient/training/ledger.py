# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ledger of the training offices: everything received, registered and said, in one SQLite file.

An answer leaves only after its transaction is on the disk, and every step of a conversation writes
its messages and its new stage together. A server killed at any moment therefore goes on where it
was, and says nothing twice.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.training.ledger_rows import TABLES, Conversation, Notification, Submission


class Ledger:
    """The SQLite file. One connection, one writer at a time; safe to call from any thread."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            UserError: another training server holds it.
        """
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, timeout=0.5, isolation_level=None, check_same_thread=False)
        try:
            # Exclusive: two servers on one ledger would both go on with the same conversations.
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(TABLES)
        except sqlite3.OperationalError as error:
            self._db.close()
            raise UserError(
                N_("The training ledger {file} cannot be opened: {reason}"),
                file=str(path),
                reason=str(error),
            ) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written together, or not at all."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def record_request(self, row: tuple[str, str, str, str, int, str]) -> None:
        """Keep a request: method, path, key, sha256, status (0: no answer given), outcome."""
        with self.transaction():
            self._rows(
                "INSERT INTO request (at, method, path, key, sha256, status, outcome) VALUES (?,?,?,?,?,?,?)",
                now(),
                *row,
            )

    def submission(self, back_end: str, key: str) -> Submission | None:
        """Return what was taken under a key."""
        found = self._rows("SELECT * FROM submission WHERE back_end=? AND key=?", back_end, key)
        return Submission(*found[0]) if found else None

    def keep_submission(self, taken: Submission) -> None:
        """Keep a POST that is taken; the caller holds the transaction."""
        values = (
            taken.back_end,
            taken.key,
            taken.kind,
            taken.sha256,
            taken.conversation,
            taken.received_at,
        )
        self._rows("INSERT INTO submission VALUES (?,?,?,?,?,?,?,?)", *values, taken.body, taken.signature)

    def opening(self, conversation: str) -> Submission:
        """Return the POST that opened a conversation."""
        query = "SELECT * FROM submission WHERE conversation=? AND kind<>'payment'"
        return Submission(*self._rows(query, conversation)[0])

    def conversation(self, identifier: str) -> Conversation | None:
        """Return a conversation, None if unknown."""
        found = self._rows("SELECT * FROM conversation WHERE id=?", identifier)
        return Conversation(found[0][0], found[0][1], found[0][2], json.loads(found[0][3])) if found else None

    def keep_conversation(self, conversation: Conversation) -> None:
        """Write a conversation as it now stands."""
        facts = json.dumps(conversation.facts, ensure_ascii=False)
        query = "INSERT OR REPLACE INTO conversation VALUES (?,?,?,?)"
        self._rows(query, conversation.id, conversation.back_end, conversation.stage, facts)

    def conversations(self, back_end: str) -> list[str]:
        """Return the identifiers of all conversations of a back end."""
        return [row[0] for row in self._rows("SELECT id FROM conversation WHERE back_end=?", back_end)]

    def notify(self, conversation: Conversation, root: str, content_type: str, body: bytes) -> None:
        """Put a message out for pulling; the caller holds the transaction."""
        self._rows(
            "INSERT INTO notification (id, back_end, conversation, root, content_type, body, at) "
            "VALUES (?,?,?,?,?,?,?)",
            str(uuid.uuid4()),
            conversation.back_end,
            conversation.id,
            root,
            content_type,
            body,
            now(),
        )

    def notifications(self, back_end: str, conversation: str, after: int, limit: int) -> list[Notification]:
        """Return messages after a sequence number, oldest first; all if none is named."""
        query = (
            "SELECT sequence, id, back_end, conversation, content_type, x'' FROM notification "
            "WHERE back_end=? AND (?='' OR conversation=?) AND sequence>? ORDER BY sequence LIMIT ?"
        )
        rows = self._rows(query, back_end, conversation, conversation, after, limit)
        return [Notification(*row) for row in rows]

    def notification(self, back_end: str, identifier: str) -> Notification | None:
        """Return one message with its bytes."""
        query = (
            "SELECT sequence, id, back_end, conversation, content_type, body FROM notification "
            "WHERE back_end=? AND id=?"
        )
        found = self._rows(query, back_end, identifier)
        return Notification(*found[0]) if found else None

    def register(self, office: str, date: str, conversation: str) -> int:
        """Take the next serial number of an office's day; the caller holds the transaction."""
        query = "SELECT coalesce(max(serial), 0) + 1 FROM registration WHERE office=? AND date=?"
        serial = int(self._rows(query, office, date)[0][0])
        number = registration_number(office, date, serial)
        self._rows(
            "INSERT INTO registration VALUES (?,?,?,?,?)",
            number,
            office,
            date,
            serial,
            conversation,
        )
        return serial

    def registered(self, number: str) -> str:
        """Return the conversation of a registration number, empty if unknown."""
        found = self._rows("SELECT conversation FROM registration WHERE number=?", number)
        return str(found[0][0]) if found else ""

    def receipt(self, declaration: str, conversation: str) -> int:
        """Give a declaration its receipt number, 0 if it has one; inside a transaction."""
        if self._rows("SELECT 1 FROM receipt WHERE declaration=?", declaration):
            return 0
        number = int(self._rows("SELECT coalesce(max(number), 0) + 1 FROM receipt")[0][0])
        self._rows("INSERT INTO receipt VALUES (?,?,?)", declaration, number, conversation)
        return number

    def summary(self) -> dict[str, Any]:
        """Return counts of what was received, registered and said."""

        def counted(query: str) -> dict[str, int]:
            return {str(key): int(count) for key, count in self._rows(query)}

        return {
            "training": True,
            "requests": counted("SELECT status, count(*) FROM request GROUP BY status"),
            "submissions": counted("SELECT kind, count(*) FROM submission GROUP BY kind"),
            "conversations": counted("SELECT back_end || ':' || stage, count(*) FROM conversation GROUP BY 1"),
            "registrations": int(self._rows("SELECT count(*) FROM registration")[0][0]),
            "receipts": int(self._rows("SELECT count(*) FROM receipt")[0][0]),
            "notifications": counted("SELECT root, count(*) FROM notification GROUP BY root"),
        }


def registration_number(office: str, date: str, serial: int) -> str:
    """Return a registration number as people see it: `office/ddmmyy/serial`."""
    return f"{office}/{date[8:10]}{date[5:7]}{date[2:4]}/{serial:07d}"


def now() -> str:
    """Return the time as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
