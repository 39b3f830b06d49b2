# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers what customs and tax want after registration: the payment order, and the statement of import VAT."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import load_profile
from swclient.document.snapshot import Snapshot
from swclient.store.mail import OutboxEntry
from swclient.workflow import signing
from swclient.workflow.keys import DECLARE, PAY, Keys
from swclient.workflow.tax_statement import tax_statement

if TYPE_CHECKING:
    from swclient.store import Store

JSON = "application/json"
Due = list[dict[str, str]]


def due_now(store: Store, declaration_id: str) -> tuple[str, Due]:
    """Return the conversation with customs and what its last payment request asks for."""
    answers = [kept for kept in store.answers.of_declaration(declaration_id) if kept.answer.channel == "customs"]
    asked = [kept.parsed["due"] for kept in answers if kept.parsed and kept.parsed.get("due")]
    return (answers[-1].answer.conversation if answers else ""), (asked[-1] if asked else [])


def payment_order(store: Store, declaration_id: str, snapshot: Snapshot, keys: Keys) -> tuple[OutboxEntry, Due]:
    """Return the order that pays what is due, signed with the key for paying, ready for the outbox.

    Raises:
        UserError, OutsideError: it cannot be signed; see `Keys.signer`.
    """
    conversation, due = due_now(store, declaration_id)
    numbers = [str(row.get("number")) for row in snapshot.many("payment") if row.get("number")]
    reference = f"TRAINING-{numbers[0] if numbers else declaration_id[:8]}"
    order = {"conversation": conversation, "reference": reference, "payments": due}
    content, signer = json.dumps(order).encode(), keys.signer(PAY)
    signing.refuse_ended_key(signer, datetime.now(UTC))
    key = str(uuid.uuid4())
    return OutboxEntry(declaration_id, "customs", "payment", key, content, JSON, signer.sign(content)), due


def statement(store: Store, declaration_id: str, snapshot: Snapshot, keys: Keys) -> OutboxEntry:
    """Return the statement of import VAT, signed with the key for declaring, ready for the outbox.

    Raises:
        UserError, OutsideError: it cannot be signed; see `Keys.signer`.
    """
    number = store.load(declaration_id).row.number or ""
    answers = store.answers.of_declaration(declaration_id)
    days = [str(kept.parsed["registered"]) for kept in answers if kept.parsed and kept.parsed.get("registered")]
    profile = load_profile(snapshot.profile, version=snapshot.profile_version)
    content = tax_statement(snapshot, profile, number, days[0] if days else "")
    signer = keys.signer(DECLARE)
    signing.refuse_ended_key(signer, datetime.now(UTC))
    signature = signer.sign(content)
    return OutboxEntry(declaration_id, "tax", "statement", str(uuid.uuid4()), content, JSON, signature)


def statement_sent(store: Store, declaration_id: str) -> bool:
    """Tell whether the statement lies in the outbox already."""
    return any(entry.entry.channel == "tax" for entry in store.outbox.entries(declaration_id))


def tax_receipt(store: Store, declaration_id: str) -> str:
    """Return the number of the tax receipt, empty while there is none.

    Raises:
        UserError: the tax office refuses the statement.
    """
    for kept in store.answers.of_declaration(declaration_id):
        if kept.parsed and kept.parsed.get("refused"):
            raise UserError(N_("The tax office refuses the statement: {text}"), text=str(kept.parsed.get("text", "")))
        if kept.parsed and kept.parsed.get("receipt"):
            return str(kept.parsed["receipt"])
    return ""
