# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values and charges of a whole declaration, two other ways: bare whole numbers, and decimals parsed as they come.

Neither knows rules, fields, explanations or reliefs: they are what the same amounts cost at least, and what a
program pays that keeps texts and reckons from them each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from swclient.engine.session import Session

CENT = Decimal("0.01")
_MICRO = 1_000_000


class Amounts(NamedTuple):
    """What one item comes to, in cents."""

    value: int
    statistical: int
    duty: int
    vat: int
    fee: int


@dataclass(frozen=True, slots=True)
class Task:
    """A declaration as texts: costs as (amount, whether by price, rate), items as (price, gross, net, quantity, parts).

    The parts of a duty are (`%` or `*`, value, price of a unit of currency, whether by mass), with how they are chosen.
    """

    rate: str
    dollar: str
    vat: str
    fee: str
    costs: list[tuple[str, bool, str]]
    items: list[tuple[str, str, str, str, str, list[tuple[str, str, str, bool]]]]


def task_of(session: Session) -> Task:
    """Return what has to be worked out, with every row of data already found."""
    header = session.live.singles["header"].values
    reference, day = session.live.reference, header["date"]
    costs = [
        (str(row.values["amount"]), row.values["basis"] == "VALUE", str(row.values["rate"]))
        for row in session.live.rows["cost"].values()
        if row.values["effect"] == "add"
    ]
    items = []
    for row in session.live.rows["item"].values():
        values = row.values
        line = reference.tariff_line(values["code"], day)
        parts = [(p.kind, str(p.value), str(header["eur_rate"]), p.unit == "166") for p in line.duty.parts]
        quantity = values.get("supplementary_quantity") or values.get("quantity")
        sign = "plus" if line.duty.plus else line.duty.sign
        items.append(
            (str(values["price"]), str(values["gross_mass"]), str(values["net_mass"]), str(quantity), sign, parts)
        )
    first = next(iter(session.live.rows["item"].values())).values
    fee = next(str(line.amount) for line in first["charges"] if line.kind == session.profile.facts["charges"]["fee"])
    return Task(
        str(header["exchange_rate"]), str(header["usd_rate"]), str(reference.rate("vat", day).value), fee, costs, items
    )


def of_engine(session: Session) -> list[Amounts]:
    """Return what the engine worked out."""
    kinds = session.profile.facts["charges"]

    def due(lines: Any, kind: str) -> int:
        return int(sum(line.amount for line in lines if line.kind == kind) * 100)

    return [
        Amounts(
            int(row.values["customs_value"] * 100), int(row.values["statistical_value"] * 100),
            *(due(row.values["charges"], kinds[each]) for each in ("duty", "vat", "fee")),
        )
        for row in session.live.rows["item"].values()
    ]  # fmt: skip


# -- whole numbers -------------------------------------------------------------------------------------------------


class Scaled:
    """The task in whole numbers, made ready outside the clock."""

    def __init__(self, task: Task) -> None:
        self.rate, self.rate_scale = _ratio(task.rate)
        self.dollar, self.dollar_scale = _ratio(task.dollar)
        self.vat, self.vat_scale = _ratio(task.vat)
        self.fee = int(Decimal(task.fee) * 100)
        self.costs = [(int(Decimal(amount) * 100), by_price, *_ratio(rate)) for amount, by_price, rate in task.costs]
        self.prices = [int(Decimal(item[0]) * 100) for item in task.items]
        self.gross = [int(Decimal(item[1]) * _MICRO) for item in task.items]
        self.duties = [(item[4], [_scaled_part(part, item) for part in item[5]]) for item in task.items]

    def work_out(self) -> list[Amounts]:
        """Return the amounts of every item."""
        added = [0] * len(self.prices)
        for amount, by_price, rate, scale in self.costs:
            for at, cents in enumerate(_share(amount, self.prices if by_price else self.gross)):
                added[at] += (2 * cents * rate + scale) // (2 * scale)
        found = []
        fee = self.fee
        for price, more, (sign, parts) in zip(self.prices, added, self.duties, strict=True):
            value = (2 * price * self.rate + self.rate_scale) // (2 * self.rate_scale) + more
            statistical = (2 * value * self.dollar_scale + self.dollar) // (2 * self.dollar)
            amounts = [(2 * (value if own is None else own) * top + foot) // (2 * foot) for own, top, foot in parts]
            duty = sum(amounts) if sign == "plus" else (min(amounts) if sign == "min" else max(amounts))
            vat = (2 * (value + duty) * self.vat + 100 * self.vat_scale) // (200 * self.vat_scale)
            found.append(Amounts(value, statistical, duty, vat, fee))
            fee = 0
        return found


def _ratio(text: str) -> tuple[int, int]:
    exact = Fraction(text)
    return exact.numerator, exact.denominator


def _scaled_part(part: tuple[str, str, str, bool], item: Any) -> tuple[int | None, int, int]:
    """Return (quantity, numerator, denominator) so that quantity times the ratio is cents; None is the value itself."""
    kind, value, price, by_mass = part
    if kind == "%":
        top, foot = _ratio(value)
        return None, top, foot * 100
    exact = Fraction(value) * Fraction(price) * Fraction(item[2] if by_mass else item[3]) * 100
    return 1, exact.numerator, exact.denominator


def _share(total: int, weights: list[int]) -> list[int]:
    whole = sum(weights)
    parts = [divmod(total * weight, whole) for weight in weights]
    cents = [part[0] for part in parts]
    left = total - sum(cents)
    for at in sorted(range(len(parts)), key=lambda at: (-parts[at][1], -weights[at], at))[:left]:
        cents[at] += 1
    return cents


# -- decimals parsed in the loop -------------------------------------------------------------------------------------


def by_decimals(task: Task) -> list[Amounts]:
    """Return the amounts of every item, every figure read from its text where it is used."""
    added = [Decimal(0)] * len(task.items)
    for amount, by_price, rate in task.costs:
        shares = _share_decimals(Decimal(amount), [Decimal(item[0] if by_price else item[1]) for item in task.items])
        added = [held + _cents(share * Decimal(rate)) for held, share in zip(added, shares, strict=True)]
    found = []
    for number, (item, more) in enumerate(zip(task.items, added, strict=True), 1):
        value = _cents(Decimal(item[0]) * Decimal(task.rate)) + more
        statistical = _cents(value / Decimal(task.dollar))
        duty = _decimal_duty(item, value)
        vat = _cents((value + duty) * Decimal(task.vat) / Decimal(100))
        fee = Decimal(task.fee) if number == 1 else Decimal(0)
        found.append(Amounts(*(int(each * 100) for each in (value, statistical, duty, vat, fee))))
    return found


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _decimal_duty(item: Any, value: Decimal) -> Decimal:
    amounts = []
    for kind, figure, price, by_mass in item[5]:
        if kind == "%":
            amounts.append(_cents(value * Decimal(figure) / Decimal(100)))
        else:
            amounts.append(_cents(Decimal(item[2] if by_mass else item[3]) * Decimal(figure) * Decimal(price)))
    if item[4] == "plus":
        return sum(amounts, Decimal(0))
    return min(amounts) if item[4] == "min" else max(amounts)


def _share_decimals(total: Decimal, weights: list[Decimal]) -> list[Decimal]:
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [each.quantize(CENT, ROUND_DOWN) for each in exact]
    left = int((total - sum(parts)) / CENT)
    for at in sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], -weights[at], at))[:left]:
        parts[at] += CENT
    return parts
