# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of the outbox on their way in a sealed package: each may have arrived, so each is asked about before sending.

What is in a package keeps its key, so whoever sends it, and however often, it is registered once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from swclient.store.mail import QUEUED, SENT_UNKNOWN, QueuedEntry
from swclient.store.outbox import entry_of, note
from swclient.store.schema import outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from swclient.store.desk import Desk

SEALED, UNSEALED = "sealed", "unsealed"
"""Outcomes of attempts: it went into a package; that package did not come into being."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """An entry of the outbox that goes into a package, as it was before.

    Attributes:
        queued: the entry.
        package: the package that it was in already, None for none.
    """

    queued: QueuedEntry
    package: str | None


class Parcels:
    """What of the outbox travels in sealed packages."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def waiting(self) -> tuple[Parcel, ...]:
        """Return what waits to be sent, the oldest first; what is being sent this moment is not among it."""
        chosen = sa.select(outbox).where(outbox.c.state.in_((QUEUED, SENT_UNKNOWN))).order_by(outbox.c.id)
        rows = self._desk.read_core(lambda core: core.execute(chosen).all())
        return tuple(Parcel(entry_of(row), row.package) for row in rows)

    def seal(self, package: str, *, again: bool = False) -> tuple[Parcel, ...]:
        """Give all that waits to a package, in one transaction; from then on it is asked about before it is sent.

        Args:
            package: identifier of the package.
            again: whether what is in an earlier package goes into this one too.
        """
        chosen = sa.select(outbox).where(outbox.c.state.in_((QUEUED, SENT_UNKNOWN)))
        if not again:
            chosen = chosen.where(outbox.c.package.is_(None))

        def work(core: sa.Connection) -> tuple[Parcel, ...]:
            rows = core.execute(chosen.order_by(outbox.c.id)).all()
            for row in rows:
                core.execute(_of(row.id).values(state=SENT_UNKNOWN, package=package))
                note(core, row.id, self._clock(), (SEALED, package))
            return tuple(Parcel(entry_of(row), row.package) for row in rows)

        return self._desk.write_core(work)

    def put_back(self, package: str, parcels: Iterable[Parcel]) -> None:
        """Undo `seal`, where the package surely did not come into being."""

        def work(core: sa.Connection) -> None:
            for parcel in parcels:
                untouched = (outbox.c.package == package, outbox.c.state == SENT_UNKNOWN)
                before = {"state": parcel.queued.state, "package": parcel.package}
                if core.execute(_of(parcel.queued.id).where(*untouched).values(before)).rowcount:
                    note(core, parcel.queued.id, self._clock(), (UNSEALED, package))

        self._desk.write_core(work)

    def by_key(self, key: str) -> Parcel | None:
        """Return the entry that was made with a key, whatever became of it."""
        chosen = sa.select(outbox).where(outbox.c.idempotency_key == key)
        row = self._desk.read_core(lambda core: core.execute(chosen).one_or_none())
        return None if row is None else Parcel(entry_of(row), row.package)


def _of(entry_id: int) -> sa.Update:
    return sa.update(outbox).where(outbox.c.id == entry_id)
