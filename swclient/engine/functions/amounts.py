# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts as countries round and collect them, and what a form wants counted in a text."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from swclient.base.decimals import round_half_up
from swclient.document.charge import Charge, ChargeTotal
from swclient.engine.functions import function


@function("rounded")
def rounded(value: Decimal, step: str) -> Decimal:
    """Round to a step of the national currency, a half away from zero.

    >>> rounded(Decimal("12.5"), "1"), rounded(Decimal("12.345"), "0.01")
    (Decimal('13'), Decimal('12.35'))
    """
    return round_half_up(Decimal(value), Decimal(step))


@function("charges_besides")
def charges_besides(lines: Iterable[Charge], *kinds: str) -> Decimal:
    """Return the sum of the lines of all kinds but these: what VAT is due on, besides the value."""
    return sum((line.amount for line in lines if line.kind not in kinds), Decimal(0))


@function("smallest_total")
def smallest_total(totals: Iterable[ChargeTotal]) -> Decimal | None:
    """Return the smallest amount above zero that is due of one kind, None when nothing is due."""
    return min((each.amount for each in totals if each.amount > 0), default=None)


@function("amount_of_kind")
def amount_of_kind(totals: Iterable[ChargeTotal], kind: str) -> Decimal | None:
    """Return what is due of one payment kind in all, None when no line is of that kind."""
    return next((each.amount for each in totals if each.kind == kind), None)


@function("elements")
def elements(text: str) -> int:
    """Count the elements of a text that are parted by upright strokes; what is blank between them does not count.

    >>> elements("4|3|DN20|brass|"), elements("a||b")
    (4, 2)
    """
    return sum(1 for part in text.split("|") if part.strip())


@function("number")
def number(text: str) -> Decimal:
    """Return the figure that a column of a list holds."""
    return Decimal(text)
