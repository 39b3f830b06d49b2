# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the ledger about pushes: who is subscribed, what is due to whom, and what came of each attempt."""

from __future__ import annotations

import time

from swclient.training.ledger import Ledger, now
from swclient.training.ledger_rows import Notification, Push, Subscription

DUE, DELIVERED, GIVEN_UP = "due", "delivered", "given up"
_SUBSCRIPTION = "s.back_end, s.client, s.callback, s.token, s.certificates, s.at"
_DUE = f"""
SELECT {_SUBSCRIPTION}, n.sequence, n.id, n.back_end, n.conversation, n.content_type, n.body, coalesce(p.attempts, 0)
FROM subscription s JOIN conversation c ON c.client=s.client AND c.back_end=s.back_end
JOIN notification n ON n.conversation=c.id LEFT JOIN push p ON p.sequence=n.sequence
WHERE p.sequence IS NULL OR (p.state='{DUE}' AND p.due<=?) ORDER BY n.sequence LIMIT ?
"""  # noqa: S608 - our own words


class PushLedger:
    """Pushes in a ledger; safe to call from any thread."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def subscription(self, back_end: str, client: str) -> Subscription | None:
        """Return the subscription of a client."""
        query = f"SELECT {_SUBSCRIPTION} FROM subscription s WHERE back_end=? AND client=?"  # noqa: S608 - our own words
        found = self._ledger.rows(query, back_end, client)
        return Subscription(*found[0]) if found else None

    def subscribe(self, told: Subscription) -> None:
        """Keep a subscription, in place of the client's former one; what was given up is tried anew."""
        values = (told.back_end, told.client, told.callback, told.token, told.certificates, told.at)
        with self._ledger.transaction():
            self._ledger.rows("INSERT OR REPLACE INTO subscription VALUES (?,?,?,?,?,?)", *values)
            again = "UPDATE push SET state=?, attempts=0, due=0 WHERE client=? AND state<>?"
            self._ledger.rows(again, DUE, told.client, DELIVERED)

    def unsubscribe(self, back_end: str, client: str) -> None:
        """Forget a subscription; what waits is for pulling."""
        with self._ledger.transaction():
            self._ledger.rows("DELETE FROM subscription WHERE back_end=? AND client=?", back_end, client)

    def anybody(self) -> bool:
        """Tell whether anybody is subscribed."""
        return bool(self._ledger.rows("SELECT 1 FROM subscription LIMIT 1"))

    def due(self, most: int = 50) -> list[Push]:
        """Return what is to be pushed now, oldest first."""
        found = self._ledger.rows(_DUE, time.time(), most)
        return [Push(Subscription(*row[:6]), Notification(*row[6:12]), row[12]) for row in found]

    def note(self, push: Push, status: int, fault: str = "") -> None:
        """Keep an attempt: the status that was answered, 0 for none."""
        told = (now(), push.subscription.client, push.notification.sequence, status, fault)
        with self._ledger.transaction():
            self._ledger.rows(
                "INSERT INTO push_attempt (at, client, sequence, status, fault) VALUES (?,?,?,?,?)", *told
            )

    def settle(self, push: Push, state: str, due: float = 0.0) -> None:
        """Keep how a push stands after an attempt, and when it is due again (seconds of the clock)."""
        values = (push.notification.sequence, push.subscription.client, push.attempts + 1, due, state)
        with self._ledger.transaction():
            self._ledger.rows("INSERT OR REPLACE INTO push VALUES (?,?,?,?,?)", *values)
