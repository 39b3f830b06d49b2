# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a declaration: changes of state, each in one transaction with what belongs to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store import answers, artefacts, outbox
from swclient.store.drafts import searchable
from swclient.store.problems import StaleStateError
from swclient.store.schema import declaration, event
from swclient.store.values import Event, Json, Move, Summary, to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from swclient.store.desk import Desk
    from swclient.store.search.room import Search

_UNKNOWN = N_("There is no declaration {declaration} in the store.")
_STALE = N_(
    'The declaration was taken to be in the state "{expected}", but it is in "{found}" now. '
    "Nothing was changed; open it again and look."
)


class Timeline:
    """Moves states and tells what happened."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], search: Search) -> None:
        self._desk = desk
        self._clock = clock
        self._search = search

    def move_state(self, move: Move) -> int:
        """Carry out a move in one transaction, whole or not at all; return the number of its event.

        Raises:
            StaleStateError: the declaration is not in the state `move.before`.
        """
        at = self._clock()

        def work(core: sa.Connection) -> int:
            _change_state(core, move, to_text(at))
            plain = core.connection.driver_connection
            self._search.moved(plain, move.declaration_id, move.after, move.number, to_text(at))
            for entry in move.outbox:
                outbox.put(core, entry, at)
            for artefact in move.artefacts:
                artefacts.put(core, artefact, at)
            if move.acknowledged:
                outbox.acknowledge(core, *move.acknowledged, at)
                self._desk.place.drop_entry(core, move.acknowledged[0])
            if move.applied is not None:
                answers.apply(core, move.applied)
            return _note(core, move, to_text(at))

        return self._desk.write_core(work)

    def add_event(self, declaration_id: str, kind: str, detail: Json) -> int:
        """Note something that moved no state; return the number of the event."""
        at = to_text(self._clock())
        plain = {"declaration_id": declaration_id, "at": at, "kind": kind, "detail": _json(detail)}
        return self._desk.write_core(lambda core: _insert(core, plain))

    def events(self, declaration_id: str) -> tuple[Event, ...]:
        """Return what happened to a declaration, the oldest first."""
        query = sa.select(event).where(event.c.declaration_id == declaration_id).order_by(event.c.id)
        return tuple(_event(row) for row in self._desk.read_core(lambda core: core.execute(query).all()))

    def children(self, parent_id: str, relation: str) -> tuple[str, ...]:
        """Return the declarations that stand to one in a relation, the oldest first."""
        chosen = (declaration.c.parent_id == parent_id) & (declaration.c.relation == relation)
        query = sa.select(declaration.c.id).where(chosen).order_by(declaration.c.created_at, declaration.c.id)
        return tuple(self._desk.read_core(lambda core: core.execute(query).scalars().all()))


def _change_state(core: sa.Connection, move: Move, at: str) -> None:
    this = declaration.c.id == move.declaration_id
    found = core.execute(sa.select(declaration).where(this)).one_or_none()
    if found is None:
        raise UserError(_UNKNOWN, declaration=move.declaration_id)
    if found.state != move.before:
        raise StaleStateError(_STALE, expected=move.before, found=found.state)
    number = move.number or found.number
    search = searchable(number, Summary(found.title, found.consignee))
    changed = {"state": move.after, "number": number, "search": search, "changed_at": at}
    changed["due_at"] = to_text(move.due_at) if move.due_at else None
    core.execute(sa.update(declaration).where(this).values(changed))


def _note(core: sa.Connection, move: Move, at: str) -> int:
    return _insert(
        core,
        {
            "declaration_id": move.declaration_id,
            "at": at,
            "kind": move.kind,
            "state_before": move.before,
            "state_after": move.after,
            "detail": _json(move.detail),
        },
    )


def _insert(core: sa.Connection, values: dict[str, Any]) -> int:
    key = core.execute(sa.insert(event).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def _json(detail: Json) -> str:
    return json.dumps(detail, ensure_ascii=False, allow_nan=False)


def _event(row: sa.Row[Any]) -> Event:
    at, detail = to_moment(row.at), json.loads(row.detail)
    return Event(row.id, row.declaration_id, at, row.kind, row.state_before, row.state_after, detail)
