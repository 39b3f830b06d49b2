# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps of the customs office share: the facts of a conversation, heads of messages, signatures, times."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from swclient.training.ledger_rows import Submission
from swclient.training.messages import Head, Written
from swclient.training.notebook import Note
from swclient.training.signature import SignatureRefusedError, verify

Facts = dict[str, Any]
"""What the office knows of a declaration, as JSON takes it; a step changes it in place."""
Step = tuple[str, list[Written]]
"""The new stage, and what is said."""


def head_of(facts: Facts) -> Head:
    """Return the head of a message about a registered declaration."""
    at = datetime.now().astimezone()
    return Head(facts["container_id"], facts["office"], at, facts["date"], facts["serial"])


def signature_notes(taken: Submission) -> list[Note]:
    """Return what is wrong with the signature of a POST, nothing where it stands."""
    refused = signature_refusal(taken)
    return [Note(refused.code, "", "", actual=refused.reason)] if refused else []


def signature_refusal(taken: Submission) -> SignatureRefusedError | None:
    """Return why the signature of a POST does not stand, None where it does."""
    try:
        verify(taken.signature, taken.body, datetime.fromisoformat(taken.received_at))
    except SignatureRefusedError as refused:
        return refused
    return None


def in_seconds(seconds: float) -> str:
    """Return the time of day in so many seconds, ISO with zone."""
    return (datetime.now().astimezone() + timedelta(seconds=seconds)).isoformat()
