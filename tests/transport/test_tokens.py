# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in: one token for many calls, a new one in time, and nothing sent without one."""

import threading
import time

import pytest

from swclient.transport.customs import CustomsClient
from swclient.transport.problems import NotSentError, SignInError
from swclient.transport.tokens import ClientCredentials
from tests.transport.stub import Stub, as_json, reply

CONTENT = b"<TRAINING/>"
TOKEN = {"access_token": "token-1", "token_type": "Bearer", "expires_in": 3600}
SUBMISSION = {"conversation": "c-1", "received_at": "2025-03-04", "sha256": "ab" * 32, "kind": "declaration"}
TAKEN = reply(202, b"", X_Conversation_ID="c-1")


class Clock:
    def __init__(self):
        self.at = 1000.0

    def __call__(self):
        return self.at


class TestSigningIn:
    @pytest.fixture
    def signed_in(self, calling):
        def to(stub, clock=time.monotonic, secret=lambda: "training secret"):
            tokens = ClientCredentials(calling(stub), secret, clock)
            return CustomsClient(calling(stub, tokens))

        return to

    def test_a_token_is_fetched_once_and_shown_with_each_call(self, tls, signed_in):
        with Stub(tls, as_json(TOKEN), as_json(SUBMISSION)) as stub:
            client = signed_in(stub)
            client.ask("key-0001")
            client.ask("key-0001")
        form, *calls = stub.seen
        assert form.path == "/oauth/token"
        assert form.body == b"grant_type=client_credentials&client_id=training&client_secret=training+secret"
        assert [call.headers["authorization"] for call in calls] == ["Bearer token-1"] * 2

    def test_a_token_is_fetched_anew_before_it_ends(self, tls, signed_in):
        clock = Clock()
        with Stub(tls, as_json(TOKEN), as_json(SUBMISSION), as_json(TOKEN), as_json(SUBMISSION)) as stub:
            client = signed_in(stub, clock)
            client.ask("key-0001")
            clock.at += 3580
            client.ask("key-0001")
        assert [request.path for request in stub.seen].count("/oauth/token") == 2

    def test_a_token_that_is_not_taken_any_more_is_replaced_once(self, tls, signed_in):
        other = {**TOKEN, "access_token": "token-2"}
        with Stub(tls, as_json(TOKEN), reply(401), as_json(other), TAKEN) as stub:
            client = signed_in(stub)
            assert client.submit_declaration(CONTENT, "key-0001", b"sig") == "c-1"
        assert stub.seen[-1].headers["authorization"] == "Bearer token-2"
        assert stub.seen[-1].body == CONTENT

    def test_who_is_not_known_is_told_to_sign_in_and_nothing_is_tried_again(self, tls, signed_in):
        with Stub(tls, as_json(TOKEN), reply(401), as_json(TOKEN), reply(401)) as stub:
            with pytest.raises(SignInError) as told:
                signed_in(stub).submit_declaration(CONTENT, "key-0001", b"sig")
            assert not told.value.retry
        assert len(stub.seen) == 4

    def test_a_wrong_secret_is_told_without_repeating_it(self, tls, signed_in):
        with Stub(tls, as_json({"error": "invalid_client"}, 401)) as stub:
            with pytest.raises(SignInError) as told:
                signed_in(stub, secret=lambda: "canary").submit_declaration(CONTENT, "key-0001", b"sig")
            assert "canary" not in f"{told.value}{told.value!r}"
        assert CONTENT not in [request.body for request in stub.seen]

    @pytest.mark.parametrize(
        "answer",
        [
            reply(200, b"<html>hotel</html>"),
            as_json({**TOKEN, "access_token": "two\r\nlines: x"}),
            as_json({**TOKEN, "token_type": "mac"}),
            as_json({**TOKEN, "expires_in": "soon"}),
            reply(500, b""),
        ],
    )
    def test_without_a_token_nothing_is_sent_and_that_is_known(self, tls, signed_in, answer):
        with Stub(tls, answer) as stub, pytest.raises(NotSentError):
            signed_in(stub).submit_declaration(CONTENT, "key-0001", b"sig")
        assert [request.path for request in stub.seen] == ["/oauth/token"]

    def test_many_threads_fetch_one_token(self, tls, signed_in):
        with Stub(tls, as_json(TOKEN), as_json(SUBMISSION)) as stub:
            client = signed_in(stub)
            threads = [threading.Thread(target=client.ask, args=("key-0001",)) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert [request.path for request in stub.seen].count("/oauth/token") == 1
        assert len(stub.seen) == 9
