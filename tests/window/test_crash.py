# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 while typing, start again, and the text is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def order(word: str) -> list[str]:
    return [sys.executable, "-P", "-m", "tests.window.typist", word]


@pytest.mark.slow
@pytest.mark.parametrize("letters", [3, 40])
def test_a_kill_while_typing_loses_nothing_that_was_told_to_be_saved(tmp_path: Path, letters: int) -> None:
    env = {**os.environ, "SWCLIENT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(order("type"), cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        saved = ""
        for _letter in range(letters):
            saved = typist.stdout.readline().strip()
        typist.send_signal(signal.SIGKILL)
        saved = next((line.strip() for line in reversed(typist.stdout.readlines()) if line.endswith("\n")), saved)
    assert len(saved) >= letters
    again = subprocess.run(order("look"), cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    found = again.stdout.strip()
    assert found.startswith(saved)
    assert len(found) - len(saved) <= 1
