# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reliability that is a matter of time: back on the screen after a kill, typing on a slow disk, a long log checked."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from tests.bench.figures import Figure
from tests.store.proofs import back, long_chain, slow_disk

_SHOWN = 1.5
_KEY = 0.1
_CHECKED = 1.5
_CONTROL_KEYS = 200
_LOOKS = 5


def back_on_screen(rounds: int, folder: Path) -> list[Figure]:
    """Seconds from the start after a kill until the window shows the acknowledged edit."""
    tally, taken, used = back.run(rounds, folder)
    spread = {"runs": rounds, "min": round(min(taken), 2), "max": round(max(taken), 2), "items": 999}
    spread["processor time"] = round(median(used), 2)
    figure = Figure("reliability.back on screen", "s", median(taken), peer_is=tally.control, spread=spread)
    figure.at_most(_SHOWN).right(tally.wrong, f"{tally.acked} acknowledged edits shown again")
    return [figure.more_than(0, "the control does not show it", tally.control_wrong)]


def typing_on_a_slow_disk(keys: int, folder: Path) -> list[Figure]:
    """What a key waits at p99 where every flush takes 30 ms, and how far behind the acknowledgement comes."""
    ours, control = slow_disk.run(keys, folder), slow_disk.run(min(keys, _CONTROL_KEYS), folder, "control")
    words = f"a commit at each key, waited for; flushes of {slow_disk.FLUSH * 1e3:.0f} ms"
    spread = {"keys": ours.keys, "p50": round(ours.p50, 4), "max": round(ours.worst, 3)}
    spread["work p99"] = round(ours.work_p99, 4)
    typed = Figure("reliability.slow disk, a key p99", "ms", ours.p99, control.p99, None, words, spread=spread)
    lost = [] if (ours.kept, control.kept) == (ours.keys, control.keys) else ["edits are missing"]
    typed.at_most(_KEY).right(lost, f"{ours.kept:,} edits read back")
    typed.more_than(_KEY, "the control waits for the disk", control.p99)
    behind = Figure("reliability.slow disk, flushes behind p99", "", ours.flushes_behind)
    # a checkpoint of the log of writes flushes twice more, at one key in a hundred
    return [typed, behind.at_most(4, words="the flush under way, its own, and the two of a checkpoint")]


def checking_a_long_chain(records: int, folder: Path) -> list[Figure]:
    """Processor time of the check of the log, and of the whole check at the start."""
    path = folder / "long.db"
    long_chain.make(path, records)
    alone = [long_chain.seconds(path, whole=False) for _ in range(_LOOKS)]
    whole = [long_chain.seconds(path, whole=True) for _ in range(2)]
    wrong = [] if {each[1:] for each in (*alone, *whole)} == {(records, "ok")} else ["not found sound"]
    long_chain.alter(path, records // 2)
    _took, sound, state = long_chain.seconds(path, whole=False)
    wrong += [] if (sound, state) == (records // 2 - 1, "broken") else ["an altered record was not found"]
    spread = {"records": records, "min": round(min(alone)[0], 2), "max": round(max(alone)[0], 2)}
    figure = Figure("reliability.chain", "s", median(each[0] for each in alone), spread=spread)
    figure.at_most(_CHECKED).right(wrong, "all sound; one altered record found at its place")
    all_of_it = Figure("reliability.chain, seals and structure", "s", median(each[0] for each in whole))
    return [figure, all_of_it]
