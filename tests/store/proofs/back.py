# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An edit typed into the real window, 999 items; killed; how long until the restarted window shows it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from swclient.workflow.bootstrap import open_application
from tests.bench.documents import large_body
from tests.bench.timing import run_program
from tests.store.proofs.tally import Tally

_ROOT = Path(__file__).parents[3]


def run(rounds: int, home: Path, items: int = 999) -> tuple[Tally, list[float], list[float]]:
    """Type, kill and start again so many times; return also seconds from each start until the edit was shown.

    By the clock, and what of it the program was at work.

    Args:
        rounds: how often.
        home: an empty data folder.
        items: of the declaration.
    """
    env = os.environ | {"SWCLIENT_HOME": str(home), "SWCLIENT_LANG": "en", "QT_QPA_PLATFORM": "offscreen"}
    tally = Tally("the same, killed before the edit was acknowledged and its store put back to what it was")
    body = large_body(items)
    application = open_application(home=home)
    (home / "window.conf").write_text(f"open={application.take(body)}\n", encoding="utf-8")
    application.close()
    shown, taken, used = body["header"]["delivery_place"], list[float](), list[float]()
    for number in range(rounds):
        wanted = f"TRAINING {number}"
        before = {file.name: file.read_bytes() for file in home.glob("declarations.db*")}
        _type_and_kill(shown, wanted, env)
        tally.acked += 1
        seconds, work, texts = _shown_again(env)
        taken.append(seconds)
        used.append(work)
        tally.cases += 1
        tally.wrong += [] if wanted in texts else [f"{wanted} is not shown"]
        shown = wanted
        if number == 0:
            shown = body["header"]["delivery_place"]
            for file in home.glob("declarations.db*"):
                file.unlink()
            for name, content in before.items():
                (home / name).write_bytes(content)
            tally.control_cases += 1
            tally.control_wrong += wanted not in _shown_again(env)[2]
    return tally, taken, used


def _type_and_kill(former: str, wanted: str, env: dict[str, str]) -> None:
    order = [sys.executable, "-m", "tests.bench.typed_until_killed", former, wanted]
    with subprocess.Popen(
        order, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=_ROOT, env=env
    ) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        if not said.startswith("saved"):
            raise RuntimeError(f"the window said {said!r}")


def _shown_again(env: dict[str, str]) -> tuple[float, float, list[str]]:
    run = run_program([sys.executable, "-m", "tests.bench.start_ours"], env)
    told = json.loads(run.out.splitlines()[-1])
    return told["editable"] - run.begun, told["used"], told["texts"]
