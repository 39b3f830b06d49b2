# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What state a declaration is in: a function of the set of what we did and what was answered.

The order in which answers came does not enter, nor how often each came. A thing said twice is one thing, known by its
identity; where the later of two counts, the other side's own time and running number decide. So an early answer never
has to wait, and a late one never moves anything back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from swclient.store.mail import ACKNOWLEDGED, FAILED, SENT_UNKNOWN
from swclient.workflow.states import State


class Kind(StrEnum):
    """What an answer is, as far as the life of a declaration is concerned."""

    REGISTERED = "registered"
    ERRORS = "errors"
    LANE = "lane"
    DOCUMENTS_ASKED = "documents_asked"
    DOCUMENTS_JUDGED = "documents_judged"
    NOTICE = "notice"
    EXAMINATION = "examination"
    EXAMINED = "examined"
    DEMAND = "demand"
    RECEIPT = "receipt"
    MARK = "mark"
    AMENDMENT = "amendment"
    WITHDRAWAL_REFUSED = "withdrawal_refused"
    OTHER = "other"


RELEASES = {"10": State.RELEASED, "11": State.SECURED, "20": State.CONDITIONAL}
ENDINGS = {"81": State.WITHDRAWN, "82": State.CANCELLED, "90": State.REFUSED}
SUSPENSION = "91"
Due = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One answer.

    Attributes:
        identity: the same for the same thing said twice.
        order: by which the later of two is known: their time, their running number.
        about: identifier of the container that it answers.
        facts: what it says, see `swclient.workflow.life.answers`.
    """

    kind: Kind
    identity: str
    order: tuple[str, int] = ("", 0)
    about: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """Something of ours that went, or is to go, to customs.

    Attributes:
        verb: `declaration`, `payment`, `document_reply`, `amendment` or `withdrawal`.
        state: of the outbox.
        name: by which its answer knows it: the reference of a payment, the key of a reply, the container.
        about: the request that a reply answers.
    """

    verb: str
    state: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What we did.

    Attributes:
        container: identifier of the container that was signed, empty before.
        amends: it is an amendment of another declaration.
        archived: how many amendments the last archive holds, None before the first archive.
    """

    container: str = ""
    asked: tuple[Asked, ...] = ()
    amends: bool = False
    archived: int | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a declaration, whatever way it was learnt.

    Attributes:
        number: of the registration, empty before.
        open_requests: of documents, which no reply satisfied.
        due: what is to be paid now, by kind.
        paid: something was asked for, and nothing of it lacks or it has been ordered.
        decision: code of the last mark but a suspension.
        amendments: numbers of those accepted, in order.
    """

    number: str = ""
    rejected: bool = False
    lane: str = ""
    open_requests: tuple[str, ...] = ()
    replied: bool = False
    examining: bool = False
    due: Due = ()
    paid: bool = False
    suspended: bool = False
    decision: str = ""
    amendments: tuple[str, ...] = ()
    amending: bool = False
    withdrawing: bool = False
    judged: str = ""
    archived: bool = False
    sent: str = ""


def life_of(own: Own, letters: Iterable[Letter]) -> Life:
    """Return what is known of a declaration from what we did and the set of answers."""
    heard = _once(letters)
    by = {kind: [each for each in heard if each.kind is kind] for kind in Kind}
    due, paid = _money(own, by)
    asked = _open_requests(by)
    amendments = [each for each in by[Kind.AMENDMENT] if each.facts.get("accepted")]
    marks = [str(each.facts.get("decision")) for each in by[Kind.MARK]]
    decisions = [code for code in marks if code in RELEASES or code in ENDINGS]
    mine = [each for each in heard if own.container and each.about == own.container]
    return Life(
        number=_number(by[Kind.REGISTERED], heard),
        rejected=any(each.kind is Kind.ERRORS for each in mine),
        lane=str(by[Kind.LANE][-1].facts.get("lane")) if by[Kind.LANE] else "",
        open_requests=asked,
        replied=bool(asked) and all(_reply_under_way(own, by, request) for request in asked),
        examining=max(len(by[Kind.NOTICE]), len(by[Kind.EXAMINATION])) > len(by[Kind.EXAMINED]),
        due=due,
        paid=paid,
        suspended=SUSPENSION in marks,
        decision=decisions[-1] if decisions else "",
        amendments=tuple(str(each.facts.get("number", "")) for each in amendments),
        amending=_amending(own, heard),
        withdrawing=_sent(own, "withdrawal") > len(by[Kind.WITHDRAWAL_REFUSED]),
        judged=_judged(mine),
        archived=own.archived == len(amendments),
        sent=next((each.state for each in own.asked if each.verb in {"declaration", "amendment"}), ""),
    )


def state_of(own: Own, letters: Iterable[Letter]) -> State:
    """Return the state that follows."""
    life = life_of(own, letters)
    rows = _AMENDMENT if own.amends else _DECLARATION
    return next(state(life) if callable(state) else state for state, so in rows if so(life, own))


_Row = tuple[State | Callable[[Life], State], Callable[[Life, Own], object]]

_BEFORE: tuple[_Row, ...] = (
    (State.SENT, lambda life, _own: life.sent == SENT_UNKNOWN),
    (State.QUEUED, lambda life, _own: life.sent),
    (State.SIGNED, lambda _life, own: own.container),
    (State.DRAFT, lambda _life, _own: True),
)
_DECLARATION: tuple[_Row, ...] = (
    (lambda life: ENDINGS[life.decision], lambda life, _own: life.decision in ENDINGS),
    (State.REJECTED, lambda life, _own: life.sent == FAILED or (life.rejected and not life.number)),
    (State.AMENDING, lambda life, _own: life.amending),
    # What was due before the release is settled by it; an amendment after it may ask for more.
    (State.PAYMENT_DUE, lambda life, _own: life.decision and life.amendments and life.due and not life.paid),
    (State.PAID, lambda life, _own: life.decision and life.amendments and life.due),
    (State.ARCHIVED, lambda life, _own: life.decision and life.archived),
    (State.AMENDED_AFTER, lambda life, _own: life.decision and life.amendments),
    (lambda life: RELEASES[life.decision], lambda life, _own: life.decision),
    (State.WITHDRAWING, lambda life, _own: life.withdrawing),
    (State.SUSPENDED, lambda life, _own: life.suspended),
    (State.DOCUMENTS, lambda life, _own: life.open_requests and not life.replied),
    (State.ANSWERED, lambda life, _own: life.open_requests),
    (State.EXAMINATION, lambda life, _own: life.examining),
    (State.PAYMENT_DUE, lambda life, _own: life.due and not life.paid),
    (State.PAID, lambda life, _own: life.paid),
    (State.AMENDED, lambda life, _own: life.amendments),
    (State.UNDER_CONTROL, lambda life, _own: life.lane),
    (State.REGISTERED, lambda life, _own: life.number),
    (State.RECEIVED, lambda life, _own: life.sent == ACKNOWLEDGED),
    *_BEFORE,
)
_AMENDMENT: tuple[_Row, ...] = (
    (State.MERGED, lambda life, _own: life.judged == "accepted"),
    (State.REFUSED, lambda life, _own: life.judged == "refused"),
    (State.REJECTED, lambda life, _own: life.judged == "errors" or life.sent == FAILED),
    (State.AMENDING, lambda life, _own: life.sent == ACKNOWLEDGED),
    *_BEFORE,
)


def _number(registered: list[Letter], heard: list[Letter]) -> str:
    """Return the number of registration; where nothing else came, that of an export, which tells all so far at once."""
    told = (str(each.facts.get("number", "")) for each in registered)
    exported = (str(each.facts["registration"]) for each in heard if each.facts.get("registration"))
    return next(told, "") or next(exported, "")


def _once(letters: Iterable[Letter]) -> list[Letter]:
    """Return each thing once, in the other side's order."""
    first: dict[str, Letter] = {}
    for each in sorted(letters, key=lambda letter: (letter.order, letter.identity)):
        first.setdefault(each.identity, each)
    return list(first.values())


def _sent(own: Own, verb: str) -> int:
    return sum(each.verb == verb and each.state != FAILED for each in own.asked)


def _open_requests(by: Mapping[Kind, list[Letter]]) -> tuple[str, ...]:
    satisfied = {each.facts.get("request") for each in by[Kind.DOCUMENTS_JUDGED] if each.facts.get("enough")}
    asked = (str(each.facts.get("request")) for each in by[Kind.DOCUMENTS_ASKED])
    return tuple(request for request in dict.fromkeys(asked) if request not in satisfied)


def _reply_under_way(own: Own, by: Mapping[Kind, list[Letter]], request: str) -> bool:
    judged = {each.facts.get("reference") for each in by[Kind.DOCUMENTS_JUDGED]}
    replies = [each for each in own.asked if each.verb == "document_reply" and each.about == request]
    return any(each.state != FAILED and each.name not in judged for each in replies)


def _amending(own: Own, heard: list[Letter]) -> bool:
    """Tell whether an amendment of ours still waits for its decision."""
    judged = {each.about for each in heard if each.kind in {Kind.ERRORS, Kind.AMENDMENT}}
    sent = (each for each in own.asked if each.verb == "amendment" and each.state != FAILED)
    return not own.amends and any(each.name not in judged for each in sent)


def _judged(mine: list[Letter]) -> str:
    """Return what was decided on an amendment: `accepted`, `refused`, `errors`, or nothing yet."""
    for each in mine:
        if each.kind is Kind.AMENDMENT:
            return "accepted" if each.facts.get("accepted") else "refused"
        if each.kind is Kind.ERRORS:
            return "errors"
    return ""


def _money(own: Own, by: Mapping[Kind, list[Letter]]) -> tuple[Due, bool]:
    """Return what is to be paid now, and whether nothing of what was asked for lacks or it has been ordered."""
    told = sorted((*by[Kind.DEMAND], *by[Kind.RECEIPT]), key=lambda each: each.order)
    if not told:
        return (), False
    due: Due = tuple(told[-1].facts.get("due") or ())
    receipts = {each.facts.get("reference") for each in by[Kind.RECEIPT]}
    orders = [each for each in own.asked if each.verb == "payment" and each.state != FAILED]
    under_way = any(each.name not in receipts for each in orders)
    asked = any(each.facts.get("due") for each in by[Kind.DEMAND])
    return due, under_way or (asked and not due)
