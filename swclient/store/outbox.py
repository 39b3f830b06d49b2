# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be sent: kept before the first attempt, settled after the last, never guessed.

An entry that was being sent when the program died comes back as `sent_unknown`: it may have
arrived, so it is asked about before it is sent again, with the same idempotency key. Entries of one
declaration and channel go one by one.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store import seals
from swclient.store.mail import (
    ACKNOWLEDGED,
    FAILED,
    QUEUED,
    SENDING,
    SENT_UNKNOWN,
    Attempt,
    OutboxEntry,
    QueuedEntry,
)
from swclient.store.schema import attempt, outbox
from swclient.store.values import to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from swclient.store.desk import Desk

LONGEST_WAIT = timedelta(hours=2)  # an office may ask for an hour, and a tenth is drawn on top
_OPEN = (QUEUED, SENDING, SENT_UNKNOWN)
_ROTTEN = N_("What was to be sent was damaged in the store, so it was not sent. Make it anew from the declaration.")
_OTHER = N_("The outbox holds other content under the key {key} already; nothing was queued.")
_UNKNOWN = N_("There is no entry {entry} waiting in the outbox.")


class Outbox:
    """The queue of what is to be sent."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def add(self, entry: OutboxEntry) -> int:
        """Queue an entry by itself (a change of state takes its own along); return its number."""
        return self._desk.write_core(lambda core: put(core, entry, self._clock()))

    def due(self, moment: datetime | None = None) -> tuple[QueuedEntry, ...]:
        """Return what may be sent or asked about now: the first open entry of each queue.

        An entry that would have to wait longer than any wait lasts was put back by a clock that was wrong: it is due.
        """
        at = moment or self._clock()
        earlier = outbox.alias("earlier")
        waiting = sa.exists().where(
            earlier.c.declaration_id == outbox.c.declaration_id,
            earlier.c.channel == outbox.c.channel,
            earlier.c.state.in_(_OPEN),
            earlier.c.id < outbox.c.id,
        )
        query = (
            sa.select(outbox)
            .where(
                outbox.c.state.in_((QUEUED, SENT_UNKNOWN)),
                (outbox.c.next_attempt_at <= to_text(at)) | (outbox.c.next_attempt_at > to_text(at + LONGEST_WAIT)),
                ~waiting,
            )
            .order_by(outbox.c.next_attempt_at, outbox.c.id)
        )
        return self._many(query)

    def claim(self, entry_id: int) -> QueuedEntry | None:
        """Take an entry in hand; None where it is no longer waiting (taken already, or settled).

        The entry is returned as it was: `state` tells whether to send (`queued`) or to ask first
        (`sent_unknown`).
        """

        def work(core: sa.Connection) -> QueuedEntry | None:
            chosen = sa.select(outbox).where(outbox.c.id == entry_id, outbox.c.state.in_((QUEUED, SENT_UNKNOWN)))
            found = core.execute(chosen).one_or_none()
            if found is None:
                return None
            if found.state == QUEUED and not seals.fits(found.sha256, found.content):
                _update(core, entry_id, {"state": FAILED, "last_error": _ROTTEN})
                note(core, entry_id, self._clock(), (FAILED, _ROTTEN))
                return None
            taken = sa.update(outbox).where(outbox.c.id == entry_id)
            core.execute(taken.values(state=SENDING, attempts=outbox.c.attempts + 1))
            self._desk.place.hold_entry(core, entry_id)
            return entry_of(found)

        return self._desk.write_core(work)

    def record_attempt(self, entry_id: int, outcome: str, detail: str = "") -> None:
        """Note what an attempt or a question came to, without settling anything."""
        self._desk.write_core(lambda core: note(core, entry_id, self._clock(), (outcome, detail)))

    def acknowledge(self, entry_id: int, conversation: str) -> None:
        """The other side has it; its answers will carry this conversation."""

        def work(core: sa.Connection) -> None:
            acknowledge(core, entry_id, conversation, self._clock())
            self._desk.place.drop_entry(core, entry_id)

        self._desk.write_core(work)

    def unknown(self, entry_id: int, error: str, next_attempt_at: datetime) -> None:
        """It may have arrived: ask at the given time."""
        self._settle(entry_id, SENT_UNKNOWN, error, next_attempt_at)

    def postpone(self, entry_id: int, error: str, next_attempt_at: datetime) -> None:
        """It surely did not arrive: send at the given time."""
        self._settle(entry_id, QUEUED, error, next_attempt_at)

    def fail(self, entry_id: int, error: str) -> None:
        """It was refused for good; sending it again would change nothing."""
        self._settle(entry_id, FAILED, error, None)

    def hurry(self) -> None:
        """Let everything that waits be due now: the user wants it tried."""
        now = to_text(self._clock())
        waiting = sa.update(outbox).where(outbox.c.state.in_((QUEUED, SENT_UNKNOWN)), outbox.c.next_attempt_at > now)
        self._desk.write_core(lambda core: core.execute(waiting.values(next_attempt_at=now)).close())

    def entries(self, declaration_id: str) -> tuple[QueuedEntry, ...]:
        """Return everything ever queued for a declaration, the oldest first."""
        return self._many(sa.select(outbox).where(outbox.c.declaration_id == declaration_id).order_by(outbox.c.id))

    def attempts(self, entry_id: int) -> tuple[Attempt, ...]:
        """Return what each attempt to send an entry came to."""
        query = sa.select(attempt).where(attempt.c.outbox_id == entry_id).order_by(attempt.c.id)
        rows = self._desk.read_core(lambda core: core.execute(query).all())
        return tuple(Attempt(row.outbox_id, to_moment(row.at), row.outcome, row.detail) for row in rows)

    def of_conversation(self, channel: str, conversation: str) -> QueuedEntry | None:
        """Return the first entry that was given this conversation."""
        query = (
            sa.select(outbox)
            .where(outbox.c.channel == channel, outbox.c.conversation == conversation)
            .order_by(outbox.c.id)
            .limit(1)
        )
        return next(iter(self._many(query)), None)

    def of_key(self, channel: str, key: str) -> QueuedEntry | None:
        """Return the entry that bears an idempotency key."""
        query = sa.select(outbox).where(outbox.c.channel == channel, outbox.c.idempotency_key == key)
        return next(iter(self._many(query)), None)

    def _many(self, query: sa.Select[Any]) -> tuple[QueuedEntry, ...]:
        rows = self._desk.read_core(lambda core: core.execute(query).all())
        return tuple(entry_of(row) for row in rows)

    def _settle(self, entry_id: int, state: str, error: str, next_attempt_at: datetime | None) -> None:
        at = self._clock()
        values = {
            "state": state,
            "last_error": error,
            "next_attempt_at": to_text(next_attempt_at or at),
        }

        def work(core: sa.Connection) -> None:
            _update(core, entry_id, values)
            note(core, entry_id, at, (state, error))
            self._desk.place.drop_entry(core, entry_id)

        self._desk.write_core(work)


def put(core: sa.Connection, entry: OutboxEntry, at: datetime) -> int:
    """Queue an entry within the transaction under way; return its number. Under one key there is one entry for ever.

    Raises:
        UserError: the key is that of other content.
    """
    digest = hashlib.sha256(entry.content).hexdigest()
    same = core.execute(sa.select(outbox).where(outbox.c.idempotency_key == entry.idempotency_key)).one_or_none()
    if same is not None:
        if (same.declaration_id, same.sha256) != (entry.declaration_id, digest):
            raise UserError(_OTHER, key=entry.idempotency_key)
        return int(same.id)
    values = {"declaration_id": entry.declaration_id, **values_of(entry, to_text(at), QUEUED)}
    key = core.execute(sa.insert(outbox).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def values_of(entry: OutboxEntry, at: str, state: str) -> dict[str, Any]:
    """Return what a new row keeps of an entry, whoever's it is."""
    return {
        "channel": entry.channel,
        "verb": entry.verb,
        "idempotency_key": entry.idempotency_key,
        "content": entry.content,
        "content_type": entry.content_type,
        "signature": entry.signature,
        "sha256": hashlib.sha256(entry.content).hexdigest(),
        "created_at": at,
        "state": state,
        "attempts": 0,
        "next_attempt_at": at,
    }


def acknowledge(core: sa.Connection, entry_id: int, conversation: str, at: datetime) -> None:
    """Settle an entry as taken, within the transaction under way."""
    _update(core, entry_id, {"state": ACKNOWLEDGED, "conversation": conversation, "last_error": None})
    note(core, entry_id, at, (ACKNOWLEDGED, conversation))


def _update(core: sa.Connection, entry_id: int, values: dict[str, Any]) -> None:
    # A settled entry stays settled: a late `unknown` must not reopen what was acknowledged.
    chosen = sa.update(outbox).where(outbox.c.id == entry_id, outbox.c.state.in_(_OPEN))
    if not core.execute(chosen.values(values)).rowcount:
        raise UserError(_UNKNOWN, entry=entry_id)


def note(core: sa.Connection, entry_id: int, at: datetime, came_to: tuple[str, str]) -> None:
    """Note what an attempt came to (outcome and detail), within the transaction under way."""
    outcome, detail = came_to
    core.execute(sa.insert(attempt).values(outbox_id=entry_id, at=to_text(at), outcome=outcome, detail=detail))


def entry_of(row: sa.Row[Any], declaration_id: str | None = None) -> QueuedEntry:
    """Return a row as a value; of an errand, which has no declaration here, `declaration_id` says so."""
    owner = row.declaration_id if declaration_id is None else declaration_id
    entry = OutboxEntry(owner, row.channel, row.verb, row.idempotency_key, row.content, row.content_type, row.signature)
    return QueuedEntry(
        id=row.id,
        entry=entry,
        sha256=row.sha256,
        state=row.state,
        attempts=row.attempts,
        created_at=to_moment(row.created_at),
        next_attempt_at=to_moment(row.next_attempt_at),
        conversation=row.conversation,
        last_error=row.last_error,
    )
