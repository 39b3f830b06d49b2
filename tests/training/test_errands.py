# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes between the steps: documents asked for, amendments, withdrawals."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime

from swclient.training import TrainingOptions, start_process
from tests.training import sample
from tests.training.office_client import XML, OfficeClient, texts_of
from tests.training.test_conversation import ALL_CHARGES, kinds, order, release, reply_in_full

YELLOW = ("<s:CustomsCostCorrectMethod>1", "<s:CustomsCostCorrectMethod>6")
RED = ("<s:GoodsTNVEDCode>94", "<s:GoodsTNVEDCode>93")
# Value of item 2 and everything that follows from it: 100 more, 5 more duty, 16.80 more VAT.
MORE_DUE = (
    ("<s:CustomsCost>11318400.00", "<s:CustomsCost>11318500.00"),
    ("<s:TotalCustCost>28539000.00", "<s:TotalCustCost>28539100.00"),
    ("<s:TaxBase>11318400.00", "<s:TaxBase>11318500.00"),
    ("<s:PaymentAmount>565920.00", "<s:PaymentAmount>565925.00"),
    ("<s:TaxBase>11884320.00", "<s:TaxBase>11884425.00"),
    ("<s:PaymentAmount>1901491.20", "<s:PaymentAmount>1901508.00"),
    ("<s:PaymentAmount>2287980.00", "<s:PaymentAmount>2287985.00"),
    ("<s:PaymentAmount>4932316.80", "<s:PaymentAmount>4932333.60"),
)
LESS = (("УЧЕБНЫЙ ТОВАР: стулья", "УЧЕБНЫЙ ТОВАР: стулья складные"),)


@contextmanager
def an_office(folder, **options):
    with start_process(folder, TrainingOptions(**{"pace": 0.005, **options})) as running:
        client = OfficeClient(running)
        yield client
        client.close()


def lodge(client, signer, *changes) -> str:
    body = sample.container(*changes)
    answer = client.declare(body, signer.sign(body))
    assert answer.status_code == 202
    return answer.headers["X-Conversation-ID"]


def amend(client, signer, conversation, *changes):
    number = client.first(conversation, "RiskLane").text("RegistrationNumber")
    body = sample.amendment(number, conversation, *changes)
    return body, client.send("amendments", body, signer.sign(body), form=XML)


def withdraw(client, signer, conversation):
    body = f'{{"conversation": "{conversation}", "reason": "TRAINING"}}'.encode()
    return client.send("withdrawals", body, signer.sign(body))


def decision(message) -> tuple[str, set[str]]:
    items = {texts_of(item)["DecisionCode"] for item in message.all("GTDOutGoodsResolution")}
    return message.text("GTDOutResolution/DecisionCode"), items


class TestDocuments:
    def test_the_reasons_of_the_lane_say_what_is_asked_for(self, client, declared):
        _, conversation = declared(YELLOW)
        asked = client.first(conversation, "DocumentRequest")
        rows = [texts_of(row) for row in asked.all("Document")]
        assert [(row["Code"], row.get("Item", "")) for row in rows] == [("04021", ""), ("03011", "1")]
        assert datetime.fromisoformat(asked.text("Due")) > datetime.now(UTC)
        assert "valuation method 6" in asked.text("Reason")

    def test_what_lacks_is_named_and_may_follow(self, client, declared, signer):
        _, conversation = declared(YELLOW)
        asked = client.first(conversation, "DocumentRequest")
        body = sample.reply(conversation, asked.text("RequestID"), "04021", "09023")
        first = client.send("document-replies", body, signer.sign(body), key="reply-one-1")
        assert first.headers["X-Conversation-ID"] == conversation
        receipt = client.first(conversation, "DocumentReplyReceipt")
        assert (receipt.text("Outcome"), receipt.texts("Lacking/Code")) == ("lacking", ["03011"])
        assert (receipt.text("Reference"), receipt.text("RequestID")) == ("reply-one-1", asked.text("RequestID"))
        body = sample.reply(conversation, asked.text("RequestID"), "03011")
        client.send("document-replies", body, signer.sign(body))
        found = client.messages(conversation, "PaymentRequest")
        outcomes = [one.text("Outcome") for one in found if one.kind == "DocumentReplyReceipt"]
        assert outcomes == ["lacking", "accepted"]

    def test_a_reply_with_a_broken_signature_counts_for_nothing(self, client, declared, signer):
        _, conversation = declared(YELLOW)
        asked = client.first(conversation, "DocumentRequest")
        body = sample.reply(conversation, asked.text("RequestID"), "04021", "03011")
        client.send("document-replies", body, signer.sign(body + b" "))
        receipt = client.first(conversation, "DocumentReplyReceipt")
        assert receipt.texts("Lacking/Code") == ["04021", "03011"]
        assert "TRN-SIG-002" in receipt.text("Reason")

    def test_a_document_that_is_not_what_it_says_is_refused_at_the_door(self, client, declared, signer):
        _, conversation = declared(YELLOW)
        asked = client.first(conversation, "DocumentRequest")
        body = sample.reply(conversation, asked.text("RequestID"), "04021").replace(
            b'"content": "', b'"content": "AAAA'
        )
        answer = client.send("document-replies", body, signer.sign(body))
        assert (answer.status_code, answer.json()["errors"][0]["message"].split(":")[0]) == (400, "documents[0].sha256")

    def test_nobody_asked(self, client, declared, signer):
        _, conversation = declared()
        client.messages(conversation, "PaymentRequest")
        body = sample.reply(conversation, "no-such-request", "04021")
        answer = client.send("document-replies", body, signer.sign(body))
        assert (answer.status_code, answer.json()["code"]) == (409, "NOT_ASKED")
        body = sample.reply("no-such-conversation", "no-such-request", "04021")
        assert client.send("document-replies", body, signer.sign(body)).status_code == 404

    def test_a_request_not_answered_in_time_ends_in_a_refusal(self, tmp_path, signer):
        with an_office(tmp_path, documents="always", delays={"awaiting_documents": 40.0}) as client:
            conversation = lodge(client, signer)
            found = client.messages(conversation, "GTDoutCustomsMark")
            assert kinds(found)[-2:] == ["DocumentRequest", "GTDoutCustomsMark"]
            assert decision(found[-1]) == ("90", {"90"})
            assert "in time" in found[-1].text("GTDOutResolution/FoundationDes/FoundationText")

    def test_the_time_goes_on_while_the_server_is_down(self, tmp_path, signer):
        with an_office(tmp_path, documents="always") as client:
            conversation = lodge(client, signer)
            due = client.first(conversation, "DocumentRequest").text("Due")
        with an_office(tmp_path, documents="always", pace=0.0) as client:
            again = client.first(conversation, "DocumentRequest")
            assert again.text("Due") == due
            reply_in_full(client, signer, conversation)
            client.messages(conversation, "PaymentRequest")

    def test_a_run_may_ask_for_nothing(self, tmp_path, signer):
        with an_office(tmp_path, documents="never", lane="yellow") as client:
            found = client.messages(lodge(client, signer), "PaymentRequest")
            assert "DocumentRequest" not in kinds(found)


class TestExamination:
    def test_place_and_time_are_appointed_before_it_begins(self, client, declared, signer):
        _, conversation = declared(RED)
        reply_in_full(client, signer, conversation)
        found = client.messages(conversation, "NotifGTDExaminationFinish")
        notice = next(one for one in found if one.kind == "ExaminationNotice")
        assert "55301000" in notice.text("Place")
        assert (notice.text("Presence"), bool(notice.text("Scope"))) == ("required", True)
        start = next(one for one in found if one.kind == "NotifGTDExaminationStart")
        begun = f"{start.text('ControlStartDate')}T{start.text('ControlStartTime')}"
        assert begun >= notice.text("Begins")[:19]


class TestAmendments:
    def test_before_the_payment_the_course_goes_on_with_the_new_sums(self, client, declared, signer):
        _, conversation = declared()
        client.messages(conversation, "PaymentRequest")
        body, answer = amend(client, signer, conversation, *MORE_DUE)
        assert (answer.status_code, answer.headers["X-Conversation-ID"]) == (202, conversation)
        made = client.first(conversation, "AmendmentDecision")
        assert (made.text("Outcome"), made.text("AmendmentNumber")) == (
            "accepted",
            f"{made.text('RegistrationNumber')}/01",
        )
        assert made.text("Reference").encode() in body
        assert made.text("RefDocumentID").encode() in body
        client.pay(order(conversation, ("1010", "25950.00"), ("2010", "2287985.00"), ("5010", "4932333.60")))
        found = client.messages(conversation, "GTDoutCustomsMark")
        asked = [one.text("Total") for one in found if one.kind == "PaymentRequest"]
        assert asked == ["7246246.80", "7246268.60"]
        assert found[-1].text("GTDDocumentID").encode() in body

    def test_after_the_release_only_what_lacks_is_asked_for(self, client, declared, signer):
        conversation = conversation_of(client, declared)
        _, answer = amend(client, signer, conversation, *MORE_DUE)
        assert answer.status_code == 202
        client.messages(conversation, "AmendmentDecision")
        asked = [one for one in client.messages(conversation, "AmendmentDecision") if one.kind == "PaymentRequest"][-1]
        assert [tuple(texts_of(row).values()) for row in asked.all("Charge")] == [
            ("2010", "5.00", "398"),
            ("5010", "16.80", "398"),
        ]
        assert client.pay(order(conversation, ("2010", "5.00"), ("5010", "16.80"), reference="PO-2")).status_code == 202
        last = until(client, conversation, lambda found: found[-1].kind == "PaymentReceipt")[-1]
        assert (last.text("Outcome"), last.text("Reference")) == ("accepted", "PO-2")
        again = client.pay(order(conversation, ("2010", "5.00")))
        assert (again.status_code, again.json()["code"]) == (409, "NO_PAYMENT_DUE")

    def test_one_that_does_not_pass_leaves_the_declaration_as_it_was(self, client, declared, signer):
        _, conversation = declared()
        client.messages(conversation, "PaymentRequest")
        body, _ = amend(client, signer, conversation, ("<s:GrossWeightQuantity>4000", "<s:GrossWeightQuantity>3000"))
        refused = client.first(conversation, "ErrorList")
        assert refused.texts("BadDocument/Error/ErrCode") == ["TRN-301"]
        assert refused.text("RefDocumentID").encode() in body
        client.pay(order(conversation, *ALL_CHARGES))
        client.messages(conversation, "GTDoutCustomsMark")

    def test_it_comes_too_late_once_an_examination_is_announced(self, client, declared, signer):
        _, conversation = declared(RED)
        client.messages(conversation, "DocumentRequest")
        amend(client, signer, conversation, RED, *LESS)
        made = client.first(conversation, "AmendmentDecision")
        assert (made.text("Outcome"), "announced" in made.text("Reason")) == ("refused", True)

    def test_a_stricter_lane_is_told_anew(self, tmp_path, signer):
        with an_office(tmp_path, delays={"registered": 0.0, "laned": 200.0, "amendment": 0.0}) as client:
            conversation = lodge(client, signer)
            amend(client, signer, conversation, YELLOW)
            lanes = until(client, conversation, lambda found: kinds(found).count("RiskLane") == 2)
            assert [one.text("Lane") for one in lanes if one.kind == "RiskLane"] == ["green", "yellow"]

    def test_what_cannot_be_amended(self, client, declared, signer):
        _, refused = declared(("<c:BIN>240140000011", "<c:BIN>240140000012"))
        client.messages(refused, "ErrorList")
        body = sample.amendment("55301000/010125/0000001", refused)
        answer = client.send("amendments", body, signer.sign(body), form=XML)
        assert (answer.status_code, b"NOT_AMENDABLE" in answer.content) == (409, True)
        _, standing = declared()
        client.messages(standing, "RiskLane")
        body = sample.amendment("55301000/010125/0000001", standing)
        assert client.send("amendments", body, signer.sign(body), form=XML).status_code == 404
        body = sample.container()
        answer = client.send("amendments", body, signer.sign(body), form=XML)
        assert (answer.status_code, b"amendment_missing" in answer.content) == (400, True)


class TestWithdrawal:
    def test_it_is_granted_before_the_release(self, client, declared, signer):
        _, conversation = declared()
        client.messages(conversation, "PaymentRequest")
        assert withdraw(client, signer, conversation).headers["X-Conversation-ID"] == conversation
        assert decision(client.first(conversation, "GTDoutCustomsMark")) == ("81", {"81"})
        again = withdraw(client, signer, conversation)
        assert (again.status_code, again.json()["code"]) == (409, "NOT_WITHDRAWABLE")

    def test_one_that_comes_before_the_registration_waits_for_it(self, tmp_path, signer):
        with an_office(tmp_path, delays={"received": 100.0}) as client:
            conversation = lodge(client, signer)
            assert withdraw(client, signer, conversation).status_code == 202
            found = client.messages(conversation, "GTDoutCustomsMark")
            assert kinds(found) == ["NotifGTDRegistration", "GTDoutCustomsMark"]

    def test_it_is_refused_once_an_examination_is_announced(self, client, declared, signer):
        _, conversation = declared(RED)
        client.messages(conversation, "DocumentRequest")
        withdraw(client, signer, conversation)
        refused = client.first(conversation, "WithdrawalDecision")
        assert (refused.text("Outcome"), "announced" in refused.text("Reason")) == ("refused", True)

    def test_not_after_the_release(self, client, declared, signer):
        answer = withdraw(client, signer, conversation_of(client, declared))
        assert (answer.status_code, answer.json()["code"]) == (409, "NOT_WITHDRAWABLE")


def conversation_of(client, declared) -> str:
    """Carry a declaration to its release and return its conversation."""
    found: list[str] = []

    def noting(*changes):
        body, conversation = declared(*changes)
        found.append(conversation)
        return body, conversation

    release(client, noting)
    return found[0]


def until(client, conversation, enough):
    """Pull until the messages so far are enough."""
    import time

    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = client.messages(conversation, "NotifGTDRegistration")
        if enough(found):
            return found
        time.sleep(0.02)
    raise AssertionError(kinds(found))
