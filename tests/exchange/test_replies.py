# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of authorities become values; what nobody knows is kept by its name."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from swclient.base.errors import UserError
from swclient.exchange import replies as r
from swclient.exchange.pinning import field_at, field_of
from swclient.exchange.reply_reading import read_reply
from swclient.training import messages, messages_own
from swclient.training.control import control
from swclient.training.declaration import open_container
from swclient.training.messages_errors import error_list
from tests.exchange.given import AT, CONTAINER_ID, DOCUMENT_ID, full_body, kz, written

HEAD = messages.Head(CONTAINER_ID, "55301", datetime(2026, 11, 21, 10, 11, 12, tzinfo=UTC), "2026-11-21", "0000007")
NUMBER = "55301/211126/0000007"

REGISTRATION = """<?xml version="1.0" encoding="UTF-8"?>
<p:NotifGTDRegistration xmlns:p="urn:any:9.9" xmlns:q="urn:other" DocumentModeID="1004051E">
 <q:DocumentID>A-1</q:DocumentID><q:RefDocumentID>B-2</q:RefDocumentID>
 <p:RegistrationDate>2026-11-20</p:RegistrationDate><p:RegistrationTime>09:08:07</p:RegistrationTime>
 <p:DocSign>0</p:DocSign>
 <p:Customs><q:Code>55301</q:Code><q:OfficeName>Учебный пост</q:OfficeName></p:Customs>
 <p:GTDID><q:CustomsCode>55301</q:CustomsCode><q:RegistrationDate>2026-11-20</q:RegistrationDate>
  <q:GTDNumber>123</q:GTDNumber></p:GTDID>
</p:NotifGTDRegistration>"""

ERRORS = """<ErrorList xmlns="urn:e" DocumentModeID="1004030E"><DocumentID>A</DocumentID>
<BadDocument><DocID>D-1</DocID>
 <Error><ErrCode>10.1</ErrCode><ErrorName>Неверный вес</ErrorName><ErrDescription>Брутто меньше нетто</ErrDescription>
  <ErrDescription>См. графу 38</ErrDescription><GTDGoodsNumber>2</GTDGoodsNumber>
  <ErrElement>GrossWeightQuantity</ErrElement><ErrField>35</ErrField><SuccessContent>&gt;= 4</SuccessContent>
  <DocValue>3</DocValue><DocsContent><XPath>/ESADout_CU/ESADout_CUGoodsShipment/ESADout_CUGoods[2]/GrossWeightQuantity</XPath></DocsContent>
  <ErrLevel>1</ErrLevel><CheckNormativeDocument><OrganizationName>КТС</OrganizationName>
   <DocumentDate>2010-05-20</DocumentDate><DocumentNumber>257</DocumentNumber></CheckNormativeDocument></Error>
 <Error><ErrCode>1</ErrCode><ErrorName>Нет данных</ErrorName><ErrLevel>2</ErrLevel></Error>
</BadDocument></ErrorList>"""


def test_a_registration_is_read_whatever_its_prefixes():
    found = read_reply(REGISTRATION.encode())
    assert isinstance(found, r.Registration)
    assert found.number == "55301/201126/0000123"
    assert (found.date, found.time) == (date(2026, 11, 20), time(9, 8, 7))
    assert (found.head.document_id, found.head.ref_document_id) == ("A-1", "B-2")
    assert (found.office, found.office_name, found.head.training) == (
        "55301",
        "Учебный пост",
        False,
    )


def test_errors_keep_item_box_path_expected_actual_and_law():
    found = read_reply(ERRORS.encode())
    assert isinstance(found, r.Errors)
    assert found.documents == ("D-1",)
    first, second = found.errors
    assert first.text == "Неверный вес\nБрутто меньше нетто\nСм. графу 38"
    assert (first.code, first.item, first.box, first.element) == (
        "10.1",
        2,
        "35",
        "GrossWeightQuantity",
    )
    assert (first.expected, first.actual, first.level) == (">= 4", "3", 1)
    assert first.law == "КТС, 257, 2010-05-20"
    assert first.xpath.endswith("ESADout_CUGoods[2]/GrossWeightQuantity")
    assert (second.item, second.box, second.level) == (None, "", 2)


def error(**told):
    blank = {"code": "1", "text": "", "item": None, "box": "", "element": "", "xpath": ""}
    rest = {"expected": "", "actual": "", "law": "", "level": 1}
    return r.CustomsError(**{**blank, **rest, **told})


ROOT = "/ESADout_CU/ESADout_CUGoodsShipment"


@pytest.mark.parametrize(
    ("told", "spot"),
    [
        ({"xpath": f"{ROOT}/ESADout_CUGoods[2]/GrossWeightQuantity"}, ("item.gross_mass", 2)),
        ({"xpath": f"{ROOT}/ESADout_CUGoods/GrossWeightQuantity"}, ("item.gross_mass", 1)),
        (
            {"xpath": "/a:ESADout_CU/a:ESADout_CUGoodsShipment/b:TotalGoodsNumber"},
            ("header.items_total", None),
        ),
        ({"xpath": f"{ROOT}/ESADout_CUConsignee/OrganizationName"}, ("consignee.name", None)),
        ({"xpath": f"{ROOT}/ESADout_CUGoods[3]"}, ("item.number", 3)),
        (
            {"xpath": f"{ROOT}/ESADout_CUGoods[3]/ESADContainer/ContainerNumber/ContainerIdentificaror"},
            ("container.number", 3),
        ),
        ({"item": 4, "element": "NetWeightQuantity", "box": "38"}, ("item.net_mass", 4)),
        (
            {"item": 4, "element": "catESAD_cu:NetWeightQuantity", "box": "40"},
            ("previous.net_mass", 4),
        ),
        ({"element": "PrDocumentNumber", "box": "44", "item": 1}, ("document.number", 1)),
        ({"element": "PrDocumentNumber", "box": "52"}, ("guarantee.number", None)),
        ({"item": 2, "box": "гр. 33"}, ("item.code", 2)),
        ({"box": "31.3", "item": 1}, ("container.number", 1)),
        ({"box": "22"}, ("header.currency", None)),
        ({"box": "B"}, ("header.charges", None)),
        ({"box": "99"}, None),
        ({"element": "Nobody"}, None),
        ({}, None),
    ],
)
def test_an_error_is_pinned_to_our_field(told, spot):
    assert field_of(error(**told), kz()) == spot


def test_a_path_that_leads_nowhere_gives_no_field_but_still_the_item():
    assert field_at(f"{ROOT}/ESADout_CUGoods[2]/GoodsAutomobile", kz()) == (None, 2)


def test_the_training_office_and_we_mean_the_same_field():
    from swclient.exchange.envelope import wrap

    body = full_body()
    body["item"][1] |= {"gross_mass": "3", "valuation_method": "1", "customs_value": "1.00"}
    body["header"]["items_total"] = "5"
    sent = open_container(wrap(written(body), kz(), CONTAINER_ID, AT))
    found = read_reply(error_list(HEAD, DOCUMENT_ID, control(sent)).body)
    assert found.documents == (DOCUMENT_ID,)
    assert found.head.ref_document_id == CONTAINER_ID
    spots = {field_of(each, kz()) for each in found.errors}
    assert {("item.gross_mass", 2), ("header.items_total", None)} <= spots
    assert None not in spots


def test_the_answers_of_the_training_office_are_read():
    row = messages_own.PaymentRow("1010", "398", Decimal("25950.00"), Decimal("20000.00"))
    registered = read_reply(messages.registration(HEAD).body)
    assert (registered.number, registered.head.training) == (NUMBER, True)
    lane = read_reply(messages_own.risk_lane(HEAD, "red", ["first", "second"]).body)
    assert (lane.lane, lane.reasons, lane.number) == ("red", ("first", "second"), NUMBER)
    begun = read_reply(messages.examination_start(HEAD, "look").body)
    assert (begun.finished, begun.number, begun.comments) == (False, NUMBER, "look")
    assert read_reply(messages.examination_finish(HEAD, "seen").body).finished
    asked = read_reply(messages_own.payment_request(HEAD, [row]).body)
    assert (asked.lines[0].kind, asked.lines[0].required) == ("1010", Decimal("25950.00"))
    assert asked.total == Decimal("25950.00")
    paid = read_reply(messages_own.payment_receipt(HEAD, "PO-1", [row]).body)
    assert (paid.outcome, paid.reference, paid.lines[0].lacking) == (
        "lacking",
        "PO-1",
        Decimal("5950.00"),
    )
    items = [{"no": "1", "valuation_method": "1"}]
    released = read_reply(messages.customs_mark(HEAD, DOCUMENT_ID, ("10", []), items).body)
    assert (released.decision, released.document, released.number) == ("10", DOCUMENT_ID, NUMBER)
    assert released.items == (r.ItemDecision(1, "10"),)
    assert (released.date, released.time) == (date(2026, 11, 21), time(10, 11, 12))
    assert all(each.head.training for each in (lane, begun, asked, paid, released))


def receipt(vat):
    data = {
        "document": "import-statement-receipt",
        "training": True,
        "receipt_number": "TRN-2026-00000001",
        "declaration_number": NUMBER,
        "accepted_at": "2026-11-21T10:00:00+05:00",
        "sha256": "ab",
        "totals": {"vat": vat},
    }
    return json.dumps(data).encode()


def test_the_tax_receipt_is_read_with_exact_amounts():
    found = read_reply(receipt("3030825.60"))
    assert found.totals == (("vat", Decimal("3030825.60")),)
    assert (found.receipt_number, found.declaration_number) == ("TRN-2026-00000001", NUMBER)
    assert found.training


def test_the_tax_refusal_names_lines_and_fields():
    told = {
        "code": "TRT-1",
        "line": 1,
        "field": "vat",
        "expected": "2",
        "actual": "1",
        "message": "no",
    }
    data = {
        "document": "import-statement-refusal",
        "training": True,
        "refused_at": "t",
        "sha256": "s",
    }
    found = read_reply(json.dumps({**data, "errors": [told, {**told, "line": None}]}).encode())
    assert [(each.line, each.field) for each in found.errors] == [(1, "vat"), (None, "vat")]


def test_an_answer_that_nobody_knows_is_kept_by_its_name():
    assert read_reply(b"<x:News xmlns:x='urn:x'/>") == r.Unknown("News")
    assert read_reply(b'{"document": "news"}') == r.Unknown("news")
    assert read_reply(b"[1, 2]") == r.Unknown("JSON")


@pytest.mark.parametrize(
    "content",
    [
        REGISTRATION.replace("2026-11-20</p:Reg", "20.11.2026</p:Reg").encode(),
        REGISTRATION.replace("09:08:07", "nine").encode(),
        ERRORS.replace("<GTDGoodsNumber>2", "<GTDGoodsNumber>two").encode(),
        b'{"document": "import-statement-receipt"}',
        receipt("NaN"),
        receipt("1e999999999"),
        b"<a>",
        b"<!DOCTYPE a><a/>",
        b"{",
        b"",
        b'{"a":' * 100_000,
    ],
)
def test_an_answer_that_does_not_read_says_so_and_never_crashes(content):
    with pytest.raises(UserError):
        read_reply(content)
