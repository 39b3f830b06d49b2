# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk whose every flush takes 30 ms, and somebody who types fast: how long each key waits, and for what.

python -m tests.store.proofs.slow_disk FILE KEYS ours|control
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from swclient.base import calm
from swclient.store import NewDeclaration, open_store
from tests.store.proofs.typing import ID

FLUSH = 0.030
_PAUSE = 0.002
_ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Typed:
    """What a run of keys came to.

    Attributes:
        keys: how many.
        p50: milliseconds that a key waited; and so on.
        work_p99: milliseconds that the thread which types was at work for a key, at p99: what a busy machine took is
            not in it.
        flushes_behind: by how many flushes the last acknowledgement came after its key, at p99.
        kept: how many edits the store holds afterwards.
    """

    keys: int
    p50: float
    p99: float
    worst: float
    work_p99: float
    flushes_behind: float
    kept: int


def run(keys: int, folder: Path, how: str = "ours") -> Typed:
    """Type so many keys while every flush takes `FLUSH` seconds; the control waits for the disk at each key."""
    delay = round(FLUSH * 1e6)
    watch = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync"]
    watch += ["-e", f"inject=fdatasync,fsync:delay_exit={delay}"]
    order = [sys.executable, "-m", "tests.store.proofs.slow_disk", str(folder / f"{how}.db"), str(keys), how]
    done = subprocess.run([*watch, *order], check=True, capture_output=True, text=True, cwd=_ROOT)
    return Typed(**json.loads(done.stdout))


def _type(path: Path, keys: int, *, wait: bool) -> Typed:
    waited, worked, behind = list[float](), list[float](), list[float]()
    with open_store(path) as store:
        store.create(NewDeclaration(ID, "import", "x", "1", {}), actor="declarant")
        assert store.health.ok
        calm.settle()  # as the window does once it is up
        for number in range(keys):
            begun, work = time.perf_counter(), time.thread_time()
            future = store.append_change(ID, {"value": f"{number}"}, label="Gross mass", actor="declarant")
            if wait:
                future.result()
            worked.append((time.thread_time() - work) * 1e3)
            waited.append((time.perf_counter() - begun) * 1e3)
            future.add_done_callback(lambda _done, begun=begun: behind.append((time.perf_counter() - begun) / FLUSH))
            time.sleep(_PAUSE)
        store.flush()
        kept = len(store.history(ID)) - 1
    waited.sort()
    worked.sort()
    behind.sort()
    p99 = keys * 99 // 100
    return Typed(keys, waited[keys // 2], waited[p99], waited[-1], worked[p99], behind[p99], kept)


if __name__ == "__main__":
    found = _type(Path(sys.argv[1]), int(sys.argv[2]), wait=sys.argv[3] == "control")
    print(json.dumps({name: getattr(found, name) for name in Typed.__slots__}))
