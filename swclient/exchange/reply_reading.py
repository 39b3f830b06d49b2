# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the bytes of an answer into a value of `replies`."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.exchange import asycuda_answer, wco_reading
from swclient.exchange import replies as r
from swclient.exchange import replies_tax as rt
from swclient.exchange import reply_asking as asking
from swclient.exchange.permit_replies import DOCUMENTS, read_permit
from swclient.exchange.reply_parts import amount, clock, day, made, number
from swclient.exchange.xmlread import MAX_BYTES, everywhere, fault, local, read_xml, value

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

_START = 100
ANSWER = "answer"  # what an answer is called in errors when the caller gives no name


def read_reply(content: bytes, name: str = ANSWER) -> r.Reply:
    """Read an answer.

    Args:
        content: its bytes as they came.
        name: what to call it in an error.

    Raises:
        UserError: neither XML nor JSON, or a part of it does not read; says which.
    """
    start = content[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in {b"{", b"["}:
        return _read_json(content, name)
    if start.startswith(asycuda_answer.REFUSED.encode()):
        return asycuda_answer.read_text(content)
    root = read_xml(content, name)
    if local(root.tag) in wco_reading.ROOTS and (told := wco_reading.read_response(root)) is not None:
        return told
    reader = _READERS.get(local(root.tag))
    if reader is None:
        return r.Unknown(local(root.tag))
    return reader(root, r.Head(local(root.tag), *_identity(root)))


def _identity(root: Element) -> tuple[str, str, bool, str]:
    says = "TRAINING" in "".join(root.itertext()).upper() or root.get("Training") == "true"
    return value(root, "DocumentID"), value(root, "RefDocumentID"), says, value(root, "IssuedAt")


def _registration(root: Element, head: r.Head) -> r.Registration:
    return r.Registration(
        head,
        number(root, "GTDID"),
        made(root, "RegistrationDate", day),
        made(root, "RegistrationTime", clock),
        value(root, "Customs/Code"),
        value(root, "Customs/OfficeName"),
        value(root, "Comments"),
    )


def _errors(root: Element, head: r.Head) -> r.Errors:
    documents = [value(each, "DocID") for each in root.findall(everywhere("BadDocument"))]
    errors = [_error(each) for each in root.findall(everywhere("BadDocument/Error"))]
    return r.Errors(head, tuple(errors), tuple(documents))


def _error(error: Element) -> r.CustomsError:
    described = [(each.text or "").strip() for each in error.findall(everywhere("ErrDescription"))]
    return r.CustomsError(
        value(error, "ErrCode"),
        "\n".join(filter(None, [value(error, "ErrorName"), *described])),
        made(error, "GTDGoodsNumber", lambda text: int(text) if text else None),
        value(error, "ErrField"),
        value(error, "ErrElement"),
        value(error, "DocsContent/XPath"),
        value(error, "SuccessContent"),
        value(error, "DocValue"),
        _law(error),
        made(error, "ErrLevel", lambda text: int(text or 1)),
    )


def _law(error: Element) -> str:
    act = "CheckNormativeDocument/"
    names = ("OrganizationName", "DocumentType", "DocumentNumber", "DocumentDate")
    return ", ".join(filter(None, (value(error, act + name) for name in names)))


def _lane(root: Element, head: r.Head) -> r.Lane:
    reasons = [(each.text or "").strip() for each in root.findall(everywhere("Reason"))]
    return r.Lane(head, value(root, "Lane"), tuple(reasons), number(root, "GTDID"))


def _examination(root: Element, head: r.Head) -> r.Examination:
    found = number(root, "GTDID") or number(root, "DocID/DTRegNum")
    return r.Examination(head, head.root.endswith("Finish"), found, value(root, "Comments"))


def _payment_request(root: Element, head: r.Head) -> r.PaymentRequest:
    lines = []
    for each in root.findall(everywhere("Charge")):
        asked = made(each, "Amount", amount)
        kind, currency = value(each, "PaymentModeCode"), value(each, "CurrencyCode")
        lines.append(r.ChargeLine(kind, currency, asked, Decimal(0), asked))
    return r.PaymentRequest(head, tuple(lines), made(root, "Total", amount), number(root, "GTDID"))


def _payment_receipt(root: Element, head: r.Head) -> r.PaymentReceipt:
    lines = tuple(
        r.ChargeLine(
            value(each, "PaymentModeCode"),
            value(each, "CurrencyCode"),
            *(made(each, part, amount) for part in ("Required", "Paid", "Lacking")),
        )
        for each in root.findall(everywhere("Charge"))
    )
    return r.PaymentReceipt(head, value(root, "Reference"), value(root, "Outcome"), lines)


def _mark(root: Element, head: r.Head) -> r.CustomsMark:
    decided = "GTDOutResolution/"
    items = tuple(
        r.ItemDecision(made(each, "GoodsNumeric", int), value(each, "GTDOutGoodsResult/DecisionCode"))
        for each in root.findall(everywhere("GTDOutGoodsResolution"))
    )
    return r.CustomsMark(
        head,
        value(root, decided + "DecisionCode"),
        value(root, "GTDDocumentID"),
        number(root, "GTDID"),
        items,
        made(root, decided + "DateInf", lambda text: day(text) if text else None),
        made(root, decided + "TimeInf", lambda text: clock(text) if text else None),
        tuple((each.text or "").strip() for each in root.findall(everywhere("Comments"))),
    )


_READERS: dict[str, Callable[[Element, r.Head], r.Reply]] = {
    "NotifGTDRegistration": _registration,
    "ErrorList": _errors,
    asycuda_answer.ROOT: asycuda_answer.read_export,
    "RiskLane": _lane,
    "NotifGTDExaminationStart": _examination,
    "NotifGTDExaminationFinish": _examination,
    "PaymentRequest": _payment_request,
    "PaymentReceipt": _payment_receipt,
    "GTDoutCustomsMark": _mark,
    "ExaminationNotice": asking.examination_notice,
    "DocumentRequest": asking.document_request,
    "DocumentReplyReceipt": asking.document_receipt,
    "AmendmentDecision": asking.amendment,
    "WithdrawalDecision": asking.withdrawal,
}


def _read_json(content: bytes, name: str) -> r.Reply:
    if len(content) > MAX_BYTES:
        raise fault(name, 1, 1, Message(N_("too large")))
    try:
        data = json.loads(content)
    except json.JSONDecodeError as error:
        raise fault(name, error.lineno, error.colno, error.msg) from None
    except (ValueError, RecursionError) as error:
        raise fault(name, 1, 1, str(error)) from None
    kind = str(data.get("document", "")) if isinstance(data, dict) else ""
    try:
        if kind == "import-statement-receipt":
            return _tax_receipt(data)
        if kind == "import-statement-refusal":
            return _tax_refusal(data)
        if kind in DOCUMENTS:
            return read_permit(data)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise UserError(
            N_("The answer {root} cannot be read: {element} holds “{text}”."),
            root=kind,
            element="",
            text=str(error),
        ) from None
    return r.Unknown(kind or "JSON")


def _tax_receipt(data: dict[str, Any]) -> rt.TaxReceipt:
    totals = tuple((str(key), amount(str(text))) for key, text in data["totals"].items())
    return rt.TaxReceipt(
        str(data["receipt_number"]),
        str(data["declaration_number"]),
        str(data["accepted_at"]),
        str(data["sha256"]),
        totals,
        bool(data.get("training")),
    )


def _tax_refusal(data: dict[str, Any]) -> rt.TaxRefusal:
    errors = tuple(
        rt.TaxError(
            str(each["code"]),
            None if each.get("line") is None else int(each["line"]),
            str(each.get("field") or ""),
            str(each.get("expected") or ""),
            str(each.get("actual") or ""),
            str(each.get("message") or ""),
        )
        for each in data["errors"]
    )
    return rt.TaxRefusal(errors, str(data["refused_at"]), str(data["sha256"]), bool(data.get("training")))
