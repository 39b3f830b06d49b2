# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What we did for a declaration, read from the store: what was signed, what is to go out, what was filed away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from swclient.store.mail import QUEUED, OutboxEntry
from swclient.workflow.connections import CUSTOMS
from swclient.workflow.life.fold import Asked, Own

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.store.values import Event, Row

AMENDS, CORRECTS = "amends", "corrects"
"""How a declaration stands to the one that it was made of."""

DECLARATION, PAYMENT, REPLY, AMENDMENT, WITHDRAWAL = (
    "declaration",
    "payment",
    "document_reply",
    "amendment",
    "withdrawal",
)
"""What an entry of the outbox for customs is for."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed: identifiers of the container and of the declaration in it."""

    container: str = ""
    document: str = ""


def signed_of(store: Store, declaration_id: str) -> Signed:
    """Return what was signed last, empty before."""
    return _signed(store.events(declaration_id))


def _signed(events: Iterable[Event]) -> Signed:
    found = [event.detail for event in events if event.kind == "signed"]
    last: Mapping[str, Any] = found[-1] if found else {}
    return Signed(str(last.get("container", "")), str(last.get("document", "")))


def own_of(
    store: Store,
    row: Row,
    *,
    more: Iterable[OutboxEntry] = (),
    settled: Mapping[int, str] | None = None,
    container: str = "",
) -> Own:
    """Return what we did.

    Args:
        store: where it is kept.
        row: of which declaration.
        more: entries that are about to be queued.
        settled: states that entries of the outbox are about to take, by number.
        container: of a message that is about to be signed.
    """
    events = store.events(row.id)
    signed = container or _signed(events).container
    states = settled or {}
    asked = [
        _asked(each.entry, states.get(each.id, each.state), signed)
        for each in store.outbox.entries(row.id)
        if each.entry.channel == CUSTOMS
    ]
    asked += [_asked(each, QUEUED, signed) for each in more if each.channel == CUSTOMS]
    if row.relation != AMENDS and signed:
        asked += amendments_of(store, row.id)
    archived = [event.detail.get("amendments", 0) for event in events if event.kind == "archived"]
    return Own(signed, tuple(asked), row.relation == AMENDS, int(archived[-1]) if archived else None)


def amendments_of(store: Store, declaration_id: str) -> list[Asked]:
    """Return the amendments of a declaration that went or are to go out."""
    found = []
    for child in store.children(declaration_id, AMENDS):
        container = signed_of(store, child).container
        entries = store.outbox.entries(child)
        found += [_asked(each.entry, each.state, container) for each in entries if each.entry.verb == AMENDMENT]
    return found


def _asked(entry: OutboxEntry, state: str, container: str) -> Asked:
    if entry.verb in {DECLARATION, AMENDMENT}:
        return Asked(entry.verb, state, container)
    told = json.loads(entry.content) if entry.verb in {PAYMENT, REPLY} else {}
    if entry.verb == PAYMENT:
        return Asked(entry.verb, state, str(told.get("reference", "")))
    return Asked(entry.verb, state, entry.idempotency_key, str(told.get("request", "")))
