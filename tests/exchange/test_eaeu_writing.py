# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration as the message of the union: valid, complete, always the same bytes."""

from datetime import UTC, datetime

import pytest

from swclient.base.errors import UserError
from swclient.catalogue.kinds import Given
from swclient.exchange.envelope import wrap
from swclient.exchange.message import declaration_skeleton, not_carried, write_declaration
from swclient.exchange.schema import check_schema
from swclient.exchange.settings import message_format
from swclient.exchange.xmlread import local, read_xml, value
from tests.corpus import corpus_path
from tests.exchange.given import (
    AT,
    CONTAINER_ID,
    DOCUMENT_ID,
    charges,
    full_body,
    kz,
    snapshot_of,
    written,
)

SHIPMENT = "ESADout_CUGoodsShipment/"
GOODS = SHIPMENT + "ESADout_CUGoods/"


@pytest.fixture
def schemas():
    return corpus_path("eaeu-esad", "schemas-5.23.0")


def without_charges():
    body = full_body()
    body["item"][0].pop("charge")
    body.pop("payment")
    return body


def test_a_declaration_with_every_field_satisfies_the_official_schema(schemas):
    assert check_schema(written(full_body()), schemas, kz()) == ()


def test_worked_out_charges_satisfy_the_official_schema(schemas):
    assert check_schema(written(without_charges(), **charges()), schemas, kz()) == ()


def test_the_container_satisfies_the_official_schema_and_holds_the_very_bytes(schemas):
    document = written(full_body())
    container = wrap(document, kz(), CONTAINER_ID, AT)
    assert check_schema(container, schemas, kz()) == ()
    assert document.partition(b"?>\n")[2] in container
    root = read_xml(container, "container")
    assert value(root, "DocumentID") == CONTAINER_ID
    assert value(root, "ContainerDoc/AFVersion") == "5.23.0"
    assert value(root, "ContainerDoc/AFDate") == "2026-11-20"
    assert (
        root.get("DocumentModeID"),
        root.find("{*}ContainerDoc/{*}DocBody/*").get("DocumentModeID"),
    ) == (
        "1006058E",
        "1006107E",
    )


@pytest.mark.parametrize(
    ("country", "number", "path"),
    [
        ("KZ", "240140000011", "RKOrganizationFeatures/BIN"),
        ("KZ", "850101300008", "RKOrganizationFeatures/IIN"),
        ("RU", "0000000000", "RFOrganizationFeatures/INN"),
        ("BY", "000000000", "RBOrganizationFeatures/UNP"),
        ("AM", "00000000", "RAOrganizationFeatures/UNN"),
        ("KG", "01234567890123", "KGOrganizationFeatures/KGINN"),
        ("CN", "91000000000000000X", "UITN/UITNCode"),
    ],
)
def test_a_taxpayer_number_goes_where_its_country_keeps_it(schemas, country, number, path):
    body = full_body()
    body["declarant"] |= {"country": country, "tax_id": number}
    made = written(body)
    assert value(read_xml(made, "m"), f"{SHIPMENT}ESADout_CUDeclarant/{path}") == number
    assert check_schema(made, schemas, kz()) == ()


def test_a_number_without_a_country_is_taken_for_one_of_our_own(schemas):
    body = full_body()
    body["declarant"].pop("country")
    made = written(body)
    path = f"{SHIPMENT}ESADout_CUDeclarant/RKOrganizationFeatures/BIN"
    assert value(read_xml(made, "m"), path) == "240140000011"


def test_every_field_has_a_place_or_a_reason_why_not():
    placed = {place.field for place in declaration_skeleton(kz()).places}
    reasons = message_format(kz(), "eaeu-dt").not_carried
    lost = {
        field.id
        for field in kz().fields.values()
        if field.id not in placed | set(reasons) and not field.derived and not isinstance(field.kind, Given)
    }
    assert lost == set()
    assert placed & set(reasons) == set()
    assert set(reasons) <= set(kz().fields)


def national_body():
    """The full body with what single members ask for: signs of the header, months of temporary import."""
    body = full_body()
    body["header"] |= {"subsoil": "1", "security_label": "AB1234", "temporary_months": "4"}
    body["item"][0]["charge"][0]["feature"] = "ВВ"
    body["item"][0] |= {
        "stamps": "1200",
        "stamp_series": "АА",
        "incoterm": "DAP",
        "delivery_place": "АЛМАТЫ",
        "delivery_from": "2026-11-01",
        "delivery_until": "2026-11-30",
        "delivered_quantity": "1190",
        "delivered_unit": "796",
        "preferential_origin": "CN",
        "contract_code": "8481808199",
    }
    return body


@pytest.mark.parametrize(
    ("country", "given", "path", "text"),
    [
        ("KZ", {"category": "01", "kato": "75"}, "RKOrganizationFeatures/ITN/CategoryCode", "01"),
        ("KZ", {"category": "01", "kato": "75"}, "RKOrganizationFeatures/ITN/KATOCode", "75"),
        ("KG", {"okpo": "00000001", "tax_id": "01501202410018"}, "KGOrganizationFeatures/KGOKPO", "00000001"),
    ],
)
def test_what_a_member_asks_of_its_persons_is_written(schemas, country, given, path, text):
    body = national_body()
    body["declarant"] |= {"country": country, **given}
    made = written(body)
    assert value(read_xml(made, "m"), f"{SHIPMENT}ESADout_CUDeclarant/{path}") == text
    assert check_schema(made, schemas, kz()) == ()


def test_every_place_of_the_skeleton_is_really_written():
    root = read_xml(written(national_body()), "m")
    found: set[tuple[str, ...]] = set()

    def gather(element, above):
        path = (*above, local(element.tag))
        found.add(path)
        for child in element:
            gather(child, path)

    gather(root, ())
    skeleton = declaration_skeleton(kz())
    read_only: set[tuple[str, ...]] = set()

    def old(node, above, *, inherited):
        path, only = (*above, node.name), inherited or node.marks.get("read") == "only"
        if only and "field" in node.marks:
            read_only.add(path)
        for child in node.children:
            old(child, path, inherited=only)

    old(skeleton.root, (), inherited=False)
    national = ("OrganizationFeatures", "UITN")  # one of them for each party; tested by country
    missing = [
        place.path
        for place in skeleton.places
        if place.path not in found | read_only and not any(word in "/".join(place.path) for word in national)
    ]
    who = {
        "ESADout_CUConsignee",
        "ESADout_CUFinancialAdjustingResponsiblePerson",
    }  # same as declarant here
    assert [path for path in missing if not who & set(path)] == []


def test_the_same_declaration_gives_the_same_bytes():
    assert written(full_body()) == written(full_body())


def test_identifier_and_moment_come_from_the_caller_and_nothing_else_changes():
    one = written(full_body())
    other = write_declaration(snapshot_of(full_body()), kz(), "OTHER-ID", datetime(2026, 11, 20, 11, 0, tzinfo=UTC))
    swapped = other.replace(b"OTHER-ID", DOCUMENT_ID.encode()).replace(b"T11:00:00", b"T09:30:15")
    assert swapped == one


def test_the_day_of_the_declaration_goes_with_the_time_of_the_message():
    root = read_xml(written(full_body() | {"header": {**full_body()["header"], "date": "2026-11-19"}}), "m")
    assert value(root, "EECEDocHeaderAddInfo/EDocDateTime") == "2026-11-19T09:30:15+00:00"


def test_declared_charges_win_over_worked_out_ones():
    root = read_xml(written(full_body(), **charges()), "m")
    kinds = [each.text for each in root.findall(".//{*}ESADout_CUCustomsPaymentCalculation/{*}PaymentModeCode")]
    assert kinds == ["1010", "2010", "4111"]


def test_worked_out_charges_and_totals_are_written_where_nothing_was_declared():
    root = read_xml(written(without_charges(), **charges()), "m")
    row = "ESADout_CUCustomsPaymentCalculation"
    rows = root.findall(f"{{*}}ESADout_CUGoodsShipment/{{*}}ESADout_CUGoods/{{*}}{row}")
    assert [value(each, "PaymentAmount") for each in rows] == ["25950.00", "160.00", "2.50"]
    assert [value(each, "TaxBaseCurrencyCode") for each in rows] == ["", "398", ""]
    assert (value(rows[2], "RateCurrencyCode"), value(rows[2], "RateTNVEDQualifierCode")) == (
        "978",
        "166",
    )
    paid = root.findall("{*}ESADout_CUGoodsShipment/{*}ESADout_CUPayments/{*}ESADout_CUCustomsPayment")
    told = [(value(e, "PaymentModeCode"), value(e, "PaymentAmount"), value(e, "PaymentCurrencyCode")) for e in paid]
    assert told == [("1010", "25950.00", "398"), ("5010", "160.00", "398")]


def test_documents_of_the_whole_declaration_go_first_with_the_first_item():
    root = read_xml(written(full_body()), "m")
    items = root.findall("{*}ESADout_CUGoodsShipment/{*}ESADout_CUGoods")
    numbers = [[e.text for e in i.findall("{*}ESADout_CUPresentedDocument/{*}PrDocumentNumber")] for i in items]
    assert numbers == [["CMR-1", "INV-1", "XA12345678", "KZ-1"], []]


def test_a_shared_package_counts_as_part_of_one():
    root = read_xml(written(full_body()), "m")
    packed = GOODS + "ESADGoodsPackaging/"
    assert (value(root, packed + "PakageQuantity"), value(root, packed + "PakagePartQuantity")) == (
        "10",
        "1",
    )


def test_a_long_description_goes_in_pieces_that_join_to_the_same_text():
    root = read_xml(written(full_body()), "m")
    goods = root.find("{*}ESADout_CUGoodsShipment/{*}ESADout_CUGoods")
    pieces = [e.text for e in goods.findall("{*}GoodsDescription")]
    assert len(pieces) == 4
    assert max(map(len, pieces)) <= 250
    assert "".join(pieces) == full_body()["item"][0]["description"]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_named_with_item_and_field(character):
    body = full_body()
    body["item"][1]["maker"] = f"AB{character}C"
    with pytest.raises(UserError) as caught:
        written(body)
    assert "Item 2" in str(caught.value)
    assert "Manufacturer" in str(caught.value)
    assert f"U+{ord(character):04X}" in str(caught.value)
    assert "3" in str(caught.value)


def test_a_forbidden_character_deep_in_a_description_is_named_by_its_place_in_the_whole_text():
    body = full_body()
    body["item"][0]["description"] = "a" * 300 + "\x02"
    with pytest.raises(UserError) as caught:
        written(body)
    assert "301" in str(caught.value)


def test_what_the_message_cannot_carry_is_told():
    body = full_body()
    assert not_carried(snapshot_of(body), kz()) == ()
    body["header"]["reference"] = "OWN-1"
    body["cost"] = [{"kind": "17", "amount": "2700.00"}]
    assert not_carried(snapshot_of(body), kz()) == ("header.reference", "cost.kind", "cost.amount")
