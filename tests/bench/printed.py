# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration of 999 items on 334 sheets, and the first sheet of a small one."""

from __future__ import annotations

import argparse
import resource
from typing import Any

from swclient.printing.form import print_form
from swclient.printing.picture import render_png
from tests.bench.documents import large_body, opened, sample_body
from tests.bench.figures import Figure
from tests.bench.sheets import Sheets, sheets_of, texts
from tests.bench.timing import Series, in_turns
from tests.bench.writers import Direct, by_canvas, register

_FRAME = 16.0
_CANVAS = "reportlab's canvas, one call for every string and line"
_DIRECT = "the same strings and lines written as bare PDF objects, places and fonts at hand"
_MOST_MB = 0.6
_MOST_MEMORY = 64.0


def measure(told: argparse.Namespace) -> list[Figure]:
    """Measure the largest print and the smallest."""
    register()
    return [*_large(told.rounds), *_first(told.rounds)]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _large(rounds: int) -> list[Figure]:
    session = opened(large_body())
    snapshot, profile = session.snapshot(), session.profile
    before = _peak()
    found = print_form(snapshot, profile)
    grown = _peak() - before
    sheets = sheets_of(found.pdf)
    made, series = _race(lambda: print_form(snapshot, profile).pdf, sheets, rounds)
    wrong = _wrong(made)
    spread = series["ours"].told("ours") | {"sheets": found.sheets, "direct MB": round(len(made["limit"]) / 1e6, 3)}
    figure = _figure("print.sheets", series, spread).beats_peer(5).within_limit(1.25)
    size = Figure(
        "print.size", "MB", len(found.pdf) / 1e6, len(made["peer"]) / 1e6, len(made["limit"]) / 1e6, _CANVAS, _DIRECT
    ).at_most(_MOST_MB)
    memory = Figure("print.memory", "MiB", grown, spread={"process before": round(before, 1)}).at_most(_MOST_MEMORY)
    proved = f"{found.sheets} pages, the same text on each"
    return [figure.right(wrong, proved), size.right(wrong, proved), memory.right(wrong, proved)]


def _race(ours: Any, sheets: Sheets, rounds: int) -> tuple[dict[str, bytes], dict[str, Series]]:
    direct = Direct(sheets)
    made: dict[str, bytes] = {}

    def keep(who: str, write: Any) -> Any:
        def write_and_keep() -> None:
            made[who] = write()

        return write_and_keep

    contestants = {"ours": ours, "limit": direct.written, "peer": lambda: by_canvas(sheets)}
    return made, in_turns({who: keep(who, write) for who, write in contestants.items()}, rounds)


def _figure(name: str, series: dict[str, Series], spread: dict[str, Any]) -> Figure:
    ours, peer, limit = (series[who].median for who in ("ours", "peer", "limit"))
    return Figure(name, "ms", ours, peer, limit, _CANVAS, _DIRECT, spread=spread)


def _wrong(made: dict[str, bytes]) -> list[str]:
    """Return on which pages PDFium reads another text than from ours."""
    ours = texts(made["ours"])
    found = []
    for who in ("peer", "limit"):
        other = texts(made[who])
        found += [f"{who}: {len(other)} pages, ours {len(ours)}"] if len(other) != len(ours) else []
        found += [
            f"{who}: page {number} reads otherwise"
            for number, (one, two) in enumerate(zip(ours, other, strict=False), 1)
            if one != two
        ]
    return found


def _first(rounds: int) -> list[Figure]:
    body = sample_body()
    body["item"] = body["item"][:1]
    session = opened(body)
    snapshot, profile = session.snapshot(), session.profile
    sheets = sheets_of(print_form(snapshot, profile).pdf).first()
    made, series = _race(lambda: print_form(snapshot, profile).pdf, sheets, rounds)
    wrong = [] if texts(made["ours"])[:1] == texts(made["limit"]) == texts(made["peer"]) else ["another text"]
    pages = print_form(snapshot, profile).sheets
    figure = _figure("print.first sheet", series, series["ours"].told("ours") | {"sheets": pages}).at_most(_FRAME)
    shown = in_turns({"ours": lambda: render_png(print_form(snapshot, profile).pdf, 1, 1.5)}, rounds)["ours"]
    picture = Figure("print.first picture", "ms", shown.median, spread=shown.told("ours") | {"scale": 1.5})
    return [figure.right(wrong, "the same text"), picture.right(wrong, "as above")]
