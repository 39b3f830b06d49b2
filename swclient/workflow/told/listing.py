# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folders of the worklist: what stands in each, how much of it, how much of that is overdue, and what is wished."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from swclient.store.values import Wanted
from swclient.workflow.states import STANDINGS, State

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.store.values import Row

DRAFTS, READY, BIN = "drafts", "ready", "bin"
FOLDERS = (
    *(DRAFTS, READY, "to_send", "waiting", "needs_you", "released", "archived"),
    *("letters", "templates", "registers", BIN),
)
"""All folders in the order of a declaration's life; the last four hold what stands beside it."""

PAGE = 200
"""Lines of the worklist that are read at once."""

EVERYWHERE = ""
"""The name of all folders but the bin together."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for in a folder; empty for everything.

    Attributes:
        text: every word of it is found in what people remember of a declaration.
        profile: code of the country.
        state: one state.
        since, until: the first and the last day on which it was changed, by the clock of this computer.
        party: every word of it is found in the names of declarant, consignee or consignor.
        reference: every word of it is found in the declaration's own reference.
    """

    text: str = ""
    profile: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    party: str = ""
    reference: str = ""


def states_of(folder: str) -> tuple[str, ...]:
    """Return the states of which a folder holds declarations; all of them for every folder together and the bin."""
    shown = DRAFTS if folder == READY else folder
    return tuple(
        state.value for state, standing in STANDINGS.items() if folder in {EVERYWHERE, BIN} or standing.folder == shown
    )


def page(store: Store, folder: str, wish: Wish, *, limit: int, after: Row | None = None) -> tuple[Row, ...]:
    """Return the lines of a folder that are wished for, the latest changed first, behind the line `after`."""
    states = states_of(folder)
    if wish.state:
        states = tuple(state for state in states if state == wish.state)
    if not states:  # the store would take no state for every state
        return ()
    wanted = Wanted(
        () if len(states) == len(STANDINGS) else states,
        wish.text,
        limit,
        after,
        removed=folder == BIN,
        profile=wish.profile,
        party=wish.party,
        reference=wish.reference,
        since=_begin(wish.since),
        before=_begin(wish.until + timedelta(days=1) if wish.until else None),
        checked={DRAFTS: False, READY: True}.get(folder),
    )
    return store.worklist(wanted)


def _begin(day: date | None) -> datetime | None:
    return datetime.combine(day, time()).astimezone() if day is not None else None


def counts(store: Store, templates: int) -> dict[str, int]:
    """Return how many declarations stand in each folder, with the number of templates that the caller counted."""
    found = dict.fromkeys(FOLDERS, 0)
    for state, count in store.counts().items():
        found[STANDINGS[State(state)].folder if state else BIN] += count
    found[READY] = store.checked.count()
    found[DRAFTS] -= found[READY]
    beside = {"letters": store.glance.strangers(), "templates": templates, "registers": store.registers.count()}
    return found | beside


def late(store: Store) -> dict[str, int]:
    """Return how many declarations are overdue in each folder; a folder without any is not named."""
    found: Counter[str] = Counter()
    for state, count in store.checked.late(datetime.now(UTC)).items():
        found[STANDINGS[State(state)].folder] += count
    return dict(found)
