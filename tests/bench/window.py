# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window with 999 items: a key until it is painted, the goods table scrolled, another item brought up.

Each part is a process of its own (`window_hands`); the one that types has a disk whose every flush takes 30 ms. What is
shown afterwards is held against the session. Measured by the clock: from the event to the end of the painting.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from swclient.workflow.bootstrap import open_application
from tests.bench.documents import large_body
from tests.bench.figures import Figure
from tests.bench.timing import Series
from tests.store.proofs.slow_disk import FLUSH

_ROOT = Path(__file__).parents[2]
FRAME, ITEM = 16.0, 8.0  # milliseconds, at p99: the issue's own
_BARE = "the same events in widgets of Qt's own with the same texts and no program behind them"


def measure(told: argparse.Namespace) -> list[Figure]:
    """Type, scroll and turn in a window that is like a user's."""
    with tempfile.TemporaryDirectory(prefix="swclient-window-") as name:
        home = Path(name)
        application = open_application(home=home)
        (home / "window.conf").write_text(f"open={application.take(large_body())}\n", encoding="utf-8")
        application.close()
        times = max(told.rounds // 3, 1)
        typed = _hands(home, "type", 200 * times, slow=True)
        scrolled = _hands(home, "scroll", 100 * times)
        turned = _hands(home, "turn", 100 * times)
    key = _figure("window.key to paint", typed, FRAME, "the texts of 999 items, their sums and the store's log agree")
    grid = _figure("window.goods table scrolled", scrolled, FRAME, "what is on show is what the session says")
    item = _figure("window.another item", turned, ITEM, "the form shows the item it was turned to")
    return [key, grid, item]


def _figure(name: str, found: dict[str, Any], bound: float, proved: str) -> Figure:
    ours, bare = Series(found["ours"]), Series(found["bare"])
    spread = {"times": len(ours.values), "p50": round(ours.median, 2), "worst": round(max(ours.values), 2)}
    spread |= {f"{key} p99": round(Series(values).quantile(0.99), 2) for key, values in found["also"].items()}
    figure = Figure(name + " p99", "ms", ours.quantile(0.99), limit=bare.quantile(0.99), limit_is=_BARE, spread=spread)
    return figure.at_most(bound).right(found["wrong"], proved)


def _hands(home: Path, what: str, times: int, *, slow: bool = False) -> dict[str, Any]:
    """Have a process of its own do something so many times; return milliseconds and what was wrong."""
    order = [sys.executable, "-m", "tests.bench.window_hands", what, str(times)]
    if slow:
        strace = shutil.which("strace")
        if strace is None:
            return {
                "ours": [float("inf")],
                "bare": [1.0],
                "also": {},
                "wrong": ["strace is not there to slow the disk"],
            }
        delay = f"inject=fdatasync,fsync:delay_exit={round(FLUSH * 1e6)}"
        watch = [strace, "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e", delay]
        order = [*watch, *order]
    env = os.environ | {"SWCLIENT_HOME": str(home), "SWCLIENT_LANG": "en", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(order, stdout=subprocess.PIPE, text=True, check=True, cwd=_ROOT, env=env)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
