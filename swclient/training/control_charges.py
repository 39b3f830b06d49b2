# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the charges: rows of box 47, the fee declared once, box B as the sum of the rows."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from swclient.training.declaration import (
    CALCULATION,
    FEE,
    PAYMENTS,
    amount_of,
    charges_of,
    currency_of,
    payable_rows,
)
from swclient.training.notebook import Notebook
from swclient.training.reading import Node

FEE_TWICE = "TRN-501"
ROW_AMOUNT = "TRN-502"
VAT_BASE = "TRN-503"
TOTAL_OF_KIND = "TRN-504"

VAT = "5010"
_CENT = Decimal("0.01")
_KIND = re.compile(r"\d{4}", re.ASCII)
_PAID_IN_FULL = frozenset({"", "ИУ"})


def check_charges(book: Notebook) -> None:
    """Check the charges of every item and of the whole declaration."""
    for item in book.sent.items:
        for row in item.all(CALCULATION):
            _check_row(book, row)
        _check_vat_base(book, item)
    for row in book.sent.shipment.all(PAYMENTS):
        book.shaped(row, "PaymentModeCode", "B", _KIND.fullmatch)
        book.amount(row, "PaymentAmount", "B")
        if not currency_of(book.sent):
            book.text(row, "PaymentCurrencyCode", "B")
    _check_fee(book)
    _check_totals(book)


def _check_row(book: Notebook, row: Node) -> None:
    book.shaped(row, "PaymentModeCode", "47", _KIND.fullmatch)
    amount = book.amount(row, "PaymentAmount", "47")
    base = book.amount_if_given(row, "TaxBase", "47")
    rate = book.amount_if_given(row, "Rate", "47")
    if amount is None or base is None or rate is None or not _is_plain_percentage(row):
        return
    due = (base * rate / 100).quantize(_CENT, ROUND_HALF_UP)
    if amount != due:
        book.note(ROW_AMOUNT, "47", (row, "PaymentAmount"), due, amount)


def _is_plain_percentage(row: Node) -> bool:
    plain = row.value("RateTypeCode") == "%" and row.value("PaymentCode").upper() in _PAID_IN_FULL
    return plain and not any(row.value(name) for name in ("Rate2", "Rate3", "WeightingFactor", "NumberMonths"))


def _check_vat_base(book: Notebook, item: Node) -> None:
    """Check that the base of VAT is value, duties and excise, with the fee or without it."""
    rows = item.all(CALCULATION)
    if any(row.value("PaymentCode").upper() not in _PAID_IN_FULL for row in rows):
        return  # reliefs change the base in ways that only the relief's own act tells
    amounts = [(row.value("PaymentModeCode"), amount_of(row.value("PaymentAmount"))) for row in rows]
    value = amount_of(item.value("CustomsCost"))
    if value is None or any(amount is None for _, amount in amounts):
        return
    charged = sum((amount for kind, amount in amounts if amount and kind[:1] in {"2", "4"}), value)
    fee = sum((amount for kind, amount in amounts if amount and kind == FEE), Decimal(0))
    for row in rows:
        base = amount_of(row.value("TaxBase"))
        if row.value("PaymentModeCode") == VAT and base is not None and base not in {charged, charged + fee}:
            book.note(VAT_BASE, "47", (row, "TaxBase"), charged, base)


def _check_fee(book: Notebook) -> None:
    rows = [row for item in book.sent.items for row in item.all(CALCULATION) if row.value("PaymentModeCode") == FEE]
    for row in rows[1:]:
        book.note(FEE_TWICE, "47", (row, "PaymentModeCode"), "", FEE)


def _check_totals(book: Notebook) -> None:
    due = _sums_of_rows(book)
    if due is None:
        return  # noted already; a total over it would only repeat that
    declared = charges_of(book.sent)
    for key in sorted(due.keys() | declared.keys()):
        wanted, found = due.get(key, Decimal(0)), declared.get(key, Decimal(0))
        if wanted != found:
            kind, currency = key
            expected, actual = f"{kind} {wanted:f} {currency}", f"{kind} {found:f} {currency}"
            book.note(TOTAL_OF_KIND, "B", _place_of(book, kind), expected, actual)


def _sums_of_rows(book: Notebook) -> dict[tuple[str, str], Decimal] | None:
    """Return the sum of payable rows by kind and currency, None where an amount is no number."""
    due: dict[tuple[str, str], Decimal] = {}
    usual = currency_of(book.sent)
    for row in (row for item in book.sent.items for row in payable_rows(item)):
        amount = amount_of(row.value("PaymentAmount"))
        if amount is None:
            return None
        key = (row.value("PaymentModeCode"), row.value("PaymentCurrencyCode") or usual)
        due[key] = due.get(key, Decimal(0)) + amount
    return due


def _place_of(book: Notebook, kind: str) -> tuple[Node, str]:
    for row in book.sent.shipment.all(PAYMENTS):
        if row.value("PaymentModeCode") == kind:
            return row, "PaymentAmount"
    return book.sent.shipment, f"{PAYMENTS}/PaymentAmount"
