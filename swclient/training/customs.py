# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training customs office: from a declaration received to its release, step by step.

One step is one transaction of the ledger: its messages and the new stage are written together.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from swclient.training import messages
from swclient.training.control import control
from swclient.training.declaration import Sent, facts_of, office_of, open_container
from swclient.training.lanes import BLUE, RED, YELLOW, lane_of
from swclient.training.ledger import Ledger
from swclient.training.ledger_rows import Conversation, Submission
from swclient.training.messages import Head, Written
from swclient.training.messages_errors import error_list
from swclient.training.messages_own import PaymentRow, payment_receipt, payment_request, risk_lane
from swclient.training.notebook import Note
from swclient.training.signature import SignatureRefusedError, verify

BACK_END = "customs"
RECEIVED, REFUSED, REGISTERED = "received", "refused", "registered"
LANED, EXAMINING, EXAMINED = "laned", "examining", "examined"
PAYMENT_DUE, PAYMENT_CHECKING, PAID = "payment_due", "payment_checking", "paid"
RELEASED, POST_CHECKING, CLOSED = "released", "post_checking", "closed"
AWAITING_PAYMENT = (PAYMENT_DUE, PAYMENT_CHECKING)
DELAYS = {
    RECEIVED: 0.6,
    REGISTERED: 0.4,
    LANED: 0.3,
    EXAMINING: 1.0,
    EXAMINED: 0.3,
    PAYMENT_CHECKING: 0.4,
    PAID: 0.5,
    RELEASED: 0.3,
    POST_CHECKING: 1.0,
}
_EXAMINATIONS = {
    YELLOW: "УЧЕБНАЯ проверка документов / TRAINING: documents are checked",
    RED: "УЧЕБНЫЙ досмотр / TRAINING: goods are examined",
    BLUE: "УЧЕБНАЯ проверка после выпуска / TRAINING: check after release",
}
_FINISHED = "УЧЕБНАЯ проверка окончена, замечаний нет / TRAINING: finished, nothing found"

Step = tuple[str, list[Written]]


class CustomsOffice:
    """The office that moves customs conversations."""

    back_end = BACK_END

    def __init__(self, ledger: Ledger, forced_lane: str) -> None:
        self._ledger = ledger
        self._forced_lane = forced_lane
        self._steps: dict[str, Callable[[dict[str, Any]], Step]] = {
            REGISTERED: self._tell_lane,
            LANED: self._after_lane,
            EXAMINING: lambda facts: (
                EXAMINED,
                [messages.examination_finish(_head(facts), _FINISHED)],
            ),
            EXAMINED: self._ask_payment,
            PAYMENT_CHECKING: self._check_payment,
            PAID: self._release,
            RELEASED: self._after_release,
            POST_CHECKING: lambda facts: (
                CLOSED,
                [messages.examination_finish(_head(facts), _FINISHED)],
            ),
        }

    def delay(self, conversation: Conversation) -> float | None:
        """Return the seconds (before pace) until the next step, None where none is due."""
        if conversation.stage == RELEASED and conversation.facts["lane"] != BLUE:
            return None
        return DELAYS.get(conversation.stage)

    def advance(self, identifier: str) -> None:
        """Take one step of a conversation and keep it."""
        conversation = self._ledger.conversation(identifier)
        if conversation is None:
            return
        if conversation.stage == RECEIVED:
            self._decide(conversation)
            return
        with self._ledger.transaction():
            current = self._ledger.conversation(identifier) or conversation
            step = self._steps.get(current.stage)
            if step is not None:
                stage, written = step(current.facts)
                self._keep(current, stage, written)

    def _keep(self, conversation: Conversation, stage: str, written: list[Written]) -> None:
        for message in written:
            self._ledger.notify(conversation, message.root, messages.XML_TYPE, message.body)
        self._ledger.keep_conversation(Conversation(conversation.id, BACK_END, stage, conversation.facts))

    def _decide(self, conversation: Conversation) -> None:
        """Register or refuse; what takes a while is done before the transaction."""
        opening = self._ledger.opening(conversation.id)
        sent = open_container(opening.body)
        notes = _signature_notes(opening) or control(sent)
        today = datetime.now().astimezone()
        office = office_of(sent)
        with self._ledger.transaction():
            if notes:
                answer = error_list(Head(sent.container_id, office, today), sent.document_id, notes)
                self._keep(conversation, REFUSED, [answer])
                return
            date = today.date().isoformat()
            serial = self._ledger.register(office, date, conversation.id)
            conversation.facts.update(self._registered_facts(sent), office=office, date=date, serial=f"{serial:07d}")
            self._keep(conversation, REGISTERED, [messages.registration(_head(conversation.facts))])

    def _registered_facts(self, sent: Sent) -> dict[str, Any]:
        lane, reasons = lane_of(sent, self._forced_lane)
        return {**facts_of(sent), "lane": lane, "reasons": reasons, "paid": {}, "orders": []}

    def _tell_lane(self, facts: dict[str, Any]) -> Step:
        return LANED, [risk_lane(_head(facts), facts["lane"], facts["reasons"])]

    def _after_lane(self, facts: dict[str, Any]) -> Step:
        if facts["lane"] in {YELLOW, RED}:
            return EXAMINING, [messages.examination_start(_head(facts), _EXAMINATIONS[facts["lane"]])]
        return self._ask_payment(facts)

    def _ask_payment(self, facts: dict[str, Any]) -> Step:
        due = [row for row in _rows(facts) if row.required]
        return PAYMENT_DUE if due else PAID, [payment_request(_head(facts), due)]

    def _check_payment(self, facts: dict[str, Any]) -> Step:
        order = self._ledger.submission(BACK_END, facts["orders"].pop(0))
        wanted: dict[str, Any] = json.loads(order.body) if order else {"reference": "", "payments": []}
        for payment in wanted["payments"]:
            key = f"{payment['kind']}/{payment['currency']}"
            facts["paid"][key] = f"{Decimal(facts['paid'].get(key, '0')) + Decimal(payment['amount']):f}"
        rows = _rows(facts)
        receipt = payment_receipt(_head(facts), wanted["reference"], rows)
        if facts["orders"]:
            return PAYMENT_CHECKING, [receipt]
        return PAYMENT_DUE if any(row.lacking for row in rows) else PAID, [receipt]

    def _release(self, facts: dict[str, Any]) -> Step:
        return RELEASED, [messages.release(_head(facts), facts["document_id"], facts["items"])]

    def _after_release(self, facts: dict[str, Any]) -> Step:
        return POST_CHECKING, [messages.examination_start(_head(facts), _EXAMINATIONS[BLUE])]


def _signature_notes(opening: Submission) -> list[Note]:
    try:
        verify(opening.signature, opening.body, datetime.fromisoformat(opening.received_at))
    except SignatureRefusedError as refused:
        return [Note(refused.code, "", "", actual=refused.reason)]
    return []


def _head(facts: dict[str, Any]) -> Head:
    at = datetime.now().astimezone()
    return Head(facts["container_id"], facts["office"], at, facts["date"], facts["serial"])


def _rows(facts: dict[str, Any]) -> list[PaymentRow]:
    """Return required and paid by kind; a kind paid though nobody asked is kept as an advance."""
    required = {f"{row['kind']}/{row['currency']}": Decimal(row["amount"]) for row in facts["charges"]}
    paid = {key: Decimal(amount) for key, amount in facts["paid"].items()}
    return [_row(key, required.get(key, Decimal(0)), paid.get(key, Decimal(0))) for key in {**required, **paid}]


def _row(key: str, required: Decimal, paid: Decimal) -> PaymentRow:
    kind, _, currency = key.partition("/")
    return PaymentRow(kind, currency, required, paid)
