# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks in place for the pass phrase of a key, for work behind the window that waits; tells which key ends soon."""

from __future__ import annotations

from concurrent.futures import Future, InvalidStateError
from typing import TYPE_CHECKING

from swclient.base.errors import SwError

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.base.messages import Message
    from swclient.workflow.application import Application
    from swclient.workflow.signature.keys import Secret

    from .parts.question import Question

_BREATH_SECONDS = 0.1
_LEVELS = {30: "advice", 14: "warning", 7: "error", 0: "error"}


class KeyAsking:
    """Brings a question from a job to the window and the answer back.

    Args:
        post: has a call made on the window's thread.
        place: where to ask now, and whether the question may take the cursor; called on the window's thread.
        stopping: whether the program is closing, so that nobody will answer any more.
    """

    def __init__(
        self,
        post: Callable[[Callable[[], None]], None],
        place: Callable[[], tuple[Question, bool]],
        stopping: Callable[[], bool],
    ) -> None:
        self._post = post
        self._place = place
        self._stopping = stopping

    def __call__(self, prompt: Message) -> Secret | None:
        """Ask, and wait for the answer on the thread of the job; None = the user put the question away."""
        from swclient.workflow.signature.keys import Secret

        answer: Future[str] = Future()
        self._post(lambda: self._ask(prompt, answer))
        while not self._stopping():
            try:
                return Secret(answer.result(timeout=_BREATH_SECONDS)) or None
            except TimeoutError:
                continue
        return None

    def _ask(self, prompt: Message, answer: Future[str]) -> None:
        question, take_cursor = self._place()
        question.ask_secret(prompt.text(), lambda words: _settle(answer, words), take_cursor=take_cursor)


def _settle(answer: Future[str], words: str) -> None:
    try:
        answer.set_result(words)
    except InvalidStateError:
        return  # answered already: put away behind the answer


def tell_ends(application: Application, say: Callable[[str, str], None]) -> None:
    """Tell which key's certificate ends first, if one ends soon."""
    try:
        soon = application.keys.notices()
    except SwError as error:
        say(str(error), "warning")
        return
    if soon:
        say(soon[0].message.text(), _LEVELS[soon[0].step])
