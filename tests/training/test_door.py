# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the offices do not let in: strangers, wrong forms, hostile XML, keys used twice."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from lxml import etree

from tests.training import sample
from tests.training.test_conversation import order


def code_of(answer) -> str:
    if answer.headers["Content-Type"].startswith("application/json"):
        return answer.json()["code"]
    return etree.fromstring(answer.content).findtext("code")


def detail_of(answer) -> str:
    return etree.fromstring(answer.content).findtext("errors/error/code")


def taken(client) -> int:
    return client.get("/ledger").json()["submissions"].get("declaration", 0)


def hostile() -> dict[str, tuple[bytes, str]]:
    text = sample.container().decode()
    head, body = text.split("\n", 1)
    bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;"><!ENTITY d "&c;&c;">]>'
    outside = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/evil.dtd">'
    inside = '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    return {
        "a bomb of entities": (f"{head}{bomb}{body}".encode(), "doctype_forbidden"),
        "a DOCTYPE elsewhere": (f"{head}{outside}{body}".encode(), "doctype_forbidden"),
        "a file as entity": (f"{head}{inside}{body}".encode(), "doctype_forbidden"),
        "a DOCTYPE in UTF-16": (f"{inside}<a/>".encode("utf-16"), "not_utf8"),
        "UTF-16 without a mark": (f"{inside}<a/>".encode("utf-16-le"), "not_utf8"),
        "a nest too deep": (b"<a>" * 100 + b"</a>" * 100, "too_deep"),
        "very many elements": (b"<a>" + b"<b/>" * 300_001 + b"</a>", "too_many_elements"),
        "a tag that is not closed": (text[:-20].encode(), "xml_validation_error"),
        "bytes that are not UTF-8": (text.encode("windows-1251", "replace"), "not_utf8"),
        "an unknown entity": (text.replace("URUMQI", "&nbsp;").encode(), "xml_validation_error"),
        "nothing": (b"", "xml_validation_error"),
        "another document": (b"<Invoice/>", "unknown_document"),
        "a container without declaration": (
            text.replace("e:ESADout_CU ", "e:Other ").replace("/e:ESADout_CU>", "/e:Other>").encode(),
            "unknown_document",
        ),
        "a declaration without identifier": (
            text.replace("<c:DocumentID>", "<c:Other>", 2).replace("</c:DocumentID>", "</c:Other>", 2).encode(),
            "document_id_missing",
        ),
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_xml_is_refused_at_the_door_and_registers_nothing(client, signer, name):
    body, expected = hostile()[name]
    before = taken(client)
    answer = client.declare(body, signer.sign(body), key="hostile-" + str(uuid.uuid4()))
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert (code_of(answer), detail_of(answer)) == ("BAD_REQUEST", expected)
    assert taken(client) == before


def test_a_body_above_eight_megabytes_is_refused(client, signer):
    answer = client.declare(b" " * (8 * 1024 * 1024 + 1), signer.sign(b"x"))
    assert (answer.status_code, code_of(answer)) == (400, "PAYLOAD_TOO_LARGE")


def test_the_place_of_a_mistake_in_xml_is_told(client, signer):
    answer = client.declare(b"<a>\n  <b></a>", signer.sign(b"x"))
    message = etree.fromstring(answer.content).findtext("errors/error/message")
    assert message == "line 2, column 8: mismatched tag"


@pytest.mark.parametrize(
    ("header", "value", "status", "code"),
    [
        ("Authorization", "Bearer stolen", 401, "UNAUTHORIZED"),
        ("Authorization", "Basic dHJhaW5pbmc6dHJhaW5pbmc=", 401, "UNAUTHORIZED"),
        ("Accept", "text/html", 406, "ACCEPT_HEADER_INVALID"),
        ("Content-Type", "application/json", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("Content-Type", "application/xml; charset=windows-1251", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("Content-Encoding", "gzip", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("Idempotency-Key", "short", 400, "IDEMPOTENCY_KEY_MISSING"),
        ("X-Signature", "", 400, "SIGNATURE_MISSING"),
    ],
)
def test_a_wrong_header_is_refused(client, signer, header, value, status, code):
    body = sample.container()
    answer = client.declare(body, signer.sign(body), **{header.replace("-", "_"): value})
    assert (answer.status_code, code_of(answer)) == (status, code)
    assert answer.headers["X-Training"] == "true"


def test_a_wrong_client_gets_no_token(client):
    form = {"grant_type": "client_credentials", "client_id": "training", "client_secret": "guess"}
    answer = requests.post(client.address + "/oauth/token", data=form, verify=client.session.verify, timeout=10)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    answer = requests.post(client.address + "/oauth/token", data={}, verify=client.session.verify, timeout=10)
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})


def test_the_certificate_is_trusted_only_by_who_has_the_training_authority(client):
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(client.address + "/ledger", timeout=10)


def test_the_same_key_and_body_are_taken_once(client, signer):
    body, key = sample.container(), str(uuid.uuid4())
    signature = signer.sign(body)
    before = taken(client)
    answers = [client.declare(body, signature, key) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.headers["X-Conversation-ID"] for answer in answers}) == 1
    assert taken(client) == before + 1
    conversation = answers[0].headers["X-Conversation-ID"]
    messages = client.messages(conversation, "PaymentRequest")
    assert [message.kind for message in messages].count("NotifGTDRegistration") == 1


def test_the_same_key_with_another_body_is_a_conflict(client, signer):
    key = str(uuid.uuid4())
    first, second = sample.container(), sample.container()
    assert client.declare(first, signer.sign(first), key).status_code == 202
    answer = client.declare(second, signer.sign(second), key)
    assert (answer.status_code, code_of(answer)) == (409, "IDEMPOTENCY_CONFLICT")
    answer = client.pay(order("any", ("1010", "1")), key)
    assert (answer.status_code, code_of(answer)) == (409, "IDEMPOTENCY_CONFLICT")


def test_a_lost_answer_is_found_again_by_its_key(client, signer):
    body, key = sample.container(), str(uuid.uuid4())
    assert client.get(f"/customs/submissions/{key}").status_code == 404
    answer = client.declare(body, signer.sign(body), key)
    found = client.get(f"/customs/submissions/{key}").json()
    assert found["conversation"] == answer.headers["X-Conversation-ID"]
    assert found["kind"] == "declaration"
    assert client.get(f"/tax/submissions/{key}").status_code == 404


@pytest.mark.parametrize(
    "payment",
    [
        {"kind": "1010", "amount": 25950.0, "currency": "398"},
        {"kind": "1010", "amount": "25950.001", "currency": "398"},
        {"kind": "1010", "amount": "-5", "currency": "398"},
        {"kind": "1010", "amount": "0.00", "currency": "398"},
        {"kind": "1010", "amount": "1e5", "currency": "398"},
        {"kind": "fee", "amount": "1", "currency": "398"},
        {"kind": "1010", "amount": "1", "currency": "KZT"},
        {"kind": "1010", "amount": "1", "currency": "398", "note": "x"},
    ],
)
def test_a_payment_that_is_not_by_the_contract_is_refused(client, payment):
    answer = client.pay({"conversation": "x", "reference": "R", "payments": [payment]})
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")
    assert answer.json()["errors"][0]["message"].startswith("payments[0].")


def test_a_statement_with_numbers_for_amounts_is_refused(client, signer):
    said = json.loads(sample.statement("55301000/040325/0000001", "2025-03-04"))
    said["totals"]["vat"] = 4932316.8
    body = json.dumps(said).encode()
    answer = client.state(body, signer.sign(body))
    assert (answer.status_code, answer.json()["errors"][0]["message"].split(":")[0]) == (
        400,
        "totals.vat",
    )


def test_unknown_places_and_parameters_are_refused_in_the_same_form(client):
    assert (code_of(client.get("/customs/nowhere")), client.get("/nowhere").status_code) == (
        "NOT_FOUND",
        404,
    )
    answer = client.get("/customs/notifications", params={"after": "-1"})
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")
    assert client.get("/customs/declarations").status_code == 405


def test_the_contract_is_published_as_openapi(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/customs/declarations", "/customs/payments", "/tax/import-statements"} <= set(paths)
    body = paths["/tax/import-statements"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"]["properties"]["items"]["items"]["properties"]["vat"]["type"] == "string"


def test_many_at_once_with_one_key_are_taken_once(client, signer):
    body, key = sample.container(), str(uuid.uuid4())
    signature = signer.sign(body)
    before = taken(client)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.declare(body, signature, key), range(16)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.headers["X-Conversation-ID"] for answer in answers}) == 1
    assert taken(client) == before + 1
