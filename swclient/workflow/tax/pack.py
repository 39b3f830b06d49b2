# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tax pack of a declaration: its items and payments as tables for bookkeeping, and what is due when.

Everything comes from the declaration and what the offices answered; what is due, and the days off, are data of the
country (tax.toml), with their source and whether it is confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from swclient.base.csv_writing import write_csv
from swclient.base.decimals import plain
from swclient.base.errors import UserError
from swclient.base.i18n import N_, _
from swclient.catalogue.tax_flows import Flow, tax_data
from swclient.workflow.life.fold import Kind
from swclient.workflow.life.own_side import PAYMENT
from swclient.workflow.tax.reminders import Event, calendar_file
from swclient.workflow.tax.statement import Amounts, PaymentDocument, amounts_of, payer_of

if TYPE_CHECKING:
    from swclient.catalogue.profile import Profile
    from swclient.document.snapshot import Snapshot
    from swclient.store import Store

_NOT_REGISTERED = N_("There is no tax pack yet: the declaration has no registration number.")
TRAINING = "TRAINING - filed with no authority"
_FIGURES = ("customs_value", "fee", "duty", "excise", "vat_base", "vat_rate", "vat", "vat_offset")


@dataclass(frozen=True, slots=True)
class Handed:
    """What customs said of a declaration, and how it was paid.

    Attributes:
        registered: day of registration, None where it is not known.
        receipt: number of the tax office's receipt, empty while there is none.
    """

    number: str
    registered: date | None
    receipt: str
    payments: tuple[PaymentDocument, ...]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is due: by rule on `by_rule`, in fact on `due`; None for both where no day is known."""

    flow: Flow
    begun: date | None
    by_rule: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Pack:
    """The tax pack."""

    handed: Handed
    country: str
    currency: str
    payer: str
    items: tuple[Amounts, ...]
    declared: tuple[PaymentDocument, ...]
    reminders: tuple[Reminder, ...]
    days_off: tuple[str, bool]  # source of the calendar, and whether it is confirmed


def handed_over(store: Store, declaration_id: str) -> Handed:
    """Return what the store knows of a registered declaration.

    Raises:
        UserError: it has no registration number.
    """
    number = store.row(declaration_id).number or ""
    if not number:
        raise UserError(_NOT_REGISTERED)
    parsed = [kept.parsed for kept in store.answers.of_declaration(declaration_id) if kept.parsed]
    days = [str(each["registered"]) for each in parsed if each.get("registered")]
    receipts = [str(each["receipt"]) for each in parsed if each.get("receipt")]
    registered = date.fromisoformat(days[0]) if days else None
    return Handed(number, registered, receipts[-1] if receipts else "", paid_by(store, declaration_id))


def paid_by(store: Store, declaration_id: str) -> tuple[PaymentDocument, ...]:
    """Return the payment orders that customs took or gave a receipt for, one line for each kind."""
    parsed = (kept.parsed or {} for kept in store.answers.of_declaration(declaration_id))
    receipted = {each.get("reference") for each in parsed if each.get("kind") == Kind.RECEIPT}
    found = []
    for entry in store.outbox.entries(declaration_id):
        if entry.entry.verb != PAYMENT:
            continue
        order = json.loads(entry.entry.content)
        if entry.conversation or order["reference"] in receipted:
            day = entry.created_at.date().isoformat()
            found += [PaymentDocument(**each, document=order["reference"], date=day) for each in order["payments"]]
    return tuple(found)


def make_pack(snapshot: Snapshot, profile: Profile, handed: Handed) -> Pack:
    """Return the tax pack of a declaration."""
    taxes = tax_data(profile)
    currency = str(profile.facts.get("currency", ""))
    flows = [flow for flow in taxes.flows if _applies(flow, snapshot)]
    return Pack(
        handed,
        str(profile.facts.get("country", "")),
        currency,
        payer_of(snapshot),
        amounts_of(snapshot, profile),
        _declared(snapshot, currency),
        tuple(_reminder(flow, snapshot, profile, handed) for flow in flows),
        (taxes.calendar.source, taxes.calendar.confirmed),
    )


def _applies(flow: Flow, snapshot: Snapshot) -> bool:
    direction = snapshot.one("header").get("direction")
    fits = not flow.directions or direction in flow.directions
    return fits and (not flow.needs or _field(snapshot, flow.needs) is not None)


def _field(snapshot: Snapshot, field_id: str) -> object:
    table, _dot, name = field_id.partition(".")
    return snapshot.one(table).get(name)


def _reminder(flow: Flow, snapshot: Snapshot, profile: Profile, handed: Handed) -> Reminder:
    begun = handed.registered if flow.begins == "registered" else _field(snapshot, flow.begins)
    if not isinstance(begun, date):
        return Reminder(flow, None, None, None)
    days = flow.due(begun, tax_data(profile).calendar)
    return Reminder(flow, begun, *days) if days else Reminder(flow, begun, None, None)


def _declared(snapshot: Snapshot, currency: str) -> tuple[PaymentDocument, ...]:
    """Return the payment documents of box B as they were declared."""
    found = []
    for row in snapshot.many("payment"):
        amount, day = row.get("amount"), row.get("date")
        figure = plain(amount) if isinstance(amount, Decimal) else ""
        told = day.isoformat() if isinstance(day, date) else ""
        kind, number = (str(row.get(name) or "") for name in ("kind", "number"))
        found.append(PaymentDocument(kind, figure, currency, number, told))
    return tuple(found)


def pack_files(pack: Pack) -> dict[str, bytes]:
    """Return the files of a pack by name: tables as CSV, the whole as JSON, reminders for a calendar program."""
    return {
        "items.csv": write_csv(
            ("declaration_number", "item", "commodity_code", *_FIGURES, "currency", "payment_documents"),
            _item_rows(pack),
        ),
        "payments.csv": write_csv(("source", "kind", "amount", "currency", "document", "date"), _payment_rows(pack)),
        "calendar.csv": write_csv(
            ("due", "by_rule", "counted_from", "what", "content", "source", "confirmed"), map(_due_row, pack.reminders)
        ),
        "calendar.ics": calendar_file(_events(pack)),
        "tax-pack.json": json.dumps(pack_data(pack), ensure_ascii=False, indent=1).encode(),
    }


def _events(pack: Pack) -> Iterator[Event]:
    for each in pack.reminders:
        if each.due is not None and each.begun is not None:
            flow = each.flow
            sure = "" if flow.confirmed else f" ({_('not confirmed')})"
            title = f"{flow.title()}: {pack.handed.number}{sure}"
            text = f"{flow.content()} [{flow.source}]"
            yield Event(f"{pack.handed.number} {flow.id}", each.begun, each.due, title, text)


def _item_rows(pack: Pack) -> list[list[Any]]:
    papers = "; ".join(
        dict.fromkeys(each.document for each in (*pack.handed.payments, *pack.declared) if each.document)
    )
    return [
        [
            pack.handed.number,
            item.number,
            item.code,
            *(getattr(item, name) for name in _FIGURES),
            pack.currency,
            papers,
        ]
        for item in pack.items
    ]


def _payment_rows(pack: Pack) -> list[list[Any]]:
    sources = (("order", pack.handed.payments), ("declared", pack.declared))
    return [
        [source, each.kind, Decimal(each.amount) if each.amount else "", each.currency, each.document, each.date]
        for source, rows in sources
        for each in rows
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _due_row(reminder: Reminder) -> list[Any]:
    flow = reminder.flow
    days = (reminder.due, reminder.by_rule, reminder.begun)
    return [*map(_day, days), flow.title(), flow.content(), flow.source, "yes" if flow.confirmed else "no"]


def pack_data(pack: Pack) -> dict[str, Any]:
    """Return the pack as JSON-able data, amounts as text, days as year-month-day."""
    return {
        "document": "tax-pack",
        "note": TRAINING,
        "declaration_number": pack.handed.number,
        "declaration_date": _day(pack.handed.registered),
        "country": pack.country,
        "currency": pack.currency,
        "payer": pack.payer,
        "tax_receipt": pack.handed.receipt,
        "items": [_item_data(item) for item in pack.items],
        "totals": {name: plain(_total(pack, name)) for name in _FIGURES if name != "vat_rate"},
        "payments": [asdict(each) for each in pack.handed.payments],
        "declared_payments": [asdict(each) for each in pack.declared],
        "reminders": [_reminder_data(each) for each in pack.reminders],
        "calendar": {"source": pack.days_off[0], "confirmed": pack.days_off[1]},
    }


def _item_data(item: Amounts) -> dict[str, Any]:
    figures = {name: plain(getattr(item, name)) for name in _FIGURES}
    return {"no": item.number, "commodity_code": item.code, **figures}


def _total(pack: Pack, name: str) -> Decimal:
    return sum((getattr(item, name) for item in pack.items), Decimal("0.00"))


def _reminder_data(reminder: Reminder) -> dict[str, Any]:
    flow = reminder.flow
    days = {"due": reminder.due, "by_rule": reminder.by_rule, "counted_from": reminder.begun}
    told = {"id": flow.id, "what": flow.title(), "content": flow.content(), "source": flow.source}
    return {**{name: _day(day) for name, day in days.items()}, **told, "confirmed": flow.confirmed}
