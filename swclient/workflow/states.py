# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a declaration as one table of allowed moves. Nothing else writes a state.

States follow the neutral life cycle: what the trader does until the message is out, what the authority does after.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from swclient.base.i18n import N_
from swclient.base.messages import Message


class State(StrEnum):
    """Where a declaration stands."""

    DRAFT = "draft"
    SIGNED = "signed"
    QUEUED = "queued"
    RECEIVED = "received"
    REGISTERED = "registered"
    UNDER_CONTROL = "under_control"
    PAYMENT_DUE = "payment_due"
    PAID = "paid"
    RELEASED = "released"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    REFUSED = "refused"


class Verb(StrEnum):
    """What moves it."""

    SIGN = "sign"
    UNSIGN = "unsign"
    QUEUE = "queue"
    RECEIVE = "receive"
    REGISTER = "register"
    REJECT = "reject"
    LANE = "lane"
    DEMAND = "demand"
    PAY = "pay"
    RELEASE = "release"
    REFUSE = "refuse"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a state is told to the user, what is expected next, and after how many minutes that is overdue."""

    name: str
    expects: str = ""
    minutes: int = 0
    folder: str = "drafts"


STANDINGS: dict[State, Standing] = {
    State.DRAFT: Standing(N_("Draft")),
    State.SIGNED: Standing(N_("Signed"), N_("put it into the outbox"), folder="waiting"),
    State.QUEUED: Standing(N_("Waiting to be sent"), N_("the line"), folder="waiting"),
    State.RECEIVED: Standing(N_("Received by customs"), N_("registration or a list of errors"), 60, "waiting"),
    State.REGISTERED: Standing(N_("Registered"), N_("the lane of control"), 240, "waiting"),
    State.UNDER_CONTROL: Standing(N_("Under control"), N_("the payment request"), 240, "waiting"),
    State.PAYMENT_DUE: Standing(N_("Payment due"), N_("your payment"), 0, "needs_you"),
    State.PAID: Standing(N_("Paid"), N_("the release"), 240, "waiting"),
    State.RELEASED: Standing(N_("Released"), N_("the archive"), folder="released"),
    State.ARCHIVED: Standing(N_("Archived"), folder="archived"),
    State.REJECTED: Standing(N_("Rejected with errors"), N_("a corrected declaration"), 0, "needs_you"),
    State.REFUSED: Standing(N_("Release refused"), N_("your decision"), 0, "needs_you"),
}

_S, _V = State, Verb
MOVES: dict[tuple[State, Verb], State] = {
    (_S.DRAFT, _V.SIGN): _S.SIGNED,
    (_S.SIGNED, _V.UNSIGN): _S.DRAFT,
    (_S.SIGNED, _V.QUEUE): _S.QUEUED,
    (_S.QUEUED, _V.RECEIVE): _S.RECEIVED,
    (_S.QUEUED, _V.REJECT): _S.REJECTED,
    (_S.RECEIVED, _V.REGISTER): _S.REGISTERED,
    (_S.RECEIVED, _V.REJECT): _S.REJECTED,
    (_S.REGISTERED, _V.LANE): _S.UNDER_CONTROL,
    (_S.REGISTERED, _V.DEMAND): _S.PAYMENT_DUE,
    (_S.REGISTERED, _V.RELEASE): _S.RELEASED,
    (_S.UNDER_CONTROL, _V.DEMAND): _S.PAYMENT_DUE,
    (_S.UNDER_CONTROL, _V.RELEASE): _S.RELEASED,
    (_S.UNDER_CONTROL, _V.REFUSE): _S.REFUSED,
    (_S.PAYMENT_DUE, _V.PAY): _S.PAID,
    (_S.PAYMENT_DUE, _V.RELEASE): _S.RELEASED,
    (_S.PAID, _V.DEMAND): _S.PAYMENT_DUE,
    (_S.PAID, _V.RELEASE): _S.RELEASED,
    (_S.PAID, _V.REFUSE): _S.REFUSED,
    (_S.RELEASED, _V.ARCHIVE): _S.ARCHIVED,
}


def next_state(state: State, verb: Verb) -> State | None:
    """Return the state after a verb, None when the verb is not allowed here."""
    return MOVES.get((state, verb))


def why_not(state: State, verb: Verb) -> Message | None:
    """Return why a verb is not allowed, None when it is."""
    if (state, verb) in MOVES:
        return None
    return Message(
        N_("This cannot be done while the declaration stands at “{state}”."),
        {"state": Message(STANDINGS[state].name)},
    )


def editable(state: State) -> bool:
    """Tell whether the user may still change the declaration."""
    return state is State.DRAFT


def final(state: State) -> bool:
    """Tell whether nothing more is expected from the authority."""
    return state in {State.RELEASED, State.ARCHIVED, State.REJECTED, State.REFUSED}


def in_flight(state: State) -> bool:
    """Tell whether work on a declaration goes on by itself, so that it is taken up again when the program starts."""
    return state not in {State.DRAFT, State.ARCHIVED, State.REJECTED, State.REFUSED}
