# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes what an office pushes to us: a small server of one address, which answers well only after a message is kept.

It believes nobody: a token first, then one path, one method, a length told beforehand and capped, and a deadline for
everything together. It writes no log, so that nothing of what comes can stand in one.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import HTTPServer
from ipaddress import ip_address
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.transport.listener_line import Line
from swclient.transport.pushed import PATH, Pushed

if TYPE_CHECKING:
    from pathlib import Path

MOST_LINES = 8
"""Connections at once; who comes when all are taken is sent away and comes again."""

_LOOPBACK_NAME = "localhost"
_HIGHEST_PORT = 65535
_LINGER, _MOST_UNREAD, _BLOCK = 0.5, 1 << 20, 64 << 10
_WRONG_PLACE = N_("“{place}” is no address to listen at; write a numeric address and a port, as in 127.0.0.1:8443.")
_IN_THE_CLEAR = N_(
    "At {place} other machines can reach this one, and without a certificate everything would come in the clear. Choose"
    " the file of your certificate, or listen at 127.0.0.1."
)
_TAKEN = N_("It cannot be listened at {place}: {reason}. Choose another port, or close the program that listens there.")
_BAD_PAIR = N_("Certificate {file} and its key cannot be used: {reason}. The key must be in a file without a password.")


Keep = Callable[[Pushed], None]
"""Keeps a message for good before it returns; whatever it raises, the office is told to come again."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where and how to listen.

    Attributes:
        host: numeric address, or `localhost`.
        port: 0 takes a free one.
        certificate: our certificate and those between, PEM; None for plain HTTP, on loopback only.
        key: its key, PEM; None where it is in the same file.
        byte_cap: bytes of a message that are taken at most.
        deadline: seconds for a whole call, from the first byte of TLS to our answer.
    """

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    byte_cap: int = 8 << 20
    deadline: float = 20.0

    def __post_init__(self) -> None:
        if self.certificate is None and not is_loopback(self.host):
            raise UserError(_IN_THE_CLEAR, place=self.place)

    @property
    def place(self) -> str:
        """Host and port as they are written."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_place(place: str) -> tuple[str, int]:
    """Return host and port of `127.0.0.1:8443`, `[::1]:8443` or `localhost:8443`.

    Raises:
        UserError: it is none of them.
    """
    host, _, port = place.strip().rpartition(":")
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    try:
        if host != _LOOPBACK_NAME:
            ip_address(host)
        number = int(port) if port.isascii() and port.isdigit() else -1
    except ValueError:
        number = -1
    if not 0 <= number <= _HIGHEST_PORT:
        raise UserError(_WRONG_PLACE, place=place)
    return host, number


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return host == _LOOPBACK_NAME or ip_address(host).is_loopback
    except ValueError:
        return False


def is_everywhere(host: str) -> bool:
    """Whether an address means every network of this machine."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


class Listener:
    """Listens from the moment it is made until it is closed.

    Args:
        where: address, certificate, limits.
        token: returns the token that the office was given; held by nobody here.
        keep: keeps a message; called from threads of the listener, several at once.

    Raises:
        UserError: the address is taken, or the certificate cannot be used.

    Attributes:
        port: where it listens.
    """

    def __init__(self, where: Listening, token: Callable[[], str], keep: Keep) -> None:
        tls = _context(where)
        try:
            self._server = _Server(where, tls, token, keep)
        except OSError as error:
            raise UserError(_TAKEN, place=where.place, reason=error.strerror or str(error)) from error
        self._where = where
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._serve, name="listener", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """The address at which this machine reaches it."""
        scheme = "https" if self._where.certificate else "http"
        host = f"[{self._where.host}]" if ":" in self._where.host else self._where.host
        return f"{scheme}://{host}:{self.port}{PATH}"

    def close(self) -> None:
        """Listen no more; what is being kept is kept, what has not come whole is cut."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server.end()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.1)


def _context(where: Listening) -> ssl.SSLContext | None:
    if where.certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # A key with a password would be asked for on a terminal that nobody sees: an empty one fails at once instead.
        context.load_cert_chain(where.certificate, where.key, password=lambda: b"")
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)
        raise UserError(_BAD_PAIR, file=str(where.certificate), reason=str(reason)) from error
    return context


class _Server(ThreadingMixIn, HTTPServer):
    """A thread for each connection, and never more than a few of them."""

    daemon_threads = True
    block_on_close = False  # they are cut and waited for in `end`
    request_queue_size = MOST_LINES
    allow_reuse_address = hasattr(socket, "SO_REUSEPORT")  # elsewhere it lets a stranger share the port

    def __init__(self, where: Listening, tls: ssl.SSLContext | None, token: Callable[[], str], keep: Keep) -> None:
        self.where, self.token, self.keep = where, token, keep
        self._tls = tls
        self._lines: dict[socket.socket, socket.socket] = {}  # each with a second handle, by which it can be cut
        self._changed = threading.Condition()
        if ":" in where.host:
            self.address_family = socket.AF_INET6
        super().__init__((where.host, where.port), Line)

    def server_bind(self) -> None:
        """Bind without asking the network for our own name."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(self.allow_reuse_address))
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.where.host, int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Take a connection, or send it away where all are taken."""
        with self._changed:
            full = len(self._lines) >= MOST_LINES
            if not full:
                self._lines[request] = request.dup()
        if full:
            _send_away(request, plain=self._tls is None)
        else:
            super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection within its deadline; TLS begins here, so that nobody waits for a slow one."""
        spare = self._lines[request]
        watch = threading.Timer(self.where.deadline, _cut, (spare,))
        watch.daemon = True
        watch.start()
        line = request
        try:
            request.settimeout(self.where.deadline)
            if self._tls is not None:
                line = self._tls.wrap_socket(request, server_side=True)
            self.finish_request(line, client_address)
            _let_read(line, spare)
        except (OSError, ValueError):
            pass  # it broke off, or was cut: nothing was answered, so the office comes again
        finally:
            watch.cancel()
            line.close()
            spare.close()
            with self._changed:
                self._lines.pop(request)
                self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: what came may stand in the error."""

    def end(self) -> None:
        """Wait for those that are being kept; cut the others."""
        with self._changed:
            for spare in self._lines.values():
                with contextlib.suppress(OSError):
                    spare.shutdown(socket.SHUT_RD)
            self._changed.wait_for(lambda: not self._lines, self.where.deadline)


def _cut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _let_read(line: socket.socket, spare: socket.socket) -> None:
    """Let the far end read our answer: a line that is closed over unread bytes takes the answer along."""
    spare.shutdown(socket.SHUT_WR)
    line.settimeout(_LINGER)
    left = _MOST_UNREAD
    while left > 0 and (part := line.recv(_BLOCK)):
        left -= len(part)


def _send_away(line: socket.socket, *, plain: bool) -> None:
    """Tell a connection that there are too many; before TLS there are no words for it."""
    with contextlib.suppress(OSError), line:
        if plain:
            line.settimeout(0.2)
            line.sendall(b"HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            line.shutdown(socket.SHUT_WR)
