# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Empties the outbox: sends what is due, asks where the answer is not known, and never sends twice.

An entry carries its key from before the first attempt. Whatever comes back, exactly one of four things is noted:
it has it, it surely does not, nobody knows (ask first next time), it refused for good.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from random import SystemRandom
from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError
from swclient.store.mail import QueuedEntry
from swclient.store.values import Move
from swclient.transport.problems import AnswerUnknownError, BusyError, NotSentError, RefusedError
from swclient.transport.retry import next_delay
from swclient.workflow.states import State, Verb, next_state

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.workflow.ports import BackEnd

SENT_UNKNOWN = "sent_unknown"


class Sender:
    """Sends what is due.

    Args:
        moved: told id and state of a declaration whenever sending moved it.
    """

    def __init__(self, store: Store, channels: Mapping[str, BackEnd], moved: Callable[[str, str], None]) -> None:
        self._store = store
        self._channels = channels
        self._moved = moved
        self._dice = SystemRandom()
        self.last_error: OutsideError | None = None

    def send_due(self, at: datetime | None = None) -> int:
        """Send or ask about everything that is due; return how many entries were settled."""
        settled = 0
        for entry in self._store.outbox.due(at):
            claimed = self._store.outbox.claim(entry.id)
            if claimed is not None:
                settled += self._one(claimed)
        return settled

    def _one(self, entry: QueuedEntry) -> bool:
        channel = self._channels[entry.entry.channel]
        try:
            if entry.state == SENT_UNKNOWN:
                held = channel.ask(entry.entry.idempotency_key)
                if held is not None:
                    return self._taken(entry, held.conversation)
            conversation = channel.send(entry)
        except RefusedError as error:
            return self._refused(entry, error)
        except AnswerUnknownError as error:
            self._later(entry, error, error.retry_after, sure=False)
            return False
        except BusyError as error:
            self._later(entry, error, error.retry_after, sure=True)
            return False
        except OutsideError as error:
            self._later(entry, error, None, sure=isinstance(error, NotSentError) or not error.retry)
            return False
        return self._taken(entry, conversation)

    def _later(self, entry: QueuedEntry, error: OutsideError, asked: float | None, *, sure: bool) -> None:
        """Put an entry back; once an answer was unknown, it stays to be asked about, whatever came of this attempt."""
        self.last_error = error
        at = datetime.now(UTC) + timedelta(seconds=next_delay(entry.attempts + 1, self._dice, asked))
        if sure and entry.state != SENT_UNKNOWN:
            self._store.outbox.postpone(entry.id, str(error), at)
        else:
            self._store.outbox.unknown(entry.id, str(error), at)

    def _taken(self, entry: QueuedEntry, conversation: str) -> bool:
        self.last_error = None
        declaration_id = entry.entry.declaration_id
        state = State(self._store.load(declaration_id).row.state)
        after = next_state(state, Verb.RECEIVE) if entry.entry.verb == "declaration" else None
        if after is None:
            self._store.outbox.acknowledge(entry.id, conversation)
        else:
            self._store.move_state(
                Move(declaration_id, state, after, kind="sent", acknowledged=(entry.id, conversation))
            )
            self._moved(declaration_id, after)
        return True

    def _refused(self, entry: QueuedEntry, error: RefusedError) -> bool:
        self._store.outbox.fail(entry.id, str(error))
        declaration_id = entry.entry.declaration_id
        detail = {
            "text": "\n".join([str(error), *(f"{code}: {words}" for code, words in error.details)]),
            "level": "error",
        }
        state = State(self._store.load(declaration_id).row.state)
        after = next_state(state, Verb.REJECT) if entry.entry.verb == "declaration" else None
        if after is None:
            self._store.add_event(declaration_id, "refused", detail)
        else:
            self._store.move_state(Move(declaration_id, state, after, kind="refused", detail=detail))
            self._moved(declaration_id, after)
        return True
