# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures over a whole section that are more than a sum: amounts by kind, and how often each value stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any


def add_charges(totals: dict[str, list[Any]], charges: Any, sign: int) -> None:
    """Add an item's charges to sums by kind: amount, number of lines, number of unconfirmed lines."""
    for charge in charges or ():
        held = totals.setdefault(charge.kind, [Decimal(0), 0, 0])
        held[0] += sign * charge.amount
        held[1] += sign
        held[2] += 0 if charge.confirmed else sign
        if not held[1]:
            del totals[charge.kind]


def add_to_tally(tally: dict[Any, int], value: Any, sign: int) -> None:
    """Count how often a value stands in a section; values that are gone leave the tally."""
    held = tally.get(value, 0) + sign
    if held:
        tally[value] = held
    else:
        tally.pop(value, None)


ADDERS: dict[str, Callable[[dict[Any, Any], Any, int], None]] = {
    "totals": add_charges,
    "tally": add_to_tally,
}


def total(what: str, column: Iterable[Any]) -> Any:
    """Return the figure over a whole section, of what each of its rows gives."""
    if what == "totals":
        return _charges_in_all(column)
    return dict(Counter(column)) if what == "tally" else sum(column)


def _charges_in_all(column: Iterable[Any]) -> dict[str, list[Any]]:
    """Return what adding the charges of every row gives, in one sweep."""
    amounts: dict[str, list[Decimal]] = {}
    unsure: Counter[str] = Counter()
    for charges in column:
        for charge in charges or ():
            amounts.setdefault(charge.kind, []).append(charge.amount)
            if not charge.confirmed:
                unsure[charge.kind] += 1
    return {kind: [sum(lines, Decimal(0)), len(lines), unsure[kind]] for kind, lines in amounts.items()}
