# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a program that encrypts its store, or fails its disk, at the Nth write, sync, rename or removal.

    python -m tests.store.vault_sweep

Wherever it strikes, a store lies there that opens and has everything in it; the key is in the key store before.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.store import driver
from swclient.store.backups.recasting import recast
from swclient.store.vault import keys, notes
from tests.store.copies import held, live

if TYPE_CHECKING:
    from collections.abc import Iterable

KILL = "signal=SIGKILL"
BROKEN_DISK = "error=EIO"
FULL_DISK = "error=ENOSPC"
CALLS = ("pwrite64", "write", "fdatasync", "fsync", "rename", "unlink", "ftruncate")
ACTS = ("encrypt", "rekey", "decrypt", "control")
FORMER, NEXT = keys.Key(bytes(range(32))), keys.Key(bytes(range(1, 33)))


@dataclass(frozen=True, slots=True)
class Result:
    """What a sweep came to.

    Attributes:
        struck: how often the program died or said that it could not.
        before, after: how many stores were as they were, and how many were changed wholly.
        lost: how many did not open or missed something.
    """

    struck: int
    before: int
    after: int
    lost: int


def run(act: str, fault: str, call: str, positions: Iterable[int]) -> Result:
    """Make one call fail in one way at each of the positions (1 = its first time)."""
    for key in (FORMER, NEXT):
        keys.hold(key)
    counts = [_strike(act, fault, call, position) for position in positions]
    return Result(*(sum(column) for column in zip(*counts, strict=True)))


def _strike(act: str, fault: str, call: str, position: int) -> tuple[int, int, int, int]:
    with tempfile.TemporaryDirectory(prefix="swclient-vault-") as folder:
        path = Path(folder) / "declarations.db"
        live(path, 8).close()
        if act in {"rekey", "decrypt"}:
            recast(path, FORMER)
        truth, plain = held(path), driver.is_plain(path)
        order = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", folder, "-e", f"trace={call}"]
        order = [word for word in order if word not in {"-P", folder}]
        order += ["-e", f"inject={call}:{fault}:when={position}"]
        order += [sys.executable, "-m", "tests.store.vault_sweep", act, str(path)]
        done = subprocess.run(order, check=False, capture_output=True, cwd=Path(__file__).parents[2])
        try:
            whole = held(path) == truth
        except UserError:
            whole = False
        changed = driver.is_plain(path) != plain or (act == "rekey" and notes.noted(path) == (NEXT.id,))
        return done.returncode != 0, whole and not changed, whole and changed, not whole


def _in_place(path: Path) -> None:
    """Do it as it must not be done: the new file written over the old one."""
    part = path.with_name("made")
    part.write_bytes(path.read_bytes())
    recast(part, NEXT)
    with path.open("r+b", buffering=0) as target:
        content = part.read_bytes()
        for start in range(0, len(content), 4096):
            target.write(content[start : start + 4096])


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ACTS:
        for each in (FORMER, NEXT):
            keys.hold(each)
        file = Path(sys.argv[2])
        try:
            _in_place(file) if sys.argv[1] == "control" else recast(file, None if sys.argv[1] == "decrypt" else NEXT)
        except UserError:
            sys.exit(3)
    else:
        for what in ACTS[:3]:
            for kind in (KILL, BROKEN_DISK, FULL_DISK):
                for name in CALLS:
                    print(what, kind, name, run(what, kind, name, range(1, 40)), flush=True)
