# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever an office, or what stands in its place, answers: the client ends with a result or an error it knows."""

from __future__ import annotations

import json
import socket
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from swclient.base.errors import OutsideError
from swclient.transport.customs import CustomsClient
from swclient.transport.office import Notice
from swclient.transport.tokens import ClientCredentials
from tests.transport.stub import Stub

SUBMISSION = {
    "conversation": "c-1",
    "received_at": "2025-03-04T05:06:07+00:00",
    "sha256": "ab" * 32,
    "kind": "declaration",
}
NOTICE = {
    "id": "n-1",
    "sequence": 7,
    "conversation": "c-1",
    "content_type": "application/xml",
    "url": "/customs/notifications/n-1",
}
TOKEN = {"access_token": "t", "token_type": "Bearer", "expires_in": 3600}
REFUSAL = {"code": "BAD_REQUEST", "message": "TRAINING: no", "errors": [{"code": "a", "message": "b"}]}
GOOD = [SUBMISSION, [NOTICE], TOKEN, REFUSAL, {**REFUSAL, "code": "NOT_FOUND"}]

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([2**70, "\x00", "\ud83d\ude00"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def nearly_good(draw):
    """A good answer with one of its members changed, lost or added."""
    made = draw(st.sampled_from(GOOD))
    inner = dict(made[0] if isinstance(made, list) else made)
    name = draw(st.sampled_from([*inner, "other"]))
    if draw(st.booleans()):
        inner[name] = draw(values)
    else:
        inner.pop(name, None)
    return json.dumps([inner] if isinstance(made, list) else inner).encode()


xml = st.sampled_from(
    [
        b"<errorResponse><code>X</code></errorResponse>",
        b"<errorResponse><errors><error/></errors></errorResponse>",
        b"<?xml version='1.0' encoding='latin-1'?><errorResponse><code>\xe9</code></errorResponse>",
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        b"<a>" * 300,
        b"<!-- --><?pi?>",
        b"<errorResponse xmlns='\x01'/>",
    ]
)
bodies = st.binary(max_size=200) | values.map(lambda found: json.dumps(found).encode()) | nearly_good() | xml
header_text = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40)
headers = st.dictionaries(
    st.sampled_from(
        [
            "Content-Type",
            "X-Conversation-ID",
            "Retry-After",
            "Content-Encoding",
            "Location",
            "Transfer-Encoding",
            "Set-Cookie",
            "WWW-Authenticate",
            "Odd",
        ]
    ),
    header_text
    | st.sampled_from(
        [
            "application/json",
            "application/xml",
            "text/html",
            "c-1",
            "gzip",
            "deflate",
            "chunked",
            "1e99",
            "-1",
            "9" * 400,
            "Wed, 31 Feb 2025 25:61:61 GMT",
            "Thu, 01 Jan 9999 00:00:00 +9999",
        ]
    ),
    max_size=5,
)
statuses = st.sampled_from(
    [200, 201, 202, 204, 206, 301, 302, 304, 400, 401, 403, 404, 409, 415, 429, 500, 502, 503, 504, 599, 999]
)


@st.composite
def answers(draw):
    """The bytes of an answer: of good form with anything in it, or of no form at all."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    body = draw(bodies)
    length = len(body) + draw(st.sampled_from([0, 0, 0, 0, 0, 0, 7, -1]))
    lines = [f"HTTP/1.1 {draw(statuses)} X".encode(), f"Content-Length: {max(length, 0)}".encode()]
    lines += [f"{name}: {value}".encode("latin-1") for name, value in draw(headers).items()]
    return b"\r\n".join([*lines, b"", body])


@pytest.fixture
def answering(tls):
    """A stub that answers what is laid before it, and hangs up."""
    laid: list[bytes] = [b""]

    def answer(line, _request):
        with suppress(OSError):
            line.sendall(laid[0])
            line.shutdown(socket.SHUT_RDWR)  # closed alone it stays open for whoever reads it, until the deadline

    with Stub(tls, answer) as stub:
        yield stub, laid


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(b"HTTP/1.1 202 X\r\nContent-Length: 0\r\nX-Conversation-ID: c-1\r\n\r\n")
@example(b"HTTP/1.1 200 X\r\nContent-Length: 0\r\nContent-Encoding: gzip\r\n\r\n")
@example(b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: \x80\r\n\r\n")
@given(answers())
def test_every_call_ends_with_a_result_or_an_error_it_knows(answering, calling, content):
    stub, laid = answering
    laid[0] = content
    caller = calling(stub)
    client, notice = CustomsClient(caller), Notice("n-1", 7, "c-1", "application/xml", "/customs/notifications/n-1")
    calls = (
        lambda: client.submit_declaration(b"<a/>", "key-0001", b"sig"),
        lambda: client.ask("key-0001"),
        lambda: client.notifications("c-1"),
        lambda: client.fetch(notice),
        ClientCredentials(caller, lambda: "secret").token,
    )
    for call in calls:
        with suppress(OutsideError):
            call()
