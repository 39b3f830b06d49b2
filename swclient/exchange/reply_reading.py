# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the bytes of an answer into a value of `replies`."""

from __future__ import annotations

import json
import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.exchange import replies as r
from swclient.exchange.permit_replies import DOCUMENTS, read_permit
from swclient.exchange.xmlread import MAX_BYTES, everywhere, fault, local, read_xml, value

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

T = TypeVar("T")

ANSWER = "answer"  # what an answer is called in errors when the caller gives no name
_SERIAL_DIGITS = 7
_AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,8})?")


def read_reply(content: bytes, name: str = ANSWER) -> r.Reply:
    """Read an answer.

    Args:
        content: its bytes as they came.
        name: what to call it in an error.

    Raises:
        UserError: neither XML nor JSON, or a part of it does not read; says which.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return _read_json(content, name)
    root = read_xml(content, name)
    reader = _READERS.get(local(root.tag))
    if reader is None:
        return r.Unknown(local(root.tag))
    return reader(root, r.Head(local(root.tag), *_identity(root)))


def _identity(root: Element) -> tuple[str, str, bool]:
    says = "TRAINING" in "".join(root.itertext()).upper() or root.get("Training") == "true"
    return value(root, "DocumentID"), value(root, "RefDocumentID"), says


def _unreadable(root: Element, path: str, text: str) -> UserError:
    return UserError(
        N_("The answer {root} cannot be read: {element} holds “{text}”."),
        root=local(root.tag),
        element=path,
        text=text,
    )


def _made(root: Element, path: str, make: Callable[[str], T]) -> T:
    text = value(root, path)
    try:
        return make(text)
    except (ValueError, InvalidOperation):
        raise _unreadable(root, path, text) from None


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _clock(text: str) -> time:
    return time.fromisoformat(text.removesuffix("Z"))


def _amount(text: str) -> Decimal:
    if _AMOUNT.fullmatch(text) is None:  # no exponent: 1e999999999 would be a long figure
        raise ValueError(text)
    return Decimal(text)


def _number(root: Element, path: str) -> str:
    """Return a registration number as it stands in box A, empty when there is none."""
    found = root.find(everywhere(path))
    if found is None:
        return ""
    day = _made(found, "RegistrationDate", _day)
    serial = value(found, "GTDNumber").zfill(_SERIAL_DIGITS)
    return f"{value(found, 'CustomsCode')}/{day:%d%m%y}/{serial}"


def _registration(root: Element, head: r.Head) -> r.Registration:
    return r.Registration(
        head,
        _number(root, "GTDID"),
        _made(root, "RegistrationDate", _day),
        _made(root, "RegistrationTime", _clock),
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
        _made(error, "GTDGoodsNumber", lambda text: int(text) if text else None),
        value(error, "ErrField"),
        value(error, "ErrElement"),
        value(error, "DocsContent/XPath"),
        value(error, "SuccessContent"),
        value(error, "DocValue"),
        _law(error),
        _made(error, "ErrLevel", lambda text: int(text or 1)),
    )


def _law(error: Element) -> str:
    act = "CheckNormativeDocument/"
    names = ("OrganizationName", "DocumentType", "DocumentNumber", "DocumentDate")
    return ", ".join(filter(None, (value(error, act + name) for name in names)))


def _lane(root: Element, head: r.Head) -> r.Lane:
    reasons = [(each.text or "").strip() for each in root.findall(everywhere("Reason"))]
    return r.Lane(head, value(root, "Lane"), tuple(reasons), _number(root, "GTDID"))


def _examination(root: Element, head: r.Head) -> r.Examination:
    number = _number(root, "GTDID") or _number(root, "DocID/DTRegNum")
    return r.Examination(head, head.root.endswith("Finish"), number, value(root, "Comments"))


def _payment_request(root: Element, head: r.Head) -> r.PaymentRequest:
    lines = []
    for each in root.findall(everywhere("Charge")):
        asked = _made(each, "Amount", _amount)
        kind, currency = value(each, "PaymentModeCode"), value(each, "CurrencyCode")
        lines.append(r.ChargeLine(kind, currency, asked, Decimal(0), asked))
    return r.PaymentRequest(head, tuple(lines), _made(root, "Total", _amount), _number(root, "GTDID"))


def _payment_receipt(root: Element, head: r.Head) -> r.PaymentReceipt:
    lines = tuple(
        r.ChargeLine(
            value(each, "PaymentModeCode"),
            value(each, "CurrencyCode"),
            *(_made(each, part, _amount) for part in ("Required", "Paid", "Lacking")),
        )
        for each in root.findall(everywhere("Charge"))
    )
    return r.PaymentReceipt(head, value(root, "Reference"), value(root, "Outcome"), lines)


def _mark(root: Element, head: r.Head) -> r.CustomsMark:
    decided = "GTDOutResolution/"
    items = tuple(
        r.ItemDecision(_made(each, "GoodsNumeric", int), value(each, "GTDOutGoodsResult/DecisionCode"))
        for each in root.findall(everywhere("GTDOutGoodsResolution"))
    )
    return r.CustomsMark(
        head,
        value(root, decided + "DecisionCode"),
        value(root, "GTDDocumentID"),
        _number(root, "GTDID"),
        items,
        _made(root, decided + "DateInf", lambda text: _day(text) if text else None),
        _made(root, decided + "TimeInf", lambda text: _clock(text) if text else None),
        tuple((each.text or "").strip() for each in root.findall(everywhere("Comments"))),
    )


_READERS: dict[str, Callable[[Element, r.Head], r.Reply]] = {
    "NotifGTDRegistration": _registration,
    "ErrorList": _errors,
    "RiskLane": _lane,
    "NotifGTDExaminationStart": _examination,
    "NotifGTDExaminationFinish": _examination,
    "PaymentRequest": _payment_request,
    "PaymentReceipt": _payment_receipt,
    "GTDoutCustomsMark": _mark,
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


def _tax_receipt(data: dict[str, Any]) -> r.TaxReceipt:
    totals = tuple((str(key), _amount(str(text))) for key, text in data["totals"].items())
    return r.TaxReceipt(
        str(data["receipt_number"]),
        str(data["declaration_number"]),
        str(data["accepted_at"]),
        str(data["sha256"]),
        totals,
        bool(data.get("training")),
    )


def _tax_refusal(data: dict[str, Any]) -> r.TaxRefusal:
    errors = tuple(
        r.TaxError(
            str(each["code"]),
            None if each.get("line") is None else int(each["line"]),
            str(each.get("field") or ""),
            str(each.get("expected") or ""),
            str(each.get("actual") or ""),
            str(each.get("message") or ""),
        )
        for each in data["errors"]
    )
    return r.TaxRefusal(errors, str(data["refused_at"]), str(data["sha256"]), bool(data.get("training")))
