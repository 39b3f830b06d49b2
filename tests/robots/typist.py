# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The robot with fingers only: an import from an empty home to its release, and not one press of a mouse."""

from __future__ import annotations

from pathlib import Path as File
from typing import Any, NamedTuple

from tests.robots import kept
from tests.robots.keyboard import Keyboard
from tests.robots.remember import Plan
from tests.robots.screen import program, screen, settle_in, window_of

PROGRAMS = ("Xvfb", "xdotool", "setxkbmap")
_OPENS = 30.0  # seconds
_ANSWERS = 60.0


class Work(NamedTuple):
    """What the robot did.

    Attributes:
        counted: keys by kind.
        changes: how often it changed between the Latin and the Cyrillic board.
        state: where the declaration stood in the end.
        wrong: values in the store that are not what the paper says.
    """

    plan: Plan
    counted: dict[str, int]
    changes: int
    state: str
    wrong: list[str]


def make_import(
    home: File, body: dict[str, Any], plan: Plan, *, mend: bool = False, patience: float = _ANSWERS
) -> Work:
    """Type an import, check, mend if told so, submit, pay, and wait for the release, each answer for so many seconds.

    Raises:
        NotReachedError: it is not released; with where it stands.
    """
    settle_in(home)
    with screen() as env, program(env, home) as running:
        window_of(env, running)
        board = Keyboard(env)
        kept.wait_for_store(home, _OPENS)
        board.verb("ctrl+n")
        kept.wait_for(home, {"draft"}, _OPENS)
        board.press(plan.presses)
        board.verb("F7")
        if mend:
            board.go("alt+Down")
            board.verb("alt+Return", "F7")
        board.verb("ctrl+shift+Return")
        kept.wait_for(home, {"payment_due"}, patience)
        board.verb("ctrl+shift+p")
        state = kept.wait_for(home, {"released", "archived"}, patience)
        wrong = kept.differences(kept.session_in(home), body)
    return Work(plan, dict(board.counted), board.changes, state, wrong)
