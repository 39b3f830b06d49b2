# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Payment: what is asked for, what came, what lacks; also after the release, where an amendment made more due."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from swclient.training import deciding
from swclient.training.course import Facts, Step, head_of
from swclient.training.ledger import Ledger
from swclient.training.messages import Written
from swclient.training.messages_own import PaymentRow, payment_receipt, payment_request
from swclient.training.stages import PAID, PAYMENT_CHECKING, PAYMENT_DUE

_BACK_END = "customs"


def ask(facts: Facts) -> Step:
    """Ask for all that is due."""
    due = [row for row in rows_of(facts) if row.required]
    return PAYMENT_DUE if due else PAID, [payment_request(head_of(facts), due)]


def ask_for_the_rest(facts: Facts) -> list[Written]:
    """Return a request for what lacks after an amendment, nothing where nothing does."""
    due = [PaymentRow(row.kind, row.currency, row.lacking, Decimal(0)) for row in rows_of(facts) if row.lacking]
    return [payment_request(head_of(facts), due)] if due else []


def check(facts: Facts, ledger: Ledger) -> Step:
    """Look at the next payment order."""
    receipt = _take_order(facts, facts["orders"].pop(0), ledger)
    if facts["orders"]:
        return PAYMENT_CHECKING, [receipt]
    return PAYMENT_DUE if lacks(facts) else PAID, [receipt]


def check_surcharge(stage: str, facts: Facts, ledger: Ledger) -> Step:
    """Look at a payment order that came after the release; the release stands."""
    return stage, [_take_order(facts, facts["surcharges"].pop(0), ledger)]


def too_late(facts: Facts) -> Step:
    """Refuse a declaration that was not paid in time."""
    return deciding.refuse(facts, "TRAINING: not paid in time")


def lacks(facts: Facts) -> bool:
    """Tell whether anything is still to be paid."""
    return any(row.lacking for row in rows_of(facts))


def rows_of(facts: Facts) -> list[PaymentRow]:
    """Return required and paid by kind; a kind paid though nobody asked is kept as an advance."""
    required = {f"{row['kind']}/{row['currency']}": Decimal(row["amount"]) for row in facts["charges"]}
    paid = {key: Decimal(amount) for key, amount in facts["paid"].items()}
    return [_row(key, required.get(key, Decimal(0)), paid.get(key, Decimal(0))) for key in {**required, **paid}]


def _row(key: str, required: Decimal, paid: Decimal) -> PaymentRow:
    kind, _, currency = key.partition("/")
    return PaymentRow(kind, currency, required, paid)


def _take_order(facts: Facts, key: str, ledger: Ledger) -> Written:
    """Add up an order of this client, keep it as a payment document, and return its receipt."""
    order = ledger.submission(_BACK_END, key, facts["client"])
    wanted: dict[str, Any] = json.loads(order.body) if order else {"reference": "", "payments": []}
    documents = facts.setdefault("payment_documents", [])
    for payment in wanted["payments"]:
        place = f"{payment['kind']}/{payment['currency']}"
        facts["paid"][place] = f"{Decimal(facts['paid'].get(place, '0')) + Decimal(payment['amount']):f}"
        documents.append({"document": wanted["reference"], **payment})
    return payment_receipt(head_of(facts), wanted["reference"], rows_of(facts))
