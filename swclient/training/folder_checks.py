# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the training office behind a folder finds wrong in a document of ASYCUDA; no line of the client is in it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from swclient.exchange.xmlread import everywhere, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MISSING, FORM, COUNT, SUM, MASS = "TRA-101", "TRA-102", "TRA-201", "TRA-203", "TRA-301"
_HEADER = (
    ("A", "Identification/Office_segment/Customs_clearance_office_code"),
    ("1", "Identification/Type/Type_of_declaration"),
    ("8", "Traders/Consignee/Consignee_name"),
    ("14", "Declarant/Declarant_code"),
    ("22", "Valuation/Gs_Invoice/Currency_code"),
)
_ITEM = (
    ("31", "Goods_description/Commercial_Description"),
    ("33", "Tarification/HScode/Commodity_code"),
    ("34", "Goods_description/Country_of_origin_code"),
    ("37", "Tarification/Extended_customs_procedure"),
    ("42", "Tarification/Item_price"),
)
_SHORTEST_CODE = 6


def faults(root: Element) -> list[str]:
    """Return what is wrong, a line each: `CODE box/item: words`."""
    items = root.findall(everywhere("Item"))
    return [*_header(root, items), *(line for number, item in enumerate(items, 1) for line in _item(item, number))]


def _header(root: Element, items: list[Element]) -> Iterator[str]:
    for box, path in _HEADER:
        if not value(root, path):
            yield f"{MISSING} {box}/: TRAINING: a required value is missing"
    told = value(root, "Property/Nbers/Total_number_of_items")
    if not items or told != str(len(items)):
        yield f"{COUNT} 5/: TRAINING: {told or 'no number of'} items are declared, {len(items)} are there"
    total = figure(value(root, "Valuation/Total/Total_invoice"))
    prices = [figure(value(item, "Tarification/Item_price")) for item in items]
    if total is not None and None not in prices and sum(filter(None, prices), Decimal(0)) != total:
        yield f"{SUM} 22/: TRAINING: the total is not the sum of the items"


def _item(item: Element, number: int) -> Iterator[str]:
    for box, path in _ITEM:
        if not value(item, path):
            yield f"{MISSING} {box}/{number}: TRAINING: a required value is missing"
    code = value(item, "Tarification/HScode/Commodity_code")
    if code and not (code.isascii() and code.isdigit() and len(code) >= _SHORTEST_CODE):
        yield f"{FORM} 33/{number}: TRAINING: the code of goods has not the form required"
    gross, net = (figure(value(item, f"Valuation_item/Weight_itm/{name}_weight_itm")) for name in ("Gross", "Net"))
    if gross is None or net is None or not Decimal(0) < net <= gross:
        yield f"{MASS} 35/{number}: TRAINING: masses are above zero, and gross is not below net"


def figure(text: str) -> Decimal | None:
    """Return a figure, None where a text is none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def taxes(root: Element) -> Decimal:
    """Return what is to be paid in all: every line of taxation that does not say otherwise."""
    lines = root.iterfind(everywhere("Item/Taxation/Taxation_line"))
    amounts = (figure(value(line, "Duty_tax_amount")) for line in lines if value(line, "Duty_tax_MP") != "0")
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
