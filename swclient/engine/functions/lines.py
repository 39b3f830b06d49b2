# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions about lines of box 47."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from swclient.base.decimals import plain
from swclient.document.charge import Charge
from swclient.engine.functions import function


@function("charge_amount")
def charge_amount(lines: Iterable[Charge], kind: str) -> Decimal:
    """Return the sum of the lines of a kind."""
    return sum((line.amount for line in lines if line.kind == kind), Decimal(0))


@function("charge_amounts")
def charge_amounts(lines: Iterable[Charge], *heads: str) -> Decimal:
    """Return the sum of the lines whose kind starts with one of the heads."""
    return sum((line.amount for line in lines if line.kind.startswith(heads)), Decimal(0))


@function("charge_has")
def charge_has(lines: Iterable[Charge], head: str) -> bool:
    """Tell whether there is a line whose kind starts so; asked for every item, so it stops at the first."""
    for line in lines:  # noqa: SIM110 - a generator costs twice as much here
        if line.kind.startswith(head):
            return True
    return False


@function("charge_rates")
def charge_rates(lines: Iterable[Charge], kind: str) -> str | None:
    """Return the rates of the lines of a kind as a text, None when there is no such line."""
    rates = [plain(line.rate) for line in lines if line.kind == kind]
    return "; ".join(rates) or None


@function("charge_rate_known")
def charge_rate_known(lines: Iterable[Charge], kind: str, rate: Decimal) -> bool:
    """Tell whether a line of the kind has that rate; a kind without lines knows any rate."""
    rates = [line.rate for line in lines if line.kind == kind]
    return not rates or rate in rates
