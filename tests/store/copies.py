# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store with two declarations and a life, and what the tests of its copies ask of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from swclient.store import Move, Snapshot, Store, open_store
from swclient.store.backups.policy import Policy
from swclient.store.mail import OutboxEntry
from tests.store.conftest import ID, OTHER, Clock, append, new

POLICY = Policy(after_edits=3, after_minutes=30, keep_last=3, keep_days=2, reserve=0, second=None)
MIB = 1024 * 1024


def policy(**named: Any) -> Policy:
    """The policy of these tests with something else in it."""
    return replace(POLICY, **named)


def live(path: Path, changes: int = 20) -> Store:
    """An open store of two declarations; one has a snapshot on the way, the other is queued to be sent."""
    store = open_store(path, clock=Clock())
    for key in (ID, OTHER):
        store.create(new(key, {"header": {}, "profile": "KZ"}), actor="declarant")
    for number in range(changes):
        append(store, number)
        append(store, number, OTHER)
        if number == changes // 2:
            store.save_snapshot(Snapshot(ID, {"profile": "KZ", "half": True}), actor="declarant")
    entry = OutboxEntry(OTHER, "customs", "submit", "key-1", b"<message/>", "application/xml")
    store.move_state(Move(OTHER, "draft", "queued", outbox=(entry,)))
    store.flush()
    return store


def told(store: Store) -> dict[str, Any]:
    """Everything of both declarations that a user would miss."""
    found = {}
    for row in store.worklist():
        stored = store.load(row.id)
        found[row.id] = (row.state, stored.body, [change.body for change in stored.changes], store.history(row.id))
    return found


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, hidden files left out."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.startswith(".")}


def held(path: Path) -> tuple[str, dict[str, Any]]:
    """The health of a closed store, and what `told` tells of it."""
    with open_store(path, read_only=True) as store:
        return store.health.state, told(store)


def files_beside(path: Path) -> dict[str, str]:
    """The digests of the files in a store's folder."""
    plain = (file for file in path.parent.iterdir() if file.is_file() and not file.name.endswith("-shm"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in plain}
