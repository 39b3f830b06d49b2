# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Declarations in the WCO data model: every country's, complete, in the order of the schema, and back again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import etree

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.catalogue.kinds import Given
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.engine.session import Session
from swclient.exchange.envelope import wrap
from swclient.exchange.formats import read_any
from swclient.exchange.message import declaration_skeleton, read_declaration, write_declaration
from swclient.exchange.pinning import field_at
from swclient.exchange.settings import message_format
from swclient.exchange.skeleton.packed import pack, unpack
from swclient.exchange.xmlread import read_xml, value
from swclient.workflow.drafts.drafting import session_of_body
from tests.corpus import corpus_path

WCO = "wco-dec"
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
REFERENCE = "0b2e9a548d7c4f9e9a7b5d1c2e3f4a5b"
FOLDER = paths.shipped("resources") / "samples"
SAMPLES = sorted(path.stem for path in FOLDER.glob("??-*.json") if "." not in path.stem)
# National codes and numbers may be longer than the one customization of the data model whose schemas are public.
NATIONAL_LENGTHS = {"ModeCode", "TypeCode", "ID", "CategoryCode", "TransactionNatureCode", "MethodCode"}


def opened(name: str) -> tuple[dict[str, Any], Session]:
    body = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return body, session_of_body(body, today=lambda: date(2026, 11, 20))


def message_of(session: Session) -> bytes:
    document = write_declaration(session.snapshot(), session.profile, REFERENCE, AT, WCO)
    return wrap(document, session.profile, REFERENCE, AT, WCO)


@pytest.mark.parametrize("country", profile_codes())
def test_every_field_of_every_country_has_a_place_or_a_reason_why_not(country):
    profile = load_profile(country)
    placed = {place.field for place in declaration_skeleton(profile, WCO).places}
    reasons = message_format(profile, WCO).not_carried
    lost = {
        field.id
        for field in profile.fields.values()
        if field.id not in placed | set(reasons) and not field.derived and not isinstance(field.kind, Given)
    }
    assert lost == set()
    assert placed & set(reasons) == set()
    assert set(reasons) <= set(profile.fields)


def same(typed: Any, read: Any, table: str, dropped: set[str]) -> list[str]:
    """Return what was typed and did not come back; what the message has no place for aside."""
    wrong: list[str] = []
    for key, said in typed.items():
        if isinstance(said, list):
            found = read.get(key, [])
            wrong += [] if len(said) == len(found) else [f"{key}: {len(said)} rows, {len(found)} came back"]
            for one, other in zip(said, found, strict=False):
                wrong += same(one, other, key, dropped)
        elif isinstance(said, dict):
            wrong += same(said, read.get(key, {}), key, dropped)
        elif f"{table}.{key}" not in dropped and said not in {read.get(key), str(read.get(key)).removesuffix(".00")}:
            wrong.append(f"{table}.{key}: {said!r} came back as {read.get(key)!r}")
    return wrong


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_sample_says_comes_back(name):
    body, session = opened(name)
    found = read_any("message.xml", message_of(session))
    assert found.format == WCO
    assert found.body["profile"] == session.profile.code
    assert found.unread == ()
    dropped = set(message_format(session.profile, WCO).not_carried)
    typed = {key: said for key, said in body.items() if isinstance(said, dict | list)}
    assert same(typed, found.body, "", dropped) == []


def schema(kind: str, *files: str) -> etree.XMLSchema:
    """Return the public schemas of envelope and content together: apart, the envelope takes nothing."""
    folder = corpus_path("wco-cds", "schemas", "wco", kind)
    imports = "".join(
        f'<xs:import namespace="urn:wco:datamodel:WCO:{space}" schemaLocation="{(folder / file).as_uri()}"/>'
        for space, file in zip(
            ("DocumentMetaData-DMS:2", files[0]), ("DocumentMetaData_2_DMS.xsd", files[1]), strict=True
        )
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text))


def test_what_is_written_satisfies_the_public_schema_but_for_the_lengths_of_national_codes():
    official = schema("declaration", "DEC-DMS:2", "WCO_DEC_2_DMS.xsd")
    for name in [each for each in SAMPLES if "-import-" in each or "-transit-" in each]:
        _body, session = opened(name)
        official.validate(etree.fromstring(message_of(session)))
        for fault in official.error_log:
            assert "[facet" in fault.message or "is not accepted by the pattern" in fault.message, fault.message
            assert any(f"}}{each}'" in fault.message for each in NATIONAL_LENGTHS), fault.message


def test_the_same_declaration_gives_the_same_bytes_and_each_item_its_statements():
    _body, session = opened("tj-import-40")
    assert message_of(session) == message_of(session)
    root = read_xml(message_of(session), "m")
    assert value(root, "Declaration/FunctionalReferenceID") == REFERENCE
    assert value(root, "ResponsibleCountryCode") == "TJ"
    item = root.find("{*}Declaration/{*}GoodsShipment/{*}GovernmentAgencyGoodsItem")
    stated = {
        value(each, "StatementCode"): value(each, "StatementDescription")
        for each in item.iterfind("{*}AdditionalInformation")
    }
    assert stated["36.2"] == "ОО"
    assert item.find("{*}Commodity/{*}InvoiceLine/{*}ItemChargeAmount").get("currencyID") == "USD"


def test_an_answer_is_no_declaration():
    inside = b"<FunctionCode>02</FunctionCode><Declaration><ID>1</ID></Declaration>"
    answer = b"<MetaData><Response>" + inside + b"</Response></MetaData>"
    with pytest.raises(UserError, match="no message"):
        read_any("answer.xml", answer)


def test_a_strangers_declaration_is_read_and_what_has_no_place_is_told():
    for file in corpus_path("wco-cds", "samples").rglob("Step1_*.xml"):
        content = file.read_bytes()
        try:
            found = read_any(file.name, content, load_profile("TJ"))
        except UserError as error:
            assert "not well-formed" in str(error) or "line" in str(error)  # noqa: PT017 - some of them are broken
            continue
        assert found.format == WCO
        assert len(found.body.get("item", [])) == len(read_xml(content, "m").findall(".//{*}GovernmentAgencyGoodsItem"))


def test_statements_and_attributes_that_say_otherwise_are_told():
    _body, session = opened("tj-import-40")
    content = message_of(session).decode()
    content = content.replace("<StatementTypeCode>BOX<", "<StatementTypeCode>XYZ<", 1)
    content = content.replace('<ItemChargeAmount currencyID="USD"', '<ItemChargeAmount currencyID="EUR"', 1)
    profile = session.profile
    found = read_declaration(read_xml(content.encode(), "m").find("{*}Declaration"), profile, WCO)
    told = " ".join(found.unread)
    assert "AdditionalInformation[1]/StatementTypeCode: XYZ" in told
    assert "ItemChargeAmount: EUR" in told


def test_a_row_that_holds_what_parts_rows_comes_back():
    row = {"identity": "A|1=2\\", "trailer": "B\n2", "country": "KZ"}
    assert unpack(pack(row), row) == row
    assert unpack("identity=1|identity=2", row) is None
    assert unpack("see annex", row) is None


@pytest.mark.parametrize(
    ("path", "field", "item"),
    [
        (
            "Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]/Commodity/GoodsMeasure/NetNetWeightMeasure",
            "item.net_mass",
            2,
        ),
        ("Declaration/GoodsItemQuantity", "header.items_total", None),
        ("Declaration/Exporter", "exporter.name", None),
    ],
)
def test_a_path_of_the_data_model_finds_our_field(path, field, item):
    assert field_at(path, load_profile("TJ")) == (field, item)
    assert field_at(path, load_profile("KZ")) == (field, item)
