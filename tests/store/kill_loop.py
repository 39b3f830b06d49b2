# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a program that is saving, again and again, and counts acknowledged edits that are gone.

    python -m tests.store.kill_loop 200

The child saves edits through the real store and writes each acknowledged number to a pipe; the
parent kills it (SIGKILL) at a random moment, opens the store and compares. The control rewrites a
JSON file in place, as programs without a store do: it must lose, else the loop proves nothing.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.store import NewDeclaration, Snapshot, open_store

if TYPE_CHECKING:
    from concurrent.futures import Future

STORE = "store"
JSON_IN_PLACE = "json in place"
_ID = "11111111-2222-4333-8444-555555555555"
_READY = "ready"
_AHEAD = 8
_SNAPSHOT_EVERY = 50
_JSON_ROWS = 4000
_A_STORE = 100


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of kills came to.

    Attributes:
        kills: how often the program was killed.
        acked: edits that were acknowledged.
        lost: acknowledged edits that were not there afterwards, or not as they were.
        corrupt: how often what was found could not be read, or did not pass its checks.
    """

    kills: int
    acked: int
    lost: int
    corrupt: int


def run(kills: int, store_kind: str = STORE, seed: int | None = None) -> Result:
    """Kill so many times, a hundred on one growing store; the control gets a new file each time.

    Args:
        kills: how often.
        store_kind: `STORE`, or `JSON_IN_PLACE` for the control.
        seed: of the moments of the kills.
    """
    dice = random.Random(seed)
    acked = lost = corrupt = 0
    with tempfile.TemporaryDirectory(prefix="swclient-kill-") as folder:
        known: dict[int, str] = {}
        for kill in range(kills):
            name = f"edits-{kill // _A_STORE}.db" if store_kind == STORE else f"edits-{kill}.json"
            told = _kill_once(Path(folder) / name, store_kind, dice.uniform(0, 0.05))
            known = known | told if store_kind == STORE and kill % _A_STORE else told
            acked += len(told)
            missing, broken = (_check_store if store_kind == STORE else check_json)(Path(folder) / name, known)
            lost += missing
            corrupt += broken
    return Result(kills, acked, lost, corrupt)


def _kill_once(path: Path, store_kind: str, after: float) -> dict[int, str]:
    """Start the child, kill it so many seconds after its start, return what it acknowledged."""
    order = [sys.executable, "-m", "tests.store.kill_loop", "child", store_kind, str(path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(order, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        if child.stdout.readline().strip() != _READY:
            raise RuntimeError("the saving child did not start")
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        lines = child.stdout.read().split("\n")
    # The last line may be cut short: only what ends in a line end was said.
    return {int(number): value for number, _, value in (line.partition(" ") for line in lines[:-1])}


def _check_store(path: Path, known: dict[int, str]) -> tuple[int, int]:
    connection = sqlite3.connect(path)
    sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with open_store(path) as store:
        whole = store.health.ok
        logged = {record.sequence: record.body for record in store.history(_ID)}
        opened = store.load(_ID)
    found = {number: body.get("value") for number, body in logged.items()}
    lost = sum(found.get(number) != value for number, value in known.items())
    # What opening gives back is the snapshot and what came after: nothing between them may be
    # missing.
    after = [change.sequence for change in opened.changes]
    gapless = after == list(range(opened.sequence + 1, opened.sequence + 1 + len(after)))
    return lost, int(not (sound and whole and gapless))


def check_json(path: Path, known: dict[int, str]) -> tuple[int, int]:
    """Return how many of the known edits a JSON file lacks, and whether it cannot be read (1)."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return len(known), 1
    return sum(found.get(str(number)) != value for number, value in known.items()), 0


def _say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def _save_in_store(path: Path) -> None:
    with open_store(path) as store:
        if not store.worklist():
            store.create(NewDeclaration(_ID, "import", "x", "1", {}), actor="kill loop")
        _say(_READY)
        waiting: list[Future[int]] = []
        count = 0
        while True:
            count += 1
            value = f"edit {os.getpid()}.{count}"
            future = store.append_change(_ID, {"value": value}, label="edit", actor="kill loop")
            future.add_done_callback(lambda done, value=value: _say(f"{done.result()} {value}"))
            waiting.append(future)
            if count % _SNAPSHOT_EVERY == 0:
                store.save_snapshot(Snapshot(_ID, {"last": value}), actor="kill loop")
            if len(waiting) > _AHEAD:
                waiting.pop(0).result()


def _save_as_json(path: Path, most: int) -> None:
    document = {str(-number): "a declaration has many boxes" for number in range(1, _JSON_ROWS)}
    path.write_text(json.dumps(document), encoding="utf-8")
    _say(_READY)
    for number in range(1, most + 1):
        document[str(number)] = f"edit {number}"
        path.write_text(json.dumps(document), encoding="utf-8")
        _say(f"{number} edit {number}")


if __name__ == "__main__":
    if sys.argv[1] == "child":
        if sys.argv[2] == STORE:
            _save_in_store(Path(sys.argv[3]))
        _save_as_json(Path(sys.argv[3]), int((*sys.argv[4:5], 1 << 60)[0]))
        sys.exit()
    for kind in (STORE, JSON_IN_PLACE):
        print(kind, run(int(sys.argv[1]), kind))
