# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The robot with fingers only: an import from an empty home to its release, and not one press of a mouse."""

from __future__ import annotations

import contextlib
from pathlib import Path as File
from typing import Any, NamedTuple

from tests.robots import kept
from tests.robots.keyboard import Keyboard
from tests.robots.paper import WRONG
from tests.robots.plan import TEXT, Press
from tests.robots.remember import Plan
from tests.robots.screen import program, screen, settle_in, window_of

PROGRAMS = ("Xvfb", "xdotool", "setxkbmap")
_OPENS = 30.0  # seconds
_ANSWERS = 60.0
_QUIET = 3.0


class Work(NamedTuple):
    """What the robot did.

    Attributes:
        counted: keys by kind.
        changes: how often it changed between the Latin and the Cyrillic board.
        barred: fields whose values were wrong, and the state, when it first tried to submit.
        state: where the declaration stood in the end.
        wrong: values in the store that are not what the paper says in the end.
    """

    plan: Plan
    counted: dict[str, int]
    changes: int
    barred: tuple[list[str], str]
    state: str
    wrong: list[str]


def make_import(home: File, body: dict[str, Any], plan: Plan) -> Work:
    """Type an import with its slips, submit in vain, mend, submit, pay, and wait for the release.

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
        board.verb("ctrl+shift+Return")
        barred = _barred(home, body)
        _mend(board, body)
        board.verb("ctrl+shift+Return")
        kept.wait_for(home, {"payment_due"}, _ANSWERS)
        board.verb("ctrl+shift+p")
        state = kept.wait_for(home, {"released", "archived"}, _ANSWERS)
        wrong = kept.differences(kept.session_in(home), body)
    return Work(plan, dict(board.counted), board.changes, barred, state, wrong)


def _barred(home: File, body: dict[str, Any]) -> tuple[list[str], str]:
    """Return which fields are wrong in the store, and that the declaration did not move, once the keys have arrived."""
    with contextlib.suppress(kept.NotReachedError):
        kept.wait_for(home, {"payment_due"}, _QUIET)
    wrong = kept.differences(kept.session_in(home), body)
    return [each.partition(" ")[0] for each in wrong], kept.states(home)[0]


def _mend(board: Keyboard, body: dict[str, Any]) -> None:
    """Go to what bars the way and type it right; take the fix that is offered for the rest."""
    number = "38/1"
    board.go("ctrl+g", *number, "Return")
    board.press([Press(TEXT, body["item"][0][WRONG])])
    board.verb("F7")
    board.go("alt+Down")
    board.verb("alt+Return", "F7")
