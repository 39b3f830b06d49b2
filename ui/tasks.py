# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Work behind the window: a queued way back to its thread, and one worker for what would hold it up.

Jobs take and return frozen values; only the way back touches the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from swclient.base.errors import SwError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class PostBox(QObject):
    """Takes calls from any thread and makes them on the window's, in order, between two events."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._arrived.connect(self._make, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have a call made on the window's thread."""
        if not self._closed:
            self._arrived.emit(call)

    def close(self) -> None:
        """Make no more calls: the window is going."""
        self._closed = True

    @Slot(object)
    def _make(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()


class Tasks:
    """One worker thread, made when it is first needed."""

    def __init__(self, post: Callable[[Callable[[], None]], None]) -> None:
        self._post = post
        self._pool: ThreadPoolExecutor | None = None

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[BaseException], None]) -> None:
        """Do a job behind the window; hand its result, or what went wrong, back on the window's thread.

        What nobody foresaw goes to the program's report as well.
        """
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(1, "window")

        def finish(future: Future[T]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            if error is None:
                self._post(lambda: done(future.result()))
            else:
                self._post(lambda: failed(error))
                if not isinstance(error, SwError):
                    self._post(lambda: _raise(error))

        self._pool.submit(job).add_done_callback(finish)

    def close(self) -> None:
        """Wait for the job at hand and drop the rest."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _raise(error: BaseException) -> None:
    """Bring a bug of a job to the window's own report, not into silence."""
    raise error
