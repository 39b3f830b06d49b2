# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a declaration as one table: its states, what each waits for and from whom, and what may be done there.

Which state a declaration is in follows from what we did and what was answered (`swclient.workflow.life.fold`).
"Checked" is no state of its own: it is a draft in which no error is found; `swclient.workflow.told.standing` says so.
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
    SENT = "sent"
    RECEIVED = "received"
    REGISTERED = "registered"
    UNDER_CONTROL = "under_control"
    DOCUMENTS = "documents"
    ANSWERED = "answered"
    EXAMINATION = "examination"
    PAYMENT_DUE = "payment_due"
    PAID = "paid"
    SUSPENDED = "suspended"
    AMENDING = "amending"
    AMENDED = "amended"
    WITHDRAWING = "withdrawing"
    RELEASED = "released"
    SECURED = "secured"
    CONDITIONAL = "conditional"
    AMENDED_AFTER = "amended_after"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    MERGED = "merged"


class Verb(StrEnum):
    """What the user may do to it."""

    SIGN = "sign"
    QUEUE = "queue"
    PAY = "pay"
    REPLY = "reply"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    CORRECT = "correct"
    ARCHIVE = "archive"


US, CUSTOMS, YOU = N_("this program"), N_("customs"), N_("you")
"""Who moves next."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a state is told, what is expected next and from whom, and which clock says when that is overdue.

    Attributes:
        clock: a rate of the profile, `clock_` before it; empty where nothing is ever overdue.
        since_registration: the clock runs from the registration, not from the last move.
        folder: of the worklist.
    """

    name: str
    expects: str = ""
    whom: str = ""
    clock: str = ""
    since_registration: bool = False
    folder: str = "drafts"


_WAIT, _YOU, _TO_SEND = "waiting", "needs_you", "to_send"
_LANE = N_("the lane of control, or the payment request")
_RELEASE = N_("the release")
_ARCHIVE = N_("the tax receipt and the archive")

STANDINGS: dict[State, Standing] = {
    State.DRAFT: Standing(N_("Draft"), N_("your signature"), YOU),
    State.SIGNED: Standing(N_("Signed"), N_("put it into the outbox"), US, "queue", folder=_TO_SEND),
    State.QUEUED: Standing(N_("Waiting to be sent"), N_("the line"), US, "queue", folder=_TO_SEND),
    State.SENT: Standing(
        N_("Sent, answer unknown"),
        N_("word whether customs has it; it is asked, not sent anew"),
        US,
        "sent",
        folder=_WAIT,
    ),
    State.RECEIVED: Standing(
        N_("Received by customs"), N_("registration or a list of errors"), CUSTOMS, "registration", folder=_WAIT
    ),
    State.REGISTERED: Standing(N_("Registered"), _LANE, CUSTOMS, "release", folder=_WAIT, since_registration=True),
    State.UNDER_CONTROL: Standing(
        N_("Under control"), N_("the payment request"), CUSTOMS, "control", folder=_WAIT, since_registration=True
    ),
    State.DOCUMENTS: Standing(N_("Documents requested"), N_("your reply"), YOU, "documents", folder=_YOU),
    State.ANSWERED: Standing(N_("Documents sent"), N_("whether they are enough"), CUSTOMS, "reply", folder=_WAIT),
    State.EXAMINATION: Standing(N_("Examination"), N_("its end"), CUSTOMS, "examination", folder=_WAIT),
    State.PAYMENT_DUE: Standing(N_("Payment due"), N_("your payment"), YOU, "payment", folder=_YOU),
    State.PAID: Standing(N_("Paid"), _RELEASE, CUSTOMS, "release", folder=_WAIT),
    State.SUSPENDED: Standing(N_("Release suspended"), N_("another decision"), CUSTOMS, "suspended", folder=_WAIT),
    State.AMENDING: Standing(N_("Amendment requested"), N_("the decision on it"), CUSTOMS, "amendment", folder=_WAIT),
    State.AMENDED: Standing(
        N_("Amended, the course goes on"), N_("the payment request or the release"), CUSTOMS, "release", folder=_WAIT
    ),
    State.WITHDRAWING: Standing(
        N_("Withdrawal requested"), N_("the decision on it"), CUSTOMS, "withdrawal", folder=_WAIT
    ),
    State.RELEASED: Standing(N_("Released"), _ARCHIVE, US, folder="released"),
    State.SECURED: Standing(N_("Released against security"), _ARCHIVE, US, folder="released"),
    State.CONDITIONAL: Standing(N_("Released conditionally"), _ARCHIVE, US, folder="released"),
    State.AMENDED_AFTER: Standing(N_("Amended after release"), _ARCHIVE, US, folder="released"),
    State.ARCHIVED: Standing(N_("Archived"), folder="archived"),
    State.REJECTED: Standing(N_("Rejected with errors"), N_("a corrected declaration"), YOU, folder=_YOU),
    State.REFUSED: Standing(N_("Release refused"), N_("your decision"), YOU, folder=_YOU),
    State.WITHDRAWN: Standing(N_("Withdrawn"), folder="archived"),
    State.CANCELLED: Standing(N_("Deemed not lodged"), N_("your decision"), YOU, folder=_YOU),
    State.MERGED: Standing(N_("Amendment accepted"), folder="archived"),
}

_S = State
_COURSE = {
    _S.REGISTERED, _S.UNDER_CONTROL, _S.DOCUMENTS, _S.ANSWERED, _S.EXAMINATION, _S.PAYMENT_DUE, _S.PAID, _S.SUSPENDED,
    _S.AMENDED,
}  # fmt: skip
OUT = frozenset({_S.RELEASED, _S.SECURED, _S.CONDITIONAL, _S.AMENDED_AFTER})
"""Released, and not yet filed away."""

WHEN: dict[Verb, frozenset[State]] = {
    Verb.SIGN: frozenset({_S.DRAFT}),
    Verb.QUEUE: frozenset({_S.SIGNED}),
    Verb.PAY: frozenset({_S.PAYMENT_DUE}),
    Verb.REPLY: frozenset({_S.DOCUMENTS}),
    Verb.AMEND: frozenset(_COURSE | OUT | {_S.ARCHIVED}),
    Verb.WITHDRAW: frozenset(_COURSE | {_S.RECEIVED}),
    Verb.CORRECT: frozenset({_S.REJECTED, _S.REFUSED, _S.CANCELLED}),
    Verb.ARCHIVE: OUT,
}
"""In which states the user may do what."""


def why_not(state: State, verb: Verb) -> Message | None:
    """Return why a verb is not allowed, None when it is."""
    if state in WHEN[verb]:
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
    ended = {_S.ARCHIVED, _S.REJECTED, _S.REFUSED, _S.WITHDRAWN, _S.CANCELLED, _S.MERGED}
    return state in OUT or state in ended


def in_flight(state: State) -> bool:
    """Tell whether work on a declaration goes on by itself, so that it is taken up again when the program starts."""
    return state in OUT or not (final(state) or state is State.DRAFT)


UNDER_WAY = tuple(str(state) for state in State if in_flight(state))
"""The states in which work goes on by itself."""


def grave(state: str) -> str:
    """Return how a state is coloured: `good`, `error`, or `info`."""
    if state in {_S.REJECTED, _S.REFUSED, _S.CANCELLED}:
        return "error"
    return "good" if state in OUT or state in {_S.ARCHIVED, _S.MERGED} else "info"
