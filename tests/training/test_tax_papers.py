# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hand-over from customs to tax: payment documents and VAT by offset, held against what customs took."""

import json

import pytest

from tests.training import sample
from tests.training.test_conversation import ALL_CHARGES, order

PAID = [
    {"kind": kind, "amount": amount, "currency": "398", "document": "TRAINING-PO-1", "date": "2025-03-04"}
    for kind, amount in ALL_CHARGES
]


@pytest.fixture
def answer(client, declared, signer):
    """Release a declaration and return what the tax office says to a statement with these members."""

    def answered(lines=None, **members):
        _, conversation = declared()
        client.messages(conversation, "PaymentRequest")
        client.pay(order(conversation, *ALL_CHARGES))
        lane = client.messages(conversation, "GTDoutCustomsMark")[1]
        said = json.loads(sample.statement(lane.text("RegistrationNumber"), lane.text("GTDID/RegistrationDate")))
        for line in said["items"]:
            line.update(lines or {})
        body = json.dumps({**said, **members}).encode()
        taken = client.state(body, signer.sign(body))
        assert taken.status_code == 202, taken.text
        return client.tax_answer(taken.headers["X-Conversation-ID"])

    return answered


def codes(found) -> set[str]:
    return {error["code"] for error in found["errors"]}


def test_a_statement_with_every_payment_document_is_receipted(answer):
    found = answer({"vat_offset": "0.00"}, country="KZ", payments=PAID)
    assert found["document"] == "import-statement-receipt"


@pytest.mark.parametrize(
    ("payments", "expected"),
    [
        ([{**one, "document": "TRAINING-PO-2"} for one in PAID], {"TRT-401", "TRT-403"}),
        ([PAID[0], {**PAID[1], "amount": "1.00"}, PAID[2]], {"TRT-402"}),
        ([], {"TRT-403"}),
    ],
)
def test_payment_documents_that_customs_knows_otherwise(answer, payments, expected):
    assert codes(answer(payments=payments)) == expected


def test_vat_by_offset_that_was_not_declared(answer):
    found = answer({"vat_offset": "5.00"})
    assert {(error["code"], error["field"], error["expected"]) for error in found["errors"]} == {
        ("TRT-202", "vat_offset", "0")
    }


@pytest.mark.parametrize(
    "members",
    [{"country": "KAZ"}, {"payments": [{**PAID[0], "date": "2025-02-30"}]}, {"payments": [{**PAID[0], "amount": 5}]}],
)
def test_what_is_not_by_the_contract_is_refused_at_the_door(client, signer, members):
    body = sample.statement("55301000/040325/0000001", "2025-03-04", **members)
    found = client.state(body, signer.sign(body))
    assert (found.status_code, found.json()["code"]) == (400, "BAD_REQUEST")
