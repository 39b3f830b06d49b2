# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A listener to push to, byte by byte, and a box that keeps what is pushed."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from swclient.transport.listener import Listener, Listening
from swclient.transport.pushed import PATH, Pushed

TOKEN = "canary-token-of-a-listener"
BODY = b"<MetaData><Response/></MetaData>"
GOOD = {
    "Authorization": f"Bearer {TOKEN}",
    "Content-Type": "application/xml; charset=utf-8",
    "X-Conversation-ID": "conversation-1",
    "X-Notification-ID": "message-1",
    "X-Notification-Sequence": "7",
    "Content-Length": str(len(BODY)),
}
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><MetaData>&b;</MetaData>'


class Box:
    """Keeps what is pushed, or fails to."""

    def __init__(self) -> None:
        self.kept: list[Pushed] = []
        self.fails = False
        self.wait = threading.Event()
        self.wait.set()
        self.inside = threading.Semaphore(0)

    def keep(self, pushed: Pushed) -> None:
        self.inside.release()
        self.wait.wait(20)
        if self.fails:
            raise OSError("no space left on device")
        self.kept.append(pushed)


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def listener(box: Box) -> Iterator[Listener]:
    made = Listener(Listening("127.0.0.1", 0, byte_cap=1000, deadline=2.0), lambda: TOKEN, box.keep)
    yield made
    box.wait.set()
    made.close()


def head(method: str = "POST", path: str = PATH, **changed: str | None) -> bytes:
    told = {**GOOD, **{name.replace("_", "-"): text for name, text in changed.items()}}
    lines = [f"{name}: {text}" for name, text in told.items() if text is not None]
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: here", *lines, "", ""]).encode("latin-1")


def asked(listener: Listener, *parts: bytes, end: bool = True) -> bytes:
    """Return the whole answer to these bytes."""
    with socket.create_connection(("127.0.0.1", listener.port), timeout=20) as line:
        for part in parts:
            line.sendall(part)
        if end:
            line.shutdown(socket.SHUT_WR)
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            while part := line.recv(4096):
                answer += part
        return answer


def status(answer: bytes) -> int:
    return int(answer.split()[1]) if answer else 0
