# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes turn after turn on the line, for all declarations that are under way, in a thread of its own.

So that no declaration waits for another one, and signing never waits for the network.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from swclient.workflow.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.workflow.line.line import Line

T = TypeVar("T")
_SHORTEST, _LONGEST = 0.15, 5.0
_AGAIN = 30.0


class Courier:
    """Goes while anything is under way; sleeps while nothing is.

    Args:
        line: the line, made in the courier's own thread.
        told: called with what keeps the line from working, and with None once it works again.
    """

    def __init__(self, line: Callable[[], Line], told: Callable[[BaseException | None], None]) -> None:
        self._line = line
        self._told = told
        self._wanted = threading.Event()
        self._stop = False
        self._jobs = Jobs()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """There is something to do, or somebody wants to know: go now."""
        self._wanted.set()
        if self._thread is None and not self._stop:
            self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
            self._thread.start()

    def between(self, work: Callable[[], T]) -> T:
        """Do something with the line between two turns, and wait for it; from any thread but the courier's own."""
        return self._jobs.run(work, _silent, _silent).result()

    def close(self) -> None:
        """Let the step under way end, and stop."""
        self._stop = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._jobs.close()

    def _run(self) -> None:
        pause: float | None = _SHORTEST
        while not self._stop:
            if self._wanted.wait(pause):
                self._wanted.clear()
                pause = _SHORTEST
            if not self._stop:
                pause = self._turn(pause or _SHORTEST)

    def _turn(self, pause: float) -> float | None:
        """Take a turn; return how long to wait before the next, None until somebody wakes us."""
        under_way: list[int] = []
        done = self._jobs.run(lambda: self._line().turn(), under_way.append, self._told)
        if done.exception() is not None:
            return _AGAIN
        self._told(None)
        return min(pause * 1.3, _LONGEST) if under_way[0] else None


def _silent(_what: object) -> None:
    """Tell nobody: whoever waits is told."""
