# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration of 999 items on 334 sheets, and the first sheet of a small one."""

from __future__ import annotations

import argparse
import json
import os
import pickle
import sys
import tempfile
from pathlib import Path
from typing import Any

from swclient.printing.form import print_form
from swclient.printing.picture import render_png
from tests.bench.canvas import by_canvas, register
from tests.bench.direct import Direct
from tests.bench.documents import large_body, opened, sample_body
from tests.bench.figures import Figure, raced
from tests.bench.sheet_reading import sheets_of, texts
from tests.bench.sheets import Sheets
from tests.bench.timing import Series, in_turns, run_program

_FRAME = 16.0
_CANVAS = "reportlab's canvas, one call for every string and line"
_DIRECT = "the same strings and lines written as bare PDF objects, nothing to lay out"
_MOST_MEMORY = 64.0
_WHO = ("ours", "limit", "peer")


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure the largest print and the smallest."""
    register()
    session = opened(large_body())
    found = print_form(session.snapshot(), session.profile)
    sheets = sheets_of(found.pdf)
    warm = _warm("print.sheets warm", session, sheets, told.rounds)
    return [*_fresh(sheets, told.rounds), warm, *_first(told.rounds)]


def _fresh(sheets: Sheets, rounds: int) -> list[Figure]:
    """Print in new processes, each loading its libraries and fonts."""
    with tempfile.TemporaryDirectory(prefix="swclient-print-") as name:
        folder = Path(name)
        held = folder / "sheets"
        held.write_bytes(pickle.dumps(sheets))
        told: dict[str, list[dict[str, float]]] = {who: [] for who in _WHO}
        for turn in range(rounds + 1):
            for who in _WHO:
                order = [sys.executable, "-m", "tests.bench.print_once", who, str(folder / who)]
                run = run_program(order + ([] if who == "ours" else [str(held)]), os.environ)
                told[who] += [json.loads(run.out)] if turn else []
        made = {who: (folder / who).read_bytes() for who in _WHO}
    return _fresh_figures(told, made)


def _fresh_figures(told: dict[str, list[dict[str, float]]], made: dict[str, bytes]) -> list[Figure]:
    wrong, pages = _wrong(made), len(texts(made["ours"]))
    series = {who: Series([run["used"] for run in runs]) for who, runs in told.items()}
    sheets = raced("print.sheets", series, sheets=pages).beats_peer(5).within_limit(1.25)
    mb = {who: len(content) / 1e6 for who, content in made.items()}
    size = Figure("print.size", "MB", mb["ours"], mb["peer"], mb["limit"]).within_limit(1.25)
    grown = {who: Series([run["grown"] for run in runs]).median for who, runs in told.items()}
    memory = Figure("print.memory", "MiB", grown["ours"], grown["peer"], grown["limit"]).at_most(_MOST_MEMORY)
    for figure in (sheets, size, memory):
        figure.peer_is, figure.limit_is = (
            f"{_CANVAS}, import and fonts included",
            f"{_DIRECT}; import and fonts included",
        )
        figure.right(wrong, f"{pages} pages, the same text on each")
    return [sheets, size, memory]


def _warm(name: str, session: Any, sheets: Sheets, rounds: int) -> Figure:
    """Print in a program that has printed before; the limit has even its fonts cut to size."""
    snapshot, profile = session.snapshot(), session.profile
    direct = Direct(sheets)
    made: dict[str, bytes] = {}

    def keep(who: str, write: Any) -> Any:
        def write_and_keep() -> None:
            made[who] = write()

        return write_and_keep

    ours, peer = (lambda: print_form(snapshot, profile).pdf), (lambda: by_canvas(sheets))
    series = in_turns(
        {"ours": keep("ours", ours), "limit": keep("limit", direct.written), "peer": keep("peer", peer)}, rounds
    )
    figure = raced(name, series)
    figure.peer_is, figure.limit_is = f"{_CANVAS}, fonts loaded", f"{_DIRECT}, fonts cut to size beforehand"
    count = len(sheets.pages)
    return figure.right(_wrong(made, count), f"{count} pages, the same text on each")


def _wrong(made: dict[str, bytes], pages: int | None = None) -> list[str]:
    """Return on which pages PDFium reads another text than from ours."""
    ours = texts(made["ours"])[:pages]
    found = []
    for who in ("peer", "limit"):
        other = texts(made[who])
        found += [f"{who}: {len(other)} pages, ours {len(ours)}"] if len(other) != len(ours) else []
        pairs = enumerate(zip(ours, other, strict=False), 1)
        found += [f"{who}: page {number} reads otherwise" for number, (one, two) in pairs if one != two]
    return found


def _first(rounds: int) -> list[Figure]:
    """Print a declaration of one item in a warm program, and make a picture of its first page."""
    body = sample_body()
    body["item"] = body["item"][:1]
    session = opened(body)
    snapshot, profile = session.snapshot(), session.profile
    sheets = sheets_of(print_form(snapshot, profile).pdf)
    first = _warm("print.first sheet", session, sheets, rounds).at_most(_FRAME)
    shown = in_turns({"ours": lambda: render_png(print_form(snapshot, profile).pdf, 1, 1.5)}, rounds)["ours"]
    picture = Figure("print.first picture", "ms", shown.median, spread=shown.told("ours") | {"scale": 1.5})
    return [first, picture]
