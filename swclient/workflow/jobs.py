# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work off the thread that types: one job at a time, its result handed back where the window wants it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from swclient.base.errors import SwError
from swclient.base.log import log

T = TypeVar("T")
Post = Callable[[Callable[[], None]], None]


def call_now(call: Callable[[], None]) -> None:
    """Hand a result back at once, in the thread that made it: for commands and tests."""
    call()


class Jobs:
    """Runs jobs one after another in a thread of its own.

    Args:
        post: hands a call over to the thread that owns the window.
    """

    def __init__(self, post: Post = call_now) -> None:
        self._post = post
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._stop = threading.Event()

    @property
    def stopping(self) -> threading.Event:
        """Set when the program is closing; long work looks at it between steps."""
        return self._stop

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> Future[T]:
        """Do work in the background; `done` or `failed` is called where `post` brings it."""

        def whole() -> T:
            try:
                result = work()
            except SwError as error:
                self._post(lambda error=error: failed(error))  # type: ignore[misc]  # bound now: `error` is gone later
                raise
            except Exception as error:  # the job runner is one of four places that catch everything
                log.exception("A job failed")
                self._post(lambda error=error: failed(error))  # type: ignore[misc]  # bound now: `error` is gone later
                raise
            self._post(lambda: done(result))
            return result

        return self._pool.submit(whole)

    def post(self, call: Callable[[], None]) -> None:
        """Hand a call over to the thread that owns the window."""
        self._post(call)

    def close(self) -> None:
        """Let the job under way finish its step, and take no more."""
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
