# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What kill -9 leaves of acknowledged edits: all of them; and of a file rewritten in place: not all."""

from __future__ import annotations

import argparse

from tests.bench.figures import Figure
from tests.store.kill_loop import JSON_IN_PLACE, STORE, run

_CONTROL_KILLS = 30


def measure(told: argparse.Namespace) -> list[Figure]:
    """Kill the saving program again and again, then the control."""
    found = run(told.kills, STORE)
    control = run(_CONTROL_KILLS, JSON_IN_PLACE)
    spread = {
        "kills": found.kills,
        "acknowledged": found.acked,
        "unreadable": found.corrupt,
        "control kills": control.kills,
        "control acknowledged": control.acked,
        "control lost": control.lost,
        "control unreadable": control.corrupt,
    }
    figure = Figure(
        "reliability.lost",
        "",
        found.lost,
        control.lost,
        None,
        f"JSON rewritten in place, {control.kills} kills",
        spread=spread,
    )
    wrong = [f"{found.corrupt} times unreadable"] if found.corrupt else []
    wrong += [] if found.acked > found.kills else ["hardly anything was acknowledged, so little could be lost"]
    figure.right(wrong, f"{found.acked:,} acknowledged edits read back").exactly(0, "none lost")
    return [figure.more_than(0, "the control loses", control.lost)]
