# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an authority's answers moved since one looked last: for whoever is told of it while looking elsewhere.

What the user did moves states too, and is no news to the user.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.base.messages import Message
from swclient.workflow.states import STANDINGS, State

if TYPE_CHECKING:
    from datetime import datetime

    from swclient.store import Store


@dataclass(frozen=True, slots=True)
class News:
    """One change of state that an answer brought: which declaration, what it is called, where it stands now."""

    declaration: str
    title: str
    state: Message


class Newsroom:
    """Tells each change once.

    Args:
        store: where the changes are kept.
        since: nothing that happened before this moment is news.
    """

    def __init__(self, store: Store, since: datetime) -> None:
        self._store = store
        self._since = since
        self._told: dict[str, int] = {}

    def of(self, declaration_id: str) -> tuple[News, ...]:
        """Return what answers moved in a declaration since it was asked for last, the oldest first."""
        last = self._told.get(declaration_id, 0)
        events = [each for each in self._store.events(declaration_id) if each.id > last and each.at >= self._since]
        if not events:
            return ()
        self._told[declaration_id] = max(each.id for each in events)
        row = self._store.row(declaration_id)
        called = " · ".join(part for part in (row.number or "", row.title) if part)
        return tuple(
            News(declaration_id, called, Message(STANDINGS[State(each.after)].name))
            for each in events
            if each.after and each.after != each.before and each.detail.get("answer")
        )
