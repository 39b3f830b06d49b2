# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One edit, from the keystroke until it is safe on the disk, through the real store."""

from __future__ import annotations

import argparse
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
from tests.bench.save_peers import appended, by_orm, whole_file
from tests.bench.timing import Series, in_turns

ID = "11111111-2222-4333-8444-555555555555"
_ORM = "SQLAlchemy's ORM: an item of 60 columns got, one set, a log row added, commit; WAL and synchronous=FULL"
_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, where there is one
_EDITS = 60
_COUNTED = 100
_KEYSTROKE = 0.1
_MOST_BYTES = 13_000
_ROWS = 999
_SYNCS = ("fdatasync", "fsync", "msync", "sync_file_range")
_WRITES = ("write", "pwrite64", "writev", "pwritev")
_CALL = re.compile(r"^\d+ +(?:<\.\.\. )?(\w+)(?:\(| resumed).*= (-?\d+)", re.MULTILINE)


def change(number: int) -> dict[str, Any]:
    """Return an edit as the journal has it, about 100 bytes."""
    return {
        "changes": [{"do": "set", "at": ["item", number % _ROWS, "gross_mass"], "before": None, "after": f"{number}.5"}]
    }


def handed_in(store: Store, number: int) -> Any:
    """Hand one edit to the store."""
    return store.append_change(ID, change(number), label="Gross mass", actor="declarant")


def new_store(path: Path) -> Store:
    """Open a store with one declaration in it."""
    store = open_store(path)
    store.create(NewDeclaration(ID, "import", "KZ", "1", {}), actor="declarant")
    return store


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure acknowledged edits on the disk and in memory, then count what one edit costs the disk."""
    figures = []
    with tempfile.TemporaryDirectory(prefix="swclient-save-") as name:
        folder = Path(name)
        race = _Race(folder, told.rounds)
        figures += [_acknowledged(race), _typist(race), *_costs(folder)]
    if _MEMORY.is_dir():
        with tempfile.TemporaryDirectory(prefix="swclient-save-", dir=_MEMORY) as name:
            figures.append(_program(_Race(Path(name), told.rounds)))
    return figures


class _Race:
    """Edits kept by us and by others, in one folder.

    Attributes:
        series: milliseconds an edit, by contestant.
        handed: what handing in each of our edits cost the one who typed it, milliseconds.
        kept: how many edits we kept.
        wrong: what the log holds that was not typed.
    """

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.handed: list[float] = []
        self.kept = 0
        with (
            new_store(folder / "edits.db") as store,
            appended(folder) as bare,
            by_orm(folder) as orm,
            whole_file(folder) as whole,
        ):
            contestants: dict[str, Callable[[], object]] = {
                "ours": lambda: self._ours(store),
                "limit": bare,
                "peer": orm,
                "whole": whole,
            }
            self.series = in_turns(contestants, rounds, waits=True)
            bodies = [record.body for record in store.history(ID) if not record.whole]
            right = bodies == [change(number) for number in range(self.kept)] and store.health.ok
        self.wrong = [] if right else ["the log holds something else"]
        self.proved = f"{self.kept} edits read back in order, chain sound"

    def _ours(self, store: Store) -> float:
        taken = []
        for _ in range(_EDITS):
            begun = perf_counter()
            future = handed_in(store, self.kept)
            self.handed.append((perf_counter() - begun) * 1e3)
            future.result()
            taken.append((perf_counter() - begun) * 1e3)
            self.kept += 1
        return median(taken)

    def spread(self) -> dict[str, Any]:
        """Return what else is worth telling."""
        whole = {"whole file of 1.7 MB": round(self.series["whole"].median, 3)}
        return self.series["ours"].told("ours") | whole | {"edits": self.kept, "disk": _disk(self.folder)}


def _acknowledged(race: _Race) -> Figure:
    ours, peer, limit = (race.series[who].median for who in ("ours", "peer", "limit"))
    words = "150 bytes appended to a file, fdatasync"
    figure = Figure("save.acknowledged", "ms", ours, peer, limit, _ORM, words, spread=race.spread())
    return figure.within_limit(1.5).right(race.wrong, race.proved)


def _program(race: _Race) -> Figure:
    """What is left of an edit where the disk costs nothing: the program's own part."""
    ours, peer = (race.series[who].median for who in ("ours", "peer"))
    figure = Figure("save.program's part", "ms", ours, peer, None, _ORM, spread=race.spread())
    return figure.beats_peer(3).right(race.wrong, race.proved)


def _typist(race: _Race) -> Figure:
    typed = Series(race.handed)
    told = {
        "edits": len(race.handed),
        "p50": round(typed.median, 4),
        "p99": round(typed.quantile(0.99), 4),
        "max": round(max(race.handed), 3),
    }
    figure = Figure("save.handing in p99", "ms", typed.quantile(0.99), spread=told)
    return figure.at_most(_KEYSTROKE).right(race.wrong, race.proved)


def _disk(folder: Path) -> str:
    best = ("", "?")
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines() if Path("/proc/mounts").exists() else []:
        _device, place, kind, *_ = line.split()
        if str(folder).startswith(place) and len(place) >= len(best[0]):
            best = (place, kind)
    return best[1]


# -- what an edit costs the disk -----------------------------------------------------------------------------------


def _costs(folder: Path) -> list[Figure]:
    """Count syncs and written bytes of an edit, as the system is asked for them; nothing where that cannot be seen."""
    tool = shutil.which("strace")
    if tool is None:
        return []
    few, many = (_counted(tool, folder, count) for count in (_COUNTED, 2 * _COUNTED))
    written, synced = ((more - less) / _COUNTED for less, more in zip(few, many, strict=True))
    spread = {"edits": _COUNTED}
    return [
        Figure("save.bytes an edit", "B", written, spread=spread).at_most(_MOST_BYTES),
        Figure("save.syncs an edit", "", synced, spread=spread).exactly(1, "exactly one"),
    ]


def _counted(tool: str, folder: Path, edits: int) -> tuple[int, int]:
    """Let a program save so many edits one by one; return the bytes it wrote and how often it waited for the disk."""
    trace = folder / f"trace-{edits}"
    watch = [tool, "-f", "-o", str(trace), "-e", f"trace={','.join((*_SYNCS, *_WRITES))}"]
    order = [sys.executable, "-m", "tests.bench.save", str(folder / f"counted-{edits}.db"), str(edits)]
    subprocess.run([*watch, *order], check=True, timeout=120)
    calls = _CALL.findall(trace.read_text(encoding="utf-8"))
    written = sum(int(result) for name, result in calls if name in _WRITES and int(result) > 0)
    return written, sum(name in _SYNCS for name, _result in calls)


def _save(path: Path, edits: int) -> None:
    with new_store(path) as store:
        for number in range(edits):
            handed_in(store, number).result()


if __name__ == "__main__":
    _save(Path(sys.argv[1]), int(sys.argv[2]))
