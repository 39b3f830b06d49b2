# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of our own about control and errands: documents asked for, examinations, amendments, withdrawals.

Namespace `urn:swclient:training:1`; the schema is `training-1.xsd` beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from swclient.training.messages import Head, Written, element, own, text
from swclient.training.messages_own import ACCEPTED, LACKING

REFUSED = "refused"
_LONGEST = 250


@dataclass(frozen=True, slots=True)
class Amended:
    """Which amendment is answered: its running number, and the DocumentID of the Amendment."""

    number: int
    document_id: str


def document_request(
    head: Head, request: tuple[str, datetime], documents: list[tuple[str, str, str]], reasons: list[str]
) -> Written:
    """Return the request for documents: `request` is its identifier and its end; documents are code, words, item."""
    identifier, due = request
    asked = (
        element("t:Document", text("t:Code", code), text("t:Description", words, _LONGEST), text("t:Item", item))
        for code, words, item in documents
    )
    return own(
        "DocumentRequest",
        head,
        text("t:RequestID", identifier),
        text("t:Due", due.isoformat(timespec="seconds")),
        *asked,
        *_reasons(reasons),
    )


def document_reply_receipt(head: Head, answered: tuple[str, str], lacking: list[str], reasons: list[str]) -> Written:
    """Return what became of a reply: `answered` is the request and the key of the reply."""
    request, key = answered
    return own(
        "DocumentReplyReceipt",
        head,
        text("t:RequestID", request),
        text("t:Outcome", LACKING if lacking else ACCEPTED),
        text("t:Reference", key),
        element("t:Lacking", *(text("t:Code", code) for code in lacking)) if lacking else "",
        *_reasons(reasons),
    )


def examination_notice(head: Head, place: str, begins: datetime, scope: str) -> Written:
    """Return where and when the goods are examined."""
    return own(
        "ExaminationNotice",
        head,
        text("t:Place", place, _LONGEST),
        text("t:Begins", begins.isoformat(timespec="seconds")),
        text("t:Scope", scope, _LONGEST),
        text("t:Presence", "required"),
    )


def amendment_decision(head: Head, amended: Amended, reasons: list[str]) -> Written:
    """Return the decision on an amendment; refused where there are reasons."""
    number = f"{head.office}/{datetime.fromisoformat(head.registered):%d%m%y}/{head.serial}"
    return own(
        "AmendmentDecision",
        head,
        text("t:AmendmentNumber", f"{number}/{amended.number:02d}"),
        text("t:Outcome", REFUSED if reasons else ACCEPTED),
        *_reasons(reasons),
        text("t:Reference", amended.document_id, _LONGEST),
    )


def withdrawal_decision(head: Head, key: str, reasons: list[str]) -> Written:
    """Return the refusal of a withdrawal."""
    return own("WithdrawalDecision", head, text("t:Outcome", REFUSED), text("t:Reference", key), *_reasons(reasons))


def _reasons(reasons: list[str]) -> list[str]:
    return [text("t:Reason", reason, _LONGEST) for reason in reasons]
