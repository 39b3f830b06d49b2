# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a document of a declaration stands: in force or not, promised or not, and how much of a permit is used up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from swclient.engine.live import Live, LiveRow
from swclient.engine.papers import PREVIOUS

SOON = timedelta(days=30)  # a document that ends earlier may not last to the release
_KILOGRAM = "166"


class Status(StrEnum):
    """How it stands with a document, the gravest first."""

    MISSING = "missing"
    EXPIRED = "expired"
    OVERDUE = "overdue"
    SHORT = "short"
    ENDING = "ending"
    PROMISED = "promised"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Amount:
    """What a permit allows, in `unit`; None for what nobody has said.

    Attributes:
        allowed: by the permit in all.
        before: left before this declaration.
        used: by the items of this declaration for which it stands.
    """

    unit: str
    allowed: Decimal | None
    before: Decimal | None
    used: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """What is left after this declaration; below nought when it does not suffice."""
        start = self.allowed if self.before is None else self.before
        return None if start is None or self.used is None else start - self.used


@dataclass(frozen=True, slots=True)
class State:
    """How one document stands on the day of the declaration."""

    status: Status
    valid_until: date | None = None
    promised: date | None = None
    amount: Amount | None = None


def day_of(live: Live) -> date:
    """Return the day of the declaration, today while it has none."""
    day = live.singles["header"].values.get("date")
    return day if isinstance(day, date) else live.today()


def needed_until(live: Live) -> date:
    """Return the day until which documents should be in force: the end of a transit, else a month on."""
    until = live.singles["header"].values.get("transit_until")
    return until if isinstance(until, date) else day_of(live) + SOON


def state_of(live: Live, row: LiveRow, items: Iterable[LiveRow]) -> State:
    """Return how a document stands that is there for these items."""
    amount = _amount(live, row, items)
    until, promised = row.values.get("valid_until"), row.values.get("promised")
    status = _of_amount(amount) or _of_promise(live, row) or of_validity(live, until)
    if of_validity(live, until) is Status.EXPIRED:
        status = Status.EXPIRED
    return State(status, until, promised, amount)


def of_validity(live: Live, until: date | None) -> Status:
    """Return how it stands with what is in force until a day; None is for ever."""
    if until is None:
        return Status.PRESENT
    if until < day_of(live):
        return Status.EXPIRED
    return Status.ENDING if until < needed_until(live) else Status.PRESENT


def _of_promise(live: Live, row: LiveRow) -> Status | None:
    promised = row.values.get("promised")
    if promised is None:
        return None
    if promised < day_of(live):
        return Status.OVERDUE
    return Status.PROMISED if row.values.get("number") is None else None


def _of_amount(amount: Amount | None) -> Status | None:
    return Status.SHORT if amount is not None and amount.left is not None and amount.left < 0 else None


def _amount(live: Live, row: LiveRow, items: Iterable[LiveRow]) -> Amount | None:
    values = row.values
    kilogram = str(live.plan.profile.facts.get("charges", {}).get("kilogram", _KILOGRAM))
    if row.table == PREVIOUS:
        there, taken = values.get("net_there"), values.get("net_mass")
        return Amount(kilogram, None, there, taken) if there is not None else None
    unit, allowed, before = values.get("quantity_unit"), values.get("quantity"), values.get("left")
    if unit is None or (allowed is None and before is None):
        return None
    if unit == kilogram:
        used = [item.values.get("net_mass") for item in items]
    else:
        counted = (item for item in items if item.values.get("supplementary_unit") == unit)
        used = [item.values.get("supplementary_quantity") for item in counted]
    known: list[Any] = [each for each in used if each is not None]
    return Amount(unit, allowed, before, sum(known, Decimal(0)) if known else None)
