# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call over a bad line: it ends in time, within its cap, and says what is known."""

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from datetime import timedelta

import pytest
import requests

from swclient.base.errors import UserError
from swclient.transport.endpoint import Endpoint
from swclient.transport.http import Call, Caller
from swclient.transport.problems import AnswerUnknownError, NotSentError
from tests.transport.authority import Authority
from tests.transport.stub import Stub, hang_up, raw, reply

GET = Call("GET", "/thing?a=b", {"Accept": "text/plain"})
SECRET_BODY = b"<TRAINING>not to be seen by strangers</TRAINING>"
POST = Call("POST", "/thing", {"Content-Type": "application/xml"}, SECRET_BODY)
HEAD = b"HTTP/1.1 200 OK\r\n"


def dripping(line, _request):
    """Answer one byte a tenth of a second, for as long as somebody listens (at most 20 s)."""
    line.sendall(HEAD + b"Content-Length: 200\r\n\r\n")
    for _ in range(200):
        line.sendall(b".")
        time.sleep(0.1)


def dripping_head(line, _request):
    for byte in HEAD + b"X: " + b"y" * 180:
        line.sendall(bytes([byte]))
        time.sleep(0.1)


class TestGoodLine:
    def test_a_call_brings_back_status_headers_and_body(self, tls, calling):
        with Stub(tls, reply(202, b"ok", X_Conversation_ID="c-1")) as stub:
            got = calling(stub).call(GET)
            assert (got.status, got.body, got.header("x-conversation-id")) == (202, b"ok", "c-1")
            assert (stub.seen[0].method, stub.seen[0].path) == ("GET", "/thing?a=b")

    def test_the_bytes_arrive_as_they_were_handed_in(self, tls, calling):
        content = bytes(range(256)) * 4000
        with Stub(tls, reply()) as stub:
            calling(stub).call(Call("POST", "/thing", {"Content-Type": "x/y"}, content))
            assert stub.seen[0].body == content
            assert stub.seen[0].headers["content-type"] == "x/y"

    def test_the_connection_is_used_again(self, tls, calling):
        with Stub(tls, reply(200, b"ok")) as stub:
            caller = calling(stub)
            for _ in range(5):
                caller.call(GET)
            assert (len(stub.seen), stub.connections) == (5, 1)

    def test_nothing_is_told_that_was_not_asked_for(self, tls, calling):
        with Stub(tls, reply(200, b"", Set_Cookie="id=1; Path=/"), reply()) as stub:
            caller = calling(stub)
            caller.call(GET)
            caller.call(GET)
            assert stub.seen[1].headers.keys() == {
                "host",
                "accept",
                "user-agent",
                "accept-encoding",
            }

    @pytest.mark.parametrize(
        ("encoding", "packed"),
        [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)],
    )
    def test_a_packed_answer_is_unpacked(self, tls, calling, encoding, packed):
        body = b"TRAINING " * 1000
        with Stub(tls, reply(200, packed(body), Content_Encoding=encoding)) as stub:
            assert calling(stub).call(GET).body == body

    def test_an_answer_in_chunks_is_put_together(self, tls, calling):
        chunks = b"Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n3\r\nefg\r\n0\r\n\r\n"
        with Stub(tls, raw(HEAD + chunks)) as stub:
            assert calling(stub).call(GET).body == b"abcdefg"

    def test_no_proxy_is_taken_from_the_environment(self, tls, calling, monkeypatch):
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
        with Stub(tls, reply(200, b"ok")) as stub:
            assert calling(stub).call(GET).body == b"ok"


class TestDeadline:
    @pytest.mark.parametrize("slowly", [dripping, dripping_head])
    def test_an_answer_that_drips_is_cut_at_the_deadline(self, tls, calling, slowly):
        with Stub(tls, slowly) as stub:
            begun = time.monotonic()
            with pytest.raises(AnswerUnknownError, match="no whole answer"):
                calling(stub, deadline=0.7).call(GET)
            # the stub would have dripped for twenty seconds
            assert time.monotonic() - begun < 5

    def test_the_control_that_has_a_timeout_only_is_held_by_the_drip(self, tls, authority):
        def short_drip(line, _request):
            line.sendall(HEAD + b"Content-Length: 15\r\n\r\n")
            for _ in range(15):
                line.sendall(b".")
                time.sleep(0.1)

        with Stub(tls, short_drip) as stub:
            begun = time.monotonic()
            requests.get(stub.address, timeout=0.3, verify=str(authority.file))
            assert time.monotonic() - begun > 1.2  # four times its timeout: all that the server had

    def test_a_server_that_never_answers_is_left_at_the_deadline(self, tls, calling):
        with Stub(tls, lambda _line, _request: stub.gone.wait(20)) as stub:
            with pytest.raises(AnswerUnknownError):
                calling(stub, deadline=0.5).call(POST)
            stub.gone.set()

    def test_a_handshake_that_never_ends_is_left_and_nothing_was_sent(self, calling):
        silent = socket.create_server(("127.0.0.1", 0))
        with silent:
            stub = type("Silent", (), {"address": f"https://127.0.0.1:{silent.getsockname()[1]}"})
            with pytest.raises(NotSentError):
                calling(stub, deadline=0.5).call(POST)

    def test_a_call_after_a_cut_one_works(self, tls, calling):
        with Stub(tls, dripping, reply(200, b"ok")) as stub:
            caller = calling(stub, deadline=0.7)
            with pytest.raises(AnswerUnknownError):
                caller.call(GET)
            assert caller.call(GET).body == b"ok"


class TestBadAnswers:
    @pytest.mark.parametrize(
        "answer",
        [
            b"",
            b"HTTP/1.1 200 OK\r\nContent-Le",
            HEAD + b"Content-Length: 100\r\n\r\nonly this",
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n64\r\nonly this",
            HEAD + b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n",
            HEAD + b"\r\nan answer of no stated length",
            HEAD + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!",
            HEAD + b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\nxx",
            HEAD + b"Content-Encoding: gzip\r\nContent-Length: 25\r\n\r\n" + gzip.compress(b"x" * 99, mtime=0)[:25],
            b"SSH-2.0-OpenSSH\r\n\r\n",
        ],
    )
    def test_what_broke_off_or_makes_no_sense_is_not_known_to_have_arrived_or_not(self, tls, calling, answer):
        def broken(line, _request):
            line.sendall(answer)
            hang_up(line, _request)

        with Stub(tls, broken) as stub, pytest.raises(AnswerUnknownError):
            calling(stub, deadline=3).call(POST)

    def test_a_connection_ended_after_the_request_is_an_unknown_outcome(self, tls, calling):
        with Stub(tls, hang_up) as stub, pytest.raises(AnswerUnknownError, match="broke off"):
            calling(stub).call(POST)

    def giant(self, line, _request):
        line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        megabyte = b"100000\r\n" + bytes(1 << 20) + b"\r\n"
        for _ in range(1024):
            line.sendall(megabyte)

    @pytest.mark.parametrize("what", ["giant", "declared", "bomb"])
    def test_an_answer_without_end_is_left_at_the_cap(self, tls, calling, what):
        pack = zlib.compressobj(wbits=31)
        bomb = b"".join(pack.compress(bytes(1 << 20)) for _ in range(300)) + pack.flush()
        answers = {
            "giant": self.giant,
            "declared": raw(HEAD + b"Content-Length: 1000000000\r\n\r\n" + bytes(9 << 20)),
            "bomb": reply(200, bomb, Content_Encoding="gzip"),
        }
        tracemalloc.start()
        with Stub(tls, answers[what]) as stub, pytest.raises(AnswerUnknownError, match="more than"):
            calling(stub, byte_cap=4 << 20, deadline=20).call(GET)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 32 << 20  # the bomb alone would be 300 MiB

    def test_a_redirect_is_not_followed(self, tls, calling):
        with Stub(tls, reply(200, b"you should not be here")) as elsewhere:
            there = reply(307, b"", Location=f"{elsewhere.address}/thing")
            with Stub(tls, there) as stub:
                assert calling(stub).call(POST).status == 307
            assert elsewhere.connections == 0


BAD = {
    "wrong host": lambda one: one.server("other.example"),
    "wrong address": lambda one: one.server("127.0.0.2"),
    "ended": lambda one: one.server(begin=timedelta(days=-3), end=timedelta(days=-2)),
    "not yet valid": lambda one: one.server(begin=timedelta(days=1), end=timedelta(days=3)),
    "self-signed": lambda one: one.server(self_signed=True),
}


class TestNotSent:
    def test_a_refused_connection_is_surely_nothing_sent(self, calling):
        free = socket.create_server(("127.0.0.1", 0))
        stub = type("Gone", (), {"address": f"https://127.0.0.1:{free.getsockname()[1]}"})
        free.close()
        with pytest.raises(NotSentError, match="cannot be reached") as told:
            calling(stub).call(POST)
        assert told.value.retry

    @pytest.mark.parametrize("kind", BAD)
    def test_a_certificate_that_proves_nothing_gets_nothing(self, authority, calling, kind):
        with Stub(BAD[kind](authority), reply()) as stub:
            with pytest.raises(NotSentError, match="could not prove") as told:
                calling(stub).call(POST)
            assert not told.value.retry
        assert (stub.bytes_seen, stub.seen) == (0, [])

    def test_another_authority_gets_nothing(self, tmp_path, calling):
        stranger = Authority(tmp_path, "TRAINING authority of a stranger")
        with Stub(stranger.server(), reply()) as stub, pytest.raises(NotSentError, match="prove"):
            calling(stub).call(POST)
        assert stub.bytes_seen == 0

    def test_the_public_authorities_do_not_vouch_for_a_test_server(self, tls, calling):
        with Stub(tls, reply()) as stub, pytest.raises(NotSentError, match="prove"):
            calling(stub, ca_file=None).call(POST)
        assert stub.bytes_seen == 0

    def test_an_old_version_of_tls_gets_nothing(self, authority, calling):
        old = authority.server()
        old.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.warns(DeprecationWarning, match="TLS"):
            old.minimum_version = ssl.TLSVersion.TLSv1
        with pytest.warns(DeprecationWarning, match="TLS"):
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        with Stub(old, reply()) as stub, pytest.raises(NotSentError):
            calling(stub).call(POST)
        assert stub.bytes_seen == 0

    def test_a_server_without_tls_gets_nothing(self, calling):
        heard = []

        def listen(open_line):
            line, _ = open_line.accept()
            heard.append(line.recv(1 << 16))
            line.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            line.close()

        with socket.create_server(("127.0.0.1", 0)) as open_line:
            thread = threading.Thread(target=listen, args=(open_line,))
            thread.start()
            plain = type("Plain", (), {"address": f"https://127.0.0.1:{open_line.getsockname()[1]}"})
            with pytest.raises(NotSentError):
                calling(plain).call(POST)
            thread.join()
        assert SECRET_BODY not in b"".join(heard)

    def test_a_missing_file_of_certificates_is_told(self, tls, calling, tmp_path):
        with Stub(tls, reply()) as stub, pytest.raises(NotSentError, match=r"absent\.pem"):
            calling(stub, ca_file=tmp_path / "absent.pem").call(POST)

    def test_an_address_in_the_clear_is_refused(self):
        with pytest.raises(UserError, match="https"):
            Endpoint("http://127.0.0.1:1")

    @pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "", "/\\evil"])
    def test_a_path_cannot_lead_to_another_host(self, path):
        with pytest.raises(ValueError, match="not a path"):
            Caller(Endpoint("https://127.0.0.1:1")).call(Call("GET", path, {}))
