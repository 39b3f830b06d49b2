# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window asks of the store as it opens, in plain SQL: nothing heavy is loaded for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.store.mail import ACKNOWLEDGED
from swclient.store.values import to_moment

if TYPE_CHECKING:
    from datetime import datetime

    from swclient.store.desk import Desk


class Glance:
    """Small questions about all declarations together."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def strangers(self) -> int:
        """Return how many messages belong to no declaration."""
        query = "SELECT count(*) FROM answer WHERE declaration_id IS NULL"
        return int(self._desk.read(lambda connection: connection.execute(query).fetchone()[0]))

    def contact(self) -> datetime | None:
        """Return when an office last took something of ours or an answer of one came; None for never."""
        queries = (
            "SELECT received_at FROM answer ORDER BY id DESC LIMIT 1",
            f"SELECT at FROM attempt WHERE outcome = '{ACKNOWLEDGED}' ORDER BY id DESC LIMIT 1",  # noqa: S608 - our own name
        )
        rows = self._desk.read(lambda held: [held.execute(query).fetchone() for query in queries])
        found = [to_moment(row[0]) for row in rows if row is not None]
        return max(found, default=None)

    def queued(self, verb: str) -> tuple[str, ...]:
        """Return the declarations for which something of a verb was ever queued, by id."""
        query = "SELECT DISTINCT declaration_id FROM outbox WHERE verb = ? AND declaration_id IS NOT NULL"
        rows = self._desk.read(lambda connection: connection.execute(query, (verb,)).fetchall())
        return tuple(str(row[0]) for row in rows)
