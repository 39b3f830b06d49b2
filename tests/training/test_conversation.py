# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole conversations over TLS, from a declaration to its release and the tax receipt."""

import hashlib

import pytest

from tests.training import sample
from tests.training.office_client import texts_of

ALL_CHARGES = (("1010", "25950.00"), ("2010", "2287980.00"), ("5010", "4932316.80"))


def order(conversation: str, *rows: tuple[str, str], reference: str = "TRAINING-PO-1"):
    payments = [{"kind": kind, "amount": amount, "currency": "398"} for kind, amount in rows]
    return {"conversation": conversation, "reference": reference, "payments": payments}


def kinds(messages):
    return [message.kind for message in messages]


def reply_in_full(client, signer, conversation):
    """Wait for the request for documents and send all that it asks for."""
    asked = client.first(conversation, "DocumentRequest")
    body = sample.reply(conversation, asked.text("RequestID"), *asked.texts("Document/Code"))
    answer = client.send("document-replies", body, signer.sign(body))
    assert answer.status_code == 202, answer.text
    return client.first(conversation, "DocumentReplyReceipt")


def release(client, declared, *changes):
    """Carry a declaration to its release; return all messages."""
    _, conversation = declared(*changes)
    client.messages(conversation, "PaymentRequest")
    assert client.pay(order(conversation, *ALL_CHARGES)).status_code == 202
    return client.messages(conversation, "GTDoutCustomsMark")


def test_a_declaration_is_registered_paid_and_released(client, declared):
    body, conversation = declared()
    asked = client.messages(conversation, "PaymentRequest")
    assert kinds(asked) == ["NotifGTDRegistration", "RiskLane", "PaymentRequest"]
    assert [tuple(texts_of(charge).values()) for charge in asked[2].all("Charge")] == [
        (kind, amount, "398") for kind, amount in ALL_CHARGES
    ]
    assert asked[2].text("Total") == "7246246.80"

    answer = client.pay(order(conversation, *ALL_CHARGES))
    assert (answer.status_code, answer.content) == (202, b"")
    assert answer.headers["X-Conversation-ID"] == conversation

    receipt, released = client.messages(conversation, "GTDoutCustomsMark")[3:]
    assert (receipt.text("Outcome"), receipt.text("Reference")) == ("accepted", "TRAINING-PO-1")
    assert released.text("GTDOutResolution/DecisionCode") == "10"
    items = released.all("GTDOutGoodsResolution")
    assert [texts_of(item)["GoodsNumeric"] for item in items] == ["1", "2"]
    assert {texts_of(item)["DecisionCode"] for item in items} == {"10"}
    assert released.text("GTDDocumentID").encode() in body


def test_every_answer_refers_to_the_container_and_says_training(client, declared):
    body, conversation = declared()
    container = body.partition(b"<c:DocumentID>")[2].partition(b"<")[0].decode()
    for message in client.messages(conversation, "PaymentRequest"):
        assert message.text("RefDocumentID") == container
        assert b"TRAINING" in message.raw
    assert client.get("/ledger").headers["X-Training"] == "true"


def test_the_registration_number_is_office_date_and_a_growing_serial(client, declared):
    numbers = []
    for _ in range(2):
        notice = client.first(declared()[1], "NotifGTDRegistration")
        assert notice.text("Customs/OfficeName") == "УЧЕБНЫЙ ТАМОЖЕННЫЙ ПОСТ / TRAINING"
        assert notice.text("GTDID/CustomsCode") == "55301000"
        assert notice.text("GTDID/RegistrationDate") == notice.text("RegistrationDate")
        numbers.append(int(notice.text("GTDID/GTDNumber")))
    assert numbers[1] > numbers[0]


def test_without_a_goods_place_the_border_office_registers(client, declared):
    place = "<e:CustomsOffice>55301000</e:CustomsOffice>"
    notice = client.messages(declared((place, ""))[1], "NotifGTDRegistration")[0]
    assert notice.text("GTDID/CustomsCode") == "55302000"


def test_a_short_payment_is_told_kind_by_kind_and_can_be_topped_up(client, declared):
    _, conversation = declared()
    client.messages(conversation, "PaymentRequest")
    client.pay(order(conversation, ("1010", "25950.00"), ("2010", "2000000"), ("9400", "5.5")))
    receipt = client.first(conversation, "PaymentReceipt")
    assert receipt.text("Outcome") == "lacking"
    assert [tuple(texts_of(charge).values()) for charge in receipt.all("Charge")] == [
        ("1010", "25950.00", "25950.00", "0.00", "398"),
        ("2010", "2287980.00", "2000000.00", "287980.00", "398"),
        ("5010", "4932316.80", "0.00", "4932316.80", "398"),
        ("9400", "0.00", "5.50", "0.00", "398"),
    ]
    client.pay(order(conversation, ("2010", "287980.00"), ("5010", "4932316.80")))
    last = client.messages(conversation, "GTDoutCustomsMark")
    assert [message.text("Outcome") for message in last if message.kind == "PaymentReceipt"] == [
        "lacking",
        "accepted",
    ]


def test_a_payment_nobody_asked_for_is_refused(client, declared):
    _, conversation = declared(("<c:BIN>240140000011", "<c:BIN>240140000012"))
    client.messages(conversation, "ErrorList")
    answer = client.pay(order(conversation, *ALL_CHARGES))
    assert (answer.status_code, answer.json()["code"]) == (409, "NO_PAYMENT_DUE")
    answer = client.pay(order("no-such-conversation", *ALL_CHARGES))
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("change", "lane", "before", "after"),
    [
        (("<c:BIN>", "<c:BIN>"), "green", [], []),
        (
            (
                "<e:RecipientCountryCode>",
                "<e:DeclarationKind>ПТД</e:DeclarationKind><e:RecipientCountryCode>",
            ),
            "blue",
            [],
            ["NotifGTDExaminationStart", "NotifGTDExaminationFinish"],
        ),
        (
            ("<s:CustomsCostCorrectMethod>1", "<s:CustomsCostCorrectMethod>6"),
            "yellow",
            ["DocumentRequest", "DocumentReplyReceipt", "NotifGTDExaminationStart", "NotifGTDExaminationFinish"],
            [],
        ),
        (
            ("<s:GoodsTNVEDCode>94", "<s:GoodsTNVEDCode>93"),
            "red",
            [
                "DocumentRequest",
                "DocumentReplyReceipt",
                "ExaminationNotice",
                "NotifGTDExaminationStart",
                "NotifGTDExaminationFinish",
            ],
            [],
        ),
    ],
)
def test_each_lane_follows_from_the_declaration(client, declared, change, lane, before, after):
    _, conversation = declared(change)
    if before:
        reply_in_full(client, sample.signer(), conversation)
    client.messages(conversation, "PaymentRequest")
    client.pay(order(conversation, *ALL_CHARGES))
    found = client.messages(conversation, after[-1] if after else "GTDoutCustomsMark")
    assert kinds(found) == [
        "NotifGTDRegistration",
        "RiskLane",
        *before,
        "PaymentRequest",
        "PaymentReceipt",
        "GTDoutCustomsMark",
        *after,
    ]
    assert found[1].text("Lane") == lane
    assert found[1].text("Reason")


def test_the_tax_office_receipts_a_statement_that_agrees_with_customs(client, declared, signer):
    lane = release(client, declared)[1]
    body = sample.statement(lane.text("RegistrationNumber"), lane.text("GTDID/RegistrationDate"))
    answer = client.state(body, signer.sign(body))
    assert answer.status_code == 202
    receipt = client.tax_answer(answer.headers["X-Conversation-ID"])
    assert receipt["document"] == "import-statement-receipt"
    assert receipt["receipt_number"].startswith("TRN-")
    assert receipt["sha256"] == hashlib.sha256(body).hexdigest()
    assert receipt["totals"]["vat"] == "4932316.80"
    assert receipt["training"] is True

    again = client.state(body, signer.sign(body))
    refusal = client.tax_answer(again.headers["X-Conversation-ID"])
    assert [error["code"] for error in refusal["errors"]] == ["TRT-105"]


def test_the_tax_office_names_each_disagreement(client, declared, signer):
    lane = release(client, declared)[1]
    date = lane.text("GTDID/RegistrationDate")
    body = sample.statement(lane.text("RegistrationNumber"), date, payer_bin="250640007772")
    body = body.replace(b'"vat": "3030825.60"', b'"vat": "3030825.00"', 1)
    answer = client.state(body, signer.sign(body))
    refusal = client.tax_answer(answer.headers["X-Conversation-ID"])
    assert refusal["document"] == "import-statement-refusal"
    found = {(error["code"], error["line"], error["field"]) for error in refusal["errors"]}
    assert found == {
        ("TRT-103", None, "payer_bin"),
        ("TRT-202", 1, "vat"),
        ("TRT-203", 1, "vat"),
        ("TRT-301", None, "totals.vat"),
    }


def test_the_tax_office_does_not_know_a_declaration_that_customs_never_registered(client, signer):
    body = sample.statement("55301000/010120/0000001", "2020-01-01")
    answer = client.state(body, signer.sign(body))
    refusal = client.tax_answer(answer.headers["X-Conversation-ID"])
    assert [error["code"] for error in refusal["errors"]] == ["TRT-101"]


def test_the_tax_office_refuses_a_broken_signature(client, signer):
    body = sample.statement("55301000/010120/0000001", "2020-01-01")
    answer = client.state(body, signer.sign(body + b" "))
    refusal = client.tax_answer(answer.headers["X-Conversation-ID"])
    assert [error["code"] for error in refusal["errors"]] == ["TRT-SIG-002"]


def test_errors_come_back_with_item_box_path_expected_actual_and_law(client, declared):
    body, conversation = declared(("<s:GrossWeightQuantity>4000", "<s:GrossWeightQuantity>3000"))
    refused = client.messages(conversation, "ErrorList")[0]
    error = texts_of(refused.all("BadDocument/Error")[0])
    assert error["ErrCode"] == "TRN-301"
    assert error["GTDGoodsNumber"] == "2"
    assert error["ErrField"] == "35"
    assert error["ErrElement"] == "GrossWeightQuantity"
    assert error["XPath"] == ("/ESADout_CU/ESADout_CUGoodsShipment/ESADout_CUGoods[2]/GrossWeightQuantity")
    assert (error["SuccessContent"], error["DocValue"]) == (">= 3800", "3000")
    assert error["ErrorName"] == "Масса брутто меньше массы нетто"
    assert error["DocumentNumber"] == "257"
    assert refused.text("BadDocument/DocID").encode() in body


def test_a_signature_over_other_bytes_is_answered_by_an_error_list(client, signer):
    body = sample.container()
    answer = client.declare(body, signer.sign(body + b"\n"))
    assert answer.status_code == 202
    refused = client.messages(answer.headers["X-Conversation-ID"], "ErrorList")[0]
    assert refused.texts("BadDocument/Error/ErrCode") == ["TRN-SIG-002"]


def test_notifications_are_pulled_from_where_one_stopped(client, declared):
    _, conversation = declared()
    client.messages(conversation, "PaymentRequest")
    rows = client.listed("customs", conversation)
    assert [row["sequence"] for row in rows] == sorted(row["sequence"] for row in rows)
    assert client.listed("customs", conversation, rows[0]["sequence"]) == rows[1:]
    assert client.listed("customs", "", rows[0]["sequence"] - 1)[0] == rows[0]
    assert client.get(rows[0]["url"]).headers["X-Conversation-ID"] == conversation
    assert client.get(rows[0]["url"]).headers["Content-Type"] == rows[0]["content_type"]
    assert client.get(rows[0]["url"].replace("customs", "tax")).status_code == 404
