# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prepares the electronic invoice of an onward sale from a released declaration. Nothing is sent.

The declaration knows the goods, not the sale: buyer, day and prices come from a small file of the user's. Without one
a draft is made at what the goods cost landed, with no buyer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from swclient.base.decimals import ZERO, round_half_up
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.tax_flows import tax_data
from swclient.exchange.onward_invoice import Invoice, Side, Sold, write_invoice
from swclient.workflow.tax.statement import Amounts, amounts_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from swclient.catalogue.profile import Profile
    from swclient.document.snapshot import Record, Snapshot

DRAFT_NUMBER = "DRAFT"
_KILOGRAM = "166"
_NONE = N_("{country} has no electronic invoice that this program could prepare.")
_UNREADABLE = N_("The sale in {file} cannot be read: {reason}")
_NO_ITEM = N_("The sale names item {item}, which the declaration does not have.")
_NO_QUANTITY = N_("Item {item} has no quantity, so it cannot be invoiced.")
_TIN = N_("The buyer's number “{number}” has not the form that the tax administration wants.")
_PRICE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Sale:
    """What the declaration does not know of a sale; `prices` a unit without VAT by item, none for all items at cost."""

    number: str
    day: date
    turnover_day: date
    customer: Side
    prices: Mapping[int, Decimal]


def read_sale(path: Path, profile: Profile) -> Sale:
    """Read a sale from a JSON file: number, date, turnover_date, customer {tin, name, address, country}, prices.

    Raises:
        UserError: it cannot be read, or the buyer's number has another form.
    """
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        day = date.fromisoformat(said["date"])
        customer = Side(**{name: str(text) for name, text in said["customer"].items()})
        prices = {int(item): _price(text) for item, text in said.get("prices", {}).items()}
        turnover = date.fromisoformat(said.get("turnover_date", said["date"]))
        sale = Sale(str(said["number"]), day, turnover, customer, prices)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(_UNREADABLE, file=path.name, reason=str(error)) from error
    if not re.fullmatch(str(tax_data(profile).invoice.get("tin_pattern", ".*")), customer.tin):
        raise UserError(_TIN, number=customer.tin)
    return sale


def _price(text: object) -> Decimal:
    if not isinstance(text, str) or not _PRICE.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def draft_sale(day: date) -> Sale:
    """Return a sale that nobody has made yet: no buyer, every item, at cost."""
    return Sale(DRAFT_NUMBER, day, day, Side(), {})


def prepare_invoice(snapshot: Snapshot, profile: Profile, number: str, sale: Sale) -> dict[str, bytes]:
    """Return the invoice and the envelopes of its way, by part; nothing is sent.

    Args:
        snapshot: the declaration.
        profile: its profile.
        number: its registration number.
        sale: what it does not know.

    Raises:
        UserError: the country has no such invoice, or an item cannot be invoiced.
    """
    names = tax_data(profile).invoice
    if not names:
        raise UserError(_NONE, country=str(profile.facts.get("country", "")))
    person = snapshot.one("person")
    words = (person.get(name) for name in ("surname", "given_name", "middle_name"))
    invoice = Invoice(
        sale.number,
        sale.day,
        sale.turnover_day,
        str(profile.facts.get("currency", "")),
        " ".join(str(word) for word in words if word),
        number,
        _seller(snapshot),
        sale.customer,
        _lines(snapshot, profile, sale),
        str(names["origin_code"]),
    )
    return write_invoice(invoice, profile, names)


def _seller(snapshot: Snapshot) -> Side:
    """Return who sells: whoever the goods were consigned to, else the declarant."""
    consignee = snapshot.one("consignee")
    held = consignee if consignee.get("tax_id") else snapshot.one("declarant")
    parts = (held.get(name) for name in ("postcode", "region", "city", "street"))
    address = ", ".join(str(part) for part in parts if part)
    return Side(str(held.get("tax_id") or ""), str(held.get("name") or ""), address, str(held.get("country") or ""))


def _lines(snapshot: Snapshot, profile: Profile, sale: Sale) -> tuple[Sold, ...]:
    items = {each.number: each for each in amounts_of(snapshot, profile)}
    gone = set(sale.prices) - set(items)
    if gone:
        raise UserError(_NO_ITEM, item=min(gone))
    records = {record.get("number"): record for record in snapshot.many("item")}
    chosen = [number for number in items if not sale.prices or number in sale.prices]
    return tuple(_line(records[number], items[number], sale, profile) for number in chosen)


def _line(record: Record, item: Amounts, sale: Sale, profile: Profile) -> Sold:
    quantity, unit = _quantity(record, item, profile)
    cost = item.customs_value + item.fee + item.duty + item.excise
    price = sale.prices.get(item.number, round_half_up(cost / quantity))
    words = str(record.get("description") or "")
    return Sold(item.number, item.code, words, quantity, unit, price, item.vat_rate)


def _quantity(record: Record, item: Amounts, profile: Profile) -> tuple[Decimal, str]:
    for amount, unit in (("quantity", "quantity_unit"), ("supplementary_quantity", "supplementary_unit")):
        value = record.get(amount)
        if isinstance(value, Decimal) and value > ZERO and record.get(unit):
            return value, str(record.get(unit))
    mass = record.get("net_mass")
    if isinstance(mass, Decimal) and mass > ZERO:
        return mass, str(profile.facts.get("charges", {}).get("kilogram", _KILOGRAM))
    raise UserError(_NO_QUANTITY, item=item.number)
