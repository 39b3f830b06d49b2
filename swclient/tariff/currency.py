# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchange rates on the day of the declaration: box 23, and the dollar and euro that other boxes need."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from swclient.base import i18n
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.engine.formulas import Reason
from swclient.tariff.formulary import FORMULARY

formula = FORMULARY.formula
_LABEL = N_("Official rate in force on the day of the declaration, for one unit")
_LAW = N_("Rate of the national bank on the day the declaration is registered")


def rate_of(reference: Any, currency: str, day: date) -> Decimal | None:
    """Return national currency for one unit of another, None when no rate is known for the day."""
    row = reference.exchange(currency, day)
    return None if row is None else row.rate / row.units


def rate_reasons(reference: Any, currency: str, day: date) -> tuple[Reason, ...]:
    """Return the row a rate was taken from."""
    row = reference.exchange(currency, day)
    if row is None:
        return ()
    label = Message(
        "{currency} on {day}, for {units}",
        {"currency": currency, "day": row.date, "units": row.units},
    )
    return (Reason(label, i18n.show(row.rate), row.told, row.confirmed),)


@formula(
    {"currency": "header.currency", "day": "header.date"}, label=_LABEL, law=_LAW, reference=True, because=rate_reasons
)
def exchange_rate(reference: Any, currency: str, day: date) -> Decimal | None:
    """Box 23."""
    return rate_of(reference, currency, day)


def _dollar_reasons(reference: Any, day: date) -> tuple[Reason, ...]:
    return rate_reasons(reference, "USD", day)


@formula({"day": "header.date"}, label=_LABEL, law=_LAW, reference=True, because=_dollar_reasons)
def usd_rate(reference: Any, day: date) -> Decimal | None:
    """Needed for the statistical value (box 46)."""
    return rate_of(reference, "USD", day)


def _euro_reasons(reference: Any, day: date) -> tuple[Reason, ...]:
    return rate_reasons(reference, "EUR", day)


@formula({"day": "header.date"}, label=_LABEL, law=_LAW, reference=True, because=_euro_reasons)
def eur_rate(reference: Any, day: date) -> Decimal | None:
    """Needed for specific duties, which the common tariff writes in euro."""
    return rate_of(reference, "EUR", day)


def _cost_reasons(
    reference: Any, currency: str, day: date, invoice: str | None, typed: Decimal | None
) -> tuple[Reason, ...]:
    return () if currency == invoice and typed is not None else rate_reasons(reference, currency, day)


@formula(
    {"currency": "cost.currency", "day": "header.date", "invoice": "header.currency", "typed": "header.exchange_rate"},
    label=N_("The rate of box 23 when the currency is the invoice's, else the official rate of the day"),
    optional=("invoice", "typed"), reference=True, because=_cost_reasons,
)  # fmt: skip
def cost_rate(reference: Any, currency: str, day: date, invoice: str | None, typed: Decimal | None) -> Decimal | None:
    """Rate for a cost: a rate that the user typed for the invoice currency holds for its costs too."""
    if currency == invoice and typed is not None:
        return typed
    return rate_of(reference, currency, day)
