# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control of the training office of the WCO data model: a few rules that hold in every country.

Written without a line of the client's engine, so that the two can disagree. A note points where the public answers
do: a chain of class numbers with places, and the number of the element.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from swclient.training.declaration import amount_of
from swclient.training.reading import Node
from swclient.training.wco_declaration import Fee, Sent, fees_of

Place = tuple[str, int | None, str]
"""Number of a class, place among its like, number of an element in it (empty for the class itself)."""

DECLARATION: Place = ("42A", None, "")
SHIPMENT: Place = ("67A", 1, "")
_STEP = Decimal(1)  # some countries round a charge to whole units of their money


@dataclass(frozen=True, slots=True)
class Note:
    """One error found: code, words in English, and where."""

    code: str
    words: str
    places: tuple[Place, ...] = ()


def control(sent: Sent) -> list[Note]:
    """Check a declaration; return what is wrong, header first, empty if all is well."""
    notes = _header(sent)
    for number, item in enumerate(sent.items, 1):
        notes += _item(item, number)
    return notes


def _header(sent: Sent) -> list[Note]:
    notes = [
        Note("TRW-101", f"{words} is missing", (DECLARATION, *places))
        for path, words, places in (
            ("TypeCode", "the type of declaration (box 1)", ()),
            ("Exporter/Name", "the exporter (box 2)", (("57A", None, ""),)),
        )
        if not sent.root.value(path)
    ]
    declarant = sent.root.value("Declarant/Name") or sent.root.value("Declarant/ID")
    if not declarant:
        notes.append(Note("TRW-101", "the declarant (box 14) is missing", (DECLARATION, ("57B", None, ""))))
    if not sent.items:
        notes.append(Note("TRW-101", "there are no goods", (DECLARATION, SHIPMENT)))
    return notes + _totals(sent)


def _totals(sent: Sent) -> list[Note]:
    notes = []
    told = sent.root.value("GoodsItemQuantity")
    if told and told != str(len(sent.items)):
        words = f"{told} goods are told (box 5), {len(sent.items)} are declared"
        notes.append(Note("TRW-201", words, (("42A", None, "228"),)))
    prices = _sum(sent.items, "Commodity/InvoiceLine/ItemChargeAmount")
    invoiced = amount_of(sent.root.value("InvoiceAmount"))
    if invoiced is not None and prices is not None and invoiced != prices:
        words = f"the invoice total (box 22) is {invoiced:f}, the goods (box 42) sum up to {prices:f}"
        notes.append(Note("TRW-204", words, (("42A", None, "109"),)))
    shared = any(one.value("PackingMaterialDescription") for item in sent.items for one in item.all("Packaging"))
    packages = _sum(sent.items, "Packaging/QuantityQuantity")
    total = amount_of(sent.root.value("TotalPackageQuantity"))
    if total is not None and packages is not None and not shared and total != packages:
        words = f"{total:f} packages are told (box 6), the goods have {packages:f}"
        notes.append(Note("TRW-205", words, (("42A", None, "146"),)))
    return notes


def _sum(items: tuple[Node, ...], path: str) -> Decimal | None:
    figures = [amount_of(node.text.strip()) for item in items for node in item.all(path)]
    return sum((figure or Decimal(0) for figure in figures), Decimal(0)) if figures else None


def _item(item: Node, number: int) -> list[Note]:
    here: tuple[Place, ...] = (DECLARATION, SHIPMENT, ("68A", number, ""))
    commodity = (*here, ("23A", None, ""))
    missing = (
        ("Commodity/Description", "the description (box 31)", (*here, ("23A", None, "137"))),
        ("Commodity/Classification/ID", "the code of the goods (box 33)", (*commodity, ("21A", None, "145"))),
        ("GovernmentProcedure/CurrentCode", "the procedure (box 37)", (*here, ("70A", None, "166"))),
        ("Commodity/GoodsMeasure/NetNetWeightMeasure", "the net mass (box 38)", (*commodity, ("65A", None, "128"))),
    )
    notes = [Note("TRW-101", f"{words} is missing", places) for path, words, places in missing if not item.value(path)]
    if item.value("SequenceNumeric") != str(number):
        notes.append(
            Note("TRW-202", f"this is item {number} of the goods (box 32)", (*here[:-1], ("68A", number, "006")))
        )
    return notes + _masses(item, commodity) + _fees(item, commodity)


def _masses(item: Node, commodity: tuple[Place, ...]) -> list[Note]:
    gross = amount_of(item.value("Commodity/GoodsMeasure/GrossMassMeasure"))
    net = amount_of(item.value("Commodity/GoodsMeasure/NetNetWeightMeasure"))
    notes = []
    if net is not None and net <= 0:
        notes.append(Note("TRW-302", "the net mass (box 38) must be above zero", (*commodity, ("65A", None, "128"))))
    if gross is not None and net is not None and gross < net:
        words = f"the gross mass {gross:f} (box 35) is below the net mass {net:f} (box 38)"
        notes.append(Note("TRW-301", words, (*commodity, ("65A", None, "126"))))
    return notes


def _is_wrong(fee: Fee) -> bool:
    """Tell whether a charge by value is not base times rate; one that is nought is relieved, and is let pass."""
    if not fee.by_value or fee.base is None or fee.rate is None or not fee.amount:
        return False
    return abs(fee.base * fee.rate / 100 - fee.amount) >= _STEP


def _fees(item: Node, commodity: tuple[Place, ...]) -> list[Note]:
    rows = item.all("Commodity/DutyTaxFee")
    return [
        Note(
            "TRW-502",
            f"charge {fee.kind} (box 47): {fee.base:f} at {fee.rate:f} % is not {fee.amount:f}",
            (*commodity, ("50A", rows.index(fee.node) + 1, ""), ("94A", None, "378")),
        )
        for fee in fees_of(item)
        if _is_wrong(fee)
    ]
