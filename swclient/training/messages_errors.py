# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors that the training customs office answers with: the public `ErrorList`."""

from __future__ import annotations

from swclient.training.messages import (
    Head,
    Written,
    clock,
    customs,
    document,
    element,
    identity,
    text,
)
from swclient.training.notebook import Note
from swclient.training.wording import WORDING, Law

CHECK_VERSION = "swclient-training-1"
_ERROR_LEVEL = 1
_SPACES = {
    "n": "urn:customs.ru:Information:ExchangeDocuments:ErrorList:5.22.0",
    "c": "urn:customs.ru:CommonAggregateTypes:5.22.0",
}


def error_list(head: Head, document_id: str, notes: list[Note]) -> Written:
    """Return the list of errors of one declaration."""
    bad = element(
        "n:BadDocument",
        text("n:DocID", document_id),
        text("n:DocName", "Декларация на товары"),
        text("n:DocModeID", "1006107E"),
        *(_error(number, note, head) for number, note in enumerate(notes, 1)),
    )
    return document(
        "n:ErrorList",
        _SPACES,
        identity(head),
        text("n:SendDate", head.at.date().isoformat()),
        customs("n:Customs", head),
        text("n:CheckVersion", CHECK_VERSION),
        bad,
        DocumentModeID="1004030E",
    )


def _error(number: int, note: Note, head: Head) -> str:
    wording = WORDING[note.code]
    return element(
        "n:Error",
        text("n:NumPP", number),
        text("n:DateInf", head.at.date().isoformat()),
        text("n:TimeInf", clock(head)),
        text("n:ErrCode", note.code),
        text("n:ErrCodeShort", note.code),
        text("n:ErrorName", wording.russian, 250),
        text("n:ErrDescription", wording.english, 250),
        text("n:GTDGoodsNumber", note.item or ""),
        text("n:ErrElement", note.element, 500),
        text("n:ErrField", note.box, 10),
        text("n:SuccessContent", note.expected, 250),
        text("n:DocValue", note.actual, 250),
        element("n:DocsContent", text("n:XPath", note.path, 500)) if note.path else "",
        text("n:ErrLevel", _ERROR_LEVEL),
        _law(wording.law) if wording.law else "",
    )


def _law(law: Law) -> str:
    return element(
        "n:CheckNormativeDocument",
        text("n:DocumentType", law.kind, 250),
        text("n:OrganizationName", law.issuer, 150),
        text("n:DocumentDate", law.date),
        text("n:DocumentNumber", law.number),
    )
