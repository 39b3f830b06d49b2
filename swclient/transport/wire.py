# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""requests with connections that a `Watch` can shut down. Loading this module loads requests."""

from __future__ import annotations

import contextlib
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection

from swclient.transport.watch import Watch

if TYPE_CHECKING:
    import socket


class WatchedConnection(HTTPSConnection):
    """A TLS connection that shows itself to the watch over the call that uses it."""

    _line: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        self._line = made.dup()
        self._show()
        return made

    def send(self, data: Any) -> None:
        """Send, after noting that from here on something may arrive."""
        if self.sock is None:
            self.connect()
        self._show()
        watch = Watch.current()
        if watch is not None:
            watch.sending = True
        super().send(data)

    def close(self) -> None:
        """Close both descriptors."""
        super().close()
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.close()
            self._line = None

    def _show(self) -> None:
        watch = Watch.current()
        if watch is not None and self._line is not None:
            watch.follow(self._line)


class _WatchedPool(HTTPSConnectionPool):
    ConnectionCls = WatchedConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *counts: Any, **options: Any) -> None:
        """Make the pools with our connections."""
        super().init_poolmanager(*counts, **options)
        self.poolmanager.pool_classes_by_scheme = {"https": _WatchedPool}


def open_session() -> requests.Session:
    """Return a session that takes nothing from the environment, keeps no cookies and repeats nothing by itself."""
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.adapters.clear()
    session.mount("https://", _Adapter(max_retries=0))
    return session
