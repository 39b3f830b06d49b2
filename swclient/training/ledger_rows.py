# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows that go into the ledger of the training offices and leave it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """A request and what came of it.

    Attributes:
        key: idempotency key, empty where there was none.
        sha256: hex digest of its body, empty where it was not read.
        status: what was answered, 0 for no whole answer.
        outcome: `taken`, `repeated` (the key was known), `conflict` (with another body), `refused`, `unavailable` or
            `no answer`.
        client: who asked, empty where nobody was known.
        fault: what went wrong on purpose, empty for nothing.
    """

    method: str
    path: str
    key: str
    sha256: str
    status: int
    outcome: str
    client: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One POST that was taken.

    Attributes:
        back_end: `customs` or `tax`.
        key: idempotency key.
        kind: `declaration`, `payment`, `documents`, `amendment`, `withdrawal` or `statement`.
        sha256: hex digest of the body.
        conversation: where it belongs.
        received_at: ISO time with zone.
        body: the exact bytes.
        signature: the `X-Signature` header, empty where none is needed.
        client: whose it is.
    """

    back_end: str
    key: str
    kind: str
    sha256: str
    conversation: str
    received_at: str
    body: bytes
    signature: str
    client: str = ""


@dataclass(frozen=True, slots=True)
class Notification:
    """One message of an office, waiting to be pulled."""

    sequence: int
    id: str
    back_end: str
    conversation: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where the messages of a client are pushed to. It does not show the token that is to be shown there.

    Attributes:
        certificates: PEM of what to believe there; empty for the public authorities.
        at: ISO time with zone.
    """

    back_end: str
    client: str
    callback: str
    token: str = field(repr=False)
    certificates: str
    at: str


@dataclass(frozen=True, slots=True)
class Push:
    """A message that is to be pushed: where to, and how often that was tried."""

    subscription: Subscription
    notification: Notification
    attempts: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a conversation stands, what is known of it, and whose it is."""

    id: str
    back_end: str
    stage: str
    facts: dict[str, Any]
    client: str = ""
