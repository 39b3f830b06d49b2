# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The store or its disk is taken away while a declaration is open: told, nothing acknowledged after, all rescued."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

from swclient.base.errors import UserError
from swclient.store import NewDeclaration, open_store
from swclient.store.backups.restoring import restore
from tests.store.proofs.small_disk import small_disk, why_not
from tests.store.proofs.tally import Tally
from tests.store.proofs.typing import ID

_NAME = "declarations.db"


def _unlinked(folder: Path) -> None:
    (folder / _NAME).unlink()


def _folder_gone(folder: Path) -> None:
    shutil.rmtree(folder)


def _exchanged(folder: Path) -> None:
    other = folder / "other.db"
    open_store(other).close()
    other.replace(folder / _NAME)


def _unmounted(folder: Path) -> None:
    subprocess.run(["umount", "-l", str(folder)], check=True)


WAYS: tuple[Callable[[Path], None], ...] = (_unlinked, _folder_gone, _exchanged, _unmounted)


def run(cases: int, place: Path, seed: int = 1) -> Tally:
    """Take the store away so many times, in every way in turn; the control acknowledges whatever SQLite commits."""
    dice = random.Random(seed)
    tally = Tally("SQLite alone: what it committed into a removed file")
    ways = WAYS[: -1 if why_not() else len(WAYS)]
    for number in range(cases):
        way = ways[number % len(ways)]
        folder = place / f"case-{number}"
        folder.mkdir()
        tally.cases += 1
        if way is _unmounted:
            with small_disk(folder, 8 << 20) as disk:
                tally.wrong += _one(disk, way, dice.randrange(1, 30), tally)
                subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], check=True)  # for the one that ends it
        else:
            tally.wrong += _one(folder, way, dice.randrange(1, 30), tally)
        tally.control_cases += 1
        tally.control_wrong += _sqlite_alone(place / f"control-{number}.db")
    return tally


def _one(folder: Path, way: Callable[[Path], None], edits: int, tally: Tally) -> list[str]:
    acked: dict[int, str] = {}
    with open_store(folder / _NAME) as store:
        store.create(NewDeclaration(ID, "import", "x", "1", {}), actor="declarant")
        for number in range(edits):
            future = store.append_change(ID, {"value": f"edit {number}"}, label="x", actor="declarant")
            acked[future.result()] = f"edit {number}"
        way(folder)
        problem = store.append_change(ID, {"value": "into nothing"}, label="x", actor="declarant").exception()
        if not isinstance(problem, UserError) or "removed" not in str(problem):
            return [f"{way.__name__}: an edit into a removed store was not told: {problem}"]
        again = store.append_change(ID, {"value": "again"}, label="x", actor="declarant").exception()
        if again is None:
            return [f"{way.__name__}: a later edit was acknowledged"]
        rescued = Path(str(problem.message.args["rescued"]))
    tally.acked += len(acked)
    tally.tell(way.__name__.strip("_"))
    if not rescued.is_file():
        return [f"{way.__name__}: nothing was rescued"]
    wrong = _put_back(folder, rescued, acked)
    rescued.unlink()
    return [f"{way.__name__}: {each}" for each in wrong]


def _put_back(folder: Path, rescued: Path, acked: dict[int, str]) -> list[str]:
    """Do what the message says: put the rescued copy back; everything acknowledged is in it."""
    home = folder.parent / f"{folder.name}-again"
    home.mkdir()
    restore(home / _NAME, rescued)
    with open_store(home / _NAME) as store:
        found = {record.sequence: record.body.get("value") for record in store.history(ID)}
        wrong = [] if store.health.ok else [store.health.message.text()]
    shutil.rmtree(home)
    return wrong + [f"lost edit {number}" for number, value in acked.items() if found.get(number) != value]


def _sqlite_alone(path: Path) -> bool:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE edits (value)")
    path.unlink()
    try:
        connection.execute("INSERT INTO edits VALUES (1)")
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return not path.exists()
