# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Further documents: what is asked for and why, until when, and whether what came is enough."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from swclient.training import deciding
from swclient.training.course import Facts, Step, head_of, in_seconds, signature_refusal
from swclient.training.declaration import Sent
from swclient.training.lanes import RED, YELLOW, claims_preference
from swclient.training.ledger import Ledger
from swclient.training.messages_control import document_reply_receipt, document_request
from swclient.training.stages import AWAITING_DOCUMENTS, DOCUMENTS_ACCEPTED

INVOICE, CONTRACT, PACKING_LIST, ORIGIN = "04021", "03011", "04131", "06011"
NAMES = {
    INVOICE: "Счёт-фактура (инвойс) / invoice",
    CONTRACT: "Договор / contract",
    PACKING_LIST: "Упаковочный лист / packing list",
    ORIGIN: "Сертификат о происхождении товара / certificate of origin",
}
ALWAYS, NEVER = "always", "never"


def wanted_of(sent: Sent, lane: str, documents: str) -> list[dict[str, str]]:
    """Return what is asked for: code and item (empty for the whole declaration), nothing where nothing is."""
    if documents == NEVER or (documents != ALWAYS and lane not in {YELLOW, RED}):
        return []
    found = [{"code": INVOICE, "item": ""}]
    if lane == RED:
        found.append({"code": PACKING_LIST, "item": ""})
    for item in sent.items:
        number = item.value("GoodsNumeric")
        if item.value("CustomsCostCorrectMethod") not in {"", "1"}:
            found.append({"code": CONTRACT, "item": number})
        if claims_preference(item):
            found.append({"code": ORIGIN, "item": number})
    return found


def ask(facts: Facts, seconds: float) -> Step:
    """Ask for the documents, to be had in so many seconds."""
    facts.update(request=str(uuid.uuid4()), until=in_seconds(seconds), had=[])
    documents = [(one["code"], NAMES[one["code"]], one["item"]) for one in facts["wanted"]]
    due = datetime.fromisoformat(facts["until"])
    return AWAITING_DOCUMENTS, [
        document_request(head_of(facts), (facts["request"], due), documents, facts["reasons"]),
    ]


def check_reply(facts: Facts, ledger: Ledger) -> Step:
    """Look at the next reply: accepted once every code asked for has come, in all replies taken together."""
    key = facts["documents"].pop(0)
    reply = ledger.submission("customs", key, facts["client"])
    refused = signature_refusal(reply) if reply else None
    said: dict[str, Any] = json.loads(reply.body) if reply and not refused else {"documents": []}
    facts["had"] = sorted({*facts["had"], *(one["code"] for one in said["documents"])})
    lacking = [code for code in dict.fromkeys(one["code"] for one in facts["wanted"]) if code not in facts["had"]]
    reasons = [f"{refused.code}: {refused.reason}"] if refused else []
    reasons += [f"TRAINING: {NAMES[code]}" for code in lacking]
    receipt = document_reply_receipt(head_of(facts), (facts["request"], key), lacking, reasons)
    return AWAITING_DOCUMENTS if lacking else DOCUMENTS_ACCEPTED, [receipt]


def too_late(facts: Facts) -> Step:
    """Refuse a declaration whose documents did not come in time."""
    return deciding.refuse(facts, "TRAINING: the documents asked for did not come in time")
