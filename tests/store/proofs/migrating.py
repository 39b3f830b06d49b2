# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a store's way forward from every older version, at random, and fills its disk: the old one or the new one.

A process that has loaded everything is forked for every kill, so that the blow falls into the migration and not into
the loading of it. The control brings the tables forward statement by statement, without a transaction.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from swclient.base.errors import UserError
from swclient.store import open_store, seals
from swclient.store.database import VERSION
from tests.store.proofs.small_disk import small_disk
from tests.store.proofs.tally import Tally

FILES = Path(__file__).parents[1] / "files"
_NAME = "declarations.db"
_GROWN = 1_500
_BROUGHT = {4: "seal", 5: "register"}
"""A table that a version was the first to have."""
_NOT_DATA = {"alembic_version", "seal", "sqlite_sequence"}
Rows = dict[str, list[tuple[object, ...]]]


def older() -> list[int]:
    """Return the versions that a store may be brought forward from."""
    return sorted(number for number in range(1, VERSION) if (FILES / f"version-{number}.db").exists())


def grown(version: int, folder: Path) -> Path:
    """Make the kept store of a version so large that bringing it forward takes a while."""
    path = folder / _NAME
    for part in FILES.glob(f"version-{version}.db*"):
        shutil.copy(part, folder / part.name.replace(f"version-{version}.db", _NAME))
    connection = sqlite3.connect(path)
    seals.watch(connection)  # the rows are put in as the program would: sealed, where the version has seals
    for table in ("declaration", "event", "outbox"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        new = {"id": "n.n" if table != "declaration" else "'grown-' || n.n", "idempotency_key": "'key-' || n.n"}
        wanted = ", ".join(new.get(column, column) for column in columns)
        connection.execute(
            f"""WITH RECURSIVE n(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM n WHERE n < {1000 + _GROWN})
            INSERT INTO {table} SELECT {wanted} FROM n, (SELECT * FROM {table} LIMIT 1)"""  # noqa: S608 - our own names
        )
    seals.seal(connection)
    connection.commit()
    connection.close()
    return path


def rows_of(path: Path, known: Rows | None = None) -> tuple[int, Rows]:
    """Return version and all rows, in the columns that `known` has where it is given."""
    connection = sqlite3.connect(path)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: Rows = {}
        for table in sorted(set(tables) - _NOT_DATA):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            if known is not None and table not in known:
                continue
            wanted = columns if known is None else [str(each) for each in known[table][0]]
            query = f"SELECT {', '.join(wanted)} FROM {table} ORDER BY 1"  # noqa: S608 - our own names
            found[table] = [tuple(wanted), *connection.execute(query)]
        return version, found
    finally:
        connection.close()


def forward(path: Path) -> None:
    """Bring a store forward, as opening it does."""
    open_store(path).close()


def careless(path: Path) -> None:
    """Bring a store forward as a script without a transaction does: the version first, then table by table."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA user_version={VERSION}")
    for number in range(20):
        connection.execute(f"CREATE TABLE step_{number} AS SELECT * FROM declaration LIMIT 300")  # noqa: S608 - ours
    connection.execute(f"CREATE TABLE {_BROUGHT[VERSION]} (id TEXT)")
    connection.close()


def killed(
    version: int, kills: int, work: Callable[[Path], None], dice: random.Random
) -> tuple[dict[str, int], list[str]]:
    """Kill the work so many times at random moments; return how often it was old, how often new, and what was half."""
    counts, wrong = {"old": 0, "new": 0}, list[str]()
    with tempfile.TemporaryDirectory(prefix="swclient-migrate-") as name:
        (Path(name) / "sound").mkdir()
        sound = grown(version, Path(name) / "sound")
        _version, truth = rows_of(sound)
        longest = min(_once(sound, work, None)[0] for _ in range(3)) * 1.4
        for _ in range(kills):
            _took, path = _once(sound, work, dice.uniform(0, longest))
            became, bad = _became(path, version, truth)
            counts[became] = counts.get(became, 0) + 1
            wrong += [f"from version {version}: {each}" for each in bad]
            shutil.rmtree(path.parent)
    return counts, wrong


def _once(sound: Path, work: Callable[[Path], None], after: float | None) -> tuple[float, Path]:
    """Do the work on a copy in a process of its own, killed after so many seconds; return how long it took, where."""
    folder = Path(tempfile.mkdtemp(dir=sound.parents[1]))
    for part in sound.parent.iterdir():
        shutil.copy(part, folder)
    begun = time.perf_counter()
    child = os.fork()
    if not child:
        try:
            work(folder / _NAME)
        finally:
            os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.perf_counter() - begun, folder / _NAME


def _became(path: Path, before: int, truth: Rows) -> tuple[str, list[str]]:
    """Return which version is there, and what is half about it; the program must open it either way."""
    version, found = rows_of(path, truth)
    wrong = [] if found == truth else ["other data"]
    wrong += ["neither the old tables nor the new"] if _half(path) else []
    try:
        with open_store(path) as store:
            wrong += [] if store.health.ok else [store.health.message.text()]
        after, found = rows_of(path, truth)
        wrong += [] if after == VERSION and found == truth else ["other data once it was brought forward"]
    except UserError as error:
        wrong.append(f"does not open: {error}")
    return "old" if version == before else "new", wrong


def _half(path: Path) -> bool:
    """Return whether a store says one version and has the tables of another."""
    connection = sqlite3.connect(path)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        return any((table in tables) != (number <= version) for number, table in _BROUGHT.items())
    finally:
        connection.close()


def run(kills: int, seed: int = 1) -> Tally:
    """Kill so many times for every older version, then the control."""
    import alembic.command
    import sqlalchemy  # noqa: F401 - loaded before the forks, as is Alembic

    assert alembic.command
    with tempfile.TemporaryDirectory() as name:
        forward_once = Path(name) / _NAME
        shutil.copy(FILES / "version-3.db", forward_once)
        forward(forward_once)  # whatever is loaded on the way is loaded now
    dice = random.Random(seed)
    tally = Tally("tables brought forward without a transaction")
    for version in older():
        counts, wrong = killed(version, kills, forward, dice)
        tally.cases += sum(counts.values())
        tally.wrong += wrong
        for what, times in counts.items():
            tally.tell(f"version {version}: {what}", times)
    tally.control_cases = min(kills, 30)
    tally.control_wrong = len(killed(older()[-1], tally.control_cases, careless, dice)[1])
    return tally


def run_full(sizes: int) -> Tally:
    """Bring a store forward on so many small disks: told and as it was, or brought forward, nothing else."""
    tally = Tally("tables brought forward without a transaction, on the same disks")
    with tempfile.TemporaryDirectory(prefix="swclient-migrate-") as name:
        (Path(name) / "sound").mkdir()
        sound = grown(older()[-1], Path(name) / "sound")
        before, truth = rows_of(sound)
        least = sum(file.stat().st_size for file in sound.parent.iterdir())
        for number in range(sizes):
            size = least + 20_000 + number * int(2.4 * least / sizes)
            with small_disk(Path(name), size) as disk:
                tally.cases += 1
                for part in sound.parent.iterdir():
                    shutil.copy(part, disk)
                try:
                    forward(disk / _NAME)
                    tally.tell("brought forward")
                except UserError as error:
                    tally.tell("told")
                    tally.wrong += [] if "disk" in str(error) else [str(error)]
                version, found = rows_of(_taken_off(disk), truth)
                tally.wrong += [] if found == truth and version in {before, VERSION} else [f"{size} bytes: half"]
            tally.control_cases += 1
            with small_disk(Path(name), size) as disk:
                shutil.copy(sound, disk)
                (disk / "ballast").write_bytes(bytes(max(0, size - least - 60_000)))
                tally.control_wrong += _careless_on_full(disk / _NAME)
    return tally


def _taken_off(disk: Path) -> Path:
    """Copy what lies on a full disk to one that has room, as reading it wants a little."""
    target = disk.with_name("read")
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(disk, target)
    return target / _NAME


def _careless_on_full(path: Path) -> bool:
    try:
        careless(path)
    except sqlite3.Error:
        return _half(_taken_off(path.parent))
    return False
