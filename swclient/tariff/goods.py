# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What charges are worked out from: the facts of one item, and what the profile says on its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from swclient.base.decimals import CENT, round_half_up
from swclient.catalogue.codelist import CodeList
from swclient.catalogue.measures import KINDS as DEFENCE
from swclient.tariff.currency import rate_of
from swclient.tariff.duty import NET_KILOGRAM
from swclient.tariff.relief import DUTY_ORIGINS, claims, parts_left


class Goods(NamedTuple):
    """What charges are worked out from, for one item."""

    day: date
    number: int
    code: str
    value: Decimal
    procedure: str
    net: Decimal | None
    quantity: Decimal | None
    unit: str | None
    extra: Decimal | None
    extra_unit: str | None
    duty_preference: str | None
    vat_preference: str | None
    fee_preference: str | None
    feature: str | None
    invoice_currency: str | None
    invoice_rate: Decimal | None
    euro: Decimal | None
    fee: Decimal | None = None
    direction: str | None = None
    origin: str | None = None
    excise_preference: str | None = None
    months: int | None = None
    dollar: Decimal | None = None

    def in_unit(self, unit: str, kilogram: str = NET_KILOGRAM) -> Decimal | None:
        """Return the quantity in a unit: net mass for kilograms, box 41, or the invoiced quantity."""
        if unit == kilogram:
            return self.net
        if unit == self.unit:
            return self.quantity
        return self.extra if unit == self.extra_unit else None


READS = {
    "day": "header.date",
    "number": "item.number",
    "code": "item.code",
    "value": "item.customs_value",
    "procedure": "item.procedure",
    "net": "item.net_mass",
    "quantity": "item.supplementary_quantity",
    "unit": "item.supplementary_unit",
    "extra": "item.quantity",
    "extra_unit": "item.quantity_unit",
    "duty_preference": "item.preference_duty",
    "vat_preference": "item.preference_vat",
    "fee_preference": "item.preference_fee",
    "feature": "item.payment_feature",
    "invoice_currency": "header.currency",
    "invoice_rate": "header.exchange_rate",
    "euro": "header.eur_rate",
    "fee": "header.fee",
    "direction": "header.direction",
    "origin": "item.origin",
    "excise_preference": "item.preference_excise",
    "months": "header.temporary_months",
    "dollar": "header.usd_rate",
}
OPTIONAL = tuple(name for name in READS if name not in {"day", "number", "code", "value", "procedure"})


class Fee(NamedTuple):
    """The customs fee under one procedure; `amount` is None when the header works it out, or nobody knows it."""

    kind: str
    amount: Decimal | None
    measure: str
    confirmed: bool


class Law(NamedTuple):
    """What the profile says on one day, looked up once for all items.

    Attributes:
        procedures: under which duties and taxes are due.
        directions: in which they are, where a procedure does not say it; empty for any.
        kinds: payment kinds by name of the charge, as `[charges]` of the profile has them.
        fees: by procedure.
        vat: the row of the usual rate.
        step: what amounts are rounded to.
        kilogram: the unit that means net mass.
        defence: names of the trade defence duties that the profile has a payment kind for.
        measured: origins on whose goods such duties may fall.
        origins: what some origins do to the duty; None where none does.
        claims: duty preferences that claim something, with the tariff column of their rate.
        fee_left, duty_left, excise_left, vat_left: the part that a preference leaves, where it leaves not all.
        monthly: by procedure, the row that says how many percent of duties and taxes each month costs.
        vat_features: features of payment that concern VAT alone.
    """

    procedures: frozenset[str]
    directions: frozenset[str]
    currency: str
    kinds: Mapping[str, Any]
    fee_in_base: bool
    base_confirmed: bool
    fees: Mapping[str, Fee]
    vat: Any
    step: Decimal
    kilogram: str
    defence: frozenset[str]
    measured: frozenset[str]
    origins: CodeList | None
    claims: Mapping[str | None, str]
    fee_left: Mapping[str | None, Decimal]
    duty_left: Mapping[str | None, Decimal]
    excise_left: Mapping[str | None, Decimal]
    vat_left: Mapping[str | None, Decimal]
    monthly: Mapping[str, Any]
    vat_features: frozenset[str]

    def kind(self, name: str) -> str:
        """Return the payment kind of a charge, empty when the profile has none."""
        return str(self.kinds.get(name, ""))


_laws: dict[tuple[int, date], tuple[Any, Law]] = {}


def law(reference: Any, day: date) -> Law:
    """Return what the profile says on a day; rows of data do not change while the program runs."""
    held = _laws.get((id(reference), day))
    if held is None or held[0] is not reference:
        held = _laws[id(reference), day] = (reference, _read_law(reference, day))
    return held[1]


def _read_law(reference: Any, day: date) -> Law:
    facts = reference.profile.facts
    kinds = facts.get("charges", {})
    procedures = frozenset(kinds.get("procedures", ()))
    in_base = bool(kinds.get("vat_base_includes_fee"))
    doubt = facts.get("sources", {}).get("charges.vat_base_includes_fee", {})
    sure = bool(doubt.get("confirmed", True))
    return Law(
        procedures,
        frozenset(kinds.get("directions", ())),
        facts["currency"],
        kinds,
        in_base,
        sure,
        {procedure: _fee(reference, day, kind) for procedure, kind in fee_kinds(kinds).items()},
        reference.rate("vat", day),
        Decimal(kinds.get("step", CENT)),
        str(kinds.get("kilogram", NET_KILOGRAM)),
        frozenset(name for name in DEFENCE if name in kinds),
        reference.measured_origins,
        reference.profile.code_list(DUTY_ORIGINS),
        claims(reference, "preferences_duty"),
        parts_left(reference, "preferences_fee"),
        parts_left(reference, "preferences_duty"),
        parts_left(reference, "preferences_excise"),
        parts_left(reference, "preferences_vat"),
        {procedure: reference.rate(name, day) for procedure, name in kinds.get("monthly", {}).items()},
        frozenset(kinds.get("vat_features", ())),
    )


def fee_kinds(charges: Mapping[str, Any]) -> dict[str, str]:
    """Return the payment kind of the customs fee by procedure: `fee` where duties are due, else `fee_kinds`."""
    usual = str(charges.get("fee", ""))
    own: Mapping[str, str] = charges.get("fee_kinds", {})
    return {**{procedure: usual for procedure in charges.get("procedures", ()) if usual}, **own}


def in_currency(reference: Any, row: Any, day: date) -> tuple[Decimal, bool] | None:
    """Return a rate as an amount in national currency, and whether it is sure; it may be many times a base figure."""
    amount, confirmed = row.value, row.confirmed
    if row.unit != reference.profile.facts["currency"]:
        unit = reference.rate(row.unit, day)
        if unit is None:
            return None
        amount, confirmed = amount * unit.value, confirmed and unit.confirmed
    return round_half_up(amount), confirmed


def _fee(reference: Any, day: date, kind: str) -> Fee:
    """Return the customs fee; one that goes by the customs value of all goods is left to the header."""
    rows = reference.bands(f"fee_{kind}", day)
    if len(rows) != 1 or rows[0].upto is not None:
        return Fee(kind, None, "", bool(rows) and all(row.confirmed for row in rows))
    found = in_currency(reference, rows[0], day)
    return Fee(kind, None, "", confirmed=False) if found is None else Fee(kind, found[0], rows[0].id, found[1])


def exchange(reference: Any, goods: Goods, currency: str) -> Decimal | None:
    """Return the rate a duty is converted by; rates that stand in the declaration hold before the official table."""
    if currency == goods.invoice_currency and goods.invoice_rate is not None:
        return goods.invoice_rate
    if currency == "EUR" and goods.euro is not None:
        return goods.euro
    if currency == "USD" and goods.dollar is not None:
        return goods.dollar
    return rate_of(reference, currency, goods.day)
