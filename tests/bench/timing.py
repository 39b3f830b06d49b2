# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring in turns: us, peer, limit, again and again, so that a busy minute falls on all alike.

What only reckons is measured by the processor time it uses: on a machine with nothing else to do that is the time
on the clock, and on a busy one it does not count what others took. What waits (for a disk, for another process) is
measured by the clock on the wall.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

_LAUNCHER = Path(__file__).with_name("launch.py")
Contestant = Callable[[], object]


class Series:
    """What one contestant took, round by round, in milliseconds.

    Attributes:
        values: what counts.
        wall: the same by the clock on the wall, where something else counts.
    """

    def __init__(self, values: Sequence[float], wall: Sequence[float] = ()) -> None:
        self.values = list(values)
        self.wall = list(wall)

    @property
    def least(self) -> float:
        """The quickest round."""
        return min(self.values)

    @property
    def median(self) -> float:
        """The middle round."""
        return median(self.values)

    def quantile(self, part: float) -> float:
        """Return what a part of the rounds stays within: 0.99 for p99."""
        ordered = sorted(self.values)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)]

    def told(self, who: str) -> dict[str, float]:
        """Return the least and the median under names, for a figure's spread."""
        found = {f"{who} min": round(self.least, 4), f"{who} median": round(self.median, 4)}
        return found | ({f"{who} median by the wall": round(median(self.wall), 4)} if self.wall else {})


def in_turns(contestants: Mapping[str, Contestant], rounds: int, *, waits: bool = False) -> dict[str, Series]:
    """Time each contestant once a round, after one round that does not count.

    Args:
        contestants: name to what is timed; where it returns a float, that many milliseconds count instead.
        rounds: how many rounds count.
        waits: whether they wait for something, so that the clock on the wall counts.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for turn in range(1 + rounds):
        for name, contestant in contestants.items():
            took = _timed(contestant)
            if turn:
                taken[name].append(took)
    return {name: _series(pairs, waits=waits) for name, pairs in taken.items()}


def _series(pairs: Sequence[tuple[float, float]], *, waits: bool) -> Series:
    wall = [wall for wall, _used in pairs]
    return Series(wall) if waits else Series([used for _wall, used in pairs], wall)


def _timed(contestant: Contestant) -> tuple[float, float]:
    """Return milliseconds by the wall and of processor time."""
    wall, used = perf_counter(), process_time()
    result = contestant()
    used, wall = process_time() - used, perf_counter() - wall
    return (result, result) if isinstance(result, float) else (wall * 1e3, used * 1e3)


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took from its start to its end.

    Attributes:
        wall: milliseconds.
        peak: resident memory at its largest, MiB.
        begun: when it was started, in seconds of the clock that `time.perf_counter` reads in every process.
        out: what it printed.
    """

    wall: float
    peak: float
    begun: float
    out: str


def run_program(order: Sequence[str], env: Mapping[str, str]) -> Run:
    """Run a program to its end.

    It is started by a launcher of its own, since the peak that the system keeps for a child begins with
    that of the process it was forked from.

    Raises:
        RuntimeError: it failed; holds what it said.
    """
    launcher = [sys.executable, "-I", "-S", str(_LAUNCHER), *order]
    done = subprocess.run(launcher, env=dict(env), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(order)} failed:\n{done.stderr[-3000:]}")
    told = json.loads(done.stderr.splitlines()[-1])
    return Run(told["wall"], told["peak"], told["begun"], done.stdout)
