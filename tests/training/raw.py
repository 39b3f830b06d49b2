# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP by hand: exactly the bytes that are sent, and exactly the bytes that come back."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answered:
    """What came back on one connection.

    Attributes:
        connected: TLS was agreed upon.
        raw: all bytes until the end.
        seconds: from the first byte sent to the last one received.
    """

    connected: bool
    raw: bytes
    seconds: float

    @property
    def head(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[0]

    @property
    def body(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[2]

    @property
    def status(self) -> int:
        return int(self.raw.split(b" ", 2)[1]) if self.raw else 0

    def header(self, name: str) -> str:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.decode("latin-1").partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""


def request(client, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """Return the bytes of a request with the client's token."""
    place = urlsplit(client.address)
    lines = [f"{method} {path} HTTP/1.1", f"Host: {place.netloc}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"Authorization: {client.session.headers['Authorization']}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def exchange(client, content: bytes, most: int = 1 << 20, seconds: float = 20.0) -> Answered:
    """Send bytes on a new connection and read until it ends, or enough is read."""
    place = urlsplit(client.address)
    trust = ssl.create_default_context(cafile=client.session.verify)
    got, begun = b"", time.monotonic()
    try:
        plain = socket.create_connection((place.hostname, place.port), timeout=seconds)
        line = trust.wrap_socket(plain, server_hostname=place.hostname)
    except OSError:
        return Answered(False, b"", time.monotonic() - begun)
    with line:
        with contextlib.suppress(OSError):
            line.sendall(content)
            while len(got) < most and (part := line.recv(65536)):
                got += part
        return Answered(True, got, time.monotonic() - begun)
