# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Customs and tax over the wire: what is handed in, what is asked, and what no answer may pass for."""

import base64
import random

import pytest

from swclient.transport.customs import CustomsClient
from swclient.transport.problems import (
    AnswerUnknownError,
    BusyError,
    NotSentError,
    RefusedError,
)
from swclient.transport.tax import TaxClient
from tests.transport.stub import Stub, as_json, hang_up, reply

CONTENT = "<TRAINING>Обувь</TRAINING>".encode()
SUBMISSION = {
    "conversation": "c-1",
    "received_at": "2025-03-04T05:06:07.123456+00:00",
    "sha256": "ab" * 32,
    "kind": "declaration",
}
NOTICE = {
    "id": "n-1",
    "sequence": 7,
    "conversation": "c-1",
    "content_type": "application/xml; charset=utf-8",
    "url": "/customs/notifications/n-1",
}
NOT_FOUND = {"code": "NOT_FOUND", "message": "TRAINING: unknown", "errors": []}
XML_REFUSAL = """<?xml version="1.0" encoding="UTF-8"?>
<errorResponse><code>BAD_REQUEST</code><message>TRAINING: нельзя</message>
<errors><error><code>xml_validation_error</code><message>line 3</message></error></errors></errorResponse>
""".encode()
TAKEN = reply(202, b"", X_Conversation_ID="c-1")


@pytest.fixture
def customs(tls, calling):
    """Make customs clients of stubs with given answers."""
    return lambda stub, **limits: CustomsClient(calling(stub, **limits))


class TestHandingIn:
    def test_a_declaration_goes_with_key_and_signature_and_brings_a_conversation(self, tls, customs):
        with Stub(tls, TAKEN) as stub:
            assert customs(stub).submit_declaration(CONTENT, "key-0001", b"\x00sig\xff") == "c-1"
        (seen,) = stub.seen
        assert (seen.method, seen.path, seen.body) == ("POST", "/customs/declarations", CONTENT)
        assert seen.headers["idempotency-key"] == "key-0001"
        assert base64.b64decode(seen.headers["x-signature"], validate=True) == b"\x00sig\xff"
        assert seen.headers["content-type"] == "application/xml; charset=utf-8"

    def test_a_long_signature_stays_on_one_line(self, tls, customs):
        with Stub(tls, TAKEN) as stub:
            customs(stub).submit_declaration(CONTENT, "key-0001", bytes(3000))
        assert len(stub.seen[0].headers["x-signature"]) == 4000

    def test_payments_and_statements_go_to_their_own_places(self, tls, customs, calling):
        with Stub(tls, TAKEN) as stub:
            customs(stub).submit_payment(b"{}", "key-0002")
            TaxClient(calling(stub)).submit_statement(b"{}", "key-0003", b"sig")
        assert [request.path for request in stub.seen] == [
            "/customs/payments",
            "/tax/import-statements",
        ]
        assert [request.headers["content-type"] for request in stub.seen] == ["application/json"] * 2
        assert "x-signature" not in stub.seen[0].headers

    @pytest.mark.parametrize(
        "answer",
        [
            reply(200, b"<html>Please accept the terms of this hotel</html>", Content_Type="text/html"),
            reply(202, b""),
            reply(202, b"", X_Conversation_ID="<script>"),
            reply(201, b"", X_Conversation_ID="c-1"),
            reply(302, b"", Location="https://127.0.0.1:1/login"),
            reply(500, b"oops"),
            reply(502, b"<html>Bad Gateway</html>"),
            reply(504, b""),
        ],
    )
    def test_nothing_else_passes_for_taken(self, tls, customs, answer):
        with Stub(tls, answer) as stub, pytest.raises(AnswerUnknownError):
            customs(stub).submit_declaration(CONTENT, "key-0001", b"sig")
        assert len(stub.seen) == 1

    @pytest.mark.parametrize("status", [429, 503])
    @pytest.mark.parametrize(("header", "seconds"), [("7", 7), ("99999999", 3600), (None, None)])
    def test_a_busy_office_took_nothing_and_says_when_to_come_back(self, tls, customs, status, header, seconds):
        named = {"Retry_After": header} if header else {}
        with Stub(tls, reply(status, b"", **named)) as stub, pytest.raises(BusyError) as told:
            customs(stub).submit_declaration(CONTENT, "key-0001", b"sig")
        assert told.value.retry_after == seconds
        assert told.value.retry

    def test_a_refusal_is_told_in_the_offices_own_words(self, tls, customs):
        answer = reply(400, XML_REFUSAL, Content_Type="application/xml; charset=utf-8")
        with Stub(tls, answer) as stub, pytest.raises(RefusedError, match="нельзя") as told:
            customs(stub).submit_declaration(CONTENT, "key-0001", b"sig")
        assert (told.value.status, told.value.code) == (400, "BAD_REQUEST")
        assert told.value.details == (("xml_validation_error", "line 3"),)
        assert not told.value.retry

    def test_a_refusal_in_json_is_told_too(self, tls, customs):
        body = {
            "code": "IDEMPOTENCY_CONFLICT",
            "message": "TRAINING: other body",
            "errors": [3, {}],
        }
        with Stub(tls, as_json(body, 409)) as stub, pytest.raises(RefusedError) as told:
            customs(stub).submit_payment(b"{}", "key-0001")
        assert (told.value.status, told.value.code) == (409, "IDEMPOTENCY_CONFLICT")

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            (
                "application/xml",
                b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>",
            ),
            ("application/xml", b"<a>" * 100_000),
            ("application/xml", XML_REFUSAL.decode().encode("utf-16")),
            ("application/xml", b"<errorResponse>cut"),
            ("application/json", b"[" * 100_000),
            ("application/json", b"null"),
            ("text/html", b"<html>"),
        ],
    )
    def test_a_hostile_refusal_is_still_only_a_refusal(self, tls, customs, kind, body):
        with (
            Stub(tls, reply(400, body, Content_Type=kind)) as stub,
            pytest.raises(RefusedError) as told,
        ):
            customs(stub).submit_declaration(CONTENT, "key-0001", b"sig")
        assert told.value.code == ""


class TestAsking:
    def test_what_the_office_has_is_told(self, tls, customs):
        with Stub(tls, as_json(SUBMISSION)) as stub:
            found = customs(stub).ask("key:0001")
        assert (found.conversation, found.sha256, found.kind) == ("c-1", "ab" * 32, "declaration")
        assert stub.seen[0].path == "/customs/submissions/key%3A0001"

    def test_what_never_arrived_is_none(self, tls, customs):
        with Stub(tls, as_json(NOT_FOUND, 404)) as stub:
            assert customs(stub).ask("key-0001") is None

    @pytest.mark.parametrize(
        "answer",
        [
            reply(404, b"<html>404</html>", Content_Type="text/html"),
            as_json({"code": "GONE"}, 404),
            as_json({**SUBMISSION, "conversation": None}),
            as_json({**SUBMISSION, "conversation": "a b"}),
            as_json([SUBMISSION]),
            reply(200, b"<html>welcome</html>"),
            reply(200, b'"' + b"\xff" * 10),
        ],
    )
    def test_no_other_answer_means_that_it_never_arrived(self, tls, customs, answer):
        with Stub(tls, answer) as stub, pytest.raises(AnswerUnknownError):
            customs(stub).ask("key-0001")


class TestNotifications:
    def test_notices_come_oldest_first_and_are_asked_for_after_a_number(self, tls, customs):
        later = {**NOTICE, "id": "n-2", "sequence": 9, "url": "/customs/notifications/n-2"}
        with Stub(tls, as_json([later, NOTICE])) as stub:
            found = customs(stub).notifications("c-1", 5)
        assert [notice.sequence for notice in found] == [7, 9]
        assert stub.seen[0].path == "/customs/notifications?conversation=c-1&after=5&limit=100"

    def test_a_message_is_fetched_as_it_is(self, tls, customs):
        message = reply(200, CONTENT, Content_Type="application/xml; charset=utf-8", X_Conversation_ID="c-1")
        with Stub(tls, as_json([NOTICE]), message) as stub:
            client = customs(stub)
            fetched = client.fetch(client.notifications("c-1")[0])
        assert (fetched.content, fetched.content_type) == (
            CONTENT,
            "application/xml; charset=utf-8",
        )

    def test_a_message_of_another_conversation_is_handed_out_under_its_own_name(self, tls, customs):
        swapped = reply(200, CONTENT, X_Conversation_ID="c-2")
        with Stub(tls, as_json([NOTICE]), swapped) as stub:
            client = customs(stub)
            (notice,) = client.notifications("c-1")
            assert client.fetch(notice).conversation == "c-2"

    def test_a_list_tells_what_belongs_to_other_conversations_and_what_came_before(self, tls, customs):
        other = [{**NOTICE, "conversation": "c-2"}, {**NOTICE, "id": "n-0", "sequence": 0}]
        with Stub(tls, as_json(other)) as stub:
            found = customs(stub).notifications("c-1")
        assert {(each.id, each.conversation) for each in found} == {("n-0", "c-1"), (NOTICE["id"], "c-2")}

    @pytest.mark.parametrize(
        "change",
        [
            {"sequence": "7"},
            {"url": "https://127.0.0.1:1/customs/notifications/n-1"},
            {"url": "//127.0.0.1:1/customs/"},
            {"url": "/tax/notifications/n-1"},
            {"id": None},
        ],
    )
    def test_a_list_with_something_foreign_in_it_is_not_taken(self, tls, customs, change):
        with Stub(tls, as_json([{**NOTICE, **change}])) as stub, pytest.raises(AnswerUnknownError):
            customs(stub).notifications("c-1")


class Ledger:
    """An office on a bad line: it takes a body once a key, and some answers never arrive."""

    def __init__(self, dice):
        self.dice = dice
        self.registered = {}
        self.attempts = 0

    def __call__(self, line, request):
        if request.method == "GET":
            found = self.registered.get(request.path.rsplit("/", 1)[1])
            as_json({**SUBMISSION, "conversation": found} if found else NOT_FOUND, 200 if found else 404)(line, request)
            return
        self.attempts += 1
        luck = self.dice.random()
        if luck < 0.15:  # lost before it was read
            hang_up(line, request)
            return
        if luck < 0.25:
            reply(503, b"", Retry_After="0")(line, request)
            return
        key = request.headers["idempotency-key"]
        conversation = self.registered.setdefault(key, f"c-{len(self.registered)}")
        if luck < 0.45:  # registered, but the answer is lost
            hang_up(line, request)
            return
        reply(202, b"", X_Conversation_ID=conversation)(line, request)


def deliver(client, content, key):
    """Send and, where it is not known what became of it, ask; never guess."""
    for _ in range(100):
        try:
            return client.submit_declaration(content, key, b"sig")
        except (BusyError, NotSentError):
            continue
        except AnswerUnknownError:
            found = client.ask(key)
            if found is not None:
                return found.conversation
    raise AssertionError("never delivered")


def test_on_a_bad_line_everything_is_registered_once_and_its_conversation_learnt(tls, customs):
    ledger = Ledger(random.Random(20250304))
    with Stub(tls, ledger) as stub:
        client = customs(stub)
        learnt = {f"key-{n:04d}": deliver(client, CONTENT, f"key-{n:04d}") for n in range(100)}
    assert learnt == ledger.registered
    assert len(set(learnt.values())) == 100
    assert ledger.attempts > 120  # the line was bad indeed
