# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of authorities as values: registration, errors, lane, payment, examination, release, tax.

Public EAEU documents are known by the local name of their root, whatever the album; the training
office's own messages too. What nobody knows comes back as `Unknown`: it is kept and shown, not lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.exchange.permit_replies import PermitAnswer

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
    """

    root: str
    document_id: str
    ref_document_id: str
    training: bool


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
class TaxReceipt:
    """The tax office took the statement."""

    receipt_number: str
    declaration_number: str
    accepted_at: str
    sha256: str
    totals: tuple[tuple[str, Decimal], ...]
    training: bool


@dataclass(frozen=True, slots=True)
class TaxError:
    """One line of a statement that the tax office refuses; `line` is None for the whole of it."""

    code: str
    line: int | None
    field: str
    expected: str
    actual: str
    text: str


@dataclass(frozen=True, slots=True)
class TaxRefusal:
    """The tax office did not take the statement."""

    errors: tuple[TaxError, ...]
    refused_at: str
    sha256: str
    training: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """An answer that we keep without understanding it; `root` is what it calls itself."""

    root: str


Reply = (
    Registration
    | Errors
    | Lane
    | Examination
    | PaymentRequest
    | PaymentReceipt
    | CustomsMark
    | TaxReceipt
    | TaxRefusal
    | PermitAnswer
    | Unknown
)
