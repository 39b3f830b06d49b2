# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training agencies: an application for a permit in; received, granted, refused, more wanted or withdrawn out.

One step is one transaction of the ledger: its message and the new stage are written together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from swclient.training.agency_contract import Goods, PermitApplication
from swclient.training.agency_control import QUARANTINE, TECHNICAL, VETERINARY, Point, errors, point, wanted
from swclient.training.ledger import Ledger
from swclient.training.ledger_rows import Conversation, Submission
from swclient.training.options import GRANTED, MORE, REFUSED, SHORT, WITHDRAWN
from swclient.training.signature import SignatureRefusedError, verify

JSON_TYPE = "application/json"
RECEIVED, CHECKING, DECIDED, TO_WITHDRAW = "received", "checking", "decided", "to_withdraw"
DELAYS = {RECEIVED: 0.3, CHECKING: 1.0, TO_WITHDRAW: 1.5}
DAYS = {VETERINARY: 30, QUARANTINE: 15, TECHNICAL: 365}
SHORT_DAYS = 5
NAMES = {
    VETERINARY: "УЧЕБНАЯ ВЕТЕРИНАРНАЯ СЛУЖБА / TRAINING",
    QUARANTINE: "УЧЕБНАЯ СЛУЖБА КАРАНТИНА РАСТЕНИЙ / TRAINING",
    TECHNICAL: "УЧЕБНОЕ ВЕДОМСТВО ТЕХНИЧЕСКОГО НАДЗОРА И ЛИЦЕНЗИЙ / TRAINING",
}
_MARKS = {VETERINARY: "VET", QUARANTINE: "PHY", TECHNICAL: "TEC"}


def back_end_of(name: str) -> str:
    """Return how the ledger calls an agency, which is its path too."""
    return f"agencies/{name}"


class Agency:
    """One agency.

    Args:
        ledger: where everything is kept.
        name: `veterinary`, `quarantine` or `technical`.
        forced: how the run wants it to answer; `rule` for the documented rules.
    """

    def __init__(self, ledger: Ledger, name: str, forced: str) -> None:
        self.back_end = back_end_of(name)
        self._ledger, self._name, self._forced = ledger, name, forced

    def delay(self, conversation: Conversation) -> float | None:
        """Return the seconds (before pace) until the next step, None where none is due."""
        return DELAYS.get(conversation.stage)

    def advance(self, identifier: str) -> None:
        """Take one step of a conversation and keep it."""
        conversation = self._ledger.conversation(identifier)
        if conversation is None or conversation.stage not in DELAYS:
            return
        opening = self._ledger.opening(identifier)
        application = PermitApplication.model_validate_json(opening.body)
        steps = {RECEIVED: self._receive, CHECKING: self._decide, TO_WITHDRAW: self._withdraw}
        stage, answer = steps[conversation.stage](application, opening, conversation.facts)
        with self._ledger.transaction():
            body = json.dumps(answer, ensure_ascii=False, indent=1).encode()
            self._ledger.notify(conversation, str(answer["document"]), JSON_TYPE, body)
            self._ledger.keep_conversation(replace(conversation, stage=stage))

    def _head(self, document: str, application: PermitApplication, opening: Submission) -> dict[str, Any]:
        return {
            "document": document,
            "training": True,
            "office": NAMES[self._name],
            "agency": self._name,
            "conversation": opening.conversation,
            "application": application.application,
            "consignment": application.consignment,
            "at": datetime.now().astimezone().isoformat(timespec="seconds"),
        }

    def _receive(
        self, application: PermitApplication, opening: Submission, _facts: Mapping[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        head = self._head("permit-receipt", application, opening)
        return CHECKING, {**head, "sha256": opening.sha256}

    def _decide(
        self, application: PermitApplication, opening: Submission, facts: dict[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        reasons = _signature_points(opening)
        if not reasons:
            reasons = [point("AGN-301", None)] if self._forced == REFUSED else self._by_rule(errors, application)
        if reasons:
            return DECIDED, self._told("permit-refusal", application, opening, reasons)
        wishes = [point("AGN-302", None)] if self._forced == MORE else self._by_rule(wanted, application)
        if wishes:
            return DECIDED, self._told("permit-query", application, opening, wishes)
        answer = self._grant(application, opening)
        facts["number"] = answer["number"]
        return TO_WITHDRAW if self._forced == WITHDRAWN else DECIDED, answer

    def _by_rule(self, rule: Any, application: PermitApplication) -> list[Point]:
        """Return what a rule finds, nothing where the run grants whatever comes."""
        found: list[Point] = [] if self._forced == GRANTED else rule(application, self._name)
        return found

    def _told(
        self, document: str, application: PermitApplication, opening: Submission, points: list[Point]
    ) -> dict[str, Any]:
        name = "errors" if document == "permit-refusal" else "wanted"
        return {**self._head(document, application, opening), name: [asdict(each) for each in points]}

    def _grant(self, application: PermitApplication, opening: Submission) -> dict[str, Any]:
        today = datetime.now().astimezone().date()
        until = today + timedelta(days=SHORT_DAYS if self._forced == SHORT else DAYS[self._name])
        serial = opening.conversation.replace("-", "")[:8].upper()
        return {
            **self._head("permit-grant", application, opening),
            "number": f"TRN-{_MARKS[self._name]}-{today.year}-{serial}",
            "kind": application.kind,
            "issued": today.isoformat(),
            "valid_from": today.isoformat(),
            "valid_until": until.isoformat(),
            "items": [_allowed(each) for each in application.items],
        }

    def _withdraw(
        self, application: PermitApplication, opening: Submission, facts: Mapping[str, Any]
    ) -> tuple[str, dict[str, Any]]:
        reason = "TRAINING: разрешение отозвано условиями занятия / withdrawn, because this run was started so"
        head = self._head("permit-withdrawal", application, opening)
        return DECIDED, {**head, "number": facts["number"], "reason": reason}


def _allowed(goods: Goods) -> dict[str, Any]:
    by_mass = bool(Decimal(goods.net_mass or 0))
    quantity, unit = (goods.net_mass, goods.mass_unit) if by_mass else (goods.quantity, goods.unit)
    return {"no": goods.no, "quantity": quantity, "unit": unit}


def _signature_points(opening: Submission) -> list[Point]:
    try:
        verify(opening.signature, opening.body, datetime.fromisoformat(opening.received_at))
    except SignatureRefusedError as refused:
        return [Point(refused.code.replace("TRN", "AGN"), None, "X-Signature", "", "", f"TRAINING: {refused.reason}")]
    return []
