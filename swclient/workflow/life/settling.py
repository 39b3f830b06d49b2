# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the state of a declaration to what follows from all that is known of it. Nothing else writes a state.

Each step is one transaction: the state, when the next thing is overdue, what goes into the outbox because of it, and
the answer that it carries out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from swclient.store.mail import ACKNOWLEDGED, OutboxEntry
from swclient.store.problems import StaleStateError
from swclient.store.values import Artefact, Move
from swclient.workflow.connections import CUSTOMS
from swclient.workflow.life.fold import Kind, Letter, Life, Own, life_of, state_of
from swclient.workflow.life.letters import Read, read_letters, sent_by
from swclient.workflow.life.own_side import AMENDS, own_of
from swclient.workflow.states import State

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.store.values import Row

Moved = Callable[[str, str], None]
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at once with a change of state.

    Attributes:
        kind: what it is, for the timeline.
        outbox: what is to be sent because of it.
        acknowledged: entry that customs has, and its conversation.
        failed: entry that customs refused for good.
        applied: the answer that is carried out.
        container: of the message that is signed with it.
        only: the states in which it may be done; empty = any. Two threads, or two programs, that want the same thing
            at the same moment do it once: who comes second finds another state and does nothing.
    """

    kind: str = "state"
    detail: Mapping[str, Any] = field(default_factory=dict)
    outbox: tuple[OutboxEntry, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    acknowledged: tuple[int, str] | None = None
    applied: int | None = None
    container: str = ""
    only: frozenset[State] = frozenset()

    @property
    def does(self) -> bool:
        """Whether something must be kept even where the state stays."""
        return bool(self.outbox or self.artefacts or self.container or self.kind == "archived")


def letters_of(store: Store, declaration_id: str) -> list[Read]:
    """Return the answers of customs in the conversation of a declaration, or of the one it amends; no strangers."""
    return _letters(store, store.row(declaration_id))


def _letters(store: Store, row: Row) -> list[Read]:
    root = row.parent_id if row.relation == AMENDS and row.parent_id else row.id
    kept = [
        each
        for name in conversations_of(store, root)
        for each in store.answers.of_conversation(CUSTOMS, name)
    ]  # fmt: skip
    return [each for each in read_letters(kept, sent_by(store, root)) if each.counts] if kept else []


def conversations_of(store: Store, declaration_id: str) -> tuple[str, ...]:
    """Return the conversations with customs about a declaration."""
    entries = store.outbox.entries(declaration_id)
    named = (each.conversation for each in entries if each.entry.channel == CUSTOMS and each.conversation)
    return tuple(dict.fromkeys(named))


def life(store: Store, declaration_id: str) -> Life:
    """Return what is known of a declaration."""
    row = store.row(declaration_id)
    own = own_of(store, row)
    return life_of(own, _for(own, (each.letter for each in _letters(store, row))))


def _for(own: Own, letters: Iterable[Letter]) -> list[Letter]:
    """Leave out of an amendment's letters those that are not about it."""
    if not own.amends:
        return list(letters)
    return [each for each in letters if each.about == own.container and each.kind in {Kind.ERRORS, Kind.AMENDMENT}]


def settle(
    store: Store,
    declaration_id: str,
    step: Step = Step(),
    letters: Iterable[Letter] | None = None,
) -> State:
    """Bring the state to what follows from all that is known, and do what comes with it; return the state.

    Args:
        store: where everything is kept.
        declaration_id: of which declaration.
        step: what is done in the same transaction.
        letters: the answers that count so far; all where None.
    """
    for _attempt in range(_TRIES):
        try:
            return _settle(store, declaration_id, step, letters)
        except StaleStateError:  # somebody moved it meanwhile: look again
            continue
    return _settle(store, declaration_id, step, letters)


def _settle(store: Store, declaration_id: str, step: Step, letters: Iterable[Letter] | None) -> State:
    from swclient.workflow.life.clocks import due_at

    row = store.row(declaration_id)
    if step.only and row.state not in step.only:
        return State(row.state)
    settled = {step.acknowledged[0]: ACKNOWLEDGED} if step.acknowledged else {}
    own = own_of(store, row, more=step.outbox, settled=settled, container=step.container)
    if step.kind == "archived":
        own = Own(own.container, own.asked, own.amends, int(step.detail.get("amendments", 0)))
    heard = _for(own, letters if letters is not None else [each.letter for each in _letters(store, row)])
    known = life_of(own, heard)
    state = state_of(own, heard)
    number = known.number if known.number and known.number != row.number else None
    if state == row.state and number is None and not step.does:
        _note(store, step)
        return state
    due = row.due_at if state == row.state else due_at(store, row, state, known, heard)
    store.move_state(_move(row, state, step, number, due))
    return state


def _note(store: Store, step: Step) -> None:
    """Keep what comes with a step that moves no state."""
    if step.acknowledged is not None:
        store.outbox.acknowledge(*step.acknowledged)
    if step.applied is not None:
        store.answers.mark_applied(step.applied)


def _move(row: Row, state: State, step: Step, number: str | None, due: datetime | None) -> Move:
    return Move(
        row.id,
        row.state,
        state,
        kind=step.kind,
        detail=step.detail,
        number=number,
        outbox=step.outbox,
        artefacts=step.artefacts,
        acknowledged=step.acknowledged,
        applied=step.applied,
        due_at=due,
    )
