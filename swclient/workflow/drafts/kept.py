# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration as the store keeps it, opened apart from any desk: for work in the background, and for comparing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from swclient.workflow.drafts import drafting
from swclient.workflow.life.own_side import AMENDS
from swclient.workflow.states import State, editable

if TYPE_CHECKING:
    from swclient.document.snapshot import Snapshot
    from swclient.engine.session import Session
    from swclient.store import Store


def kept_session(store: Store, declaration_id: str, today: Callable[[], date] = date.today) -> Session:
    """Open a declaration as it is kept; what was signed is judged by the law it was signed under.

    Raises:
        UserError: there is none, or it cannot be read.
    """
    stored = store.load(declaration_id)
    steps = [change.body for change in stored.changes if not change.whole]
    made_with = str(stored.body.get("profile_version") or stored.row.profile_version)
    return drafting.restored(
        stored.body, steps, today, "" if editable(State(stored.row.state)) else made_with
    )  # fmt: skip


def kept_snapshot(store: Store, declaration_id: str) -> Snapshot:
    """Return a declaration as it is kept, typed and worked-out values together."""
    return kept_session(store, declaration_id).snapshot()


def in_force(store: Store, declaration_id: str) -> str:
    """Return which declaration holds the values in force: the last accepted amendment, else itself."""
    made = [
        child for child in store.children(declaration_id, AMENDS) if store.row(child).state == State.MERGED
    ]  # fmt: skip
    return made[-1] if made else declaration_id
