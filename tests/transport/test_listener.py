# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listener: what it takes, what it refuses and how, and that it answers well only after a message is kept."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from swclient.base.errors import UserError
from swclient.transport.listener import MOST_LINES, Listener, Listening, read_place
from swclient.transport.pushed import Pushed
from swclient.transport.subscription import certificates_in
from tests.transport.authority import Authority
from tests.transport.pushing import BODY, GOOD, TOKEN, Box, asked, box, head, listener, status

__all__ = ["box", "listener"]


def test_a_message_is_taken_as_it_is(listener: Listener, box: Box) -> None:
    assert status(asked(listener, head(), BODY)) == 204
    assert box.kept == [Pushed("conversation-1", "message-1", 7, GOOD["Content-Type"], BODY)]
    assert BODY.decode() not in repr(box.kept)


def test_an_office_that_names_no_message_is_heard_too(listener: Listener, box: Box) -> None:
    plain = head(X_Notification_ID=None, X_Notification_Sequence=None, Content_Type="text/xml")
    assert status(asked(listener, plain, BODY)) == 204
    assert (box.kept[0].identity, box.kept[0].sequence) == ("", 0)


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
