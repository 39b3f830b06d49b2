# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An electronic invoice for the onward sale of declared goods, as the country's tax.toml and skeletons say.

Prepared and kept as files; this program sends none: there is no public service to test against. What only the
taxpayer has (pass word, signed ticket, session, signatures) stands in the envelopes as a place to be filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from swclient.base.decimals import CENT, HUNDRED, ZERO, round_half_up
from swclient.base.errors import DataError
from swclient.exchange.skeleton import load_skeleton
from swclient.exchange.xmltext import DECLARED

if TYPE_CHECKING:
    from swclient.catalogue.profile import Profile

BLANK = "TO-BE-FILLED-BY-THE-TAXPAYER"
PARTS = ("message", "ticket", "session", "upload")
_TICKET_MINUTES = "10"

Given = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sold:
    """One line: an item of a declaration, how much of it is sold, at what price a unit without VAT, VAT in percent."""

    item: int
    commodity_code: str
    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    vat_rate: Decimal

    @property
    def without_tax(self) -> Decimal:
        """The price of the line without VAT."""
        return round_half_up(self.price * self.quantity)

    @property
    def vat(self) -> Decimal:
        """VAT of the line."""
        return round_half_up(self.without_tax * self.vat_rate / HUNDRED)


@dataclass(frozen=True, slots=True)
class Side:
    """Seller or buyer."""

    tin: str = ""
    name: str = ""
    address: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice; `declaration` is the number of the customs declaration that is the source of every line."""

    number: str
    day: date
    turnover_day: date
    currency: str
    operator: str
    declaration: str
    seller: Side
    customer: Side
    lines: tuple[Sold, ...]
    origin_code: str


def write_invoice(invoice: Invoice, profile: Profile, names: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the invoice and the envelopes of its way, by the names of `PARTS`.

    Args:
        invoice: what is invoiced.
        profile: of the declaration.
        names: the skeletons by part, as `[invoice]` of tax.toml tells them, and that of a `product`.

    Raises:
        DataError: a skeleton is missing.
        UserError: a text holds a character that XML cannot hold.
    """
    products = "".join(
        _written(profile, names["product"], _product(invoice, line)).decode().removeprefix(DECLARED)
        for line in invoice.lines
    )
    message = _written(profile, names["message"], {**_head(invoice), "products": (products,)})
    common = _given(
        person_tin=BLANK, seller_tin=invoice.seller.tin, minutes=_TICKET_MINUTES, blank=BLANK, invoice=message.decode()
    )
    rest = {part: _written(profile, names[part], common) for part in PARTS[1:]}
    return {"message": message, **rest}


def _written(profile: Profile, name: str, given: Given) -> bytes:
    path = profile.find(f"message/{name}")
    if path is None:
        raise DataError("The skeleton {name} is missing", file=profile.folders[0], row="invoice", name=name)
    return load_skeleton(path, profile).write(None, given)


def _given(**texts: str) -> dict[str, tuple[str, ...]]:
    return {name: (text,) for name, text in texts.items()}


def _head(invoice: Invoice) -> Given:
    net = sum((line.without_tax for line in invoice.lines), ZERO)
    vat = sum((line.vat for line in invoice.lines), ZERO)
    return _given(
        date=_day(invoice.day),
        number=invoice.number,
        operator=invoice.operator,
        turnover_date=_day(invoice.turnover_day),
        currency=invoice.currency,
        total_vat=_figure(vat),
        total_with_tax=_figure(net + vat),
        total_without_tax=_figure(net),
        customer_address=invoice.customer.address,
        customer_country=invoice.customer.country,
        customer_name=invoice.customer.name,
        customer_tin=invoice.customer.tin,
        seller_address=invoice.seller.address,
        seller_name=invoice.seller.name,
        seller_tin=invoice.seller.tin,
    )


def _product(invoice: Invoice, line: Sold) -> Given:
    return _given(
        description=line.description,
        vat=_figure(line.vat),
        vat_rate=_figure(line.vat_rate),
        with_tax=_figure(line.without_tax + line.vat),
        without_tax=_figure(line.without_tax),
        declaration=invoice.declaration,
        item=str(line.item),
        quantity=_figure(line.quantity),
        origin_code=invoice.origin_code,
        commodity_code=line.commodity_code,
        unit=line.unit,
        unit_price=_figure(round_half_up(line.price, CENT)),
    )


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _figure(value: Decimal) -> str:
    """Return a figure without trailing noughts and without an exponent, as the service wants it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
