# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One edit, from the keystroke until it is safe on the disk, through the real store."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from swclient.store import NewDeclaration, Store, open_store
from tests.bench.figures import Figure
from tests.bench.timing import Series, in_turns

ID = "11111111-2222-4333-8444-555555555555"
_EDITS = 60
_COUNTED = 100
_KEYSTROKE = 0.1
_MOST_BYTES = 13_000
_TWELVE = 999
_SYNC = re.compile(r"\b(fdatasync|fsync|msync|sync_file_range)\(")


def change(number: int) -> dict[str, Any]:
    """Return an edit as the journal has it, about 100 bytes."""
    return {"changes": [{"do": "set", "at": ["item", number % _TWELVE, "gross_mass"], "before": None, "after": f"{number}.5"}]}


def handed_in(store: Store, number: int) -> Any:
    """Hand one edit to the store."""
    return store.append_change(ID, change(number), label="Gross mass", actor="declarant")


def new_store(path: Path) -> Store:
    """Open a store with one declaration in it."""
    store = open_store(path)
    store.create(NewDeclaration(ID, "import", "KZ", "1", {}), actor="declarant")
    return store


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure acknowledged edits against a bare file and an ORM, then count what one edit costs the disk."""
    with tempfile.TemporaryDirectory(prefix="swclient-save-") as name:
        folder = Path(name)
        return [*_edits(folder, told.rounds), *_costs(folder)]


def _edits(folder: Path, rounds: int) -> list[Figure]:
    from tests.bench.save_peers import appended, by_orm, whole_file

    handed: list[float] = []
    kept = 0

    def ours() -> float:
        nonlocal kept
        taken = []
        for _ in range(_EDITS):
            begun = perf_counter()
            future = handed_in(store, kept)
            handed.append((perf_counter() - begun) * 1e3)
            future.result()
            taken.append((perf_counter() - begun) * 1e3)
            kept += 1
        return median(taken)

    with new_store(folder / "edits.db") as store, appended(folder) as bare, by_orm(folder) as orm, whole_file(folder) as whole:
        contestants: dict[str, Callable[[], object]] = {"ours": ours, "limit": bare, "peer": orm, "whole": whole}
        found = in_turns(contestants, rounds, waits=True)
        bodies = [record.body for record in store.history(ID) if not record.whole]
        wrong = [] if bodies == [change(number) for number in range(kept)] and store.health.ok else ["the log holds something else"]
    spread = found["ours"].told("ours") | {"whole file of 1.7 MB": round(found["whole"].median, 3), "edits": kept, "disk": _disk(folder)}
    acked = Figure(
        "save.acknowledged", "ms", found["ours"].median, found["peer"].median, found["limit"].median,
        "SQLAlchemy's ORM: add, commit, WAL and synchronous=FULL", "150 bytes appended to a file, fdatasync", spread=spread,
    )  # fmt: skip
    typed = Series(handed)
    told = {"edits": len(handed), "p50": round(typed.median, 4), "p99": round(typed.quantile(0.99), 4), "max": round(max(handed), 3)}
    typist = Figure("save.handing in p99", "ms", typed.quantile(0.99), spread=told).at_most(_KEYSTROKE)
    proved = f"{kept} edits read back in order, chain sound"
    return [acked.beats_peer(3).within_limit(1.5).right(wrong, proved), typist.right(wrong, proved)]


def _disk(folder: Path) -> str:
    best = ("", "?")
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines() if Path("/proc/mounts").exists() else []:
        _device, place, kind, *_ = line.split()
        if str(folder).startswith(place) and len(place) >= len(best[0]):
            best = (place, kind)
    return best[1]


# -- what an edit costs the disk -----------------------------------------------------------------------------------------


def _costs(folder: Path) -> list[Figure]:
    few, many = (_counted(folder, count) for count in (_COUNTED, 2 * _COUNTED))
    bytes_each = (many["bytes"] - few["bytes"]) / _COUNTED
    figures = [Figure("save.bytes an edit", "B", bytes_each, spread={"edits": _COUNTED}).at_most(_MOST_BYTES)]
    if few["syncs"] is not None:
        each = (many["syncs"] - few["syncs"]) / _COUNTED
        figures.append(Figure("save.syncs an edit", "", each, spread={"edits": _COUNTED}).exactly(1, "exactly one"))
    return figures


def _counted(folder: Path, edits: int) -> dict[str, Any]:
    """Let a program save so many edits, one by one, and count its syncs and bytes."""
    path = folder / f"counted-{edits}.db"
    trace = folder / f"trace-{edits}"
    order = [sys.executable, "-m", "tests.bench.save", str(path), str(edits)]
    tool = shutil.which("strace")
    if tool:
        order = [tool, "-f", "-o", str(trace), "-e", "trace=fdatasync,fsync,msync,sync_file_range", *order]
    done = subprocess.run(order, capture_output=True, text=True, check=True)
    syncs = len(_SYNC.findall(trace.read_text(encoding="utf-8"))) if tool else None
    return {"bytes": json.loads(done.stdout)["bytes"], "syncs": syncs}


def _written() -> int:
    """Return how many bytes this process has sent towards the disk."""
    lines = Path("/proc/self/io").read_text(encoding="utf-8").splitlines()
    return int(dict(line.split(": ") for line in lines)["write_bytes"])


def _save(path: Path, edits: int) -> None:
    with new_store(path) as store:
        before = _written()
        for number in range(edits):
            handed_in(store, number).result()
        sys.stdout.write(json.dumps({"bytes": _written() - before, "pid": os.getpid()}))


if __name__ == "__main__":
    _save(Path(sys.argv[1]), int(sys.argv[2]))
