# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the header: required boxes, totals, parties, documents of the whole declaration."""

from __future__ import annotations

import re
from decimal import Decimal

from swclient.training.declaration import PARTIES, TRANSIT, amount_of, is_import, is_transit
from swclient.training.notebook import Notebook
from swclient.training.reading import Node

GOODS_COUNT = "TRN-201"
VALUE_TOTAL = "TRN-203"
INVOICE_TOTAL = "TRN-204"
PACKAGES_TOTAL = "TRN-205"
SHEETS_TOTAL = "TRN-206"
TAX_NUMBER = "TRN-401"
NO_INVOICE = "TRN-601"
NO_TRANSPORT_NOTE = "TRN-602"

INVOICES = frozenset({"04021", "04022", "04025"})
ROAD_NOTES = frozenset({"02015", "02016", "02024"})
ROAD_MODES = frozenset({"30", "31", "32"})
MAX_ITEMS = 999
ITEMS_ON_A_SHEET = 3
_DIRECTIONS = TRANSIT | {"ИМ", "ЭК", "IM", "EX", "EK"}
_SALE = frozenset({"", "010"})  # natures of transaction that have delivery terms
_COUNTRY = re.compile(r"[A-Z]{2}|00|99", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_TERM = re.compile(r"[A-Z]{3}", re.ASCII)
_MODE = re.compile(r"\d{2}", re.ASCII)
_PROCEDURE = re.compile(r"\d{2}", re.ASCII)
_TAX_NUMBER = re.compile(r"\d{12}", re.ASCII)
_TEN = 10
_WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


def check_header(book: Notebook) -> None:
    """Check everything that concerns the declaration as a whole, the charges excepted."""
    _check_basics(book)
    _check_parties(book)
    _check_terms(book)
    _check_counts(book)
    _check_totals(book)
    _check_documents(book)


def _check_basics(book: Notebook) -> None:
    root, shipment = book.sent.root, book.sent.shipment
    book.shaped(root, "CustomsProcedure", "1", _DIRECTIONS.__contains__)
    book.shaped(root, "CustomsModeCode", "1", _PROCEDURE.fullmatch)
    book.shaped(root, "RecipientCountryCode", "1", _COUNTRY.fullmatch)
    if not shipment.first("ESADout_CUGoodsLocation") and not is_transit(book.sent):
        book.text(shipment, "ESADout_CUGoodsLocation", "30")
    older = root.first("FilledPerson") and not root.first("FilledPerson/SigningDetails")  # older albums
    signer = "FilledPerson" if older else "FilledPerson/SigningDetails"
    for name in ("PersonSurname", "PersonName"):
        book.text(root, f"{signer}/{name}", "54")


def _check_parties(book: Notebook) -> None:
    shipment = book.sent.shipment
    _check_party(book, "ESADout_CUConsignor", "2")
    _check_party(book, "ESADout_CUConsignee", "8")
    book.text(shipment, "ESADout_CUDeclarant/OrganizationName", "14")
    declarant = shipment.first("ESADout_CUDeclarant") or Node("ESADout_CUDeclarant", shipment, 0, {})
    if not any(node.name.endswith("OrganizationFeatures") for node in declarant.children):
        book.text(shipment, "ESADout_CUDeclarant/RKOrganizationFeatures", "14")
    for party, box in zip(PARTIES, ("14", "8", "9"), strict=True):
        for kind in ("BIN", "IIN"):
            _check_number(book, f"{party}/RKOrganizationFeatures/{kind}", box)


def _check_party(book: Notebook, party: str, box: str) -> None:
    if book.sent.shipment.value(f"{party}/EqualIndicator").lower() not in {"1", "true"}:
        book.text(book.sent.shipment, f"{party}/OrganizationName", box)


def _check_number(book: Notebook, path: str, box: str) -> None:
    number = book.sent.shipment.value(path)
    if number and not tax_number_holds(number):
        digit = _check_digit(number) if _TAX_NUMBER.fullmatch(number) else ""
        expected = number[:-1] + digit if digit else ""
        book.note(TAX_NUMBER, box, (book.sent.shipment, path), expected, number)


def tax_number_holds(number: str) -> bool:
    """Tell whether a BIN or IIN has 12 digits and the right last one (resolution 565 of 2003)."""
    return bool(_TAX_NUMBER.fullmatch(number)) and number[-1] == _check_digit(number)


def _check_digit(number: str) -> str:
    for weights in _WEIGHTS:
        rest = sum(int(digit) * weight for digit, weight in zip(number[:11], weights, strict=True)) % 11
        if rest < _TEN:
            return str(rest)
    return ""  # such a number is never issued


def _check_terms(book: Notebook) -> None:
    shipment = book.sent.shipment
    consignment = "ESADout_CUConsigment/"
    book.shaped(shipment, consignment + "DispatchCountryCode", "15", _COUNTRY.fullmatch)
    book.shaped(shipment, consignment + "DestinationCountryCode", "17", _COUNTRY.fullmatch)
    book.shaped(shipment, consignment + "ContainerIndicator", "19", {"0", "1", "true", "false"}.__contains__)
    book.shaped(shipment, consignment + "ESADout_CUBorderTransport/TransportModeCode", "25", _MODE.fullmatch)
    contract = "ESADout_CUMainContractTerms/"
    terms = contract + "CUESADDeliveryTerms/"
    if shipment.value(contract + "DealNatureCode") in _SALE and not is_transit(book.sent):
        book.shaped(shipment, terms + "DeliveryTermsStringCode", "20", _TERM.fullmatch)
        book.text(shipment, terms + "DeliveryPlace", "20")
    book.shaped(shipment, contract + "ContractCurrencyCode", "22", _CURRENCY.fullmatch)


def _check_counts(book: Notebook) -> None:
    shipment, count = book.sent.shipment, len(book.sent.items)
    if not 1 <= count <= MAX_ITEMS:
        book.note(GOODS_COUNT, "5", (shipment, "ESADout_CUGoods"), f"1 - {MAX_ITEMS}", count)
    declared = book.amount(shipment, "TotalGoodsNumber", "5")
    if declared is not None and declared != count:
        book.note(GOODS_COUNT, "5", (shipment, "TotalGoodsNumber"), count, declared)
    sheets = book.amount_if_given(shipment, "TotalSheetNumber", "3")
    needed = 1 + -(-(max(count, 1) - 1) // ITEMS_ON_A_SHEET)
    if sheets is not None and sheets != needed and not shipment.value("SpecificationNumber"):
        book.note(SHEETS_TOTAL, "3", (shipment, "TotalSheetNumber"), needed, sheets)


def _check_totals(book: Notebook) -> None:
    shipment = book.sent.shipment
    if is_import(book.sent):
        _check_sum(book, VALUE_TOTAL, ("TotalCustCost", "12"), "CustomsCost")
    _check_sum(
        book,
        INVOICE_TOTAL,
        ("ESADout_CUMainContractTerms/TotalInvoiceAmount", "22"),
        "InvoicedCost",
    )
    packages = book.amount_if_given(shipment, "TotalPackageNumber", "6")
    shared = any(item.value("ESADGoodsPackaging/PakagePartQuantity") for item in book.sent.items)
    if packages is not None and not shared:  # a package shared by items counts once, which items cannot tell
        total = _sum(book, "ESADGoodsPackaging/PakageQuantity")
        if total is not None and total != packages:
            book.note(PACKAGES_TOTAL, "6", (shipment, "TotalPackageNumber"), total, packages)


def _check_sum(book: Notebook, code: str, total_at: tuple[str, str], item_path: str) -> None:
    path, box = total_at
    declared, total = book.amount(book.sent.shipment, path, box), _sum(book, item_path)
    if declared is not None and total is not None and declared != total:
        book.note(code, box, (book.sent.shipment, path), total, declared)


def _sum(book: Notebook, path: str) -> Decimal | None:
    """Return the sum over the items, None where one is no number (the check of items says so)."""
    total = Decimal(0)
    for item in book.sent.items:
        found = item.value(path)
        value = amount_of(found) if found else Decimal(0)
        if value is None:
            return None
        total += value
    return total


def _check_documents(book: Notebook) -> None:
    shipment = book.sent.shipment
    path = "ESADout_CUPresentedDocument/PresentedDocumentModeCode"
    kinds = {node.text.strip() for item in book.sent.items for node in item.all(path)}
    place = (book.sent.items[0] if book.sent.items else shipment, path)
    paid = amount_of(shipment.value("ESADout_CUMainContractTerms/TotalInvoiceAmount"))
    if paid and not kinds & INVOICES:
        book.note(NO_INVOICE, "44", place, " / ".join(sorted(INVOICES)))
    mode = shipment.value("ESADout_CUConsigment/ESADout_CUBorderTransport/TransportModeCode")
    if mode in ROAD_MODES and not kinds & ROAD_NOTES:
        book.note(NO_TRANSPORT_NOTE, "44", place, " / ".join(sorted(ROAD_NOTES)))
