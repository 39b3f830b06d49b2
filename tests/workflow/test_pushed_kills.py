# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed the moment it has acknowledged a push, the program still has it; one that answers first has lost it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import requests

from swclient.store import open_store
from tests.workflow.kept_or_lost import TOKEN

ROOT = Path(__file__).resolve().parents[2]
KILLS = 5


def lost(home: Path, which: str) -> list[str]:
    """Have a receiver killed again and again as soon as it has acknowledged; return what it lost."""
    home.mkdir()
    open_store(home / "declarations.db").close()
    acknowledged = []
    for number in range(KILLS):
        words = [sys.executable, "-m", "tests.workflow.kept_or_lost", str(home), which]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, encoding="ascii") as child:
            port = int(child.stdout.readline())
            headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/xml"}
            headers |= {"X-Conversation-ID": "c", "X-Notification-ID": f"message-{number}"}
            body = b"<MetaData>%d</MetaData>" % number
            answer = requests.post(f"http://127.0.0.1:{port}/notifications", body, headers=headers, timeout=20)
            child.kill()
        assert answer.status_code == 204
        acknowledged.append(f"message-{number}")
    store = open_store(home / "declarations.db")
    kept = store.answers.known("customs", "c")
    store.close()
    return [each for each in acknowledged if each not in kept]


def test_what_was_acknowledged_is_kept_whenever_it_is_killed(tmp_path: Path) -> None:
    assert lost(tmp_path / "ours", "ours") == []


def test_a_receiver_that_answers_before_it_keeps_loses_messages(tmp_path: Path) -> None:
    """The control."""
    assert len(lost(tmp_path / "control", "control")) == KILLS
