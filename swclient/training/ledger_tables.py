# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of the ledger, and the step from the first version of them, which knew one client only.

Version 3 has three tables more; they are made where they are not there.
"""

from __future__ import annotations

import sqlite3

VERSION = 3
FIRST_CLIENT = "training"  # whose everything was in version 1
_SUBMISSION = """
CREATE TABLE IF NOT EXISTS submission (
    back_end TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, sha256 TEXT NOT NULL,
    conversation TEXT NOT NULL, received_at TEXT NOT NULL, body BLOB NOT NULL,
    signature TEXT NOT NULL, client TEXT NOT NULL, PRIMARY KEY (back_end, client, key)
) STRICT"""
TABLES = (
    """
CREATE TABLE IF NOT EXISTS request (
    no INTEGER PRIMARY KEY, at TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    key TEXT NOT NULL, sha256 TEXT NOT NULL, status INTEGER NOT NULL, outcome TEXT NOT NULL,
    client TEXT NOT NULL DEFAULT '', fault TEXT NOT NULL DEFAULT ''
) STRICT""",
    _SUBMISSION,
    "CREATE INDEX IF NOT EXISTS submission_of ON submission (conversation)",
    "CREATE INDEX IF NOT EXISTS submission_by ON submission (back_end, key)",
    """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, back_end TEXT NOT NULL, stage TEXT NOT NULL, facts TEXT NOT NULL,
    client TEXT NOT NULL DEFAULT ''
) STRICT""",
    "CREATE INDEX IF NOT EXISTS conversation_of ON conversation (client)",
    """
CREATE TABLE IF NOT EXISTS notification (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, back_end TEXT NOT NULL,
    conversation TEXT NOT NULL, root TEXT NOT NULL, content_type TEXT NOT NULL,
    body BLOB NOT NULL, at TEXT NOT NULL
) STRICT""",
    "CREATE INDEX IF NOT EXISTS notification_of ON notification (back_end, conversation, sequence)",
    """
CREATE TABLE IF NOT EXISTS registration (
    number TEXT PRIMARY KEY, office TEXT NOT NULL, date TEXT NOT NULL, serial INTEGER NOT NULL,
    conversation TEXT NOT NULL UNIQUE, UNIQUE (office, date, serial)
) STRICT""",
    """
CREATE TABLE IF NOT EXISTS receipt (
    declaration TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, conversation TEXT NOT NULL
) STRICT""",
    """
CREATE TABLE IF NOT EXISTS subscription (
    back_end TEXT NOT NULL, client TEXT NOT NULL, callback TEXT NOT NULL, token TEXT NOT NULL,
    certificates TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (back_end, client)
) STRICT""",
    # One row a message whose push was tried; `state` is due, delivered or given up.
    """
CREATE TABLE IF NOT EXISTS push (
    sequence INTEGER PRIMARY KEY, client TEXT NOT NULL, attempts INTEGER NOT NULL, due REAL NOT NULL,
    state TEXT NOT NULL
) STRICT""",
    """
CREATE TABLE IF NOT EXISTS push_attempt (
    no INTEGER PRIMARY KEY, at TEXT NOT NULL, client TEXT NOT NULL, sequence INTEGER NOT NULL,
    status INTEGER NOT NULL, fault TEXT NOT NULL
) STRICT""",
)
_FROM_VERSION_1 = (
    "ALTER TABLE request ADD COLUMN client TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE request ADD COLUMN fault TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversation ADD COLUMN client TEXT NOT NULL DEFAULT ''",
    f"UPDATE conversation SET client='{FIRST_CLIENT}'",  # noqa: S608 - our own words
    f"UPDATE request SET client='{FIRST_CLIENT}' WHERE key<>''",  # noqa: S608 - our own words
    "ALTER TABLE submission RENAME TO submission_1",
    "DROP INDEX submission_of",
    _SUBMISSION,
    f"INSERT INTO submission SELECT *, '{FIRST_CLIENT}' FROM submission_1 ORDER BY rowid",  # noqa: S608 - our own words
    "DROP TABLE submission_1",
)


def bring_up_to_date(db: sqlite3.Connection) -> None:
    """Make the tables, or bring those of version 1 up to date; the caller holds the transaction."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (old,) = db.execute("SELECT count(*) FROM sqlite_master WHERE name='submission'").fetchone()
    steps = (*_FROM_VERSION_1, *TABLES) if old and not version else TABLES
    for step in steps:
        db.execute(step)
    db.execute(f"PRAGMA user_version={VERSION}")
