# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what the authorities answered: raw first, then what it says, and what it is for the life of a declaration.

An answer that nobody understands is kept and shown, never dropped, and moves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from swclient.base import i18n
from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.exchange import replies as r
from swclient.exchange import replies_tax as rt
from swclient.exchange.permit_replies import PermitAnswer
from swclient.exchange.reply_reading import read_reply
from swclient.workflow.life import answers_asked, answers_permit, answers_tax
from swclient.workflow.life.fold import RELEASES, SUSPENSION, Kind
from swclient.workflow.life.telling import Told, plain, sums

_LANES = {
    "green": N_("green lane"),
    "blue": N_("blue lane"),
    "yellow": N_("yellow lane"),
    "red": N_("red lane"),
}
_DECISIONS = {
    "10": N_("Released (decision {code})"),
    "11": N_("Released against security (decision {code})"),
    "20": N_("Released conditionally (decision {code})"),
    "81": N_("Withdrawn (decision {code})"),
    "82": N_("Deemed not lodged (decision {code})"),
    "90": N_("Release refused (decision {code})"),
    "91": N_("Release suspended (decision {code})"),
}
_RELEASED = "10"
_OTHER_DECISION = N_("Decision {code}: not released")


def understood(raw: bytes, name: str) -> Told:
    """Return what an answer says, in the language in force; one that cannot be read is told as that."""
    return _understood(raw, name, i18n.language())


@lru_cache(maxsize=1024)
def _understood(raw: bytes, name: str, _language: str) -> Told:
    try:
        reply = read_reply(raw, name)
    except UserError as error:
        return Told(
            Message(N_("An answer that cannot be read; it is kept as it came")),
            str(error),
            level="error",
        )
    told = _TELLERS.get(type(reply), _unknown)(reply)
    head = getattr(reply, "head", None)
    return told.headed(head) if isinstance(head, r.Head) else told


def _registration(reply: r.Registration) -> Told:
    text = f"{reply.number}\n{reply.office} {reply.office_name}"
    facts = {"registered": reply.date.isoformat(), "number": reply.number}
    title = Message(N_("Registered under {number}"), {"number": reply.number})
    return Told(title, text, Kind.REGISTERED, reply.number, "good", facts)


def _errors(reply: r.Errors) -> Told:
    lines = [_error_line(each) for each in reply.errors]
    facts = {"errors": [plain(each) for each in reply.errors]}
    title = Message(N_("Refused with {n} errors"), {"n": len(lines)})
    return Told(title, "\n".join(lines), Kind.ERRORS, "", "error", facts, documents=reply.documents)


def _error_line(error: r.CustomsError) -> str:
    where = f"{error.box}/{error.item}" if error.item else error.box
    expected = (
        f" ({_('expected')} {error.expected}, {_('is')} {error.actual})" if error.expected or error.actual else ""
    )
    return f"{error.code} · {_('box')} {where}: {error.text}{expected}"


def _lane(reply: r.Lane) -> Told:
    name = _LANES.get(reply.lane)
    title = Message(N_("Lane of control: {lane}"), {"lane": Message(name) if name else reply.lane})
    return Told(title, "\n".join(reply.reasons), Kind.LANE, reply.number, facts={"lane": reply.lane})


def _examination(reply: r.Examination) -> Told:
    title = Message(N_("Examination finished") if reply.finished else N_("Examination begins"))
    return Told(title, reply.comments, Kind.EXAMINED if reply.finished else Kind.EXAMINATION, reply.number)


def _payment_request(reply: r.PaymentRequest) -> Told:
    lines = [f"{line.kind}  {i18n.show(line.required)}" for line in reply.lines]
    title = Message(N_("Payment requested: {total}"), {"total": reply.total})
    facts = {"due": sums(reply.lines, "required")}
    return Told(title, "\n".join(lines), Kind.DEMAND, reply.number, facts=facts)


def _export(reply: r.Export) -> Told:
    facts: dict[str, Any] = {}
    if reply.registered is not None:
        facts = {"registration": reply.number, "registered": reply.registered.isoformat()}
    if reply.left is not None:
        title = Message(_DECISIONS[_RELEASED], {"code": _RELEASED})
        return Told(title, reply.number, Kind.MARK, level="good", facts={**facts, "decision": _RELEASED})
    lines = [f"{line.kind}  {i18n.show(line.required)}" for line in reply.lines]
    title = Message(N_("Payment requested: {total}"), {"total": reply.total})
    facts["due"] = sums(reply.lines, "required")
    return Told(title, "\n".join(lines), Kind.DEMAND, facts=facts)


def _payment_receipt(reply: r.PaymentReceipt) -> Told:
    lines = [
        f"{line.kind}  {i18n.show(line.paid)}" + (f"  {_('lacking')} {i18n.show(line.lacking)}" if line.lacking else "")
        for line in reply.lines
    ]
    lacking = sums(reply.lines, "lacking")
    title = Message(
        N_("Payment {reference} accepted") if not lacking else N_("Payment {reference} is not enough"),
        {"reference": reply.reference},
    )
    facts = {"due": lacking, "reference": reply.reference}
    return Told(title, "\n".join(lines), Kind.RECEIPT, level="error" if lacking else "info", facts=facts)


def _mark(reply: r.CustomsMark) -> Told:
    title = Message(_DECISIONS.get(reply.decision, _OTHER_DECISION), {"code": reply.decision})
    lines = [f"{_('item')} {each.item}: {each.decision}" for each in reply.items]
    level = "good" if reply.decision in RELEASES else "warning" if reply.decision == SUSPENSION else "error"
    return Told(
        title,
        "\n".join((*filter(None, reply.comments), *lines)),
        Kind.MARK,
        reply.number,
        level,
        {"decision": reply.decision},
        documents=(reply.document,) if reply.document else (),
    )


def _notice(reply: r.Notice) -> Told:
    return Told(Message(reply.what), "\n".join(filter(None, (reply.number, *reply.words))))


def _unknown(reply: Any) -> Told:
    root = getattr(reply, "root", type(reply).__name__)
    words = N_("An answer that this program does not know ({root}); it is kept as it came")
    return Told(Message(words, {"root": root}), level="warning")


_TELLERS: dict[type, Callable[[Any], Told]] = {
    r.Registration: _registration,
    r.Errors: _errors,
    r.Lane: _lane,
    r.Examination: _examination,
    r.PaymentRequest: _payment_request,
    r.Export: _export,
    r.PaymentReceipt: _payment_receipt,
    r.CustomsMark: _mark,
    r.ExaminationNotice: answers_asked.examination,
    r.DocumentRequest: answers_asked.documents,
    r.DocumentReplyReceipt: answers_asked.documents_judged,
    r.AmendmentDecision: answers_asked.amendment,
    r.WithdrawalDecision: answers_asked.withdrawal,
    rt.TaxReceipt: answers_tax.receipt,
    rt.TaxRefusal: answers_tax.refusal,
    PermitAnswer: answers_permit.told,
    r.Notice: _notice,
}
