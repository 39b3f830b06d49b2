# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pays what customs asks for, by the user's own act and with the key for paying."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.snapshot import Snapshot
from swclient.store.mail import OutboxEntry
from swclient.workflow.connections import CUSTOMS
from swclient.workflow.life.fold import Due
from swclient.workflow.life.own_side import PAYMENT
from swclient.workflow.life.settling import Step, conversations_of, life, settle
from swclient.workflow.signature import signing
from swclient.workflow.signature.keys import PAY, Keys
from swclient.workflow.states import WHEN, State, Verb, why_not

if TYPE_CHECKING:
    from swclient.store import Store

JSON = "application/json"


def due_now(store: Store, declaration_id: str) -> Due:
    """Return what is to be paid now: kind, amount as text, numeric currency; empty where nothing is."""
    return life(store, declaration_id).due


def payment_order(store: Store, declaration_id: str, snapshot: Snapshot, keys: Keys) -> OutboxEntry:
    """Return the order that pays what is due, signed with the key for paying, ready for the outbox.

    Raises:
        UserError, OutsideError: it cannot be signed; see `Keys.signer`.
    """
    conversation = next(iter(conversations_of(store, declaration_id)), "")
    due = [dict(line) for line in due_now(store, declaration_id)]
    order = {"conversation": conversation, "reference": _reference(store, declaration_id, snapshot), "payments": due}
    content, signer = json.dumps(order).encode(), keys.signer(PAY)
    signing.refuse_ended_key(signer, datetime.now(UTC))
    key = str(uuid.uuid4())
    return OutboxEntry(declaration_id, CUSTOMS, PAYMENT, key, content, JSON, signer.sign(content))


def _reference(store: Store, declaration_id: str, snapshot: Snapshot) -> str:
    """Return a reference of its own for every order, so that each receipt is known by it."""
    numbers = [str(row.get("number")) for row in snapshot.many("payment") if row.get("number")]
    before = sum(each.entry.verb == PAYMENT for each in store.outbox.entries(declaration_id))
    first = f"TRAINING-{numbers[0] if numbers else declaration_id[:8]}"
    return f"{first}-{before + 1}" if before else first


def pay(store: Store, declaration_id: str, snapshot: Snapshot, keys: Keys) -> Message:
    """Order the payment of what is due; return what was ordered, in words.

    Raises:
        UserError, OutsideError: nothing is due, or the order cannot be signed; nothing is ordered.
    """
    reason = why_not(State(store.row(declaration_id).state), Verb.PAY)
    if reason is not None:
        raise UserError(reason)
    kinds = ", ".join(f"{line['kind']} {line['amount']}" for line in due_now(store, declaration_id))
    entry = payment_order(store, declaration_id, snapshot, keys)
    settle(store, declaration_id, Step("paid", {"text": kinds}, outbox=(entry,), only=WHEN[Verb.PAY]))
    return Message(N_("Payment order queued: {kinds}"), {"kinds": kinds})
