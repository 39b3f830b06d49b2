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
from swclient.training.ledger_counts import keys, summary
from swclient.training.ledger_rows import Conversation, Notification, Seen, Submission
from swclient.training.ledger_tables import bring_up_to_date

_SUBMISSION = "back_end, key, kind, sha256, conversation, received_at, body, signature, client"


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
            with self.transaction():
                bring_up_to_date(self._db)
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

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query, or carry out a change inside a transaction of the caller."""
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def record_request(self, seen: Seen) -> None:
        """Keep a request and what was answered."""
        query = (
            "INSERT INTO request (at, method, path, key, sha256, status, outcome, client, fault) "
            "VALUES (?,?,?,?,?,?,?,?,?)"
        )
        told = (seen.method, seen.path, seen.key, seen.sha256, seen.status, seen.outcome, seen.client, seen.fault)
        with self.transaction():
            self.rows(query, now(), *told)

    def submission(self, back_end: str, key: str, client: str | None = None) -> Submission | None:
        """Return what was taken under a key, from a client or (None) from any."""
        query = f"SELECT {_SUBMISSION} FROM submission WHERE back_end=? AND key=? AND (? IS NULL OR client=?)"  # noqa: S608 - our own words
        found = self.rows(query, back_end, key, client, client)
        return Submission(*found[0]) if found else None

    def keep_submission(self, taken: Submission) -> None:
        """Keep a POST that is taken; the caller holds the transaction."""
        values = (taken.back_end, taken.key, taken.kind, taken.sha256, taken.conversation, taken.received_at)
        query = f"INSERT INTO submission ({_SUBMISSION}) VALUES (?,?,?,?,?,?,?,?,?)"  # noqa: S608 - our own words
        self.rows(query, *values, taken.body, taken.signature, taken.client)

    def opening(self, conversation: str) -> Submission:
        """Return the POST that opened a conversation."""
        query = f"SELECT {_SUBMISSION} FROM submission WHERE conversation=? ORDER BY rowid LIMIT 1"  # noqa: S608 - our own words
        return Submission(*self.rows(query, conversation)[0])

    def conversation(self, identifier: str) -> Conversation | None:
        """Return a conversation, None if unknown."""
        found = self.rows("SELECT id, back_end, stage, facts, client FROM conversation WHERE id=?", identifier)
        if not found:
            return None
        name, back_end, stage, facts, client = found[0]
        return Conversation(name, back_end, stage, json.loads(facts), client)

    def keep_conversation(self, conversation: Conversation) -> None:
        """Write a conversation as it now stands; whose it is was said when it began."""
        query = (
            "INSERT INTO conversation (id, back_end, stage, facts, client) VALUES (?,?,?,?,?) "
            "ON CONFLICT (id) DO UPDATE SET stage=excluded.stage, facts=excluded.facts"
        )
        facts = json.dumps(conversation.facts, ensure_ascii=False)
        self.rows(query, conversation.id, conversation.back_end, conversation.stage, facts, conversation.client)

    def conversations(self, back_end: str) -> list[str]:
        """Return the identifiers of all conversations of a back end."""
        return [row[0] for row in self.rows("SELECT id FROM conversation WHERE back_end=?", back_end)]

    def notify(self, conversation: Conversation, root: str, content_type: str, body: bytes) -> None:
        """Put a message out for pulling; the caller holds the transaction."""
        self.rows(
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

    def notifications(
        self, back_end: str, conversation: str, span: tuple[int, int], client: str | None = None
    ) -> list[Notification]:
        """Return messages, oldest first: after a sequence number and so many; of one conversation if it is named.

        Of one client's conversations only, or (None) of everybody's.
        """
        query = (
            "SELECT sequence, id, back_end, conversation, content_type, x'' FROM notification "
            "WHERE back_end=? AND (?='' OR conversation=?) AND sequence>? AND (? IS NULL OR conversation IN "
            "(SELECT id FROM conversation WHERE client=?)) ORDER BY sequence LIMIT ?"
        )
        after, limit = span
        rows = self.rows(query, back_end, conversation, conversation, after, client, client, limit)
        return [Notification(*row) for row in rows]

    def notification(self, back_end: str, identifier: str, client: str | None = None) -> Notification | None:
        """Return one message with its bytes, if it is for this client (None: for anybody)."""
        query = (
            "SELECT sequence, id, back_end, conversation, content_type, body FROM notification "
            "WHERE back_end=? AND id=? AND (? IS NULL OR conversation IN "
            "(SELECT id FROM conversation WHERE client=?))"
        )
        found = self.rows(query, back_end, identifier, client, client)
        return Notification(*found[0]) if found else None

    def register(self, office: str, date: str, conversation: str) -> int:
        """Take the next serial number of an office's day; the caller holds the transaction."""
        query = "SELECT coalesce(max(serial), 0) + 1 FROM registration WHERE office=? AND date=?"
        serial = int(self.rows(query, office, date)[0][0])
        number = registration_number(office, date, serial)
        self.rows(
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
        found = self.rows("SELECT conversation FROM registration WHERE number=?", number)
        return str(found[0][0]) if found else ""

    def receipt(self, declaration: str, conversation: str) -> int:
        """Give a declaration its receipt number, 0 if it has one; inside a transaction."""
        if self.rows("SELECT 1 FROM receipt WHERE declaration=?", declaration):
            return 0
        number = int(self.rows("SELECT coalesce(max(number), 0) + 1 FROM receipt")[0][0])
        self.rows("INSERT INTO receipt VALUES (?,?,?)", declaration, number, conversation)
        return number

    def summary(self) -> dict[str, Any]:
        """Return counts of what was received, registered and said, in all and by client."""
        with self._lock:
            return summary(self._db)

    def keys(self, client: str, after: int, limit: int) -> list[dict[str, Any]]:
        """Return what is known of each key that was seen; of everybody where no client is named."""
        with self._lock:
            return keys(self._db, client, after, limit)


def registration_number(office: str, date: str, serial: int) -> str:
    """Return a registration number as people see it: `office/ddmmyy/serial`."""
    return f"{office}/{date[8:10]}{date[5:7]}{date[2:4]}/{serial:07d}"


def now() -> str:
    """Return the time as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
