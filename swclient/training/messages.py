# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of the training customs office: the public EAEU documents.

Written as text by template: the office must not share a writer with the client. Namespaces and
order of elements are those of the album of formats 5.23.0; tests hold every message against the
official schemas.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

OFFICE_NAME = "УЧЕБНЫЙ ТАМОЖЕННЫЙ ПОСТ / TRAINING"
OFFICER = "УЧЕБНЫЙ ИНСПЕКТОР / TRAINING"
XML_TYPE = "application/xml; charset=utf-8"
TRAINING_NAMESPACE = "urn:swclient:training:1"

_BASE = "urn:customs.ru:Information:"
_AGGREGATES = "urn:customs.ru:CommonAggregateTypes:5.22.0"
RELEASES = ("10", "11", "20")
_RELEASED = "УЧЕБНЫЙ ВЫПУСК, юридической силы не имеет / TRAINING, no legal effect"
_DECIDED = "УЧЕБНОЕ РЕШЕНИЕ, юридической силы не имеет / TRAINING, no legal effect"


@dataclass(frozen=True, slots=True)
class Head:
    """What every message begins with.

    Attributes:
        reference: DocumentID of the container that is answered.
        office: code of the office.
        at: when the office spoke, local time with zone.
        registered: registration date, ISO; empty before registration.
        serial: serial number of the declaration, seven digits.
    """

    reference: str
    office: str
    at: datetime
    registered: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A message ready to go out: kind (local name of the root) and bytes."""

    root: str
    body: bytes


def element(name: str, *content: str, **attributes: str) -> str:
    """Return an element around content that is already XML."""
    marks = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{marks}>{''.join(content)}</{name}>"


def text(name: str, value: object, limit: int = 0) -> str:
    """Return an element around plain text, cut to the limit of its format; nothing for no text."""
    words = str(value)
    if limit and len(words) > limit:
        words = words[: limit - 1] + "…"
    return element(name, escape(words)) if words else ""


def document(root: str, namespaces: dict[str, str], *content: str, **attributes: str) -> Written:
    """Return a whole document; `root` carries its prefix."""
    declared = "".join(f" xmlns:{prefix}={quoteattr(name)}" for prefix, name in namespaces.items())
    body = element(root, *content, **attributes).replace(f"<{root}", f"<{root}{declared}", 1)
    return Written(root.partition(":")[2], f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode())


def identity(head: Head) -> str:
    """Return the identifiers of a public document."""
    return text("c:DocumentID", uuid.uuid4()) + text("c:RefDocumentID", head.reference)


def customs(name: str, head: Head) -> str:
    """Return code and name of the office."""
    return element(name, text("c:Code", head.office), text("c:OfficeName", OFFICE_NAME))


def gtdid(name: str, head: Head) -> str:
    """Return the parts of the registration number."""
    parts = (
        ("CustomsCode", head.office),
        ("RegistrationDate", head.registered),
        ("GTDNumber", head.serial),
    )
    return element(name, *(text(f"c:{part}", value) for part, value in parts))


def clock(head: Head) -> str:
    """Return the time of day as the formats write it."""
    return head.at.strftime("%H:%M:%S")


def registration(head: Head) -> Written:
    """Return the notice of registration."""
    spaces = {"n": _BASE + "ExchangeDocuments:NotifGTDRegistration:5.22.0", "c": _AGGREGATES}
    return document(
        "n:NotifGTDRegistration",
        spaces,
        identity(head),
        text("n:RegistrationDate", head.registered),
        text("n:RegistrationTime", clock(head)),
        text("n:DocSign", 0),
        text(
            "n:Comments",
            "УЧЕБНАЯ РЕГИСТРАЦИЯ, юридической силы не имеет / TRAINING, no legal effect",
        ),
        customs("n:Customs", head),
        gtdid("n:GTDID", head),
        DocumentModeID="1004051E",
    )


def examination_start(head: Head, comment: str) -> Written:
    """Return the notice that a check has begun."""
    spaces = {"n": _BASE + "ExchangeDocuments:NotifGTDExaminationStart:5.22.0", "c": _AGGREGATES}
    return document(
        "n:NotifGTDExaminationStart",
        spaces,
        identity(head),
        text("n:DocSign", 0),
        text("n:ControlStartDate", head.at.date().isoformat()),
        text("n:ControlStartTime", clock(head)),
        text("n:Comments", comment, 250),
        element("n:CustomsPerson", text("c:PersonName", OFFICER)),
        customs("n:Customs", head),
        element("n:DocID", gtdid("n:DTRegNum", head)),
        DocumentModeID="1004052E",
    )


def examination_finish(head: Head, comment: str) -> Written:
    """Return the notice that a check is over."""
    spaces = {"n": _BASE + "ExchangeDocuments:NotifGTDExaminationFinish:5.22.0", "c": _AGGREGATES}
    return document(
        "n:NotifGTDExaminationFinish",
        spaces,
        identity(head),
        text("n:ExamFinishDate", head.at.date().isoformat()),
        text("n:ExamFinishTime", clock(head)),
        text("n:Comments", comment, 250),
        element("n:CustomsPerson", text("c:PersonName", OFFICER)),
        customs("n:Customs", head),
        gtdid("n:GTDID", head),
        DocumentModeID="1004053E",
    )


def customs_mark(head: Head, document_id: str, decided: tuple[str, list[str]], items: list[dict[str, str]]) -> Written:
    """Return a decision on the declaration and each item: its code, and reasons beyond the usual words."""
    spaces = {
        "n": _BASE + "CustomsDocuments:GTDoutCustomsMark:5.23.0",
        "r": "urn:customs.ru:RUCommonAggregateTypes:5.23.0",
        "c": _AGGREGATES,
    }
    code, reasons = decided
    decision = (
        text("r:DecisionCode", code)
        + text("r:DateInf", head.at.date().isoformat())
        + text("r:TimeInf", clock(head))
        + "".join(element("n:FoundationDes", text("n:FoundationText", reason, 250)) for reason in reasons)
        + text("n:PersonName", OFFICER)
    )
    goods = (
        element(
            "n:GTDOutGoodsResolution",
            text("n:GoodsNumeric", item["no"]),
            element("n:GTDOutGoodsResult", decision),
            element("n:CustCostMethod", text("n:CustomsCostCorrectMethod", item["valuation_method"])),
        )
        for item in items
    )
    words = _RELEASED if code in RELEASES else _DECIDED
    return document(
        "n:GTDoutCustomsMark",
        spaces,
        identity(head),
        *(text("n:Comments", words, 250) for words in (words, *reasons)),
        text("n:GTDDocumentID", document_id),
        element("n:GTDOutResolution", decision),
        *goods,
        gtdid("n:GTDID", head),
        DocumentModeID="1006078E",
    )


def own(root: str, head: Head, *content: str) -> Written:
    """Return one of our own messages; they share one head."""
    number = f"{head.office}/{datetime.fromisoformat(head.registered):%d%m%y}/{head.serial}"
    parts = (
        ("CustomsCode", head.office),
        ("RegistrationDate", head.registered),
        ("GTDNumber", head.serial),
    )
    return document(
        f"t:{root}",
        {"t": TRAINING_NAMESPACE},
        text("t:DocumentID", uuid.uuid4()),
        text("t:RefDocumentID", head.reference),
        element("t:Customs", text("t:Code", head.office), text("t:OfficeName", OFFICE_NAME)),
        element("t:GTDID", *(text(f"t:{part}", value) for part, value in parts)),
        text("t:RegistrationNumber", number),
        text("t:IssuedAt", head.at.isoformat(timespec="seconds")),
        *content,
        Training="true",
    )
