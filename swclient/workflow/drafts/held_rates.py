# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's exchange rates that a declaration stands on, kept in its stored body: what is signed keeps its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from swclient.base.decimals import plain
from swclient.catalogue.exchange_rates import ExchangeRow

if TYPE_CHECKING:
    from swclient.engine.session import Session

HELD = "exchange_rates"


def held_rates(session: Session) -> list[dict[str, Any]]:
    """Return the user's own rates that are in force on the date of a declaration, as data; of others none."""
    day = session.live.singles["header"].values.get("date")
    if not isinstance(day, date):
        return []
    return [_as_data(row) for row in session.live.reference.exchanges(day) if row.how]


def _as_data(row: ExchangeRow) -> dict[str, Any]:
    return {
        "currency": row.currency, "units": row.units, "rate": plain(row.rate), "date": row.date.isoformat(),
        "source": row.source, "how": row.how, "stated": row.stated.isoformat(), "confirmed": row.confirmed,
    }  # fmt: skip


def rates_of(held: Iterable[Mapping[str, Any]]) -> tuple[ExchangeRow, ...]:
    """Return rates that were kept as data."""
    return tuple(
        ExchangeRow(
            each["currency"], each["units"], Decimal(each["rate"]), date.fromisoformat(each["date"]),
            each["source"], each["confirmed"], each["how"], date.fromisoformat(each["stated"]),
        )
        for each in held
    )  # fmt: skip
