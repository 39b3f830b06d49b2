# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of the training office of the WCO data model: `Response` documents, as the public schemas shape them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from swclient.training.messages import OFFICE_NAME, Written, element, text
from swclient.training.wco_control import Note, Place

ACCEPTED, RECEIVED, REJECTED, CONTROL, DOCUMENTS = "01", "02", "03", "05", "06"
RELEASED, CLEARED, INVALIDATED, TAX, BALANCE = "08", "09", "10", "13", "14"
_NAMES = {
    ACCEPTED: "ACC", RECEIVED: "RCV", REJECTED: "REJ", CONTROL: "CTL", DOCUMENTS: "DOC", RELEASED: "ROG",
    CLEARED: "CLE", INVALIDATED: "INV", TAX: "TAX", BALANCE: "CPI",
}  # fmt: skip
_MOMENT = "%Y%m%d%H%M%SZ"
_LONGEST_WORDS = 512


@dataclass(frozen=True, slots=True)
class Head:
    """What an answer says of the declaration: its own reference, and its number (MRN), empty before it has one."""

    reference: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of charge of an item in one currency: assessed, and still to be paid."""

    item: int
    kind: str
    currency: str
    assessed: Decimal
    left: Decimal


def answer(code: str, head: Head, *, notes: Iterable[Note] = (), dues: Iterable[Due] = (), words: str = "") -> Written:
    """Return an answer.

    Args:
        code: what it means, one of the codes above.
        head: of which declaration.
        notes: errors, for a rejection.
        dues: charges, for a notice of tax or of a balance that does not suffice.
        words: said beside it; the word TRAINING is always.
    """
    now = datetime.now(UTC)
    said = f"{OFFICE_NAME}: {words}" if words else OFFICE_NAME
    response = element(
        "r:Response",
        text("r:FunctionCode", code),
        text("r:FunctionalReferenceID", uuid.uuid4().hex),
        element("r:IssueDateTime", _moment(now)),
        element("r:AdditionalInformation", text("r:StatementDescription", said, _LONGEST_WORDS)),
        *(_error(note) for note in notes),
        _declaration(code, head, now, list(dues)),
    )
    envelope = (
        text("m:WCODataModelVersionCode", "3.6")
        + text("m:WCOTypeName", "RES")
        + text("m:ResponsibleAgencyName", "TRAINING")
    )
    spaces = "".join(
        f' xmlns:{prefix}="urn:wco:datamodel:WCO:{name}"'
        for prefix, name in (("m", "DocumentMetaData-DMS:2"), ("r", "RES-DMS:2"), ("d", "Response_DS:DMS:2"))
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<m:MetaData{spaces}>{envelope}{response}</m:MetaData>\n'
    return Written(f"Response {_NAMES[code]}", body.encode())


def _moment(at: datetime) -> str:
    return f'<d:DateTimeString formatCode="304">{at:{_MOMENT}}</d:DateTimeString>'


def _error(note: Note) -> str:
    pointers = "".join(_pointer(place) for place in note.places)
    return element(
        "r:Error",
        text("r:Description", f"TRAINING: {note.words}", _LONGEST_WORDS),
        text("r:ValidationCode", note.code),
        pointers,
    )


def _pointer(place: Place) -> str:
    section, sequence, tag = place
    return element(
        "r:Pointer",
        text("r:SequenceNumeric", sequence or ""),
        text("r:DocumentSectionCode", section),
        text("r:TagID", tag),
    )


def _declaration(code: str, head: Head, now: datetime, dues: list[Due]) -> str:
    return element(
        "r:Declaration",
        element("r:AcceptanceDateTime", _moment(now)) if code == ACCEPTED else "",
        element("r:CancellationDateTime", _moment(now)) if code == INVALIDATED else "",
        text("r:FunctionalReferenceID", head.reference),
        text("r:ID", head.number),
        element("r:RejectionDateTime", _moment(now)) if code == REJECTED else "",
        text("r:VersionID", 1),
        _shipment(dues) if dues else "",
    )


def _shipment(dues: list[Due]) -> str:
    items: dict[int, list[Due]] = {}
    for due in dues:
        items.setdefault(due.item, []).append(due)
    return element(
        "r:GoodsShipment",
        *(
            element(
                "r:GovernmentAgencyGoodsItem",
                text("r:SequenceNumeric", item),
                element("r:Commodity", *(_fee(due) for due in rows)),
            )
            for item, rows in sorted(items.items())
        ),
    )


def _fee(due: Due) -> str:
    amounts = (("TaxAssessedAmount", due.assessed), ("PaymentAmount", due.left))
    paid = [element(f"r:{name}", f"{amount:f}", currencyID=due.currency) for name, amount in amounts]
    return element("r:DutyTaxFee", text("r:TypeCode", due.kind), element("r:Payment", *paid))
