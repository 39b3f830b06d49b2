# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring in turns: us, peer, limit, again and again, so that a busy minute falls on all alike."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 9
_LAUNCHER = Path(__file__).with_name("launch.py")
Contestant = Callable[[], object]


class Series:
    """What one contestant took, round by round, in milliseconds unless told otherwise."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values = list(values)

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
        return {f"{who} min": round(self.least, 4), f"{who} median": round(self.median, 4)}


def in_turns(contestants: Mapping[str, Contestant], rounds: int = ROUNDS, warm: int = 1) -> dict[str, Series]:
    """Time each contestant once a round.

    Args:
        contestants: name to what is timed; where it returns a float, that many milliseconds count instead.
        rounds: how many rounds count.
        warm: rounds before them that do not.
    """
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(warm + rounds):
        for name, contestant in contestants.items():
            took = _timed(contestant)
            if turn >= warm:
                taken[name].append(took)
    return {name: Series(values) for name, values in taken.items()}


def _timed(contestant: Contestant) -> float:
    begun = perf_counter()
    result = contestant()
    took = (perf_counter() - begun) * 1e3
    return result if isinstance(result, float) else took


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took from its start to its end.

    Attributes:
        wall: milliseconds.
        peak: resident memory at its largest, MiB.
        out: what it printed.
    """

    wall: float
    peak: float
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
    return Run(told["wall"], told["peak"], done.stdout)
