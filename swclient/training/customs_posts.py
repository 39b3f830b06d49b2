# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each POST to the training customs office must be, and what it does to its conversation."""

from __future__ import annotations

import base64
import binascii
import hashlib
import uuid
from dataclasses import replace

from swclient.training import customs
from swclient.training.amending import open_amendment
from swclient.training.contract import DocumentReply, PaymentOrder, Withdrawal, read_body
from swclient.training.declaration import open_container
from swclient.training.gate import Posted
from swclient.training.ledger import registration_number
from swclient.training.ledger_rows import Conversation
from swclient.training.paying import lacks
from swclient.training.posting import owned
from swclient.training.reading import UnreadableError
from swclient.training.refusal import RefusalError, bad_request
from swclient.training.site import Site
from swclient.training.stages import (
    AFTER_RELEASE,
    AWAITING_DOCUMENTS,
    OVER,
    PAYMENT_CHECKING,
    PAYMENT_DUE,
    RECEIVED,
)


class CustomsPosts:
    """Checks before the transaction, and steps within it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def check_declaration(self, body: bytes) -> None:
        """Refuse what is no container with a declaration."""
        try:
            open_container(body)
        except UnreadableError as unreadable:
            raise _unreadable(unreadable) from unreadable

    def check_amendment(self, body: bytes) -> None:
        """Refuse what is no container with a declaration and an amendment."""
        try:
            open_amendment(body)
        except UnreadableError as unreadable:
            raise _unreadable(unreadable) from unreadable

    def check_payment(self, body: bytes) -> None:
        """Refuse what is no payment order."""
        read_body(PaymentOrder, body)

    def check_reply(self, body: bytes) -> None:
        """Refuse what is no reply to a request for documents, or has other documents than it says."""
        wrong = []
        for place, document in enumerate(read_body(DocumentReply, body).documents):
            try:
                content = base64.b64decode(document.content, validate=True)
            except binascii.Error:
                wrong.append((place, "content", "not base64"))
                continue
            if hashlib.sha256(content).hexdigest() != document.sha256:
                wrong.append((place, "sha256", "not the digest of the content"))
        if wrong:
            errors = [("json_validation_error", f"documents[{place}].{name}: {why}") for place, name, why in wrong]
            raise bad_request("a document is not what it says", errors=errors)

    def check_withdrawal(self, body: bytes) -> None:
        """Refuse what is no withdrawal."""
        read_body(Withdrawal, body)

    def begin(self, _posted: Posted) -> Conversation:
        """Begin a conversation about a declaration."""
        return Conversation(str(uuid.uuid4()), customs.BACK_END, RECEIVED, {})

    def pay(self, posted: Posted) -> Conversation:
        """Put a payment order before the office."""
        found = self._owned(read_body(PaymentOrder, posted.body).conversation, posted)
        if found.stage in {PAYMENT_DUE, PAYMENT_CHECKING}:
            found.facts["orders"].append(posted.key)
            return replace(found, stage=PAYMENT_CHECKING)
        if found.stage in AFTER_RELEASE and lacks(found.facts):
            found.facts.setdefault("surcharges", []).append(posted.key)
            return found
        raise RefusalError(409, "NO_PAYMENT_DUE", "no payment is due in this conversation now")

    def reply(self, posted: Posted) -> Conversation:
        """Put documents before the office."""
        said = read_body(DocumentReply, posted.body)
        found = self._owned(said.conversation, posted)
        if found.facts.get("request", said.request) != said.request:
            raise RefusalError(404, "NOT_FOUND", "no such request for documents")
        if found.stage != AWAITING_DOCUMENTS:
            raise RefusalError(409, "NOT_ASKED", "no documents are asked for in this conversation now")
        found.facts["documents"].append(posted.key)
        return found

    def amend(self, posted: Posted) -> Conversation:
        """Put an amendment before the office."""
        amendment = open_amendment(posted.body)
        found = self._owned(amendment.conversation, posted)
        if found.stage == RECEIVED or found.stage in OVER or _under_way(found):
            raise RefusalError(409, "NOT_AMENDABLE", "this declaration cannot be amended now")
        facts = found.facts
        if registration_number(facts["office"], facts["date"], int(facts["serial"])) != amendment.number:
            raise RefusalError(404, "NOT_FOUND", "the conversation is not about this registration number")
        facts["amendment"] = posted.key
        return found

    def withdraw(self, posted: Posted) -> Conversation:
        """Put a withdrawal before the office."""
        found = self._owned(read_body(Withdrawal, posted.body).conversation, posted)
        if found.stage in AFTER_RELEASE | OVER or _under_way(found):
            raise RefusalError(409, "NOT_WITHDRAWABLE", "this declaration cannot be withdrawn now")
        found.facts["withdrawal"] = posted.key
        return found

    def _owned(self, conversation: str, posted: Posted) -> Conversation:
        return owned(self._site, customs.BACK_END, conversation, posted.client)


def _under_way(found: Conversation) -> bool:
    return bool(found.facts.get("amendment") or found.facts.get("withdrawal"))


def _unreadable(unreadable: UnreadableError) -> RefusalError:
    return bad_request("the body is not a container that we take", errors=[(unreadable.code, unreadable.reason)])
