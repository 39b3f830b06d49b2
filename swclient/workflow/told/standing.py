# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a declaration stands, told for people: the state, what comes next, from whom, by when, and what may be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.base import i18n
from swclient.base.decimals import read_decimal
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.loader import load_profile
from swclient.workflow.acts.paying import due_now
from swclient.workflow.acts.replying import asked_for
from swclient.workflow.life.clocks import Limit, limit_of
from swclient.workflow.life.own_side import AMENDS
from swclient.workflow.states import STANDINGS, State, Verb, why_not

if TYPE_CHECKING:
    from swclient.engine.finding import Finding
    from swclient.store import Store
    from swclient.store.values import Row

CHECKED = Message(N_("Draft, checked: no error is found"))
_DRAFT_OF_AMENDMENT = Message(N_("Draft of an amendment"))
_OUR_REMINDER = N_("our own reminder; no limit is known here")
_BY_CUSTOMS = N_("named by customs")
OFFERED = (Verb.PAY, Verb.REPLY, Verb.CORRECT, Verb.AMEND, Verb.WITHDRAW)
"""Verbs that stand on the page of the timeline, in this order."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is to be told of a declaration now.

    Attributes:
        words: how it stands.
        expects: what comes next, None where nothing does.
        whom: from whom.
        due_at: when that is overdue, None where nobody says.
        source: where that limit comes from.
        overdue: whether the time has passed.
        lines: what is due or asked for, one a line.
        verbs: what may be done, each with the reason why it may not.
    """

    state: State
    words: Message
    expects: Message | None
    whom: Message | None
    due_at: datetime | None
    source: Message | None
    overdue: bool
    lines: tuple[str, ...]
    verbs: tuple[tuple[Verb, Message | None], ...]

    def clock_words(self) -> Message | None:
        """Return by when the next thing should come, or since when it is overdue; None without a clock."""
        if self.due_at is None:
            return None
        told = {"time": self.due_at.astimezone().strftime("%d.%m.%Y %H:%M"), "source": self.source or ""}
        return Message(N_("overdue since {time} ({source})") if self.overdue else N_("by {time} ({source})"), told)


def prospect(store: Store, declaration_id: str, findings: Iterable[Finding] | None = None) -> Prospect:
    """Return how a declaration stands; `findings` of a draft tell whether it is checked."""
    row = store.row(declaration_id)
    state = State(row.state)
    standing = STANDINGS[state]
    return Prospect(
        state,
        _words(row, state, findings),
        Message(standing.expects) if standing.expects else None,
        Message(standing.whom) if standing.whom else None,
        row.due_at,
        _source(row, state),
        overdue(row),
        tuple(_lines(store, row, state)),
        tuple((verb, why_not(state, verb)) for verb in OFFERED),
    )


def overdue(row: Row, now: datetime | None = None) -> bool:
    """Tell whether what a declaration waits for is overdue."""
    return row.due_at is not None and row.due_at < (now or datetime.now(UTC))


def state_words(row: Row) -> Message:
    """Return how a declaration stands in a few words: its state, and that it is an amendment where it is one."""
    state = State(row.state)
    if row.relation == AMENDS and state is State.DRAFT:
        return _DRAFT_OF_AMENDMENT
    return Message(STANDINGS[state].name)


def _words(row: Row, state: State, findings: Iterable[Finding] | None) -> Message:
    if state is State.DRAFT and row.relation != AMENDS and findings is not None:
        return CHECKED if not any(each.level == "error" for each in findings) else state_words(row)
    return state_words(row)


def _source(row: Row, state: State) -> Message | None:
    if row.due_at is None:
        return None
    limit = limit_of(
        load_profile(row.profile, version=row.profile_version), STANDINGS[state].clock, row.changed_at.date()
    )
    if state in {State.DOCUMENTS, State.EXAMINATION}:
        return Message(_BY_CUSTOMS)
    return Message(_OUR_REMINDER) if limit is None or not limit.law else _law(limit)


def _law(limit: Limit) -> Message:
    words = "{law}" if limit.row.confirmed else N_("{law}; not confirmed")
    return Message(words, {"law": limit.row.source})


def _lines(store: Store, row: Row, state: State) -> Iterable[str]:
    if state is State.PAYMENT_DUE:
        for line in due_now(store, row.id):
            yield f"{line['kind']}   {i18n.show(read_decimal(line['amount']))}"
    elif state is State.DOCUMENTS:
        for asking in asked_for(store, row.id):
            yield from asking.words.splitlines()
