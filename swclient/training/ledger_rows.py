# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the ledger of the training offices holds: its tables, and the rows that leave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS request (
    no INTEGER PRIMARY KEY, at TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    key TEXT NOT NULL, sha256 TEXT NOT NULL, status INTEGER NOT NULL, outcome TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS submission (
    back_end TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, sha256 TEXT NOT NULL,
    conversation TEXT NOT NULL, received_at TEXT NOT NULL, body BLOB NOT NULL,
    signature TEXT NOT NULL, PRIMARY KEY (back_end, key)
) STRICT;
CREATE INDEX IF NOT EXISTS submission_of ON submission (conversation);
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, back_end TEXT NOT NULL, stage TEXT NOT NULL, facts TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS notification (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, back_end TEXT NOT NULL,
    conversation TEXT NOT NULL, root TEXT NOT NULL, content_type TEXT NOT NULL,
    body BLOB NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS notification_of ON notification (back_end, conversation, sequence);
CREATE TABLE IF NOT EXISTS registration (
    number TEXT PRIMARY KEY, office TEXT NOT NULL, date TEXT NOT NULL, serial INTEGER NOT NULL,
    conversation TEXT NOT NULL UNIQUE, UNIQUE (office, date, serial)
) STRICT;
CREATE TABLE IF NOT EXISTS receipt (
    declaration TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, conversation TEXT NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Submission:
    """One POST that was taken.

    Attributes:
        back_end: `customs` or `tax`.
        key: idempotency key.
        kind: `declaration`, `payment` or `statement`.
        sha256: hex digest of the body.
        conversation: where it belongs.
        received_at: ISO time with zone.
        body: the exact bytes.
        signature: the `X-Signature` header, empty where none is needed.
    """

    back_end: str
    key: str
    kind: str
    sha256: str
    conversation: str
    received_at: str
    body: bytes
    signature: str


@dataclass(frozen=True, slots=True)
class Notification:
    """One message of an office, waiting to be pulled."""

    sequence: int
    id: str
    back_end: str
    conversation: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a conversation stands and what is known of it."""

    id: str
    back_end: str
    stage: str
    facts: dict[str, Any]
