# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A deadline for a whole call, and what is known of it: whether anything was sent, whether it was cut.

A timeout of a socket starts anew with every byte, so a peer that sends one byte now and then holds a caller for ever.
Here a timer shuts the connection down under the reader; the second file descriptor is what makes that safe from
another thread while the first may be being wrapped in TLS or closed.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


class Watch:
    """The watch over one call, from its `with` on.

    Attributes:
        sending: a first byte of the request may have left.
        cut: the deadline has passed and the connection was shut down.
    """

    _of_thread = threading.local()

    def __init__(self, seconds: float) -> None:
        self.sending = False
        self.cut = False
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._shut_down)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        Watch._of_thread.current = self
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        Watch._of_thread.current = None
        with self._lock:
            self._lines.clear()

    @classmethod
    def current(cls) -> Watch | None:
        """Return the watch over the call that this thread is making."""
        found = getattr(cls._of_thread, "current", None)
        return found if isinstance(found, Watch) else None

    def follow(self, line: socket.socket) -> None:
        """Watch over this connection too; it is shut down at once where the deadline has passed."""
        with self._lock:
            self._lines.append(line)
            if self.cut:
                _shut(line)

    def _shut_down(self) -> None:
        with self._lock:
            self.cut = True
            for line in self._lines:
                _shut(line)


def _shut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it is closed already
        line.shutdown(socket.SHUT_RDWR)
