# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two programs that write to one store at once, and a program killed while it holds the lock."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from swclient.store import NewDeclaration, database, open_store
from tests.store.proofs.tally import Tally
from tests.store.proofs.typing import ID

_ROOT = Path(__file__).parents[3]
_NAME = "declarations.db"


def run(commits: int) -> Tally:
    """Have two programs commit so often each; every edit is there once and in its writer's order."""
    tally = Tally("two writers that do not wait for each other (busy timeout 0)")
    with tempfile.TemporaryDirectory(prefix="swclient-two-") as name:
        path = Path(name) / _NAME
        with open_store(path) as store:
            store.create(NewDeclaration(ID, "import", "x", "1", {}), actor="declarant")
        said = _both("store", path, commits)
        worst = max(float(lines[-1].split()[1]) for lines in said)
        with open_store(path) as store:
            values = [record.body.get("value") for record in store.history(ID)][1:]
            tally.wrong += [] if store.health.ok else [store.health.message.text()]
        for who in "ab":
            due = [f"{who}{number}" for number in range(commits)]
            tally.wrong += [] if [value for value in values if value[0] == who] == due else [f"edits of {who} are lost"]
        tally.wrong += [f"refused: {line}" for lines in said for line in lines if line.startswith("refused")]
        tally.cases = tally.acked = len(values)
        tally.tell("worst wait, ms", round(worst))
        refused = [line for lines in _both("hasty", Path(name) / "control.db", 300) for line in lines]
        tally.control_cases = 600
        tally.control_wrong = sum(line.startswith("refused") for line in refused)
    return tally


def _both(how: str, path: Path, commits: int) -> list[list[str]]:
    order = [sys.executable, "-m", "tests.store.proofs.sharing", how, str(path), str(commits)]
    running = [subprocess.Popen([*order, who], stdout=subprocess.PIPE, text=True, cwd=_ROOT) for who in "ab"]
    return [each.communicate()[0].split("\n")[:-1] for each in running]


def _write(path: Path, commits: int, who: str) -> None:
    worst = 0.0
    with open_store(path) as store:
        for number in range(commits):
            begun = time.perf_counter()
            problem = store.append_change(ID, {"value": f"{who}{number}"}, label="x", actor=who).exception()
            worst = max(worst, time.perf_counter() - begun)
            if problem is not None:
                print("refused", problem)
    print("worst", worst * 1e3)


def _write_hastily(path: Path, commits: int) -> None:
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    for number in range(commits):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS edits (value)")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO edits VALUES (?)", (number,))
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            print("refused", error)
            connection.rollback()
    print("worst 0")


def run_stale(kills: int) -> tuple[Tally, list[float]]:
    """Kill a program in the midst of a transaction; return also how long the next opening took, in seconds."""
    tally = Tally("a lock file left behind, which a program has to be told to ignore")
    taken = []
    with tempfile.TemporaryDirectory(prefix="swclient-lock-") as name:
        path = Path(name) / _NAME
        with open_store(path) as store:
            store.create(NewDeclaration(ID, "import", "x", "1", {}), actor="declarant")
        for number in range(kills):
            _die_holding(path)
            begun = time.perf_counter()
            with open_store(path) as store:
                store.append_change(ID, {"value": str(number)}, label="x", actor="declarant").result()
                taken.append(time.perf_counter() - begun)
                tally.wrong += [] if store.health.ok else [store.health.message.text()]
            tally.cases += 1
            lock = Path(name) / f"control-{number}.lock"
            _die_with_lock_file(lock)
            tally.control_cases += 1
            tally.control_wrong += lock.exists()
    tally.wrong += [f"opened after {each:.2f} s" for each in taken if each > 2]
    return tally, taken


def _die_holding(path: Path) -> None:
    child = os.fork()
    if not child:
        connection = database.connect(path)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE declaration SET title = 'half'")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def _die_with_lock_file(lock: Path) -> None:
    child = os.fork()
    if not child:
        lock.touch(exist_ok=False)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


if __name__ == "__main__":
    if sys.argv[1] == "store":
        _write(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        _write_hastily(Path(sys.argv[2]), int(sys.argv[3]))
