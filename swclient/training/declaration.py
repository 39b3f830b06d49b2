# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the training customs office reads out of a container: declaration, items, charges.

Box numbers are those of the EAEU declaration on goods. Paths are local names of the album of
formats 5.23.0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from swclient.training.reading import Node, UnreadableError, read_xml

CONTAINER = "ED_Container"
DECLARATION = "ESADout_CU"
SHIPMENT = "ESADout_CUGoodsShipment"
GOODS = "ESADout_CUGoods"
CALCULATION = "ESADout_CUCustomsPaymentCalculation"
PAYMENTS = "ESADout_CUPayments/ESADout_CUCustomsPayment"
DEFAULT_OFFICE = "00000000"
FEE = "1010"
OFFSET = "ЗН"
NOT_PAYABLE = frozenset({"УН", "УР", "ЗН"})  # not paid at import: they stand in box 47 but not in box B
TRANSIT = frozenset({"ТТ", "TT"})
PARTIES = (
    "ESADout_CUDeclarant",
    "ESADout_CUConsignee",
    "ESADout_CUFinancialAdjustingResponsiblePerson",
)

TAX_NUMBERS = (
    "RKOrganizationFeatures/BIN",
    "RKOrganizationFeatures/IIN",
    "KGOrganizationFeatures/KGINN",
    "RFOrganizationFeatures/INN",
)

_MAX_IDENTIFIER = 36
_AMOUNT = re.compile(r"-?\d{1,20}(\.\d{1,6})?", re.ASCII)
_OFFICE = re.compile(r"\d{2}|\d{5}|\d{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sent:
    """One declaration as it came.

    Attributes:
        container_id: DocumentID of the container; answers refer to it.
        document_id: DocumentID of the declaration itself.
        root: the declaration.
        shipment: its goods shipment, an empty element where there is none.
        items: its goods in document order.
    """

    container_id: str
    document_id: str
    root: Node
    shipment: Node
    items: tuple[Node, ...]


def open_container(body: bytes) -> Sent:
    """Read a container and find the one declaration in it.

    Raises:
        UnreadableError: no XML that we take, no container, not one declaration, no identifier.
    """
    container = read_xml(body)
    if container.name != CONTAINER:
        raise UnreadableError("unknown_document", f"the root is {container.name}, {CONTAINER} is expected")
    found = container.all(f"ContainerDoc/DocBody/{DECLARATION}")
    if len(found) != 1:
        raise UnreadableError(
            "unknown_document",
            f"{len(found)} documents {DECLARATION} in the container, one is expected",
        )
    root = found[0]
    for node in (container, root):
        if not 1 <= len(node.value("DocumentID")) <= _MAX_IDENTIFIER:
            raise UnreadableError("document_id_missing", f"{node.xpath()}/DocumentID must have 1 to 36 characters")
    shipment = root.first(SHIPMENT) or Node(SHIPMENT, root, root.line, {})
    return Sent(
        container.value("DocumentID"),
        root.value("DocumentID"),
        root,
        shipment,
        tuple(shipment.all(GOODS)),
    )


def amount_of(text: str) -> Decimal | None:
    """Read an amount as the formats write it; None where it is no plain decimal number."""
    return Decimal(text) if _AMOUNT.fullmatch(text) else None


def amount_at(node: Node, path: str) -> Decimal:
    """Return the amount at a path, zero where it is absent; for documents found in order."""
    return amount_of(node.value(path)) or Decimal(0)


def is_import(sent: Sent) -> bool:
    """Tell whether the declaration moves goods in (box 1: ИМ, in Cyrillic or in Latin letters)."""
    return sent.root.value("CustomsProcedure").upper() in {"ИМ", "IM"}


def is_transit(sent: Sent) -> bool:
    """Tell whether the declaration is one of transit (box 1: ТТ)."""
    return sent.root.value("CustomsProcedure").upper() in TRANSIT


def office_of(sent: Sent) -> str:
    """Return the office that registers: of the goods' place (box 30), the border (29), or ours."""
    places = sent.shipment.all("ESADout_CUGoodsLocation/CustomsOffice")
    borders = sent.shipment.all("ESADout_CUConsigment/BorderCustomsOffice/Code")
    for node in (*places, *borders):
        if _OFFICE.fullmatch(node.text.strip()):
            return node.text.strip()
    return DEFAULT_OFFICE


def currency_of(sent: Sent) -> str:
    """Return the numeric currency of rows that name none: the first that any row of charges names."""
    rows = [*sent.shipment.all(PAYMENTS), *sent.shipment.all(f"{GOODS}/{CALCULATION}")]
    return next((found for row in rows if (found := row.value("PaymentCurrencyCode"))), "")


def charges_of(sent: Sent) -> dict[tuple[str, str], Decimal]:
    """Return box B: what is to be paid by (kind, numeric currency)."""
    found: dict[tuple[str, str], Decimal] = {}
    for row in sent.shipment.all(PAYMENTS):
        key = (row.value("PaymentModeCode"), row.value("PaymentCurrencyCode") or currency_of(sent))
        found[key] = found.get(key, Decimal(0)) + amount_at(row, "PaymentAmount")
    return found


def payable_rows(item: Node) -> list[Node]:
    """Return the rows of box 47 that are to be paid."""
    return [row for row in item.all(CALCULATION) if row.value("PaymentCode").upper() not in NOT_PAYABLE]


def facts_of(sent: Sent) -> dict[str, Any]:
    """Return what the office keeps of a declaration, as JSON takes it: amounts are text."""
    return {
        "container_id": sent.container_id,
        "document_id": sent.document_id,
        "payers": sorted(_payers(sent)),
        "charges": [
            {"kind": kind, "currency": currency, "amount": f"{amount:f}"}
            for (kind, currency), amount in charges_of(sent).items()
        ],
        "items": [_item_facts(item) for item in sent.items],
    }


def _payers(sent: Sent) -> set[str]:
    numbers = (sent.shipment.value(f"{party}/{number}") for party in PARTIES for number in TAX_NUMBERS)
    return {number for number in numbers if number}


def _offset(item: Node) -> Decimal:
    """Return the VAT that is counted by offset."""
    rows = [row for row in item.all(CALCULATION) if row.value("PaymentCode").upper() == OFFSET]
    return sum((amount_at(row, "PaymentAmount") for row in rows if row.value("PaymentModeCode")[:1] == "5"), Decimal(0))


def _item_facts(item: Node) -> dict[str, str]:
    rows = payable_rows(item)

    def total(first_digit: str) -> str:
        chosen = [row for row in rows if row.value("PaymentModeCode").startswith(first_digit)]
        return f"{sum((amount_at(row, 'PaymentAmount') for row in chosen), Decimal(0)):f}"

    base = next(
        (amount_at(row, "TaxBase") for row in rows if row.value("PaymentModeCode").startswith("5")),
        Decimal(0),
    )
    return {
        "no": item.value("GoodsNumeric"),
        "commodity_code": item.value("GoodsTNVEDCode"),
        "valuation_method": item.value("CustomsCostCorrectMethod"),
        "customs_value": f"{amount_at(item, 'CustomsCost'):f}",
        "duty": total("2"),
        "excise": total("4"),
        "vat_base": f"{base:f}",
        "vat": total("5"),
        "vat_offset": f"{_offset(item):f}",
    }
