# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training customs office: from a declaration received to the last decision, step by step.

One step is one transaction of the ledger: its messages and the new stage are written together. Errands of the declarant
(replies, amendments, withdrawals) come between the steps and are seen to first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from swclient.training import asking, deciding, examining, messages, paying
from swclient.training.amending import see_to_amendment
from swclient.training.control import control
from swclient.training.course import Facts, Step, head_of, in_seconds, signature_notes
from swclient.training.declaration import Sent, facts_of, office_of, open_container
from swclient.training.lanes import BLUE, RED, YELLOW, lane_of
from swclient.training.ledger import Ledger
from swclient.training.ledger_rows import Conversation
from swclient.training.messages import Head, Written
from swclient.training.messages_errors import error_list
from swclient.training.messages_own import risk_lane
from swclient.training.options import TrainingOptions
from swclient.training.stages import (
    AFTER_RELEASE,
    AMENDMENT,
    APPOINTED,
    AWAITING_DOCUMENTS,
    CLOSED,
    DELAYS,
    DOCUMENTS_ACCEPTED,
    DOCUMENTS_CHECKING,
    EXAMINED,
    EXAMINING,
    LANED,
    PAID,
    PAYMENT_CHECKING,
    PAYMENT_DUE,
    POST_CHECKING,
    RECEIVED,
    REFUSED,
    REGISTERED,
    RELEASED,
    SUSPENDED,
    WITHDRAWAL,
)
from swclient.training.withdrawing import see_to_withdrawal

BACK_END = "customs"
_SINCE_VERSION_2: Facts = {"wanted": [], "documents": []}
_TIMED = frozenset({AWAITING_DOCUMENTS, APPOINTED, PAYMENT_DUE})
"""Stages that end at a time of day, kept in the facts as `until`."""


class CustomsOffice:
    """The office that moves customs conversations. Delays are real seconds: the pace is in them."""

    back_end = BACK_END

    def __init__(self, ledger: Ledger, options: TrainingOptions) -> None:
        self._ledger = ledger
        self._options = options
        self._delays = {**DELAYS, **options.delays}
        self._steps: dict[str, Callable[[Facts], Step]] = {
            REGISTERED: self._tell_lane,
            LANED: self._after_lane,
            AWAITING_DOCUMENTS: asking.too_late,
            DOCUMENTS_ACCEPTED: self._control,
            APPOINTED: examining.begin,
            EXAMINING: examining.finish,
            EXAMINED: self._ask_payment,
            PAYMENT_DUE: paying.too_late,
            PAYMENT_CHECKING: lambda facts: paying.check(facts, self._ledger),
            PAID: lambda facts: deciding.decide(facts, self._options.decisions),
            SUSPENDED: lambda facts: deciding.decide(facts, self._options.decisions),
            RELEASED: examining.begin_after_release,
            POST_CHECKING: lambda facts: (CLOSED, examining.finish(facts)[1]),
        }

    def delay(self, conversation: Conversation) -> float | None:
        """Return the seconds until the next step, None where none is due."""
        stage, facts = conversation.stage, conversation.facts
        errand = _errand(stage, facts)
        if errand:
            return self._delays[errand] * self._options.pace
        if facts.get("surcharges"):
            return self._delays[PAYMENT_CHECKING] * self._options.pace
        if stage == RELEASED and facts["lane"] != BLUE:
            return None
        if stage in _TIMED:
            return _left(facts.get("until", ""))
        return self._delays[stage] * self._options.pace if stage in self._steps or stage == RECEIVED else None

    def advance(self, identifier: str) -> None:
        """Take one step of a conversation and keep it."""
        conversation = self._ledger.conversation(identifier)
        if conversation is None:
            return
        if conversation.stage == RECEIVED:
            self._register(conversation)
            return
        with self._ledger.transaction():
            current = self._ledger.conversation(identifier) or conversation
            current.facts.update({**_SINCE_VERSION_2, **current.facts, "client": current.client})
            step = self._next_step(current)
            if step is not None:
                stage, written = step(current.facts)
                self._keep(current, stage, written)

    def _next_step(self, current: Conversation) -> Callable[[Facts], Step] | None:
        stage = current.stage
        errands: dict[str, Callable[[Facts], Step]] = {
            WITHDRAWAL: lambda facts: see_to_withdrawal(stage, facts, self._ledger),
            AMENDMENT: lambda facts: see_to_amendment(stage, facts, self._ledger, self._options),
            DOCUMENTS_CHECKING: lambda facts: asking.check_reply(facts, self._ledger),
        }
        errand = _errand(stage, current.facts)
        if errand:
            return errands[errand]
        if current.facts.get("surcharges"):
            return lambda facts: paying.check_surcharge(stage, facts, self._ledger)
        return self._steps.get(stage)

    def _keep(self, conversation: Conversation, stage: str, written: list[Written]) -> None:
        for message in written:
            self._ledger.notify(conversation, message.root, messages.XML_TYPE, message.body)
        if stage == PAYMENT_DUE and PAYMENT_DUE in self._options.delays:
            conversation.facts.setdefault("until", in_seconds(self._options.delays[PAYMENT_DUE] * self._options.pace))
        elif stage not in _TIMED:
            conversation.facts.pop("until", None)
        self._ledger.keep_conversation(Conversation(conversation.id, BACK_END, stage, conversation.facts))

    def _register(self, conversation: Conversation) -> None:
        """Register or refuse; what takes a while is done before the transaction."""
        opening = self._ledger.opening(conversation.id)
        sent = open_container(opening.body)
        notes = signature_notes(opening) or control(sent)
        today = datetime.now().astimezone()
        office = office_of(sent)
        with self._ledger.transaction():
            current = self._ledger.conversation(conversation.id) or conversation  # a withdrawal may have come
            if notes:
                answer = error_list(Head(sent.container_id, office, today), sent.document_id, notes)
                self._keep(current, REFUSED, [answer])
                return
            date = today.date().isoformat()
            serial = self._ledger.register(office, date, current.id)
            current.facts.update(self._registered_facts(sent), office=office, date=date, serial=f"{serial:07d}")
            self._keep(current, REGISTERED, [messages.registration(head_of(current.facts))])

    def _registered_facts(self, sent: Sent) -> Facts:
        lane, reasons = lane_of(sent, self._options.lane)
        wanted = asking.wanted_of(sent, lane, self._options.documents)
        return {
            **facts_of(sent),
            "lane": lane,
            "reasons": reasons,
            "wanted": wanted,
            "paid": {},
            "orders": [],
            "documents": [],
        }

    def _tell_lane(self, facts: Facts) -> Step:
        return LANED, [risk_lane(head_of(facts), facts["lane"], facts["reasons"])]

    def _after_lane(self, facts: Facts) -> Step:
        if facts["wanted"]:
            seconds = self._delays[AWAITING_DOCUMENTS] * (self._options.pace or 1.0)
            return asking.ask(facts, seconds)
        return self._control(facts)

    def _control(self, facts: Facts) -> Step:
        if facts["lane"] == RED:
            return examining.appoint(facts, self._delays[APPOINTED] * self._options.pace)
        if facts["lane"] == YELLOW:
            return examining.begin(facts)
        return self._ask_payment(facts)

    def _ask_payment(self, facts: Facts) -> Step:
        early = deciding.instead_of_payment(facts, self._options.decisions)
        return early or paying.ask(facts)


def _errand(stage: str, facts: dict[str, Any]) -> str:
    """Return what the declarant waits for between the steps, empty for nothing."""
    if stage == RECEIVED:
        return ""  # not before it is registered
    if facts.get("withdrawal"):
        return WITHDRAWAL
    if facts.get("amendment"):
        return AMENDMENT
    return DOCUMENTS_CHECKING if stage == AWAITING_DOCUMENTS and facts.get("documents") else ""


def _left(until: str) -> float | None:
    """Return the seconds until a time of day, None where there is no end."""
    if not until:
        return None
    return max((datetime.fromisoformat(until) - datetime.now().astimezone()).total_seconds(), 0.0)


__all__ = ["AFTER_RELEASE", "BACK_END", "CustomsOffice"]
