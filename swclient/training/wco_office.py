# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training office of the WCO data model: from a declaration received to its release, step by step.

One step is one transaction of the ledger: its messages and the new stage are written together.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from swclient.training import messages
from swclient.training import wco_messages as wco
from swclient.training.ledger import Ledger
from swclient.training.ledger_rows import Conversation
from swclient.training.messages import Written
from swclient.training.signature import SignatureRefusedError, verify
from swclient.training.wco_control import Note, control
from swclient.training.wco_declaration import facts_of, open_message
from swclient.training.wco_messages import Due, Head, answer

BACK_END = "wco/customs"
ARRIVED, REJECTED, ACCEPTED, CONTROLLED = "arrived", "rejected", "accepted", "controlled"
PAYMENT_DUE, PAYMENT_CHECKING, PAID, RELEASED, CLEARED = (
    "payment_due",
    "payment_checking",
    "paid",
    "released",
    "cleared",
)
AWAITING_PAYMENT = (PAYMENT_DUE, PAYMENT_CHECKING)
DELAYS = {ARRIVED: 0.6, ACCEPTED: 0.4, CONTROLLED: 1.0, PAYMENT_CHECKING: 0.4, PAID: 0.5, RELEASED: 0.3}
RED, YELLOW = "red", "yellow"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
_NUMBER_LENGTH = 18  # as the published numbers have: year, country, 13 drawn, a check character

Step = tuple[str, list[Written]]


class WcoOffice:
    """The office that moves conversations in the form of the data model."""

    back_end = BACK_END

    def __init__(self, ledger: Ledger, forced_lane: str) -> None:
        self._ledger = ledger
        self._forced_lane = forced_lane
        self._steps: dict[str, Callable[[dict[str, Any]], Step]] = {
            ACCEPTED: self._after_acceptance,
            CONTROLLED: _ask_payment,
            PAYMENT_CHECKING: self._check_payment,
            PAID: lambda facts: (RELEASED, [answer(wco.RELEASED, _head(facts))]),
            RELEASED: lambda facts: (CLEARED, [answer(wco.CLEARED, _head(facts))]),
        }

    def delay(self, conversation: Conversation) -> float | None:
        """Return the seconds (before pace) until the next step, None where none is due."""
        return DELAYS.get(conversation.stage)

    def advance(self, identifier: str) -> None:
        """Take one step of a conversation and keep it."""
        conversation = self._ledger.conversation(identifier)
        if conversation is None:
            return
        if conversation.stage == ARRIVED:
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
        """Accept or reject; what takes a while is done before the transaction."""
        opening = self._ledger.opening(conversation.id)
        sent = open_message(opening.body)
        notes = _signature_notes(opening.signature, opening.body, opening.received_at) or control(sent)
        number = _new_number(sent.country)
        head = Head(sent.reference, number)
        received = answer(wco.RECEIVED, head)
        with self._ledger.transaction():
            if notes:
                self._keep(conversation, REJECTED, [received, answer(wco.REJECTED, head, notes=notes)])
                return
            conversation.facts.update(facts_of(sent), number=number, paid={}, orders=[])
            self._keep(conversation, ACCEPTED, [received, answer(wco.ACCEPTED, head)])

    def _after_acceptance(self, facts: dict[str, Any]) -> Step:
        if self._forced_lane == RED:
            return CONTROLLED, [answer(wco.CONTROL, _head(facts), words="the goods are examined")]
        if self._forced_lane == YELLOW:
            return CONTROLLED, [answer(wco.DOCUMENTS, _head(facts), words="the documents are checked")]
        return _ask_payment(facts)

    def _check_payment(self, facts: dict[str, Any]) -> Step:
        order = self._ledger.submission(BACK_END, facts["orders"].pop(0))
        wanted: dict[str, Any] = json.loads(order.body) if order else {"payments": []}
        for payment in wanted["payments"]:
            key = f"{payment['kind']}/{payment['currency']}"
            facts["paid"][key] = f"{Decimal(facts['paid'].get(key, '0')) + Decimal(payment['amount']):f}"
        if facts["orders"]:
            return PAYMENT_CHECKING, []
        left = [due for due in _dues(facts) if due.left]
        return (PAYMENT_DUE, [answer(wco.BALANCE, _head(facts), dues=left)]) if left else (PAID, [])


def _ask_payment(facts: dict[str, Any]) -> Step:
    dues = _dues(facts)
    return PAYMENT_DUE if dues else PAID, [answer(wco.TAX, _head(facts), dues=dues)]


def _dues(facts: dict[str, Any]) -> list[Due]:
    """Return what each item owes; what was paid of a kind covers the items in their order."""
    paid = {key: Decimal(amount) for key, amount in facts["paid"].items()}
    found = []
    for row in facts["charges"]:
        key, asked = f"{row['kind']}/{row['currency']}", Decimal(row["amount"])
        covered = min(asked, paid.get(key, Decimal(0)))
        paid[key] = paid.get(key, Decimal(0)) - covered
        found.append(Due(row["item"], row["kind"], row["currency"], asked, asked - covered))
    return found


def _head(facts: dict[str, Any]) -> Head:
    return Head(facts["reference"], facts["number"])


def _new_number(country: str) -> str:
    start = f"{datetime.now(UTC):%y}{country}"
    return start + "".join(secrets.choice(_LETTERS) for _ in range(_NUMBER_LENGTH - len(start)))


def _signature_notes(signature: str, body: bytes, received_at: str) -> list[Note]:
    try:
        verify(signature, body, datetime.fromisoformat(received_at))
    except SignatureRefusedError as refused:
        return [Note(refused.code, refused.reason)]
    return []
