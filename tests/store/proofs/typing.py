# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A working day in small, through the real store: made, typed into, saved whole, moved, brought in, closed.

    python -m tests.store.proofs.typing FILE EDITS [SYNCHRONOUS]

What is acknowledged is written to standard output, one line each, after the acknowledgement and never before it.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from dataclasses import dataclass, field
from pathlib import Path

from swclient.base.errors import UserError
from swclient.store import Move, NewDeclaration, OutboxEntry, Snapshot, Store, open_store

ID = "11111111-2222-4333-8444-555555555555"
SNAPSHOT_EVERY = 7
CHECKPOINT_PAGES = 20


@dataclass(slots=True)
class Said:
    """What a run has acknowledged so far.

    Attributes:
        edits: value by number in the log.
        states: to which the declaration was moved, in order.
        told: how often it was told of a failure.
    """

    edits: dict[int, str] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)
    told: int = 0

    def hear(self, line: str) -> None:
        """Take in one line of a run's output."""
        word, *rest = line.split()
        if word == "saved":
            self.edits[int(rest[0])] = rest[1]
        elif word == "moved":
            self.states.append(rest[0])
        elif word == "told":
            self.told += 1


def say(*words: object) -> None:
    """Write one line at once."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work(path: Path, edits: int, synchronous: str = "") -> None:
    """Do the day's work; a failure is told, then the whole body is saved and work goes on, as in the window."""
    with open_store(path) as store:
        _set(store, synchronous)
        if not store.worklist():
            _try(lambda: store.create(NewDeclaration(ID, "import", "x", "1", {}), actor="proof"))
        for number in range(edits):
            value = f"edit-{number}"
            future = store.append_change(ID, {"value": value}, label="edit", actor="proof")
            done = _try(future.result)
            if done is not None:
                say("saved", done, value)
            else:
                _try(store.save_snapshot(Snapshot(ID, {"value": value}), actor="proof").result)
            if number % SNAPSHOT_EVERY == 0:
                _try(store.save_snapshot(Snapshot(ID, {"value": value, "fill": "x" * 3000}), actor="proof").result)
            if number == edits // 2:
                _move(store)


def _set(store: Store, synchronous: str) -> None:
    def settings(connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        if synchronous:
            connection.execute(f"PRAGMA synchronous={synchronous}")

    store._desk.read(settings)


def _move(store: Store) -> None:
    entry = OutboxEntry(ID, "customs", "declaration", "key-1", b"<TRAINING/>" * 50, "application/xml")
    if _try(lambda: store.move_state(Move(ID, "draft", "queued", outbox=(entry,)))) is not None:
        say("moved", "queued")


def _try(job):
    try:
        return job()
    except UserError as error:
        say("told", str(error).replace(" ", "_"))
        return None


def faults(path: Path, said: Said) -> list[str]:
    """Open a store after what happened to it and return what of the acknowledged is not there, or not whole."""
    try:
        with open_store(path) as store:
            health = store.health
            if not said.edits and not store.worklist():
                return [] if health.state in {"ok", "head missing"} else [health.state]
            found = {record.sequence: record.body.get("value") for record in store.history(ID)}
            stored = store.load(ID)
    except UserError as error:
        return [f"does not open: {error}"] if said.edits else []
    wrong = [f"lost edit {number}" for number, value in said.edits.items() if found.get(number) != value]
    wrong += [] if health.state in {"ok", "head missing"} else [f"{health.state}: {health.message.text()}"]
    after = [change.sequence for change in stored.changes]
    wrong += [] if after == list(range(stored.sequence + 1, stored.sequence + 1 + len(after))) else ["a gap"]
    if said.states and stored.row.state != said.states[-1]:
        wrong.append("lost move")
    return wrong + _halves(path)


def _halves(path: Path) -> list[str]:
    """A state, its event and its outbox entry come together or not at all."""
    connection = sqlite3.connect(path)
    try:
        state = connection.execute("SELECT state FROM declaration WHERE id = ?", (ID,)).fetchone()
        query = "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM outbox)"
        counts = connection.execute(query).fetchone()
    finally:
        connection.close()
    return [] if counts == ((1, 1) if state == ("queued",) else (0, 0)) else ["half a move"]


if __name__ == "__main__":
    try:
        work(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:4])
    except UserError as error:
        say("told", str(error).replace(" ", "_"))
