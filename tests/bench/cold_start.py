# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing to a form that can be typed into: the whole program against a bare window and against eager imports."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from swclient.workflow.bootstrap import open_application
from tests.bench.documents import sample_body
from tests.bench.figures import Figure
from tests.bench.timing import Run, run_program

_BARE = "a QMainWindow shown and painted, nothing else"
_EAGER = "the same program with eager imports (ORM, platypus, lxml, requests, keyring, x509, openpyxl, babel)"
_TIMES = 1.35
_MEMORY = 1.25
_FEWEST = 20  # boxes that one can type into on the first page
_ORDERS = {
    "ours": ["-m", "tests.bench.start_ours"],
    "limit": ["-m", "tests.bench.start_bare"],
    "peer": ["-m", "tests.bench.start_ours", "eager"],
    "smoke": ["-m", "ui", "--smoke"],
}


def measure(told: argparse.Namespace) -> list[Figure]:
    """Start each program once a round, in a home where a declaration was left open."""
    with tempfile.TemporaryDirectory(prefix="swclient-start-") as name:
        home = Path(name)
        place = _left_open(home)
        # Compiled modules are kept, as they are on anybody's machine after the first start.
        env = os.environ | {"SWCLIENT_HOME": str(home), "PYTHONPYCACHEPREFIX": str(home / "compiled")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        runs: dict[str, list[Run]] = {who: [] for who in _ORDERS}
        for turn in range(told.rounds + 1):
            for who, order in _ORDERS.items():
                run = run_program([sys.executable, *order], env)
                runs[who] += [run] if turn else []
    return _figures(runs, place)


def _left_open(home: Path) -> str:
    """Leave the sample open in a home; return a text that its first page must show."""
    application = open_application(home=home)
    (home / "window.conf").write_text(f"open={application.open_sample()}\n", encoding="utf-8")
    application.close()
    place: str = sample_body()["header"]["delivery_place"]
    return place


def _figures(runs: dict[str, list[Run]], place: str) -> list[Figure]:
    said = {who: [json.loads(run.out.splitlines()[-1]) for run in runs[who]] for who in ("ours", "limit", "peer")}
    until = {
        who: median((each["editable"] - run.begun) * 1e3 for each, run in zip(said[who], runs[who], strict=True))
        for who in said
    }
    least = min((each["editable"] - run.begun) * 1e3 for each, run in zip(said["ours"], runs["ours"], strict=True))
    wall = {who: median(run.wall for run in each) for who, each in runs.items()}
    peak = {who: median(run.peak for run in each) for who, each in runs.items()}
    wrong = _wrong(said["ours"], place)
    proved = "the sample's texts stand in boxes that can be typed into"
    used = {f"{who} processor time": round(median(each["used"] for each in said[who]) * 1e3, 1) for who in said}
    spread = {"ours min": round(least, 1), **_stages(said["ours"], runs["ours"]), **used}
    first = {
        who: median((each[name] - run.begun) * 1e3 for each, run in zip(said[who], runs[who], strict=True))
        for who, name in (("ours", "painted"), ("peer", "painted"), ("limit", "editable"))
    }
    painted = Figure("start.painted", "ms", first["ours"], first["peer"], first["limit"], _EAGER, _BARE)
    form = Figure("start.editable", "ms", until["ours"], until["peer"], until["limit"], _EAGER, _BARE, spread=spread)
    whole = Figure(
        "start.process",
        "ms",
        wall["smoke"],
        wall["peer"],
        wall["limit"],
        _EAGER,
        _BARE,
        spread={"is": "python -m ui --smoke, until it has ended"},
    )
    memory = Figure("start.memory", "MiB", peak["smoke"], peak["peer"], peak["limit"], _EAGER, _BARE)
    form.within_limit(_TIMES).right(wrong, proved)
    painted.within_limit(_TIMES).right(wrong, proved)
    return [
        painted,
        form,
        whole.within_limit(_TIMES).right(wrong, proved),
        memory.within_limit(_MEMORY).right(wrong, proved),
    ]


def _stages(said: list[dict[str, Any]], runs: list[Run]) -> dict[str, float]:
    """Return when each stage was reached, in milliseconds since the start of the process."""
    stages = [name for name, at in said[0].items() if isinstance(at, float) and name != "used"]
    return {
        name: round(median((each[name] - run.begun) * 1e3 for each, run in zip(said, runs, strict=True)), 1)
        for name in stages
    }


def _wrong(said: list[dict[str, Any]], place: str) -> list[str]:
    found = []
    for each in said:
        texts = each["texts"]
        found += [f"only {len(texts)} boxes can be typed into"] if len(texts) < _FEWEST else []
        found += [f"{place} is not shown"] if place not in texts else []
    return sorted(set(found))
