# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listener: what it takes, what it refuses and how, and that it answers well only after a message is kept."""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from swclient.base.errors import UserError
from swclient.transport.listener import MOST_LINES, Listener, Listening, read_place
from swclient.transport.pushed import PATH, Pushed
from swclient.transport.subscription import certificates_in
from tests.transport.authority import Authority

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


def test_a_message_is_taken_as_it_is(listener: Listener, box: Box) -> None:
    assert status(asked(listener, head(), BODY)) == 204
    assert box.kept == [Pushed("conversation-1", "message-1", 7, GOOD["Content-Type"], BODY)]
    assert BODY.decode() not in repr(box.kept)


def test_an_office_that_names_no_message_is_heard_too(listener: Listener, box: Box) -> None:
    plain = head(X_Notification_ID=None, X_Notification_Sequence=None, Content_Type="text/xml")
    assert status(asked(listener, plain, BODY)) == 204
    assert (box.kept[0].identity, box.kept[0].sequence) == ("", 0)


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


def test_a_message_that_cannot_be_kept_is_to_come_again(listener: Listener, box: Box) -> None:
    box.fails = True
    answer = asked(listener, head(), BODY)
    assert status(answer) == 503
    assert b"Retry-After: 1" in answer
    box.fails = False
    assert status(asked(listener, head(), BODY)) == 204


def test_nothing_is_answered_before_it_is_kept(listener: Listener, box: Box) -> None:
    box.wait.clear()
    with socket.create_connection(("127.0.0.1", listener.port), timeout=20) as line:
        line.sendall(head() + BODY)
        assert box.inside.acquire(timeout=10)  # it is being kept
        line.settimeout(0.3)
        with pytest.raises(TimeoutError):
            line.recv(1)
        box.wait.set()
        line.settimeout(10)
        assert status(line.recv(4096)) == 204


def test_more_than_a_few_at_once_are_sent_away(listener: Listener, box: Box) -> None:
    box.wait.clear()
    lines = [socket.create_connection(("127.0.0.1", listener.port), timeout=20) for _ in range(MOST_LINES)]
    for line in lines:
        line.sendall(head() + BODY)
        assert box.inside.acquire(timeout=10)
    assert status(asked(listener, end=False)) == 503
    box.wait.set()
    assert [status(line.recv(4096)) for line in lines] == [204] * MOST_LINES
    for line in lines:
        line.close()
    assert len(box.kept) == MOST_LINES


def test_who_asks_first_is_told_to_go_on_only_if_the_head_fits(listener: Listener, box: Box) -> None:
    with socket.create_connection(("127.0.0.1", listener.port), timeout=20) as line:
        line.sendall(head(Expect="100-continue"))
        assert status(line.recv(4096)) == 100
        line.sendall(BODY)
        assert status(line.recv(4096)) == 204
    assert len(box.kept) == 1


def test_a_document_type_is_kept_raw_and_refused_when_it_is_read(listener: Listener, box: Box) -> None:
    from swclient.workflow.answers import understood

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


def test_over_tls_with_a_certificate_of_its_own(authority: Authority, tmp_path: Path, box: Box) -> None:
    pair = authority.pair()
    made = Listener(Listening("127.0.0.1", 0, pair, byte_cap=1000), lambda: TOKEN, box.keep)
    try:
        context = ssl.create_default_context(cafile=authority.file)
        plain = socket.create_connection(("127.0.0.1", made.port), timeout=20)
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as line:
            line.sendall(head() + BODY)
            assert status(line.recv(4096)) == 204
        assert made.address.startswith("https://127.0.0.1:")
        assert status(asked(made, head(), BODY)) == 0, "nothing is said in the clear"
        assert len(box.kept) == 1
        found = certificates_in(pair)
        assert "PRIVATE" not in found
        assert found.count("BEGIN CERTIFICATE") == 1
    finally:
        made.close()


def test_a_key_with_a_password_is_told_and_not_asked_for(authority: Authority, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    locked = tmp_path / "locked.pem"
    locked.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word")))
    with pytest.raises(UserError, match="without a password"):
        Listener(Listening("127.0.0.1", 0, authority.pair(), locked), lambda: TOKEN, lambda _pushed: None)


@pytest.mark.parametrize("place", ["", "8443", "127.0.0.1", "office.example.org:8443", "127.0.0.1:70000", "::1:-1"])
def test_a_place_that_is_none_is_told(place: str) -> None:
    with pytest.raises(UserError, match="numeric address"):
        read_place(place)


def test_in_the_clear_it_listens_to_this_machine_only() -> None:
    assert read_place("[::1]:8443") == ("::1", 8443)
    with pytest.raises(UserError, match="in the clear"):
        Listening("0.0.0.0", 0)  # noqa: S104 - that is the point


def test_a_taken_port_is_told(listener: Listener) -> None:
    with pytest.raises(UserError, match="another port"):
        Listener(Listening("127.0.0.1", listener.port), lambda: TOKEN, lambda _pushed: None)


def test_what_is_being_kept_when_it_closes_is_kept_and_answered(box: Box) -> None:
    made = Listener(Listening("127.0.0.1", 0, byte_cap=1000), lambda: TOKEN, box.keep)
    box.wait.clear()
    with socket.create_connection(("127.0.0.1", made.port), timeout=20) as line:
        line.sendall(head() + BODY)
        assert box.inside.acquire(timeout=10)
        closing = threading.Thread(target=made.close)
        closing.start()
        box.wait.set()
        assert status(line.recv(4096)) == 204
        closing.join(20)
    assert not closing.is_alive()
    assert len(box.kept) == 1
