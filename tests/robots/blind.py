# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the robot that cannot see beside the real program, on a bus and a screen of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path as File
from typing import Any, NamedTuple

from tests.robots import kept
from tests.robots.naming import Errand
from tests.robots.paper import paper
from tests.robots.screen import missing, program, screen, settle_in

PROGRAMS = ("Xvfb", "dbus-run-session")
_PYTHON = "/usr/bin/python3"  # the one that Debian's python3-gi belongs to
_ASK = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
_LISTENER = File(__file__).with_name("listener.py")
_ANSWERS = 60.0  # seconds


class Done(NamedTuple):
    """What the robot did.

    Attributes:
        code: 0 when it carried out every errand.
        told: what it wrote, line by line.
        state: where the declaration stood in the end.
        wrong: values in the store that are not what the paper says.
    """

    code: int
    told: list[dict[str, Any]]
    state: str
    wrong: list[str]


def cannot() -> str:
    """Return in words what is missing here; empty when nothing is."""
    if wanted := missing(*PROGRAMS):
        return f"the robot wants {wanted}"
    if not File(_PYTHON).exists() or subprocess.run([_PYTHON, "-c", _ASK], capture_output=True, check=False).returncode:
        return "the robot wants python3-gi and gir1.2-atspi-2.0 (Debian) under /usr/bin/python3"
    return ""


def make_import(home: File, language: str, told_to: list[Errand], items: int) -> Done:
    """Make an import by names alone, in a window of a language; at the end look into the store."""
    settle_in(home, language)
    jobs = home.parent / f"{home.name}-errands.json"
    jobs.write_text(json.dumps(told_to), encoding="utf-8")
    order = ["dbus-run-session", "--", sys.executable, "-m", "tests.robots.blind", str(home), str(jobs)]
    done = subprocess.run(order, cwd=_LISTENER.parents[2], capture_output=True, text=True, check=False)
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode and not any("failed" in each for each in told):
        told.append({"failed": [], "why": done.stderr[-2000:]})
    state = kept.wait_for(home, {"released", "archived"}, _ANSWERS) if not done.returncode else kept.states(home)[0]
    return Done(done.returncode, told, state, kept.differences(kept.session_in(home), paper(items)))


def _beside(home: File, jobs: File) -> int:
    """Run program and robot on this bus; stay until the goods are released."""
    os.environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
    with screen() as env, program(env, home):
        code = subprocess.run([_PYTHON, str(_LISTENER), str(jobs)], env=env, check=False).returncode
        if not code:
            kept.wait_for(home, {"released", "archived"}, _ANSWERS)
    return code


if __name__ == "__main__":
    sys.exit(_beside(File(sys.argv[1]), File(sys.argv[2])))
