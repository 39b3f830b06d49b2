# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which declarations have something to hear from an agency, though they may still be drafts that nothing else moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from swclient.workflow.permits.fold import OPEN, VERB, Standing, permits_of
from swclient.workflow.states import State, final, in_flight

if TYPE_CHECKING:
    from swclient.store import Store


def waits(store: Store, declaration_id: str) -> bool:
    """Tell whether an answer to an application is still to come."""
    return any(permit.standing in OPEN for permit in permits_of(store, declaration_id))


def worth_asking(store: Store) -> tuple[str, ...]:
    """Return the declarations at rest with applications that are open or granted: a grant may be withdrawn."""
    return tuple(each for each in store.glance.queued(VERB) if _worth_asking(store, each))


def _worth_asking(store: Store, declaration_id: str) -> bool:
    state = State(store.row(declaration_id).state)
    if final(state) or in_flight(state):
        return False
    return any(each.standing in {*OPEN, Standing.GRANTED} for each in permits_of(store, declaration_id))


def ask_agencies(store: Store, pull: Callable[[str], None]) -> int:
    """Ask for every declaration that it is worth; return for how many an answer is still to come."""
    found = worth_asking(store)
    for each in found:
        pull(each)
    return sum(waits(store, each) for each in found)
