# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a conversation with the training customs office may stand, and how long each step takes.

Names of stages are also the names of `--delay`.
"""

from __future__ import annotations

RECEIVED, REFUSED, REGISTERED = "received", "refused", "registered"
LANED, AWAITING_DOCUMENTS, DOCUMENTS_ACCEPTED = "laned", "awaiting_documents", "documents_accepted"
APPOINTED, EXAMINING, EXAMINED = "appointed", "examining", "examined"
PAYMENT_DUE, PAYMENT_CHECKING, PAID = "payment_due", "payment_checking", "paid"
SUSPENDED, RELEASED, POST_CHECKING, CLOSED = "suspended", "released", "post_checking", "closed"
NOT_RELEASED, WITHDRAWN = "not_released", "withdrawn"

DOCUMENTS_CHECKING, AMENDMENT, WITHDRAWAL = "documents_checking", "amendment", "withdrawal"
"""Not stages, but errands that come between: their delays."""

AFTER_RELEASE = frozenset({RELEASED, POST_CHECKING, CLOSED})
OVER = frozenset({REFUSED, NOT_RELEASED, WITHDRAWN})
BEFORE_PAYMENT = frozenset({REGISTERED, LANED, AWAITING_DOCUMENTS, DOCUMENTS_ACCEPTED, APPOINTED, EXAMINING, EXAMINED})
CONTROL_ANNOUNCED = frozenset({LANED, AWAITING_DOCUMENTS, DOCUMENTS_ACCEPTED, APPOINTED, EXAMINING})
"""On red: from the lane to the end of the examination."""

FOUR_HOURS = 4 * 3600.0
DELAYS: dict[str, float] = {
    RECEIVED: 0.6,
    REGISTERED: 0.4,
    LANED: 0.3,
    AWAITING_DOCUMENTS: FOUR_HOURS,
    DOCUMENTS_CHECKING: 0.6,
    DOCUMENTS_ACCEPTED: 0.3,
    APPOINTED: 1.0,
    EXAMINING: 1.0,
    EXAMINED: 0.3,
    PAYMENT_DUE: 0.0,
    PAYMENT_CHECKING: 0.4,
    PAID: 0.5,
    SUSPENDED: 1.5,
    RELEASED: 0.3,
    POST_CHECKING: 1.0,
    AMENDMENT: 0.6,
    WITHDRAWAL: 0.6,
}
"""Seconds before the pace. A payment is waited for as long as it takes, where no other time is given."""
