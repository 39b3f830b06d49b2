# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A public file is got over the guarded line: in time, within the cap, from the host that was meant, or not at all."""

import pytest

from swclient.base.errors import OutsideError, UserError
from swclient.transport import download as module
from swclient.transport.download import download
from tests.transport.authority import Authority
from tests.transport.stub import Stub, hang_up, raw, reply

HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def refused(authority, tls):
    """Return what is told when a server answers so."""

    def told(*answers, ca_file=authority.file, **named):
        with Stub(tls, *answers) as stub, pytest.raises(OutsideError) as caught:
            download(stub.address, "/rates", ca_file=ca_file, **named)
        text = str(caught.value)
        assert "office" not in text
        assert stub.address in text or "certificates" in text
        return text

    return told


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_bytes_come_as_they_are_and_nothing_of_us_is_told(authority, tls, method):
    with Stub(tls, reply(200, b"\x00rates\xff", Content_Type="text/xml")) as stub:
        assert download(stub.address, "/rates?day=1", method, authority.file) == b"\x00rates\xff"
        request = stub.seen[0]
    assert (request.method, request.path, request.body) == (method, "/rates?day=1", b"")
    sent = request.headers.keys() - {"content-length"}
    assert sent == {"host", "accept", "user-agent", "accept-encoding"}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed_to_another_host_or_the_same(authority, tls, status):
    with Stub(tls, reply(200, b"rates")) as elsewhere:
        for there in (f"{elsewhere.address}/rates", "/other"):
            with Stub(tls, reply(status, b"", Location=there)) as stub, pytest.raises(OutsideError) as caught:
                download(stub.address, "/rates", ca_file=authority.file)
            assert there in str(caught.value)
            assert not caught.value.retry
            assert len(stub.seen) == 1
        assert elsewhere.connections == 0


@pytest.mark.parametrize(("status", "again"), [(404, False), (403, False), (500, True), (503, True), (204, False)])
def test_any_other_status_is_no_answer(authority, tls, status, again):
    with Stub(tls, reply(status, b"<rates/>")) as stub, pytest.raises(OutsideError, match=str(status)) as caught:
        download(stub.address, "/rates", ca_file=authority.file)
    assert caught.value.retry is again


def test_what_broke_off_is_not_taken(refused):
    def half(line, request):
        line.sendall(HEAD + b"Content-Length: 100\r\n\r\n<rates>")
        hang_up(line, request)

    assert "broke off" in refused(half)
    assert "not understood" in refused(raw(HEAD + b"\r\n<rates/>"))


def test_an_answer_without_end_is_left_at_the_cap(refused, monkeypatch):
    monkeypatch.setattr(module, "BYTE_CAP", 1 << 20)
    assert "more than 1048576 bytes" in refused(reply(200, bytes(2 << 20)))


def test_an_answer_that_never_comes_is_left_at_the_deadline(refused, monkeypatch):
    monkeypatch.setattr(module, "DEADLINE", 0.5)

    def slow(line, _request):
        line.sendall(HEAD + b"Content-Length: 100\r\n\r\n")
        line.recv(1)  # until we hang up

    assert "no whole answer within 0.5 s" in refused(slow)


def test_a_server_that_cannot_prove_itself_is_not_asked(refused, tmp_path):
    stranger = Authority(tmp_path, "TRAINING authority of a stranger")
    assert "could not prove who it is" in refused(reply(), ca_file=stranger.file)
    assert "could not prove who it is" in refused(reply(), ca_file=None)
    assert "absent.pem" in refused(reply(), ca_file=tmp_path / "absent.pem")


def test_nobody_there_and_no_tls_are_told():
    with pytest.raises(OutsideError, match="cannot be reached"):
        download("https://127.0.0.1:9", "/rates")
    with pytest.raises(UserError, match="https"):
        download("http://127.0.0.1:9", "/rates")
