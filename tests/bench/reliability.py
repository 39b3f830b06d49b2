# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What breaks stores, done to ours: `./dev bench reliability [--only NAME] [--cases N]`.

The proofs of the line are its second half, `offices`, and are found here by name, too. Every proof has a control that
must lose in the same run. What each promises: docs/handbook/reliability.md.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import offices
from tests.bench import reliability_times as times
from tests.bench.figures import Figure
from tests.store.proofs import migrating, removed, rot, sharing, small_disk, sweeping, tampering
from tests.store.proofs.powercut import run as power_cut
from tests.store.proofs.tally import Tally

Proof = Callable[[int, Path], Tally]
PROOFS: dict[str, tuple[int, Proof]] = {
    "kills": (1000, lambda cases, _folder: sweeping.kills(cases)),
    "syscalls": (10_000, lambda cases, _folder: sweeping.run(cases)),
    "powercut": (20_000, lambda cases, _folder: power_cut(cases)),
    "bitflips": (10_000, lambda cases, _folder: rot.run(cases, rot.flip_a_bit)),
    "pages": (2_000, lambda cases, _folder: rot.run(cases, rot.spoil_a_page)),
    "truncated": (500, lambda cases, _folder: rot.run_cut(cases)),
    "walfile": (200, lambda cases, _folder: rot.run(cases, rot.spoil_the_log_file)),
    "tampering": (1000, lambda cases, _folder: tampering.run(cases)),
    "migrations": (300, lambda cases, _folder: migrating.run(cases)),
    "fulldisk": (200, small_disk.run),
    "fulldisk.migration": (100, lambda cases, _folder: migrating.run_full(cases)),
    "fulldisk.copies": (100, small_disk.run_copies),
    "removed": (50, removed.run),
    "writers": (2_000, lambda cases, _folder: sharing.run(cases)),
    "stalelock": (200, lambda cases, _folder: sharing.run_stale(cases)[0]),
}
"""Name, how many cases the long form has, and what to run; `migrations` counts for each older version."""

TIMES: dict[str, tuple[int, Callable[[int, Path], list[Figure]]]] = {
    "back": (7, times.back_on_screen),
    "slowdisk": (10_000, times.typing_on_a_slow_disk),
    "chain": (1_000_000, times.checking_a_long_chain),
}
_FEWEST = 5
_SMALL_DISKS = {"fulldisk", "fulldisk.migration", "fulldisk.copies"}
_TRACED = {"syscalls", "powercut", "slowdisk"}


def measure(told: argparse.Namespace) -> list[Figure]:
    """Run every proof, or the one that is named, with as many cases as it has in the long form or as are asked for."""
    if told.only in offices.PROOFS:
        return offices.measure(told)
    names = [name for name in (*PROOFS, *TIMES) if told.only in {"", name}]
    if not names:
        known = ", ".join((*PROOFS, *TIMES, *offices.PROOFS))
        raise SystemExit(f"no proof {told.only}; known are {known}")
    return [figure for name in names for figure in _one(name, told.cases, short=told.short)]


def _one(name: str, cases: int, *, short: bool) -> list[Figure]:
    hindered = _hindered(name)
    if hindered:
        print(f"reliability.{name}: left out, {hindered}", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory(prefix="swclient-proof-") as folder:
        if name in TIMES:
            usual, timed = TIMES[name]
            return timed(cases or _fewer(usual, short=short), Path(folder))
        usual, proof = PROOFS[name]
        return [_figure(name, proof(cases or _fewer(usual, short=short), Path(folder)))]


def _fewer(usual: int, *, short: bool) -> int:
    return max(_FEWEST, usual // 100) if short else usual


def _hindered(name: str) -> str:
    if name in _TRACED and shutil.which("strace") is None:
        return "strace is not installed"
    return small_disk.why_not() if name in _SMALL_DISKS else ""


def _figure(name: str, tally: Tally) -> Figure:
    spread = {"cases": tally.cases, "acknowledged": tally.acked, **tally.told, "control cases": tally.control_cases}
    figure = Figure(
        f"reliability.{name}", "", len(tally.wrong), tally.control_wrong, None, tally.control, spread=spread
    )
    figure.right(tally.wrong, f"{tally.cases:,} cases").exactly(0, "none lost, none silently wrong")
    return figure.more_than(0, "the control loses", tally.control_wrong)
