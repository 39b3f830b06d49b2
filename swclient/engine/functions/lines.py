# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions about lines of box 47."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from swclient.document.charge import Charge
from swclient.engine.functions import function


@function("charge_amount")
def charge_amount(lines: Iterable[Charge], kind: str) -> Decimal:
    """Return the sum of the lines of a kind."""
    return sum((line.amount for line in lines if line.kind == kind), Decimal(0))


@function("charge_count")
def charge_count(lines: Iterable[Charge]) -> int:
    """Return the number of lines."""
    return len(tuple(lines))
