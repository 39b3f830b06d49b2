# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile calls to the listener: refused within caps, nothing said back, nothing logged, nobody kept waiting."""

from __future__ import annotations

import logging
import socket
import threading

import pytest

from swclient.transport.listener import Listener
from tests.transport.pushing import BODY, DOCTYPE, TOKEN, Box, asked, box, head, listener, status

__all__ = ["box", "listener"]


@pytest.mark.parametrize(
    ("request_head", "wanted"),
    [
        (head(Authorization=None), 401),
        (head(Authorization="Bearer wrong"), 401),
        (head(Authorization=f"Basic {TOKEN}"), 401),
        (head(Authorization="Bearer \xff\xfe"), 401),
        (head("GET", Authorization=None), 401),
        (head(path="/"), 404),
        (head(path="/notifications/../x"), 404),
        (head("GET"), 405),
        (head("PUT"), 405),
        (head("BREW"), 405),
        (head(Content_Type=None), 415),
        (head(Content_Type="application/json"), 415),
        (head(Content_Type="application/xml; charset=utf-16"), 415),
        (head(Content_Encoding="gzip"), 415),
        (head(X_Conversation_ID=None), 400),
        (head(X_Conversation_ID="a b"), 400),
        (head(X_Notification_ID="x" * 101), 400),
        (head(X_Notification_Sequence="-1"), 400),
        (head(Content_Length=None), 411),
        (head(Content_Length=None, Transfer_Encoding="chunked"), 411),
        (head(Transfer_Encoding="chunked"), 411),
        (head(Content_Length="-1"), 400),
        (head(Content_Length="0"), 400),
        (head(Content_Length="9" * 40), 400),
        (head(Content_Length="1001"), 413),
        (head(Content_Length="1001", Expect="100-continue"), 413),
        (head().replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\n"), 411),
        (head().replace(b"\r\n\r\n", b"\r\nX-Conversation-ID: other\r\n\r\n"), 400),
        (b"\x16\x03\x01 hello\r\n\r\n", 400),
        (b"GET " + b"/" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (head().replace(b"Host: here", b"Host: " + b"x" * 70_000), 431),
        (head().replace(b"Host: here", b"\r\n".join(b"X-%d: y" % each for each in range(200))), 431),
    ],
)
def test_what_does_not_fit_is_refused_and_not_said_back(
    listener: Listener, box: Box, request_head: bytes, wanted: int
) -> None:
    answer = asked(listener, request_head, BODY)
    assert status(answer) == wanted
    assert answer.endswith(b"\r\n\r\n"), "an answer without a body"
    assert b"Server:" not in answer
    assert TOKEN.encode() not in answer
    assert box.kept == []


def test_a_body_that_breaks_off_is_not_kept(listener: Listener, box: Box) -> None:
    assert status(asked(listener, head(), BODY[:-1])) == 400
    assert box.kept == []


def test_a_chunk_bomb_is_refused_before_it_is_read(listener: Listener, box: Box) -> None:
    bomb = head(Content_Length=None, Transfer_Encoding="chunked") + b"FFFFFFFF\r\n" + b"x" * 300_000
    assert status(asked(listener, bomb, end=False)) == 411
    assert box.kept == []


def test_a_slow_one_is_cut_at_the_deadline_and_others_are_served_meanwhile(listener: Listener, box: Box) -> None:
    with socket.create_connection(("127.0.0.1", listener.port), timeout=20) as slow:
        slow.sendall(head()[:40])
        assert status(asked(listener, head(), BODY)) == 204
        assert slow.recv(1) == b""  # ended by the listener: no answer, so nothing is acknowledged
    with socket.create_connection(("127.0.0.1", listener.port), timeout=20) as slow:
        slow.sendall(head() + BODY[:5])
        answer = slow.recv(4096)
    assert status(answer) in {0, 400}
    assert len(box.kept) == 1


def test_the_total_counts_not_the_pause_between_two_bytes(listener: Listener, box: Box) -> None:
    gone = threading.Event()
    with socket.create_connection(("127.0.0.1", listener.port), timeout=20) as line:
        line.sendall(head())
        for _ in range(200):
            try:
                line.sendall(b"<")
            except OSError:
                gone.set()
                break
            if gone.wait(0.1):
                break
    assert gone.is_set() or box.kept == []
    assert box.kept == []


def test_a_document_type_is_kept_raw_and_refused_when_it_is_read(listener: Listener, box: Box) -> None:
    from swclient.workflow.life.answers import understood

    assert status(asked(listener, head(Content_Length=str(len(DOCTYPE))), DOCTYPE)) == 204
    assert box.kept[0].content == DOCTYPE
    told = understood(DOCTYPE, "customs")
    assert told.level == "error"
    assert "root:" not in told.text


def test_nothing_is_logged(listener: Listener, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for request in (head(), head(Authorization="Bearer wrong"), b"rubbish\r\n\r\n", head(path="/secret")):
            asked(listener, request, BODY)
    out, err = capfd.readouterr()
    assert (out, err, caplog.text) == ("", "", "")
    assert TOKEN not in repr(vars(listener))
