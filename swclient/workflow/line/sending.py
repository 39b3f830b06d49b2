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

from swclient.base.errors import OutsideError, SwError
from swclient.store.mail import SENT_UNKNOWN, QueuedEntry
from swclient.transport.problems import AnswerUnknownError, BusyError, NotSentError, RefusedError, SignInError
from swclient.transport.retry import next_delay
from swclient.workflow.life.own_side import AMENDS
from swclient.workflow.life.settling import Step, settle

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.workflow.ports import BackEnd


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
        self.last_error: SwError | None = None

    def send_due(self, at: datetime | None = None) -> int:
        """Send or ask about everything that is due; return how many entries were settled.

        An entry that fails holds up no other one. Where an office does not let us in, the rest of its queue stays
        as it is: it would fare no better.
        """
        settled, shut = 0, set[str]()
        for entry in self._store.outbox.due(at):
            channel = entry.entry.channel
            if channel in shut or channel not in self._channels:
                continue
            claimed = self._store.outbox.claim(entry.id)
            if claimed is None:
                continue
            try:
                settled += self._one(claimed)
            except SignInError as error:
                shut.add(channel)
                self._later(claimed, error, None, sure=True)
        return settled

    def _one(self, entry: QueuedEntry) -> bool:
        try:
            conversation = self._handed_over(entry)
        except SignInError:
            raise
        except RefusedError as error:
            return self._refused(entry, error)
        except (AnswerUnknownError, BusyError) as error:
            self._later(entry, error, error.retry_after, sure=isinstance(error, BusyError))
            return False
        except SwError as error:  # a secret that nobody gave is a reason to wait too, not to give the entry up
            unsure = isinstance(error, OutsideError) and error.retry and not isinstance(error, NotSentError)
            self._later(entry, error, None, sure=not unsure)
            return False
        return self._taken(entry, conversation)

    def _handed_over(self, entry: QueuedEntry) -> str:
        """Return the conversation of an entry: asked for where it may have arrived, else it is sent."""
        channel = self._channels[entry.entry.channel]
        held = channel.ask(entry.entry.idempotency_key) if entry.state == SENT_UNKNOWN else None
        return held.conversation if held is not None else channel.send(entry)

    def _later(self, entry: QueuedEntry, error: SwError, asked: float | None, *, sure: bool) -> None:
        """Put an entry back; once an answer was unknown, it stays to be asked about, whatever came of this attempt."""
        self.last_error = error
        at = datetime.now(UTC) + timedelta(seconds=next_delay(entry.attempts + 1, self._dice, asked))
        if sure and entry.state != SENT_UNKNOWN:
            self._store.outbox.postpone(entry.id, str(error), at)
        else:
            self._store.outbox.unknown(entry.id, str(error), at)
        self._settle(entry.entry.declaration_id, Step("state", {"text": str(error), "level": "warning"}))

    def _taken(self, entry: QueuedEntry, conversation: str) -> bool:
        self.last_error = None
        self._settle(entry.entry.declaration_id, Step("sent", acknowledged=(entry.id, conversation)))
        return True

    def _refused(self, entry: QueuedEntry, error: RefusedError) -> bool:
        words = [str(error), *(f"{code}: {words}" for code, words in error.details)]
        self._store.outbox.fail(entry.id, str(error))
        detail = {"text": "\n".join(words), "level": "error"}
        if not self._settle(entry.entry.declaration_id, Step("refused", detail)):
            self._store.add_event(entry.entry.declaration_id, "refused", detail)
        return True

    def _settle(self, declaration_id: str, step: Step) -> bool:
        """Bring the state up to date, and that of the declaration it amends; return whether its own moved."""
        row = self._store.row(declaration_id)
        state = settle(self._store, declaration_id, step)
        if state != row.state:
            self._moved(declaration_id, state)
        if row.relation == AMENDS and row.parent_id is not None:
            self._settle(row.parent_id, Step("state"))
        return state != row.state
