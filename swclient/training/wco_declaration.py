# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the training office of the WCO data model reads out of a message: the declaration, its goods, its charges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from swclient.training.declaration import amount_of
from swclient.training.reading import Node, UnreadableError, read_xml

ENVELOPE, DECLARATION, SHIPMENT, ITEM = "MetaData", "Declaration", "GoodsShipment", "GovernmentAgencyGoodsItem"
ORIGINAL = "9"
# Ways to pay that mean: not now. They stand in box 47 and are not asked for.
NOT_NOW = frozenset({"УН", "УР", "ЗН", "N", "9"})
_REFERENCE = re.compile(r"[\w./-]{1,35}")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Sent:
    """One declaration as it came.

    Attributes:
        reference: our client's own reference (LRN), by which answers name it.
        country: whose declaration it is, two letters; `XX` where the message does not say.
        root: the declaration.
        shipment: its goods shipment, an empty element where there is none.
        items: its goods in document order.
    """

    reference: str
    country: str
    root: Node
    shipment: Node
    items: tuple[Node, ...]


def open_message(body: bytes) -> Sent:
    """Read a message and find the one original declaration in it.

    Raises:
        UnreadableError: no XML that we take, no declaration of the data model, not an original, no reference.
    """
    root = read_xml(body)
    if root.name != ENVELOPE or root.value("WCOTypeName") != "DEC":
        raise UnreadableError("unknown_document", f"{ENVELOPE} with WCOTypeName DEC is expected, not {root.name}")
    found = root.all(DECLARATION)
    if len(found) != 1:
        raise UnreadableError("unknown_document", f"{len(found)} declarations, one is expected")
    declaration = found[0]
    if declaration.value("FunctionCode") != ORIGINAL:
        raise UnreadableError("unknown_function", f"FunctionCode must be {ORIGINAL}: an original declaration")
    reference = declaration.value("FunctionalReferenceID")
    if not _REFERENCE.fullmatch(reference):
        raise UnreadableError("reference_missing", "FunctionalReferenceID must have 1 to 35 letters, digits . / - _")
    shipment = declaration.first(SHIPMENT) or Node(SHIPMENT, declaration, declaration.line, {})
    country = root.value("ResponsibleCountryCode")
    known = country if _COUNTRY.fullmatch(country) else "XX"
    return Sent(reference, known, declaration, shipment, tuple(shipment.all(ITEM)))


@dataclass(frozen=True, slots=True)
class Fee:
    """One row of charges of an item; `base` and `rate` are None where the row has no figure."""

    kind: str
    method: str
    base: Decimal | None
    by_value: bool
    rate: Decimal | None
    amount: Decimal
    currency: str
    node: Node


def fees_of(item: Node) -> list[Fee]:
    """Return the charges of an item that have an amount."""
    return [fee for node in item.all("Commodity/DutyTaxFee") if (fee := _fee(node)) is not None]


def _fee(node: Node) -> Fee | None:
    paid = node.first("Payment/PaymentAmount")
    amount = amount_of(paid.text.strip()) if paid else None
    if paid is None or amount is None:
        return None
    by_value = node.first("AdValoremTaxBaseAmount") is not None
    base = amount_of(node.value("AdValoremTaxBaseAmount" if by_value else "SpecificTaxBaseQuantity"))
    rate = amount_of(node.value("TaxRateNumeric"))
    currency = paid.attributes.get("currencyID", "")
    method = node.value("Payment/MethodCode")
    return Fee(node.value("TypeCode"), method, base, by_value, rate, amount, currency, node)


def facts_of(sent: Sent) -> dict[str, Any]:
    """Return what the office keeps of a declaration, as JSON takes it: amounts are text."""
    charges: dict[tuple[int, str, str], Decimal] = {}
    for place, item in enumerate(sent.items, 1):
        for fee in fees_of(item):
            if fee.method not in NOT_NOW and fee.amount:
                key = (place, fee.kind, fee.currency)
                charges[key] = charges.get(key, Decimal(0)) + fee.amount
    rows = [
        {"item": item, "kind": kind, "currency": currency, "amount": f"{amount:f}"}
        for (item, kind, currency), amount in charges.items()
    ]
    return {"reference": sent.reference, "country": sent.country, "charges": rows}
