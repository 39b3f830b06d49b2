# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints once in a process of its own, libraries and fonts included: `python -m tests.bench.print_once WHO OUT`.

What is printed is at hand before the clock starts: for us the declaration, for the others the sheets we made of it.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path


def _ours() -> Callable[[], bytes]:
    from tests.bench.documents import large_body, opened

    session = opened(large_body())
    snapshot, profile = session.snapshot(), session.profile

    def write() -> bytes:
        from swclient.printing.form import print_form

        return print_form(snapshot, profile).pdf

    return write


def _limit(sheets: Path) -> Callable[[], bytes]:
    held = pickle.loads(sheets.read_bytes())  # noqa: S301 - written by the bench a moment ago

    def write() -> bytes:
        from tests.bench.direct import Direct

        return Direct(held).written()

    return write


def _peer(sheets: Path) -> Callable[[], bytes]:
    held = pickle.loads(sheets.read_bytes())  # noqa: S301 - as above

    def write() -> bytes:
        from tests.bench.canvas import by_canvas, register

        register()
        return by_canvas(held)

    return write


def main(who: str, out: Path, sheets: Path | None) -> None:
    """Print, keep the file, tell processor time in milliseconds and what memory the print added."""
    made = {"limit": _limit, "peer": _peer}
    write = made[who](sheets) if sheets is not None else _ours()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    content = write()
    used = (time.process_time() - begun) * 1e3
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    out.write_bytes(content)
    sys.stdout.write(json.dumps({"used": used, "grown": grown}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
