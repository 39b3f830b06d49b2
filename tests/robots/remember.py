# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Works out the keys for a paper in a process of its own, beside the form that trained hands remember; no screen.

`python -m tests.robots.remember 5` writes the presses and their figures for five items as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path as File
from typing import Any, NamedTuple

from tests.robots.paper import PROFILE, paper, values_in, with_slips
from tests.robots.plan import Planner, Press

ROOT = File(__file__).resolve().parents[2]


class Plan(NamedTuple):
    """What fingers will do.

    Attributes:
        presses: one after another, from the first box of a new declaration.
        values: values on the paper.
        typed, copied, found: how many of them are typed, copied with a key, and stand there already.
    """

    presses: list[Press]
    values: int
    typed: int
    copied: int
    found: int


def planned(items: int) -> Plan:
    """Return the plan for a paper of some items, typed with the slips of tired fingers."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "SWCLIENT_HOME": home}
        order = [sys.executable, "-m", "tests.robots.remember", str(items)]
        done = subprocess.run(order, env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    presses = [Press(*each) for each in told.pop("presses")]
    return Plan(presses, **told)


def _worked_out(body: dict[str, Any]) -> Plan:
    from PySide6.QtWidgets import QApplication

    from swclient.workflow.drafts.drafting import new_declaration, session_of
    from tests.robots.stations import learn
    from ui.app import Program

    app = QApplication([])
    program = Program(app)
    program.window.resize(1366, 768)
    program.window.show()
    while "ready" not in program.marks:
        app.processEvents()
    assert program.office is not None
    program.office.open(program.office.application.new_draft(PROFILE))
    view = program.window.view
    assert view is not None
    view.stage.session.add_row("item")
    app.processEvents()
    form = learn(view)
    program.window.close()
    planner = Planner(form, session_of(new_declaration(PROFILE, date.today())), body)  # noqa: DTZ011 - the user's day
    presses = planner.whole()
    return Plan(presses, values_in(body), planner.typed, planner.copied, planner.found)


def main(words: list[str]) -> None:
    """Write the plan down."""
    plan = _worked_out(with_slips(paper(int(words[0]))))
    sys.stdout.write(json.dumps(plan._asdict()) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
