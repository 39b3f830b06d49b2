# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every message is valid against its schema: the public ones by the corpus, ours by our own."""

from functools import cache

import pytest
from lxml import etree

from swclient.training import app, deciding
from tests.corpus import corpus_path
from tests.training import sample
from tests.training.office_client import XML
from tests.training.test_conversation import ALL_CHARGES, order, reply_in_full

ALBUM = ("eaeu-esad", "schemas-5.23.0")
PUBLIC = {
    "ErrorList",
    "NotifGTDRegistration",
    "NotifGTDExaminationStart",
    "NotifGTDExaminationFinish",
    "GTDoutCustomsMark",
}
OURS = {
    "RiskLane",
    "PaymentRequest",
    "PaymentReceipt",
    "DocumentRequest",
    "DocumentReplyReceipt",
    "ExaminationNotice",
    "AmendmentDecision",
    "WithdrawalDecision",
}


@cache
def schema(path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path))


def errors(path, root) -> list[str]:
    judge = schema(path)
    return [] if judge.validate(root) else [f"line {one.line}: {one.message}" for one in judge.error_log]


@pytest.fixture(scope="module")
def every_kind(offices):
    """One message of every kind the customs office knows."""
    from tests.training.office_client import OfficeClient

    client, key = OfficeClient(offices), sample.signer()
    found = {}
    wrong = ("<s:GrossWeightQuantity>4000", "<s:GrossWeightQuantity>&lt;1 t &amp; more")
    body = sample.container(wrong)
    conversation = client.declare(body, key.sign(body)).headers["X-Conversation-ID"]
    found["ErrorList"] = client.first(conversation, "ErrorList")
    body = sample.container(("<s:GoodsTNVEDCode>94", "<s:GoodsTNVEDCode>93"))
    conversation = client.declare(body, key.sign(body)).headers["X-Conversation-ID"]
    client.messages(conversation, "DocumentRequest")
    withdrawal = f'{{"conversation": "{conversation}", "reason": "TRAINING"}}'.encode()
    client.send("withdrawals", withdrawal, key.sign(withdrawal))
    client.messages(conversation, "WithdrawalDecision")
    amended = sample.amendment(client.first(conversation, "RiskLane").text("RegistrationNumber"), conversation)
    client.send("amendments", amended, key.sign(amended), form=XML)
    client.messages(conversation, "AmendmentDecision")
    reply_in_full(client, key, conversation)
    client.messages(conversation, "PaymentRequest")
    client.pay(order(conversation, *ALL_CHARGES))
    found.update({message.kind: message for message in client.messages(conversation, "GTDoutCustomsMark")})
    client.close()
    return found


@pytest.mark.parametrize("code", ["11", "20", "82", "90", "91", "92"])
def test_every_decision_is_valid_by_the_album_of_formats(code):
    facts = {
        "container_id": "c",
        "office": "55301000",
        "date": "2025-03-04",
        "serial": "0000001",
        "document_id": "d",
        "items": [{"no": "1", "valuation_method": "1"}],
    }
    (mark,) = deciding.decide(facts, (code,))[1]
    assert errors(corpus_path(*ALBUM, "GTDoutCustomsMark.xsd"), etree.fromstring(mark.body)) == []


def test_what_the_declarant_sends_for_an_amendment_is_valid_by_our_own_schema():
    root = etree.fromstring(sample.amendment("55301000/040325/0000001", "c"))
    amendment = etree.fromstring(etree.tostring(root.find(".//{*}Amendment")))
    assert errors(app.SCHEMA, amendment) == []


def test_the_office_knows_the_kinds_of_the_contract(every_kind):
    assert set(every_kind) == PUBLIC | OURS


@pytest.mark.parametrize("kind", sorted(PUBLIC))
def test_a_public_message_is_valid_by_the_album_of_formats(every_kind, kind):
    assert errors(corpus_path(*ALBUM, f"{kind}.xsd"), every_kind[kind].root) == []


@pytest.mark.parametrize("kind", sorted(OURS))
def test_a_message_of_our_own_is_valid_by_our_own_schema(every_kind, kind):
    assert errors(app.SCHEMA, every_kind[kind].root) == []


def test_the_office_serves_the_schema_of_its_own_messages(client):
    assert client.get("/schemas/training-1.xsd").content == app.SCHEMA.read_bytes()


def test_the_sample_itself_is_valid_by_the_album_of_formats():
    root = etree.fromstring(sample.container())
    assert errors(corpus_path(*ALBUM, "ED_Container.xsd"), root) == []
    inner = etree.fromstring(etree.tostring(root.find(".//{*}ESADout_CU")))
    assert errors(corpus_path(*ALBUM, "ESADout_CU.xsd"), inner) == []
