# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets the system fail a saving program at its Nth write or sync, exactly, and looks what is left.

    python -m tests.store.syscall_sweep

strace does it: at the Nth call it kills the program, or answers "input/output error" or "no space left". Unlike a kill
at random, every place gets its turn.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.store import Snapshot, open_store
from tests.store.conftest import ID, append, new

if TYPE_CHECKING:
    from collections.abc import Iterable

KILL = "signal=SIGKILL"
BROKEN_DISK = "error=EIO"
FULL_DISK = "error=ENOSPC"
CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate")
_EDITS = 12


@dataclass(frozen=True, slots=True)
class Result:
    """What a sweep came to.

    Attributes:
        positions: at how many places something was made to fail.
        struck: how often the program was killed or was told of the failure.
        acked: edits acknowledged before or after it.
        lost: acknowledged edits that were not there afterwards.
        corrupt: stores that did not open or were not whole.
    """

    positions: int
    struck: int
    acked: int
    lost: int
    corrupt: int


def run(fault: str, call: str, positions: Iterable[int]) -> Result:
    """Make one call fail in one way at each of the positions (1 = its first time)."""
    counts = [_strike(fault, call, position) for position in positions]
    return Result(len(counts), *(sum(column) for column in zip(*counts, strict=True)))


def _strike(fault: str, call: str, position: int) -> tuple[int, int, int, int]:
    with tempfile.TemporaryDirectory(prefix="swclient-sweep-") as folder:
        path = Path(folder) / "declarations.db"
        with open_store(path) as store:
            store.create(new(), actor="sweep")
        order = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
        order += ["-e", f"inject={call}:{fault}:when={position}"]
        order += [sys.executable, "-m", "tests.store.syscall_sweep", "child", str(path)]
        root = Path(__file__).parents[2]
        done = subprocess.run(order, check=False, capture_output=True, text=True, cwd=root)
        lines = done.stdout.split("\n")[:-1]
        acked = {int(line.split()[1]): line.split()[2] for line in lines if line.startswith("saved")}
        struck = done.returncode != 0 or any(line.startswith("told") for line in lines)
        return struck, len(acked), *_check(path, acked)


def _check(path: Path, acked: dict[int, str]) -> tuple[int, int]:
    try:
        with open_store(path) as store:
            whole = store.health.ok
            found = {record.sequence: record.body.get("value") for record in store.history(ID)}
            store.load(ID)
    except UserError:
        return len(acked), 1
    return sum(found.get(number) != value for number, value in acked.items()), int(not whole)


def _say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def _save(path: Path) -> None:
    """Save edits as the program does: told of a failure, it saves the whole body and goes on."""
    with open_store(path) as store:
        for number in range(_EDITS):
            saved = append(store, number)
            try:
                _say("saved", saved.result(), number)
            except UserError:
                _say("told")
                _save_whole(store, number)


def _save_whole(store, number: int) -> None:
    try:
        store.save_snapshot(Snapshot(ID, {"header": {"office": str(number)}}), actor="sweep").result()
    except UserError:
        _say("told")


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        try:
            _save(Path(sys.argv[2]))
        except UserError:
            _say("told")
    else:
        for kind in (KILL, BROKEN_DISK, FULL_DISK):
            for name in CALLS:
                print(kind, name, run(kind, name, range(1, 3 * _EDITS)), flush=True)
