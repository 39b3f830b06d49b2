# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.bench [NAME ...] [--json]`: every bench in a process of its own, then one table or one document.

Exit code 1 where a goal does not hold, a result is not proved equal, or a control does not fail as it must.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure, table

BENCHES = {
    "start": "the window from nothing to an editable form",
    "window": "999 items: a key until it is painted, the table scrolled, another item",
    "grid": "500 x 12 cells pasted into the goods table and undone",
    "check": "a keystroke, a settling and a full check of 999 items",
    "duties": "values and charges of 999 items",
    "message": "the customs message of 999 items, written, checked and read",
    "print": "999 items on 334 sheets",
    "lookup": "a key typed into the look-up of commodity codes",
    "find": "a declaration among 100,000, and the archive opened",
    "save": "one edit safely on the disk",
    "reliability": "what kills, power cuts, full and rotten disks leave",
    "offices": "what bad lines, kills, sealed sticks and any order of answers leave",
    "hostile": "two hundred files that mean harm",
    "bad_tls": "what far ends that prove nothing get to see",
}
_SECOND_HALF = {"reliability": "offices"}
_MODULES = {"print": "printed", "start": "cold_start"}


def _arguments(words: list[str]) -> argparse.Namespace:
    known = "\n".join(f"  {name:<12}{what}" for name, what in BENCHES.items())
    reader = argparse.ArgumentParser(
        prog="./dev bench",
        description=f"Measures against peers and limits. Benches:\n{known}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    reader.add_argument("names", nargs="*", metavar="NAME", help="which; all where none is named")
    reader.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    reader.add_argument("--rounds", type=int, default=9, help="rounds that count (9)")
    reader.add_argument("--edits", type=int, default=1_000_000, help="random edits of `check` (1000000)")
    reader.add_argument(
        "--cases", type=int, default=0, help="cases of `duties` (1000000) or of a proof (its long form)"
    )
    reader.add_argument("--only", default="", help="one proof, see docs/handbook/reliability.md")
    reader.add_argument("--short", action="store_true", help="proofs with a hundredth of their cases")
    reader.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    told = reader.parse_args(words)
    unknown = sorted(set(told.names) - set(BENCHES))
    if unknown:
        reader.error(f"no bench {', '.join(unknown)}; known are {', '.join(BENCHES)}")
    return told


def _names(told: argparse.Namespace) -> list[str]:
    """Return what to run: a bench in two halves is run whole, unless one proof of it is named."""
    halves = {} if told.only else _SECOND_HALF
    return list(dict.fromkeys(part for name in told.names or BENCHES for part in (name, halves.get(name, name))))


def _inside(told: argparse.Namespace) -> int:
    """Run one bench here and print its figures as data; this is the child."""
    name = told.names[0]
    measure = import_module(f"tests.bench.{_MODULES.get(name, name)}").measure
    figures: list[Figure] = measure(told)
    print(json.dumps([figure.as_data() for figure in figures], ensure_ascii=False))
    return 0


def _environment(home: str) -> dict[str, str]:
    """Return what a bench runs in: none of the caller's wishes, and compiled modules kept as an installation does."""
    env = {key: text for key, text in os.environ.items() if not key.startswith(("SWCLIENT_", "PYTHON"))}
    env |= {key: os.environ[key] for key in ("PYTHONPATH", "SWCLIENT_CORPUS") if key in os.environ}
    ours = {"SWCLIENT_HOME": home, "SWCLIENT_LANG": "en", "QT_QPA_PLATFORM": "offscreen"}
    return env | ours | {"PYTHONHASHSEED": "0", "PYTHONPYCACHEPREFIX": str(Path(home) / "compiled")}


def _bench(name: str, words: list[str]) -> list[dict[str, Any]]:
    """Run one bench in a process of its own; what breaks it is a figure that does not hold."""
    begun = time.monotonic()
    print(f"{name}: {BENCHES[name]} ...", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="swclient-bench-") as home:
        order = [sys.executable, "-m", "tests.bench", name, "--inside", *words]
        done = subprocess.run(order, env=_environment(home), stdout=subprocess.PIPE, text=True, check=False)
    print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    if done.returncode:
        broken = Figure(name, "", float("nan"), proved="NO: it broke, see above").exactly(0, "runs to its end")
        return [broken.as_data() | {"measured": None}]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def main(words: list[str]) -> int:
    """Run what is asked for and return the exit code."""
    told = _arguments(words)
    if told.inside:
        return _inside(told)
    passed_on = [f"--{key}={getattr(told, key)}" for key in ("rounds", "edits", "cases", "only")]
    passed_on += ["--short"] if told.short or not told.names else []  # the long form is for who names it
    figures = [figure for name in _names(told) for figure in _bench(name, passed_on)]
    holds = all(figure["holds"] for figure in figures)
    if told.json:
        machine = {
            "python": platform.python_version(),
            "system": platform.platform(),
            "cpus": os.cpu_count(),
            "load": os.getloadavg(),
        }
        print(json.dumps({"holds": holds, "machine": machine, "figures": figures}, ensure_ascii=False, indent=1))
    else:
        print(table(figures))
        print(
            "\nEvery goal holds."
            if holds
            else "\nNot every goal holds: " + ", ".join(f["figure"] for f in figures if not f["holds"])
        )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
