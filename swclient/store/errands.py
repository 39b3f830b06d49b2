# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this machine sends for another one: the entries of somebody's sealed package, each once whatever brings it.

An errand is asked about before it is sent: the machine that it comes from may have had a line in the meantime. The
column `package` holds the package and, after a slash, the queue in it: entries of one declaration go one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store.mail import (
    ACKNOWLEDGED,
    FAILED,
    QUEUED,
    SENDING,
    SENT_UNKNOWN,
    OutboxEntry,
    QueuedEntry,
)
from swclient.store.outbox import entry_of, values_of
from swclient.store.schema import errand
from swclient.store.values import to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from swclient.store.desk import Desk

_OPEN = (QUEUED, SENDING, SENT_UNKNOWN)
_GONE = N_("The errand {entry} is settled already.")
_OTHER = N_("Under the key {key} this machine has other content already. That entry was not taken.")


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be sent for somebody else.

    Attributes:
        package: the package that it came in.
        queue: what goes one by one in it.
        entry: what is to be sent; its `declaration_id` is empty.
    """

    package: str
    queue: int
    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class KeptErrand:
    """An errand as it lies in the store."""

    package: str
    queued: QueuedEntry


class Errands:
    """The queue of what is sent for others; it is emptied as the outbox is."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def add(self, errands: Iterable[Errand]) -> int:
        """Take errands in hand, in one transaction; return how many were new. One known by its key is not added.

        Raises:
            UserError: under one of the keys there is other content; none is taken.
        """

        def work(core: sa.Connection) -> int:
            return sum(_put(core, each, to_text(self._clock())) for each in errands)

        return self._desk.write_core(work)

    def due(self, moment: datetime | None = None) -> tuple[QueuedEntry, ...]:
        """Return what may be sent or asked about now: the first open errand of each queue."""
        earlier = errand.alias("earlier")
        waiting = sa.exists().where(
            earlier.c.package == errand.c.package,
            earlier.c.channel == errand.c.channel,
            earlier.c.state.in_(_OPEN),
            earlier.c.id < errand.c.id,
        )
        free = errand.c.state.in_((QUEUED, SENT_UNKNOWN))
        ripe = errand.c.next_attempt_at <= to_text(moment or self._clock())
        found = self._many(
            sa.select(errand).where(free, ripe, ~waiting).order_by(errand.c.next_attempt_at, errand.c.id)
        )
        return tuple(each.queued for each in found)

    def claim(self, entry_id: int) -> QueuedEntry | None:
        """Take an errand in hand; None where it is no longer waiting. It is returned as it was."""

        def work(core: sa.Connection) -> QueuedEntry | None:
            free = errand.c.state.in_((QUEUED, SENT_UNKNOWN))
            row = core.execute(sa.select(errand).where(errand.c.id == entry_id, free)).one_or_none()
            if row is not None:
                taken = sa.update(errand).where(errand.c.id == entry_id)
                core.execute(taken.values(state=SENDING, attempts=errand.c.attempts + 1))
            return None if row is None else _kept(row).queued

        return self._desk.write_core(work)

    def resume(self) -> None:
        """What was being sent when the program died may have arrived: it is to be asked about."""
        died = sa.update(errand).where(errand.c.state == SENDING).values(state=SENT_UNKNOWN)
        self._desk.write_core(lambda core: core.execute(died).close())

    def acknowledge(self, entry_id: int, conversation: str) -> None:
        """The office has it; its answers will carry this conversation."""
        self._settle(entry_id, {"state": ACKNOWLEDGED, "conversation": conversation, "last_error": None})

    def unknown(self, entry_id: int, error: str, next_attempt_at: datetime) -> None:
        """It may have arrived: ask at the given time."""
        self._settle(
            entry_id, {"state": SENT_UNKNOWN, "last_error": error, "next_attempt_at": to_text(next_attempt_at)}
        )

    def postpone(self, entry_id: int, error: str, next_attempt_at: datetime) -> None:
        """It surely did not arrive: send at the given time."""
        self._settle(entry_id, {"state": QUEUED, "last_error": error, "next_attempt_at": to_text(next_attempt_at)})

    def fail(self, entry_id: int, error: str) -> None:
        """It was refused for good."""
        self._settle(entry_id, {"state": FAILED, "last_error": error})

    def of_package(self, package: str) -> tuple[KeptErrand, ...]:
        """Return the errands of a package in the order of its entries; all errands where none is named."""
        chosen = sa.select(errand).order_by(errand.c.id)
        if package:
            chosen = chosen.where(errand.c.package.startswith(f"{package}/", autoescape=True))
        return self._many(chosen)

    def by_keys(self, keys: Iterable[str]) -> tuple[KeptErrand, ...]:
        """Return the errands with these keys, whatever package brought them."""
        found = (self._many(sa.select(errand).where(errand.c.idempotency_key == key)) for key in keys)
        return tuple(each for some in found for each in some)

    def _many(self, query: sa.Select[Any]) -> tuple[KeptErrand, ...]:
        rows = self._desk.read_core(lambda core: core.execute(query).all())
        return tuple(_kept(row) for row in rows)

    def _settle(self, entry_id: int, values: dict[str, Any]) -> None:
        # A settled errand stays settled, as in the outbox.
        chosen = sa.update(errand).where(errand.c.id == entry_id, errand.c.state.in_(_OPEN)).values(values)

        def work(core: sa.Connection) -> None:
            if not core.execute(chosen).rowcount:
                raise UserError(_GONE, entry=entry_id)

        self._desk.write_core(work)


def _put(core: sa.Connection, new: Errand, at: str) -> bool:
    entry = new.entry
    values = {"package": f"{new.package}/{new.queue}", **values_of(entry, at, SENT_UNKNOWN)}
    # Nobody else writes meanwhile, so what is not there now is not there when it is put in.
    held = core.execute(sa.select(errand.c.sha256).where(errand.c.idempotency_key == entry.idempotency_key)).scalar()
    if held is None:
        core.execute(sa.insert(errand).values(values))
    elif held != values["sha256"]:
        raise UserError(_OTHER, key=entry.idempotency_key)
    return held is None


def _kept(row: sa.Row[Any]) -> KeptErrand:
    return KeptErrand(row.package.partition("/")[0], entry_of(row, declaration_id=""))
