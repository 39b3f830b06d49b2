# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes in what the offices say: kept raw first, understood second, and only then does it move a declaration.

Answers may come twice, late, or in another order than they were given; each is kept once and applied when the
table of states allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from swclient.store.mail import KeptAnswer, NewAnswer
from swclient.store.values import Move
from swclient.workflow.answers import Told, understood
from swclient.workflow.states import State, next_state

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.workflow.ports import BackEnd


class Receiver:
    """Pulls and applies answers.

    Args:
        moved: told id and state of a declaration whenever an answer moved it.
    """

    def __init__(self, store: Store, inboxes: Mapping[str, BackEnd], moved: Callable[[str, str], None]) -> None:
        self._store = store
        self._inboxes = inboxes
        self._moved = moved

    def pull(self, channel: str, conversation: str, declaration_id: str) -> int:
        """Fetch what is new in a conversation and keep it; return how many messages were new."""
        inbox = self._inboxes[channel]
        new = 0
        for notice in inbox.notifications(conversation, self._store.answers.last_sequence(channel, conversation)):
            fetched = inbox.fetch(notice)
            answer = NewAnswer(
                channel,
                conversation,
                notice.id,
                fetched.content_type,
                fetched.content,
                notice.sequence,
                declaration_id,
            )
            _number, fresh = self._store.answers.keep_answer(answer)
            new += fresh
        return new

    def apply_all(self) -> int:
        """Apply every kept answer that can be applied now; return how many were."""
        applied = 0
        again = True
        while again:
            again = False
            for kept in self._store.answers.unapplied():
                if self._apply(kept):
                    applied += 1
                    again = True
        return applied

    def _apply(self, kept: KeptAnswer) -> bool:
        declaration_id = kept.answer.declaration_id
        if declaration_id is None:
            return False
        told = understood(kept.answer.raw, f"{kept.answer.channel} {kept.id}")
        if kept.parsed is None:
            self._store.answers.mark_parsed(kept.id, told.as_data())
        if told.verb is None:
            self._store.answers.mark_applied(kept.id)
            return True
        state = State(self._store.load(declaration_id).row.state)
        after = next_state(state, told.verb)
        if after is None:
            return False  # too early, or overtaken: it waits, kept and shown
        self._move(kept, told, state, after)
        return True

    def _move(self, kept: KeptAnswer, told: Told, state: State, after: State) -> None:
        declaration_id = str(kept.answer.declaration_id)
        detail = {"answer": kept.id, "text": told.title.text()}
        self._store.move_state(
            Move(
                declaration_id,
                state,
                after,
                kind="answer",
                detail=detail,
                number=told.number or None,
                applied=kept.id,
            )
        )
        self._moved(declaration_id, after)
