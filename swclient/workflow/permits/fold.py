# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The permits of a declaration: a fold over what was applied for and what the agencies answered.

Answers may come in any order, twice, or late: they are taken in the order of the office's own numbers, and an answer to
another application than ours moves nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from swclient.exchange.permit_replies import GRANT, QUERY, RECEIPT, REFUSAL, WITHDRAWAL, Allowed, Point
from swclient.store.mail import FAILED, QUEUED, SENDING, SENT_UNKNOWN

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.store.mail import KeptAnswer, QueuedEntry

VERB = "application"
JSON = "application/json"


class Standing(StrEnum):
    """How it stands with a permit."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    NOT_TAKEN = "not_taken"
    ASKED = "asked"
    RECEIVED = "received"
    MORE = "more"
    REFUSED = "refused"
    GRANTED = "granted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    TAKEN = "taken"


OPEN = frozenset({Standing.WAITING, Standing.UNKNOWN, Standing.ASKED, Standing.RECEIVED})
"""An answer is still to come."""
AGAIN = frozenset({Standing.NOT_ASKED, Standing.NOT_TAKEN, Standing.MORE, Standing.REFUSED})
AGAIN |= {Standing.EXPIRED, Standing.WITHDRAWN}
"""It may be applied for, for the first time or again."""

_OF_ENTRY = {
    QUEUED: Standing.WAITING,
    SENDING: Standing.WAITING,
    SENT_UNKNOWN: Standing.UNKNOWN,
    FAILED: Standing.NOT_TAKEN,
}
_OF_ANSWER = {
    RECEIPT: Standing.RECEIVED,
    GRANT: Standing.GRANTED,
    REFUSAL: Standing.REFUSED,
    QUERY: Standing.MORE,
    WITHDRAWAL: Standing.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Goods:
    """One item of an application: its number then, its row, its commodity code."""

    number: int
    row: int
    code: str


@dataclass(frozen=True, slots=True)
class Permit:
    """One application and what became of it.

    Attributes:
        application: its identifier.
        kind: code applied for; `granted` is the code of the kind that was given.
        standing: never `NOT_ASKED` or `TAKEN`: those depend on the declaration.
        points: reasons of a refusal, or what is still wanted.
        problem: why it was not taken or cannot be sent just now.
    """

    application: str
    agency: str
    kind: str
    goods: tuple[Goods, ...]
    standing: Standing
    asked_at: datetime
    supersedes: str = ""
    number: str = ""
    granted: str = ""
    issued: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    allowed: tuple[Allowed, ...] = ()
    points: tuple[Point, ...] = ()
    reason: str = ""
    problem: str = ""

    def on(self, day: date) -> Permit:
        """Return the permit as it stands on a day: one that was granted may have ended."""
        over = self.valid_until is not None and self.valid_until < day
        return replace(self, standing=Standing.EXPIRED) if over and self.standing is Standing.GRANTED else self


def permits_of(store: Store, declaration_id: str) -> tuple[Permit, ...]:
    """Return the permits of a declaration in the order in which they were applied for."""
    return fold(store.outbox.entries(declaration_id), store.answers.of_declaration(declaration_id))


def fold(entries: Iterable[QueuedEntry], answers: Iterable[KeptAnswer]) -> tuple[Permit, ...]:
    """Return the permits that these entries of the outbox applied for, as these answers leave them."""
    told = sorted(_of_permits(answers), key=lambda kept: kept.answer.remote_sequence)
    found = []
    for entry in entries:
        if entry.entry.verb == VERB:
            ours = [kept for kept in told if kept.answer.conversation == entry.conversation]
            found.append(_folded(_applied(entry), ours))
    return tuple(found)


def _folded(permit: Permit, told: Iterable[KeptAnswer]) -> Permit:
    for kept in told:
        said = kept.parsed["permit"] if kept.parsed else {}
        if said["application"] == permit.application:
            permit = _after(permit, said)
    return permit


def _of_permits(answers: Iterable[KeptAnswer]) -> Iterable[KeptAnswer]:
    return (kept for kept in answers if kept.parsed and kept.parsed.get("permit"))


def _applied(entry: QueuedEntry) -> Permit:
    said = json.loads(entry.entry.content)
    goods = tuple(Goods(each["no"], int(each["ref"] or 0), each["commodity_code"]) for each in said["items"])
    standing = _OF_ENTRY.get(entry.state, Standing.ASKED)
    return Permit(
        said["application"],
        said["agency"],
        said["kind"],
        goods,
        standing,
        entry.created_at,
        said["supersedes"],
        problem=entry.last_error or "",
    )


def _after(permit: Permit, said: Mapping[str, Any]) -> Permit:
    """Return a permit after one more answer."""
    standing = _OF_ANSWER[said["document"]]
    if standing in {Standing.RECEIVED, Standing.WITHDRAWN}:
        return replace(permit, standing=standing, reason=said["reason"])
    points = tuple(Point(**each) for each in said["points"])
    if standing is not Standing.GRANTED:
        return replace(permit, standing=standing, points=points)
    return replace(
        permit,
        standing=standing,
        points=(),
        number=said["number"],
        granted=said["kind"],
        issued=_day(said["issued"]),
        valid_from=_day(said["valid_from"]),
        valid_until=_day(said["valid_until"]),
        allowed=tuple(Allowed(**each) for each in said["allowed"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def current(permits: Iterable[Permit]) -> tuple[Permit, ...]:
    """Return the permits whose application was not followed by another in its place."""
    held = tuple(permits)
    gone = {permit.supersedes for permit in held}
    return tuple(permit for permit in held if permit.application not in gone)
