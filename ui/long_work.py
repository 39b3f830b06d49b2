# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work of one window: told with its count on a line under the top bar, stopped there, and never in anybody's way.

    office.long.begin(job, said, done, failed)

`job` runs behind the window and is given a `Tick`; it calls it with what is done and the whole as it goes along, and
the tick raises `StoppedError` once somebody has asked to stop. A job changes nothing but what it returns, so that one
that is stopped leaves nothing half done; what it returns is put to use by `done`, on the window's thread.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from swclient.base.errors import SwError
from swclient.base.i18n import N_

from .parts.workline import WorkLine
from .tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from swclient.base.messages import Message

    from .ports import Office

T = TypeVar("T")
_EVERY = 0.05  # seconds between two words of the line


class StoppedError(SwError):
    """Somebody asked to stop."""


class Tick:
    """Told by a job how far it has come; tells the line now and then, and stops the job."""

    def __init__(self, tell: Callable[[int, int], object]) -> None:
        self._tell = tell
        self._told = 0.0
        self.stopped = False

    def __call__(self, done: int, whole: int) -> None:
        """Note what is done of the whole.

        Raises:
            StoppedError: somebody asked to stop.
        """
        if self.stopped:
            raise StoppedError(N_("Stopped; nothing was changed."))
        now = time.monotonic()
        if now - self._told >= _EVERY:
            self._told = now
            self._tell(done, whole)
            time.sleep(0)  # the window first


class LongWork(QObject):
    """One job after another, each with its count.

    Attributes:
        line: where it is told.
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office.window)
        self._post = office.application.jobs.post
        self._tasks = Tasks(self._post)
        self._tick: Tick | None = None
        self._drop: Callable[[], object] | None = None
        self._show: Callable[[], object] | None = None
        self.line = WorkLine()
        self.line.stopped.connect(self.stop)
        self.line.wanted.connect(self._wanted)
        office.window.strip.insertWidget(1, self.line)
        office.window.strip_panes.append(self.line)
        office.window.closing.connect(self._close)

    @property
    def going(self) -> bool:
        """Whether a job is under way."""
        return self._tick is not None

    def begin(
        self,
        job: Callable[[Tick], T],
        said: Callable[[int, int], Message],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Do a job behind the window; one that is under way is stopped first.

        Args:
            job: what to do; it calls its tick as it goes along.
            said: says in words what is done of the whole.
            done: takes the result.
            failed: takes what went wrong; `StoppedError` where somebody stopped it.
        """
        if self._tick is not None:
            self._tick.stopped = True
        tick = self._tick = Tick(lambda done, whole: self._post(lambda: self._told(tick, said, done, whole)))
        self._show = self._drop = None
        self.line.tell(said(0, 0), 0, 0)

        def came(result: T) -> None:
            if self._end(tick):
                done(result)

        def went_wrong(error: BaseException) -> None:
            if self._end(tick):
                failed(error)

        self._tasks.run(lambda: job(tick), came, went_wrong)

    def _told(self, tick: Tick, said: Callable[[int, int], Message], done: int, whole: int) -> None:
        if tick is self._tick:
            self.line.tell(said(done, whole), done, whole)

    def _end(self, tick: Tick) -> bool:
        """Put the line away, unless a newer job has it; tell whether the job was the last one asked for."""
        if tick is not self._tick:
            return False
        self._tick = None
        self.line.done()
        return True

    def offer(self, said: Message, verb: str, show: Callable[[], object], drop: Callable[[], object]) -> None:
        """Have the line offer what came of a job, for whoever is busy with something else."""
        self._show, self._drop = show, drop
        self.line.offer(said, verb)

    def _wanted(self) -> None:
        show, self._show, self._drop = self._show, None, None
        self.line.done()
        if show is not None:
            show()

    def stop(self) -> None:
        """Stop the job under way; or drop what the line offers."""
        if self._tick is not None:
            self._tick.stopped = True
            return
        drop, self._show, self._drop = self._drop, None, None
        self.line.done()
        if drop is not None:
            drop()

    def _close(self) -> None:
        self.stop()
        self._tasks.close()
