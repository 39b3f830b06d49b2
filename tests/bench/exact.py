# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The oracle of amounts: sharing, duties and taxes in exact fractions, written from the law's words, not our code."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from swclient.catalogue.duty_text import DutyRate, Elementary, read_duty
from swclient.catalogue.reference import Reference
from swclient.tariff.apportion import apportion
from swclient.tariff.charges import charges
from swclient.tariff.duty import assess
from swclient.tariff.goods import READS
from tests.bench.documents import DAY

CENT = Fraction(1, 100)
Rounding = Callable[[Fraction], Fraction]


def half_up(value: Fraction) -> Fraction:
    """Round to the cent, a half away from zero."""
    steps = floor(abs(value) / CENT + Fraction(1, 2))
    return (steps if value >= 0 else -steps) * CENT


def half_even(value: Fraction) -> Fraction:
    """Round to the cent as banks do: the wrong way here, so that the comparison has something to find."""
    return round(value / CENT) * CENT


def shared(total: Fraction, weights: Sequence[Fraction]) -> list[Fraction]:
    """Share a sum in whole cents: what is left over goes to the largest remainders, then to the heaviest, the first."""
    whole = sum(weights)
    right = [abs(total) * (weight / whole if whole else Fraction(1, len(weights))) for weight in weights]
    cents = [floor(part / CENT) for part in right]
    by_claim = sorted(range(len(right)), key=lambda at: (cents[at] * CENT - right[at], -weights[at], at))
    for at in by_claim[: int(abs(total) / CENT) - sum(cents)]:
        cents[at] += 1
    return [(1 if total >= 0 else -1) * each * CENT for each in cents]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a duty is worked out from, apart from its rate."""

    value: Decimal
    quantities: dict[str, Decimal]
    prices: dict[str, Decimal]


def duty(rate: DutyRate, facts: Facts, rounding: Rounding) -> list[Fraction] | None:
    """Return the parts of a duty; None where a quantity or an exchange rate is not known."""

    def one(part: Elementary) -> Fraction | None:
        if part.kind == "%":
            return rounding(Fraction(facts.value) * Fraction(part.value) / 100)
        if part.unit not in facts.quantities or part.currency not in facts.prices:
            return None
        return rounding(
            Fraction(facts.quantities[part.unit]) * Fraction(part.value) * Fraction(facts.prices[part.currency])
        )

    compared = [one(part) for part in (rate.first, rate.second) if part is not None]
    added = [one(rate.plus)] if rate.plus is not None else []
    known = [amount for amount in compared + added if amount is not None]
    if len(known) != len(compared) + len(added):
        return None
    chosen = {"max": max, "min": min, "": max}[rate.sign](known[: len(compared)])
    return [chosen, *known[len(compared) :]]


class Cases:
    """Random cases, each asked of our formulas and of exact fractions."""

    def __init__(self, reference: Reference, seed: int, rounding: Rounding = half_up) -> None:
        self.reference = reference
        self.chance = random.Random(seed)
        self.rounding = rounding
        lines = (reference.tariff_line(code, DAY) for code in reference.tariff_codes())
        self.codes = [line.code for line in lines if line is not None and line.final]

    def figure(self, digits: int, decimals: int) -> Decimal:
        """Return a figure of up to so many digits; small ones and round ones come often, as in life."""
        whole = 10 ** self.chance.randrange(1, digits + 1)
        return Decimal(self.chance.randrange(whole)).scaleb(-self.chance.choice((0, decimals)))

    def sharing(self) -> bool:
        """Ask one sharing; return whether it was right."""
        total = self.figure(9, 2) * self.chance.choice((1, 1, 1, -1))
        weights = [self.figure(6, 3) for _ in range(self.chance.randrange(1, 20))]
        found = apportion(total, weights)
        right = shared(Fraction(total), [Fraction(weight) for weight in weights])
        return [Fraction(part) for part in found] == right and sum(found) == total

    def assessing(self) -> bool:
        """Ask one duty of any kind; return whether it was right."""
        rate = read_duty(self._rate(), file="a random case")
        quantities = {unit: self.figure(6, 3) for unit in ("166", "796") if self.chance.random() < 0.9}
        facts = Facts(self.figure(11, 2), quantities, {"EUR": self.figure(7, 4), "USD": self.figure(7, 4)})
        found = assess(rate, facts.value, facts.quantities.get, facts.prices.get)
        right = duty(rate, facts, self.rounding)
        return (None if found is None else [Fraction(each.amount) for each in found]) == right

    def _rate(self) -> str:
        percent = f"{self.chance.choice(('0', '2.5', '5', '6.5', '10', '12.5', '15'))}"
        specific = [
            f"{self.chance.choice(('0.03', '0.5', '1.25'))} {self.chance.choice(('EUR/166', 'EUR/796', 'USD/166'))}"
            for _ in range(2)
        ]
        kinds = (
            percent,
            specific[0],
            f"{percent} but not less than {specific[0]}",
            f"{percent} but not more than {specific[0]}",
        )
        return self.chance.choice(kinds) + self.chance.choice(("", "", f" plus {specific[1]}"))

    def charging(self) -> bool:
        """Ask everything due on one item of a real tariff line; return whether it was right."""
        chance = self.chance
        given: dict[str, Any] = dict.fromkeys(READS)
        given |= {"day": DAY, "number": chance.choice((1, 2)), "code": chance.choice(self.codes), "procedure": "40"}
        given |= {"value": self.figure(11, 2), "net": self.figure(6, 3), "quantity": self.figure(5, 0), "unit": "796"}
        given |= {f"{each}_preference": self._preference(each) for each in ("duty", "vat", "fee")}
        given |= {"invoice_currency": "USD", "invoice_rate": self.figure(7, 4), "euro": self.figure(7, 4)}
        found: dict[str, Fraction] = {}
        for line in charges(self.reference, *given.values()):
            found[line.kind] = found.get(line.kind, Fraction(0)) + Fraction(line.amount)
        return found == self._due(given)

    def _preference(self, payment: str) -> str | None:
        listed = self.reference.profile.code_list(f"preferences_{payment}")
        codes = (
            [
                code
                for code, entry in listed.entries.items()
                if entry.more.get("effect") in {"none", "exempt", "percent"}
            ]
            if listed
            else []
        )
        return self.chance.choice([None, *codes])

    def _part(self, payment: str, code: str | None) -> Fraction:
        listed = self.reference.profile.code_list(f"preferences_{payment}")
        entry = listed.get(code) if listed and code else None
        effect = entry.more["effect"] if entry else "none"
        percent = Fraction(entry.more["percent"]) if entry and effect == "percent" else Fraction(0)
        return {"none": Fraction(1), "exempt": Fraction(0), "percent": percent / 100}[effect]

    def _due(self, given: dict[str, Any]) -> dict[str, Fraction]:
        kinds, day = self.reference.profile.facts["charges"], given["day"]
        found: dict[str, Fraction] = {}
        if given["number"] == 1 and self._part("fee", given["fee_preference"]):
            found[kinds["fee"]] = half_up(self._fee(kinds["fee"], day))
        line = self.reference.tariff_line(given["code"], day)
        quantities = {"166": given["net"], "796": given["quantity"]}
        prices = {"EUR": given["euro"], "USD": given["invoice_rate"]}
        parts = duty(line.duty, Facts(given["value"], quantities, prices), half_up) if line and line.duty else None
        relief = self._part("duty", given["duty_preference"])
        if parts is not None:
            found[kinds["duty"]] = sum((half_up(part * relief) for part in parts), Fraction(0))
        base = Fraction(given["value"]) + found.get(kinds["duty"], Fraction(0))
        if kinds["vat_base_includes_fee"]:
            base += found.get(kinds["fee"], Fraction(0))
        rate = self.reference.rate("vat", day)
        if rate is not None:
            found[kinds["vat"]] = self.rounding(
                base * Fraction(rate.value) / 100 * self._part("vat", given["vat_preference"])
            )
        return found

    def _fee(self, kind: str, day: date) -> Fraction:
        row = self.reference.rate(f"fee_{kind}", day)
        unit = self.reference.rate(row.unit, day) if row else None
        return Fraction(row.value) * (Fraction(unit.value) if unit else 1) if row else Fraction(0)
