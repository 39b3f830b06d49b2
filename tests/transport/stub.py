# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that answers exactly the bytes it is told to, as slowly and as wrongly as it is told to."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """A request as it was received."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[socket.socket, Request], None]


def reply(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    """Answer properly."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *lines])
    return raw(head.encode() + b"\r\n\r\n" + body)


def raw(content: bytes) -> Answer:
    """Answer these very bytes."""
    return lambda line, _request: line.sendall(content)


def hang_up(line: socket.socket, _request: Request) -> None:
    """End the connection without a word."""
    line.shutdown(socket.SHUT_RDWR)


def as_json(value: object, status: int = 200, **headers: str) -> Answer:
    """Answer JSON."""
    return reply(status, json.dumps(value).encode(), Content_Type="application/json", **headers)


class Stub:
    """Serves on loopback until left. Answers are taken in turn, the last one again and again.

    Attributes:
        address: where it serves.
        seen: the requests that arrived whole.
        bytes_seen: how many bytes of requests arrived at all, after TLS.
        gone: set when it is being left: a slow answer ends then.
    """

    def __init__(self, tls: ssl.SSLContext, *answers: Answer, host: str = "127.0.0.1") -> None:
        self.seen: list[Request] = []
        self.bytes_seen = 0
        self.connections = 0
        self.gone = threading.Event()
        self._answers = list(answers)
        self._tls = tls
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._lines: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"https://{host}:{self._listening.getsockname()[1]}"

    def __enter__(self) -> Stub:
        self._begin(self._accept)
        return self

    def __exit__(self, *_error: object) -> None:
        self.gone.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for line in self._lines:  # those kept open for another call
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        for thread in self._threads:
            thread.join(10)

    def _begin(self, work: Callable[..., None], *parts: object) -> None:
        thread = threading.Thread(target=work, args=parts, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.gone.is_set():
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._lines.append(line.dup())  # TLS takes the first one over
            self._begin(self._serve, line)

    def _serve(self, line: socket.socket) -> None:
        with line:
            line.settimeout(10)
            with contextlib.suppress(OSError):
                secure = self._tls.wrap_socket(line, server_side=True)
                with secure, secure.makefile("rb") as stream:
                    while request := self._read(stream):
                        with self._lock:
                            self.seen.append(request)
                            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
                        answer(secure, request)

    def _read(self, stream) -> Request | None:
        first = stream.readline()
        self.bytes_seen += len(first)
        if not first.strip():
            return None
        method, path, _ = first.decode().split(" ", 2)
        headers = {}
        while (text := stream.readline()).strip():
            name, _, value = text.decode().partition(":")
            headers[name.strip().lower()] = value.strip()
        body = stream.read(int(headers.get("content-length", 0)))
        self.bytes_seen += len(body)
        return Request(method, path, headers, body)
