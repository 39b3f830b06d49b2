# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training control finds what is wrong, where, and what should stand there."""

import pytest

from swclient.training.control import control
from swclient.training.declaration import open_container
from swclient.training.wording import WORDING
from tests.training import sample

GOODS = "/ESADout_CU/ESADout_CUGoodsShipment/ESADout_CUGoods"
VALUE = "<s:CustomsCost>17220600.00"

MISTAKES = {
    "no consignor name": (
        ("<c:OrganizationName>" + sample.SELLER + "</c:OrganizationName>", ""),
        ("TRN-101", None, "2", "", ""),
    ),
    "a country that is no code": (
        ("<s:DispatchCountryCode>CN", "<s:DispatchCountryCode>China"),
        ("TRN-102", None, "15", "", "China"),
    ),
    "no terms of delivery": (
        ("<c:DeliveryTermsStringCode>FCA</c:DeliveryTermsStringCode>", ""),
        ("TRN-101", None, "20", "", ""),
    ),
    "no place of goods": (
        (sample.PLACE, ""),
        ("TRN-101", None, "30", "", ""),
    ),
    "no signing person": (
        ("<c:PersonSurname>Учебный</c:PersonSurname>", ""),
        ("TRN-101", None, "54", "", ""),
    ),
    "a wrong number of goods": (
        ("<s:TotalGoodsNumber>2", "<s:TotalGoodsNumber>3"),
        ("TRN-201", None, "5", "2", "3"),
    ),
    "goods out of order": (
        ("<s:GoodsNumeric>2", "<s:GoodsNumeric>3"),
        ("TRN-202", 2, "32", "2", "3"),
    ),
    "a total of values that is not the sum": (
        ("<s:TotalCustCost>28539000.00", "<s:TotalCustCost>28539000.01"),
        ("TRN-203", None, "12", "28539000.00", "28539000.01"),
    ),
    "an invoice total that is not the sum": (
        ("<s:TotalInvoiceAmount>50000.00", "<s:TotalInvoiceAmount>49999.99"),
        ("TRN-204", None, "22", "50000.00", "49999.99"),
    ),
    "packages that do not add up": (
        ("<s:TotalPackageNumber>500", "<s:TotalPackageNumber>501"),
        ("TRN-205", None, "6", "500", "501"),
    ),
    "a wrong number of sheets": (
        ("<s:TotalSheetNumber>2", "<s:TotalSheetNumber>1"),
        ("TRN-206", None, "3", "2", "1"),
    ),
    "a commodity code of eight digits": (
        ("<s:GoodsTNVEDCode>9403609000", "<s:GoodsTNVEDCode>94036090"),
        ("TRN-102", 1, "33", "", "94036090"),
    ),
    "no description": (
        ("<s:GoodsDescription>УЧЕБНЫЙ ТОВАР: стулья</s:GoodsDescription>", ""),
        ("TRN-101", 2, "31", "", ""),
    ),
    "a mass that is no number": (
        ("<s:NetWeightQuantity>3800", "<s:NetWeightQuantity>3,8 t"),
        ("TRN-102", 2, "38", "", "3,8 t"),
    ),
    "gross below net": (
        ("<s:GrossWeightQuantity>8000", "<s:GrossWeightQuantity>7600.4"),
        ("TRN-301", 1, "35", ">= 7600.5", "7600.4"),
    ),
    "no mass at all": (
        ("<s:NetWeightQuantity>3800", "<s:NetWeightQuantity>0"),
        ("TRN-302", 2, "38", "> 0", "0"),
    ),
    "another procedure in an item": (
        ("<s:MainCustomsModeCode>40", "<s:MainCustomsModeCode>80"),
        ("TRN-303", 1, "37", "40", "80"),
    ),
    "containers though the flag says none": (
        ("<s:ContainerIndicator>1", "<s:ContainerIndicator>0"),
        ("TRN-305", None, "19", "1", "0"),
    ),
    "a container number of a wrong form": (
        ("DEMU1234568", "DEM1234568"),
        ("TRN-306", 1, "31", "AAAU9999999", "DEM1234568"),
    ),
    "a BIN with a wrong check digit": (
        ("<c:BIN>240140000011", "<c:BIN>240140000012"),
        ("TRN-401", None, "8", "240140000011", "240140000012"),
    ),
    "a BIN of eleven digits": (
        ("<c:BIN>240140000011", "<c:BIN>24014000001"),
        ("TRN-401", None, "8", "", "24014000001"),
    ),
    "a duty that is not base times rate": (
        ("<s:Rate>10</s:Rate>", "<s:Rate>12.5</s:Rate>"),
        ("TRN-502", 1, "47", "2152575.00", "1722060.00"),
    ),
    "no invoice": (
        ("<s:PresentedDocumentModeCode>04021", "<s:PresentedDocumentModeCode>04091"),
        ("TRN-601", 1, "44", "04021 / 04022 / 04025", ""),
    ),
    "no road consignment note": (
        ("<s:PresentedDocumentModeCode>02015", "<s:PresentedDocumentModeCode>04091"),
        ("TRN-602", 1, "44", "02015 / 02016 / 02024", ""),
    ),
    "box B below the rows": (
        ("<s:PaymentAmount>4932316.80", "<s:PaymentAmount>4932316.79"),
        ("TRN-504", None, "B", "5010 4932316.80 398", "5010 4932316.79 398"),
    ),
}


def notes_of(*changes: tuple[str, str]):
    return control(open_container(sample.container(*changes)))


def told(note):
    return (note.code, note.item, note.box, note.expected, note.actual)


def test_a_declaration_without_mistakes_passes():
    assert notes_of() == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_control_finds(mistake):
    change, expected = MISTAKES[mistake]
    assert [told(note) for note in notes_of(change)] == [expected]


def test_a_flag_without_containers_is_found():
    found = notes_of(
        ("<e:ESADContainer>", "<e:Unknown>"),
        ("<e:ESADContainer>", "<e:Unknown>"),
        ("</e:ESADContainer>", "</e:Unknown>"),
        ("</e:ESADContainer>", "</e:Unknown>"),
    )
    assert [told(note) for note in found] == [("TRN-304", None, "19", "0", "1")]


def test_a_fee_on_two_items_is_found_beside_the_total_it_spoils():
    fee = sample.CHARGE.format(kind="1010", base="25950", rate="25950", rate_kind="S", amount="25950.00")
    found = notes_of(("<e:ESADGoodsPackaging>", fee + "<e:ESADGoodsPackaging>"))
    assert [told(note) for note in found] == [
        ("TRN-501", 1, "47", "", "1010"),
        ("TRN-504", None, "B", "1010 51900.00 398", "1010 25950.00 398"),
    ]


def test_the_vat_base_may_count_the_fee_in_or_not_but_nothing_else():
    base, amount = "<s:TaxBase>18942660.00", "<s:PaymentAmount>3030825.60"
    with_fee = notes_of(
        (base, "<s:TaxBase>18968610.00"),
        (amount, "<s:PaymentAmount>3034977.60"),
        ("<s:PaymentAmount>4932316.80", "<s:PaymentAmount>4936468.80"),
    )
    assert with_fee == []
    wrong = notes_of(
        (base, "<s:TaxBase>18942660.01"),
    )
    assert [note.code for note in wrong] == ["TRN-503"]
    assert wrong[0].expected == "18942660.00"


def test_a_path_leads_from_the_declaration_to_the_element():
    note = notes_of((VALUE, "<s:CustomsCost>many"))[0]
    assert (note.path, note.element) == (f"{GOODS}[1]/CustomsCost", "CustomsCost")


def test_a_declaration_without_goods_is_found():
    text = sample.container().decode()
    start, end = text.index("<e:ESADout_CUGoods>"), text.index("<e:ESADout_CUPayments>")
    codes = {note.code for note in control(open_container((text[:start] + text[end:]).encode()))}
    assert "TRN-201" in codes


def test_every_code_of_the_control_has_words_in_both_languages():
    assert {told[0] for _, told in MISTAKES.values()} <= set(WORDING)
    for wording in WORDING.values():
        assert 0 < len(wording.russian) <= 250
        assert 0 < len(wording.english) <= 250
