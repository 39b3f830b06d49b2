# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conversations with customs as they might go: what we do, what it says, and where that must end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from swclient.workflow.states import State

OFFICE, DAY, SERIAL = "55301000", "2026-11-20", "0000007"
NUMBER = f"{OFFICE}/201126/{SERIAL}"
CONTAINER, DOCUMENT = "container-0", "document-0"
CONVERSATION = "conversation-0"
_GTDID = (
    f"<GTDID><CustomsCode>{OFFICE}</CustomsCode><RegistrationDate>{DAY}</RegistrationDate>"
    f"<GTDNumber>{SERIAL}</GTDNumber></GTDID>"
)


@dataclass(frozen=True)
class Said:
    """A letter of customs: root, what stands in it, and the container that it answers."""

    root: str
    inside: str = ""
    about: str = CONTAINER
    numbered: bool = True


@dataclass(frozen=True)
class Did:
    """What we put into the outbox: its verb and content; `container` is that of an amendment."""

    verb: str
    content: bytes = b"{}"
    key: str = ""
    container: str = ""


@dataclass(frozen=True)
class Script:
    """One conversation in its own order, and where it ends.

    Attributes:
        ends: the state of the declaration.
        amendments: states of its amendments, in the order in which they were made.
    """

    name: str
    steps: tuple[Said | Did, ...]
    ends: State
    amendments: tuple[State, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)


def xml(said: Said, tag: str, minute: int, about: str = "", serial: str = SERIAL) -> bytes:
    """Return a letter as bytes; `tag` makes its identifiers those of one conversation."""
    number = _GTDID.replace(SERIAL, serial) if said.numbered else ""
    issued = f"<IssuedAt>{DAY}T10:{minute:02}:00+05:00</IssuedAt>" if said.root not in {"GTDoutCustomsMark"} else ""
    ours = (about or said.about) + tag
    inside = said.inside.replace("{tag}", tag)
    return (
        f"<{said.root}><DocumentID>{said.root}-{minute}{tag}</DocumentID><RefDocumentID>{ours}</RefDocumentID>"
        f"{number}{issued}{inside}</{said.root}>"
    ).encode()


REGISTERED = Said(
    "NotifGTDRegistration",
    f"<RegistrationDate>{DAY}</RegistrationDate><RegistrationTime>10:00:00</RegistrationTime>"
    f"<Customs><Code>{OFFICE}</Code></Customs>",
)


def lane(colour: str) -> Said:
    """Return the lane."""
    return Said("RiskLane", f"<Lane>{colour}</Lane>")


def errors(about: str = CONTAINER, document: str = DOCUMENT) -> Said:
    """Return a list of one error."""
    told = "<Error><ErrCode>TRN-203</ErrCode><ErrorName>sum</ErrorName><ErrField>12</ErrField></Error>"
    inside = f"<BadDocument><DocID>{document}{{tag}}</DocID>{told}</BadDocument>"
    return Said("ErrorList", inside, about, numbered=False)


def demand(amount: str) -> Said:
    """Return a request for payment."""
    line = f"<Charge><PaymentModeCode>1010</PaymentModeCode><Amount>{amount}</Amount><CurrencyCode>398</CurrencyCode>"
    return Said("PaymentRequest", f"{line}</Charge><Total>{amount}</Total>")


def receipt(reference: str, required: str, paid: str, lacking: str) -> Said:
    """Return what was paid and what lacks."""
    sums = f"<Required>{required}</Required><Paid>{paid}</Paid><Lacking>{lacking}</Lacking>"
    outcome = "lacking" if lacking != "0.00" else "accepted"
    charge = f"<Charge><PaymentModeCode>1010</PaymentModeCode>{sums}<CurrencyCode>398</CurrencyCode></Charge>"
    head = f"<Reference>{reference}</Reference><Outcome>{outcome}</Outcome>"
    return Said("PaymentReceipt", head + charge)


def mark(code: str, document: str = DOCUMENT) -> Said:
    """Return a decision."""
    inside = f"<GTDDocumentID>{document}{{tag}}</GTDDocumentID><GTDOutResolution><DecisionCode>{code}</DecisionCode>"
    return Said("GTDoutCustomsMark", f"{inside}</GTDOutResolution>")


def asked(request: str) -> Said:
    """Return a request for documents."""
    due = f"<Due>{DAY}T18:00:00+05:00</Due><Document><Code>04021</Code><Description>invoice</Description></Document>"
    return Said("DocumentRequest", f"<RequestID>{request}{{tag}}</RequestID>{due}")


def judged(request: str, reference: str, outcome: str) -> Said:
    """Return what became of a reply."""
    told = f"<Outcome>{outcome}</Outcome><Reference>{reference}{{tag}}</Reference>"
    return Said("DocumentReplyReceipt", f"<RequestID>{request}{{tag}}</RequestID>{told}")


def decided(container: str, outcome: str, number: int) -> Said:
    """Return the decision on an amendment."""
    inside = f"<AmendmentNumber>{NUMBER}/{number:02}</AmendmentNumber><Outcome>{outcome}</Outcome>"
    return Said("AmendmentDecision", inside, container)


WITHDRAWAL_REFUSED = Said("WithdrawalDecision", "<Outcome>refused</Outcome><Reason>control</Reason>")
BEGUN, OVER = Said("NotifGTDExaminationStart"), Said("NotifGTDExaminationFinish")


def paid(reference: str) -> Did:
    """Return an order of payment."""
    return Did("payment", json.dumps({"reference": reference}).encode())


def replied(request: str, key: str) -> Did:
    """Return a reply with documents."""
    return Did("document_reply", json.dumps({"request": f"{request}{{tag}}"}).encode(), key)


AMENDMENT_1 = Did("amendment", b"<x/>", container="container-1")
AMENDMENT_2 = Did("amendment", b"<x/>", container="container-2")
WITHDRAWAL = Did("withdrawal")
_PAID = (demand("100.00"), paid("PO-1"), receipt("PO-1", "100.00", "100.00", "0.00"))

SCRIPTS = (
    Script("green", (REGISTERED, lane("green"), *_PAID, mark("10")), State.RELEASED),
    Script(
        "paid in two orders",
        (
            REGISTERED,
            lane("green"),
            demand("100.00"),
            paid("PO-1"),
            receipt("PO-1", "100.00", "40.00", "60.00"),
            paid("PO-2"),
            receipt("PO-2", "100.00", "100.00", "0.00"),
        ),
        State.PAID,
    ),
    Script(
        "lacking",
        (REGISTERED, lane("green"), demand("100.00"), paid("PO-1"), receipt("PO-1", "100.00", "40.00", "60.00")),
        State.PAYMENT_DUE,
    ),
    Script(
        "yellow, documents asked for twice",
        (
            REGISTERED,
            lane("yellow"),
            asked("request-1"),
            replied("request-1", "key-1"),
            judged("request-1", "key-1", "lacking"),
            replied("request-1", "key-2"),
            judged("request-1", "key-2", "accepted"),
            asked("request-2"),
            replied("request-2", "key-3"),
            judged("request-2", "key-3", "accepted"),
            BEGUN,
            OVER,
            *_PAID,
            mark("10"),
        ),
        State.RELEASED,
    ),
    Script(
        "yellow, a reply that is not enough",
        (
            REGISTERED,
            lane("yellow"),
            asked("request-1"),
            replied("request-1", "key-1"),
            judged("request-1", "key-1", "lacking"),
        ),
        State.DOCUMENTS,
    ),
    Script("red, still examined", (REGISTERED, lane("red"), BEGUN), State.EXAMINATION),
    Script(
        "red, amended before release",
        (
            REGISTERED,
            lane("red"),
            BEGUN,
            OVER,
            *_PAID,
            AMENDMENT_1,
            decided("container-1", "accepted", 1),
            demand("20.00"),
            paid("PO-2"),
            receipt("PO-2", "120.00", "120.00", "0.00"),
            mark("10", "document-1"),
        ),
        State.AMENDED_AFTER,
        (State.MERGED,),
    ),
    Script(
        "amended after release, the second time with errors",
        (
            REGISTERED,
            lane("green"),
            *_PAID,
            mark("10"),
            AMENDMENT_1,
            decided("container-1", "accepted", 1),
            demand("20.00"),
            AMENDMENT_2,
            errors("container-2", "document-2"),
        ),
        State.PAYMENT_DUE,
        (State.MERGED, State.REJECTED),
    ),
    Script(
        "amendment refused",
        (REGISTERED, lane("red"), BEGUN, AMENDMENT_1, decided("container-1", "refused", 1)),
        State.EXAMINATION,
        (State.REFUSED,),
    ),
    Script("amendment under way", (REGISTERED, lane("green"), AMENDMENT_1), State.AMENDING, (State.AMENDING,)),
    Script("withdrawn", (REGISTERED, lane("green"), demand("100.00"), WITHDRAWAL, mark("81")), State.WITHDRAWN),
    Script(
        "withdrawal refused, then released",
        (REGISTERED, lane("red"), BEGUN, WITHDRAWAL, WITHDRAWAL_REFUSED, OVER, *_PAID, mark("10")),
        State.RELEASED,
    ),
    Script("suspended", (REGISTERED, lane("green"), *_PAID, mark("91")), State.SUSPENDED),
    Script("suspended, then refused", (REGISTERED, lane("green"), *_PAID, mark("91"), mark("90")), State.REFUSED),
    Script("conditional", (REGISTERED, lane("green"), *_PAID, mark("20")), State.CONDITIONAL),
    Script("against security", (REGISTERED, lane("green"), *_PAID, mark("91"), mark("11")), State.SECURED),
    Script("rejected", (errors(),), State.REJECTED),
    Script("deemed not lodged", (REGISTERED, lane("yellow"), asked("request-1"), mark("82")), State.CANCELLED),
    Script(
        "examined after release", (REGISTERED, lane("blue"), *_PAID, mark("10"), BEGUN), State.RELEASED
    ),
)  # fmt: skip
