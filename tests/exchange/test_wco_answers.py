# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of the WCO data model become the same values as any other office's, whatever namespaces they bear."""

from __future__ import annotations

from decimal import Decimal

import pytest

from swclient.base.errors import UserError
from swclient.catalogue.loader import load_profile
from swclient.exchange import replies as r
from swclient.exchange.pinning import field_of
from swclient.exchange.reply_reading import read_reply
from swclient.workflow.life.answers import understood
from tests.corpus import corpus_path

ERROR = """<Error><ValidationCode>DMS10001</ValidationCode><Description>too heavy</Description>
  <Pointer><DocumentSectionCode>42A</DocumentSectionCode></Pointer>
  <Pointer><SequenceNumeric>1</SequenceNumeric><DocumentSectionCode>67A</DocumentSectionCode></Pointer>
  <Pointer><SequenceNumeric>2</SequenceNumeric><DocumentSectionCode>68A</DocumentSectionCode></Pointer>
  <Pointer><DocumentSectionCode>23A</DocumentSectionCode></Pointer>
  <Pointer><DocumentSectionCode>65A</DocumentSectionCode><TagID>128</TagID></Pointer></Error>"""
FEE = """<DutyTaxFee><TypeCode>{kind}</TypeCode><Payment>
  <PaymentAmount currencyID="TJS">{amount}</PaymentAmount></Payment></DutyTaxFee>"""


def answer(code: str, inside: str = "", moments: str = "", fees: str = "", space: str = "") -> bytes:
    return f"""<MetaData{space}><WCOTypeName>RES</WCOTypeName><Response><FunctionCode>{code}</FunctionCode>
      <FunctionalReferenceID>n-1</FunctionalReferenceID>
      <IssueDateTime><DateTimeString formatCode="304">20261120103015Z</DateTimeString></IssueDateTime>{inside}
      <Declaration>{moments}<FunctionalReferenceID>lrn-1</FunctionalReferenceID><ID>26TJABCDEFGHIJKLM1</ID>
      <GoodsShipment>{fees}</GoodsShipment></Declaration></Response></MetaData>""".encode()


ACCEPTED = (
    '<AcceptanceDateTime><DateTimeString formatCode="304">20261120103014+05</DateTimeString></AcceptanceDateTime>'
)


def test_an_acceptance_is_a_registration_under_its_number():
    found = read_reply(answer("01", moments=ACCEPTED))
    assert isinstance(found, r.Registration)
    assert (found.number, found.date.isoformat(), found.time.isoformat()) == (
        "26TJABCDEFGHIJKLM1",
        "2026-11-20",
        "10:30:14",
    )
    assert found.head.ref_document_id == "lrn-1"


@pytest.mark.parametrize("space", ["", ' xmlns="urn:any"'])
def test_an_error_is_pinned_to_item_box_and_field(space):
    found = read_reply(answer("03", ERROR, space=space))
    assert isinstance(found, r.Errors)
    error = found.errors[0]
    assert (error.code, error.item, error.box, error.element) == ("DMS10001", 2, "38", "NetNetWeightMeasure")
    assert error.text == "too heavy"
    assert field_of(error, load_profile("UZ")) == ("item.net_mass", 2)


def test_a_class_or_element_that_nobody_knows_is_told_as_it_came():
    strange = ERROR.replace("65A", "99Z")
    error = read_reply(answer("03", strange)).errors[0]
    assert "99Z" in error.text
    assert error.xpath.endswith("Commodity")


@pytest.mark.parametrize(
    ("code", "kind", "means"),
    [
        ("01", r.Registration, "registered"),
        ("02", r.Notice, "other"),
        ("03", r.Errors, "errors"),
        ("05", r.Lane, "lane"),
        ("06", r.Lane, "lane"),
        ("07", r.Notice, "other"),
        ("08", r.CustomsMark, "mark"),
        ("09", r.CustomsMark, "mark"),
        ("10", r.CustomsMark, "mark"),
        ("11", r.Notice, "other"),
        ("13", r.PaymentRequest, "demand"),
        ("14", r.PaymentReceipt, "receipt"),
        ("16", r.Notice, "other"),
        ("17", r.Notice, "other"),
        ("18", r.Notice, "other"),
        ("99", r.Unknown, "other"),
    ],
)
def test_each_function_code_has_its_meaning(code, kind, means):
    content = answer(code, ERROR, ACCEPTED, FEE.format(kind="20", amount="5.00"))
    assert type(read_reply(content)) is kind
    told = understood(content, "answer")
    assert told.title.text()
    assert told.kind == means


def test_charges_are_added_up_by_kind_and_currency():
    fees = "".join(
        FEE.format(kind=kind, amount=amount) for kind, amount in (("20", "5.10"), ("32", "7"), ("20", "0.90"))
    )
    found = read_reply(answer("13", fees=fees))
    assert isinstance(found, r.PaymentRequest)
    assert {(line.kind, line.currency): line.required for line in found.lines} == {
        ("20", "TJS"): Decimal("6.00"),
        ("32", "TJS"): Decimal(7),
    }
    assert found.total == Decimal("13.00")


@pytest.mark.parametrize("amount", ["1e999999999", "NaN", "-5", "٥", "9" * 41, "1.2.3"])
def test_a_figure_that_is_none_is_refused_by_name(amount):
    with pytest.raises(UserError, match="PaymentAmount"):
        read_reply(answer("13", fees=FEE.format(kind="20", amount=amount)))


@pytest.mark.parametrize("moment", ["", "yesterday", "20261320103015Z", "2026112010301"])
def test_a_moment_that_is_none_is_refused_by_name(moment):
    content = answer("01").replace(b"20261120103015Z", moment.encode())
    with pytest.raises(UserError, match="DateTime"):
        read_reply(content)


def test_every_published_answer_is_understood():
    files = [path for path in corpus_path("wco-cds").rglob("*.xml") if "otif" in str(path)]
    assert len(files) > 100
    for file in files:
        content = file.read_bytes()
        end = content.rfind(b"MetaData>") + len(b"MetaData>")
        assert not isinstance(read_reply(content[:end], file.name), r.Unknown), file.name


def test_words_of_a_log_behind_an_answer_are_refused_not_guessed():
    with pytest.raises(UserError, match="line"):
        read_reply(answer("01") + b"headers=List((Content-Type,application/xml))")
