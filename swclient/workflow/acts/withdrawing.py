# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks customs to let a declaration be withdrawn."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store.mail import OutboxEntry
from swclient.workflow.acts.paying import JSON
from swclient.workflow.connections import CUSTOMS
from swclient.workflow.life.own_side import WITHDRAWAL
from swclient.workflow.life.settling import Step, conversations_of, settle
from swclient.workflow.signature import signing
from swclient.workflow.signature.keys import DECLARE, Keys
from swclient.workflow.states import WHEN, State, Verb, why_not

if TYPE_CHECKING:
    from swclient.store import Store

NO_REASON = N_("Say why: customs decides by the reason.")


def withdraw(store: Store, declaration_id: str, reason: str, keys: Keys) -> State:
    """Sign the request to withdraw a declaration and queue it; return the state.

    Raises:
        UserError, OutsideError: it cannot be withdrawn now, no reason is given, or the request cannot be signed;
            nothing is changed.
    """
    why = why_not(State(store.row(declaration_id).state), Verb.WITHDRAW)
    if why is not None:
        raise UserError(why)
    if not reason.strip():
        raise UserError(NO_REASON)
    told = {"conversation": next(iter(conversations_of(store, declaration_id)), ""), "reason": reason.strip()}
    content, signer = json.dumps(told, ensure_ascii=False).encode(), keys.signer(DECLARE)
    signing.refuse_ended_key(signer, datetime.now(UTC))
    entry = OutboxEntry(
        declaration_id, CUSTOMS, WITHDRAWAL, str(uuid.uuid4()), content, JSON, signer.sign(content)
    )  # fmt: skip
    return settle(
        store, declaration_id, Step("withdrawal", {"text": reason.strip()}, outbox=(entry,), only=WHEN[Verb.WITHDRAW])
    )
