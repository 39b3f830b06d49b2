# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The clients against the training offices themselves: a process of its own, spoken to over TLS."""

import hashlib
import time

import pytest

from swclient.signing.cms import sign_detached
from swclient.signing.demo import demo_identity
from swclient.signing.secrets import Secrets
from swclient.training import TrainingOptions, start_process
from swclient.transport.customs import CustomsClient
from swclient.transport.endpoint import Endpoint
from swclient.transport.http import Caller
from swclient.transport.problems import NotSentError, RefusedError, SignInError
from swclient.transport.tax import TaxClient
from swclient.transport.tokens import ClientCredentials

# Too little to be registered, enough to be taken and answered.
DECLARATION = b"""<?xml version="1.0" encoding="UTF-8"?>
<ED_Container xmlns="urn:x"><DocumentID>6f1c5c0e-0000-4000-8000-000000000001</DocumentID>
<ContainerDoc><DocBody><ESADout_CU><DocumentID>6f1c5c0e-0000-4000-8000-000000000002</DocumentID>
</ESADout_CU></DocBody></ContainerDoc></ED_Container>"""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with start_process(tmp_path_factory.mktemp("office"), TrainingOptions(pace=0.01)) as started:
        yield started


@pytest.fixture(scope="module")
def signature(tmp_path_factory):
    identity = demo_identity(tmp_path_factory.mktemp("key"), Secrets())
    return sign_detached(DECLARATION, identity)


@pytest.fixture
def caller(running):
    made = []

    def with_secret(word="training"):
        endpoint = Endpoint(running.address, running.ca_file, "training")
        plain = Caller(endpoint)
        made.extend([plain, Caller(endpoint, ClientCredentials(plain, lambda: word))])
        return made[-1]

    yield with_secret
    for one in made:
        one.close()


def first_notice(office, conversation):
    for _ in range(600):
        found = office.notifications(conversation)
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError("no notification came in half a minute")


def test_a_declaration_is_taken_once_found_by_its_key_and_answered(caller, signature):
    customs = CustomsClient(caller())
    conversation = customs.submit_declaration(DECLARATION, "key-once-1", signature)
    assert customs.submit_declaration(DECLARATION, "key-once-1", signature) == conversation
    found = customs.ask("key-once-1")
    assert (found.conversation, found.kind) == (conversation, "declaration")
    assert found.sha256 == hashlib.sha256(DECLARATION).hexdigest()
    notice = first_notice(customs, conversation)
    answer = customs.fetch(notice)
    assert b"ErrorList" in answer.content
    assert customs.fetch(notice) == answer
    assert customs.notifications(conversation, notice.sequence) == ()


def test_the_same_key_with_other_bytes_is_refused(caller, signature):
    customs = CustomsClient(caller())
    customs.submit_declaration(DECLARATION, "key-twice-1", signature)
    with pytest.raises(RefusedError) as told:
        customs.submit_declaration(DECLARATION + b" ", "key-twice-1", signature)
    assert (told.value.status, told.value.code) == (409, "IDEMPOTENCY_CONFLICT")


def test_what_is_no_declaration_is_refused_with_details(caller, signature):
    with pytest.raises(RefusedError, match="TRAINING") as told:
        CustomsClient(caller()).submit_declaration(b"<not><well></formed>", "key-bad-1", signature)
    assert told.value.code == "BAD_REQUEST"
    assert told.value.details


def test_an_office_that_never_saw_a_key_says_so(caller):
    assert CustomsClient(caller()).ask("key-never-1") is None
    assert TaxClient(caller()).ask("key-never-1") is None


def test_a_payment_nobody_asked_for_is_refused(caller):
    with pytest.raises(RefusedError):
        CustomsClient(caller()).submit_payment(b"{}", "key-pay-1")


def test_who_has_the_wrong_secret_is_not_let_in(caller):
    with pytest.raises(SignInError):
        CustomsClient(caller("wrong")).ask("key-never-1")


def test_an_office_that_is_gone_is_known_to_have_got_nothing(tmp_path, signature):
    with start_process(tmp_path, TrainingOptions(pace=0.01)) as started:
        endpoint = Endpoint(started.address, started.ca_file, "training")
    with pytest.raises(NotSentError):
        CustomsClient(Caller(endpoint)).submit_declaration(DECLARATION, "key-gone-1", signature)
