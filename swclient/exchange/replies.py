# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of authorities as values: registration, errors, lane, documents, payment, release, amendment, tax.

Public EAEU documents are known by the local name of their root, whatever the album; the training
office's own messages too. What nobody knows comes back as `Unknown`: it is kept and shown, not lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.exchange.permit_replies import PermitAnswer
from swclient.exchange.replies_tax import TaxReceipt, TaxRefusal

if TYPE_CHECKING:
    from datetime import date, time
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Head:
    """What every answer in XML begins with.

    Attributes:
        root: local name of the root element.
        document_id: identifier of the answer.
        ref_document_id: identifier of the document that is answered.
        training: the answer says of itself that it is training.
        issued_at: when it was made, as it says; empty where it does not.
    """

    root: str
    document_id: str
    ref_document_id: str
    training: bool
    issued_at: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """The declaration was registered.

    Attributes:
        number: `office/ddmmyy/serial`, as it stands in box A.
        date: day of registration.
        time: time of registration, the office's clock.
        office: code of the office.
        office_name: its name, empty when not told.
        comments: what the office adds.
    """

    head: Head
    number: str
    date: date
    time: time
    office: str
    office_name: str
    comments: str


@dataclass(frozen=True, slots=True)
class CustomsError:
    """One error that a customs office found.

    Attributes:
        code: the office's code.
        text: name and description.
        item: number of the goods item, None for the header.
        box: number of the box, empty when not told.
        element: local name of the element at fault.
        xpath: path to it, empty when not told.
        expected: what should stand there.
        actual: what stands there.
        law: act that it rests on.
        level: degree of the error as the office numbers them; 1 is an error.
    """

    code: str
    text: str
    item: int | None
    box: str
    element: str
    xpath: str
    expected: str
    actual: str
    law: str
    level: int


@dataclass(frozen=True, slots=True)
class Errors:
    """The declaration was not taken; `documents` are the identifiers of those at fault."""

    head: Head
    errors: tuple[CustomsError, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """Which way the declaration goes: green, blue, yellow, red, and why."""

    head: Head
    lane: str
    reasons: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Examination:
    """A check has begun (`finished` False) or is over."""

    head: Head
    finished: bool
    number: str
    comments: str


@dataclass(frozen=True, slots=True)
class ExaminationNotice:
    """An examination is appointed: where, when (as it says it), what of, and whether somebody of ours must be there."""

    head: Head
    place: str
    begins: str
    scope: str
    required: bool


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One kind of charge: asked for, paid and lacking, in one currency (numeric code)."""

    kind: str
    currency: str
    required: Decimal
    paid: Decimal
    lacking: Decimal


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """What is to be paid before release."""

    head: Head
    lines: tuple[ChargeLine, ...]
    total: Decimal
    number: str


@dataclass(frozen=True, slots=True)
class Export:
    """How far a declaration has come in the customs' own program: assessed, or the goods have left.

    Attributes:
        lines: what is to be paid, by kind.
        total: of all kinds.
        number: the number of registration, empty where it is not told.
        registered: day of registration, None where it is not told.
        left: day on which the goods were let go, None while they were not.
    """

    head: Head
    lines: tuple[ChargeLine, ...]
    total: Decimal
    number: str
    registered: date | None
    left: date | None


@dataclass(frozen=True, slots=True)
class PaymentReceipt:
    """A payment order was taken: `outcome` is accepted, or lacking when more is due."""

    head: Head
    reference: str
    outcome: str
    lines: tuple[ChargeLine, ...]


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """The decision on one goods item."""

    item: int
    decision: str


@dataclass(frozen=True, slots=True)
class CustomsMark:
    """Marks of the office: the decision on the declaration and on each item.

    Attributes:
        decision: code of the classifier of decisions; 10 is release.
        document: identifier of the declaration that is decided on.
        number: registration number.
    """

    head: Head
    decision: str
    document: str
    number: str
    items: tuple[ItemDecision, ...]
    date: date | None
    time: time | None
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedDocument:
    """One document that the office wants; `item` is None where it is for the whole declaration."""

    code: str
    description: str
    item: int | None


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """The office wants further documents; `due` is by when, as it says it."""

    head: Head
    request: str
    due: str
    documents: tuple[WantedDocument, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentReplyReceipt:
    """What the office says to a reply: `outcome` is accepted or lacking; `lacking` are codes of documents."""

    head: Head
    request: str
    outcome: str
    reference: str
    lacking: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmendmentDecision:
    """The decision on an amendment: `number` is `registration/NN`, `outcome` accepted or refused."""

    head: Head
    number: str
    outcome: str
    reference: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithdrawalDecision:
    """The office does not let a declaration be withdrawn."""

    head: Head
    outcome: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something told that moves nothing: `what` is a msgid, `words` are the office's own."""

    head: Head
    what: str
    number: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """An answer that we keep without understanding it; `root` is what it calls itself."""

    root: str


Reply = (
    Registration
    | Errors
    | Lane
    | Examination
    | ExaminationNotice
    | PaymentRequest
    | Export
    | PaymentReceipt
    | CustomsMark
    | DocumentRequest
    | DocumentReplyReceipt
    | AmendmentDecision
    | WithdrawalDecision
    | TaxReceipt
    | TaxRefusal
    | PermitAnswer
    | Notice
    | Unknown
)
