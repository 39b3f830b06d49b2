# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what the authorities answered: raw first, then what it says, then what it does to the state.

An answer that nobody understands is kept and shown, never dropped, and moves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from swclient.base import i18n
from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.exchange import replies as r
from swclient.exchange.permit_replies import PermitAnswer
from swclient.exchange.reply_reading import read_reply
from swclient.workflow.permit_answers import told_permit
from swclient.workflow.states import Verb

RELEASE_CODES = {"10", "11", "20"}
_LANES = {
    "green": N_("green lane"),
    "blue": N_("blue lane"),
    "yellow": N_("yellow lane"),
    "red": N_("red lane"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says.

    Attributes:
        title: in a few words.
        text: the rest, one thing a line.
        verb: what it does to the state, None for nothing.
        number: registration number it gives, empty when none.
        level: `info`, `good` or `error`.
        facts: what later steps need of it, JSON-able.
    """

    title: Message
    text: str = ""
    verb: Verb | None = None
    number: str = ""
    level: str = "info"
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Return it as the store keeps it."""
        return {
            "title": self.title.text(),
            "text": self.text,
            "level": self.level,
            "number": self.number,
            **self.facts,
        }


def understood(raw: bytes, name: str) -> Told:
    """Return what an answer says; one that cannot be read is told as that."""
    try:
        reply = read_reply(raw, name)
    except UserError as error:
        return Told(
            Message(N_("An answer that cannot be read; it is kept as it came")),
            str(error),
            level="error",
        )
    return _TELLERS.get(type(reply), _unknown)(reply)


def _registration(reply: r.Registration) -> Told:
    text = f"{reply.number}\n{reply.office} {reply.office_name}"
    facts = {"registered": reply.date.isoformat()}
    return Told(
        Message(N_("Registered under {number}"), {"number": reply.number}),
        text,
        Verb.REGISTER,
        reply.number,
        "good",
        facts,
    )


def _errors(reply: r.Errors) -> Told:
    lines = [_error_line(each) for each in reply.errors]
    facts = {"errors": [_plain(each) for each in reply.errors]}
    return Told(
        Message(N_("Refused with {n} errors"), {"n": len(lines)}),
        "\n".join(lines),
        Verb.REJECT,
        "",
        "error",
        facts,
    )


def _error_line(error: r.CustomsError) -> str:
    where = f"{error.box}/{error.item}" if error.item else error.box
    expected = (
        f" ({_('expected')} {error.expected}, {_('is')} {error.actual})" if error.expected or error.actual else ""
    )
    return f"{error.code} · {_('box')} {where}: {error.text}{expected}"


def _lane(reply: r.Lane) -> Told:
    name = _LANES.get(reply.lane)
    title = Message(N_("Lane of control: {lane}"), {"lane": Message(name) if name else reply.lane})
    return Told(title, "\n".join(reply.reasons), Verb.LANE, facts={"lane": reply.lane})


def _examination(reply: r.Examination) -> Told:
    return Told(
        Message(N_("Examination finished") if reply.finished else N_("Examination begins")),
        reply.comments,
    )


def _payment_request(reply: r.PaymentRequest) -> Told:
    lines = [f"{line.kind}  {i18n.show(line.required)}" for line in reply.lines]
    due = [
        {"kind": line.kind, "amount": f"{line.required:f}", "currency": line.currency}
        for line in reply.lines
        if line.required
    ]
    title = Message(N_("Payment requested: {total}"), {"total": reply.total})
    return Told(title, "\n".join(lines), Verb.DEMAND if due else None, facts={"due": due})


def _payment_receipt(reply: r.PaymentReceipt) -> Told:
    lines = [
        f"{line.kind}  {i18n.show(line.paid)}" + (f"  {_('lacking')} {i18n.show(line.lacking)}" if line.lacking else "")
        for line in reply.lines
    ]
    lacking = [
        {"kind": line.kind, "amount": f"{line.lacking:f}", "currency": line.currency}
        for line in reply.lines
        if line.lacking
    ]
    title = Message(
        N_("Payment {reference} accepted") if not lacking else N_("Payment {reference} is not enough"),
        {"reference": reply.reference},
    )
    return Told(
        title,
        "\n".join(lines),
        Verb.DEMAND if lacking else None,
        level="info" if not lacking else "error",
        facts={"due": lacking},
    )


def _mark(reply: r.CustomsMark) -> Told:
    released = reply.decision in RELEASE_CODES
    title = Message(
        N_("Released (decision {code})") if released else N_("Decision {code}: not released"),
        {"code": reply.decision},
    )
    lines = [f"{_('item')} {each.item}: {each.decision}" for each in reply.items]
    return Told(
        title,
        "\n".join((*reply.comments, *lines)),
        Verb.RELEASE if released else Verb.REFUSE,
        level="good" if released else "error",
    )


def _tax_receipt(reply: r.TaxReceipt) -> Told:
    lines = [f"{name}: {i18n.show(amount)}" for name, amount in reply.totals]
    title = Message(N_("Tax receipt {number}"), {"number": reply.receipt_number})
    return Told(title, "\n".join(lines), level="good", facts={"receipt": reply.receipt_number})


def _tax_refusal(reply: r.TaxRefusal) -> Told:
    lines = [f"{each.code} · {_('item')} {each.line or '—'} {each.field}: {each.text}" for each in reply.errors]
    return Told(
        Message(N_("The tax office refuses the statement")),
        "\n".join(lines),
        level="error",
        facts={"refused": True},
    )


def _unknown(reply: Any) -> Told:
    root = getattr(reply, "root", type(reply).__name__)
    return Told(
        Message(
            N_("An answer that this program does not know ({root}); it is kept as it came"),
            {"root": root},
        )
    )


_TELLERS: dict[type, Callable[[Any], Told]] = {
    r.Registration: _registration,
    r.Errors: _errors,
    r.Lane: _lane,
    r.Examination: _examination,
    r.PaymentRequest: _payment_request,
    r.PaymentReceipt: _payment_receipt,
    r.CustomsMark: _mark,
    r.TaxReceipt: _tax_receipt,
    r.TaxRefusal: _tax_refusal,
    PermitAnswer: lambda reply: Told(*told_permit(reply), facts={"permit": _plain(reply)}),
}


def _plain(value: Any) -> Any:
    """Return a frozen value as JSON-able data."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(each) for key, each in asdict(value).items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
