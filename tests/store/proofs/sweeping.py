# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills at random, and every system call of a working day struck once: as tallies beside their controls."""

from __future__ import annotations

from tests.store import syscall_sweep
from tests.store.kill_loop import JSON_IN_PLACE, STORE
from tests.store.kill_loop import run as kill
from tests.store.proofs.tally import Tally
from tests.store.syscall_sweep import CALLS, FAULTS, counted, run_control

_CONTROL_KILLS = 30
_CONTROL_PLACES = range(2, 14)


def kills(times: int) -> Tally:
    """Kill the typing program at random so many times."""
    tally = Tally("JSON rewritten in place")
    found, control = kill(times, STORE), kill(min(times, _CONTROL_KILLS), JSON_IN_PLACE)
    tally.cases, tally.acked = found.kills, found.acked
    tally.wrong += [f"{found.lost} acknowledged edits lost"] if found.lost else []
    tally.wrong += [f"{found.corrupt} times unreadable"] if found.corrupt else []
    tally.wrong += [] if found.acked > found.kills else ["hardly anything was acknowledged"]
    tally.control_cases, tally.control_wrong = control.kills, control.lost
    return tally


def run(most: int) -> Tally:
    """Strike each call of each kind once in each way, in the making of a store and in the work in one.

    Args:
        most: at most so many strikes, spread over all places.
    """
    tally = Tally("JSON rewritten in place, struck in the same ways")
    totals = {made: counted(made=made) for made in (False, True)}
    places = sum(sum(found.values()) for found in totals.values()) * len(FAULTS)
    step = max(1, -(-places // most))
    tally.tell("places", places)
    for made, found in totals.items():
        for call in CALLS:
            for fault in FAULTS:
                struck = syscall_sweep.run(fault, call, range(1, found[call] + 1, step), made=made)
                tally.cases += struck.positions
                tally.acked += struck.acked
                tally.wrong += struck.wrong
                tally.tell("killed or told", struck.struck)
    for fault in FAULTS:
        places, lost = run_control(fault, _CONTROL_PLACES)
        tally.control_cases += places
        tally.control_wrong += lost
    return tally
