# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is sent and what comes back, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

QUEUED = "queued"
SENDING = "sending"
SENT_UNKNOWN = "sent_unknown"
ACKNOWLEDGED = "acknowledged"
FAILED = "failed"
"""States of an outbox entry: waiting; being sent now; may have arrived (ask); taken; refused."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """Something to be sent, complete: the bytes are made once and never again.

    Attributes:
        channel: whom to: `customs`, `tax`.
        verb: what for: `declaration`, `payment`, `statement`.
        idempotency_key: made before the first attempt, the same for every attempt.
    """

    declaration_id: str
    channel: str
    verb: str
    idempotency_key: str
    content: bytes
    content_type: str
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class QueuedEntry:
    """An outbox entry as it lies in the store."""

    id: int
    entry: OutboxEntry
    sha256: str
    state: str
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    conversation: str | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one attempt to send, or of asking whether it had arrived."""

    entry_id: int
    at: datetime
    outcome: str
    detail: str


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What the other side sent, as raw as it came.

    Attributes:
        remote_id: their identity of the message; the same one twice is kept once.
        remote_sequence: their running number, by which the next ones are asked for.
        declaration_id: None while nobody knows which declaration it belongs to.
    """

    channel: str
    conversation: str
    remote_id: str
    content_type: str
    raw: bytes
    remote_sequence: int = 0
    declaration_id: str | None = None


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it lies in the store.

    Attributes:
        parsed: what was read out of it, or None while nobody has.
        applied: whether the declaration has been moved by it.
    """

    id: int
    answer: NewAnswer
    received_at: datetime
    sha256: str
    parsed: Mapping[str, Any] | None
    applied: bool
