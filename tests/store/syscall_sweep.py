# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets the system fail a working program at its Nth write, sync, cut or removal, exactly, and looks what is left.

    python -m tests.store.syscall_sweep

strace does it: at the Nth call it kills the program, or answers "input/output error" or "no space left". How many calls
there are is counted first in a run that nothing happens to, so every one gets its turn, also where SQLite gets over one
by itself. strace counts for each thread apart, so the making of a store, which is done by another thread than the work
in it, is swept by itself. The control rewrites a JSON file in place; struck in the same way it must lose.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.store import NewDeclaration, open_store
from tests.store.proofs.typing import ID, Said, faults

if TYPE_CHECKING:
    from collections.abc import Iterable

KILL = "signal=SIGKILL"
BROKEN_DISK = "error=EIO"
FULL_DISK = "error=ENOSPC"
FAULTS = (KILL, BROKEN_DISK, FULL_DISK)
CALLS = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "rename")
EDITS = 12
_STORE = "declarations.db"
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Result:
    """What a sweep came to.

    Attributes:
        positions: at how many places something was made to fail.
        struck: how often the program was killed or was told of the failure.
        acked: edits acknowledged before or after it.
        wrong: what of it was not there afterwards, or not whole; one text each.
    """

    positions: int
    struck: int
    acked: int
    wrong: tuple[str, ...]


def counted(*, made: bool = True) -> dict[str, int]:
    """Return how often the busiest thread of a run that nothing happens to makes each call.

    Args:
        made: the store is there already.
    """
    with tempfile.TemporaryDirectory(prefix="swclient-sweep-") as folder:
        _make(folder, made=made)
        trace = Path(folder) / "trace"
        watch = ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={','.join(CALLS)}"]
        subprocess.run([*watch, *_order(folder)], check=True, capture_output=True, cwd=_ROOT)
        text = trace.read_text(encoding="utf-8", errors="replace")
    by_thread = Counter(re.findall(r"^(\d+) +(\w+)\(", text, re.MULTILINE))
    return {call: max((n for (_thread, each), n in by_thread.items() if each == call), default=0) for call in CALLS}


def _make(folder: str, *, made: bool) -> None:
    if made:
        with open_store(Path(folder) / _STORE) as store:
            store.create(NewDeclaration(ID, "import", "x", "1", {}), actor="proof")


def run(fault: str, call: str, positions: Iterable[int], *, made: bool = True) -> Result:
    """Make one call fail in one way at each of the positions (1 = its first time)."""
    counts = [_strike(fault, call, position, made=made) for position in positions]
    wrong = tuple(f"{call} {fault}: {each}" for count in counts for each in count[2])
    return Result(len(counts), sum(count[0] for count in counts), sum(count[1] for count in counts), wrong)


def run_control(fault: str, positions: Iterable[int]) -> tuple[int, int]:
    """Strike a program that rewrites a JSON file in place; return at how many places, and at how many it lost."""
    lost = [_strike_control(fault, position) for position in positions]
    return len(lost), sum(lost)


def _order(folder: str) -> list[str]:
    return [sys.executable, "-m", "tests.store.proofs.typing", str(Path(folder) / _STORE), str(EDITS)]


def _inject(call: str, fault: str, position: int) -> list[str]:
    watch = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    return [*watch, "-e", f"inject={call}:{fault}:when={position}"]


def _strike(fault: str, call: str, position: int, *, made: bool) -> tuple[bool, int, list[str]]:
    with tempfile.TemporaryDirectory(prefix="swclient-sweep-") as folder:
        _make(folder, made=made)
        order = [*_inject(call, fault, position), *_order(folder)]
        done = subprocess.run(order, check=False, capture_output=True, text=True, cwd=_ROOT)
        said = Said()
        for line in done.stdout.split("\n")[:-1]:
            said.hear(line)
        path = Path(folder) / _STORE
        wrong = faults(path, said) if path.exists() or said.edits else []
        return done.returncode != 0 or said.told > 0, len(said.edits), [f"position {position}: {one}" for one in wrong]


def _strike_control(fault: str, position: int) -> bool:
    from tests.store.kill_loop import JSON_IN_PLACE, check_json

    with tempfile.TemporaryDirectory(prefix="swclient-sweep-") as folder:
        path = Path(folder) / "edits.json"
        order = [sys.executable, "-m", "tests.store.kill_loop", "child", JSON_IN_PLACE, str(path), "5"]
        struck = [*_inject("write", fault, position), *order]
        done = subprocess.run(struck, check=False, capture_output=True, text=True, cwd=_ROOT)
        lines = [line.partition(" ") for line in done.stdout.split("\n")[:-1] if line[:1].isdigit()]
        return bool(lines) and check_json(path, {int(number): value for number, _, value in lines})[0] > 0


if __name__ == "__main__":
    for there in (False, True):
        for name, times in counted(made=there).items():
            for kind in FAULTS:
                print(there, kind, name, run(kind, name, range(1, times + 1), made=there), flush=True)
