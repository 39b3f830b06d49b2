# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The customs fee of a country where it goes by the customs value of all goods.

It is a figure of the header, because it needs the sum over all items; the first item's line in box 47 takes it up from
there. A country whose fee is flat needs none of this: its items know the fee from the rates of the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from swclient.base import i18n
from swclient.base.decimals import HUNDRED, round_half_up
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.engine.formulas import Reason
from swclient.tariff.currency import rate_of
from swclient.tariff.formulary import FORMULARY
from swclient.tariff.goods import fee_kinds, in_currency

formula = FORMULARY.formula
_READS = {
    "value": "header.customs_value_total",
    "day": "header.date",
    "procedure": "header.procedure",
    "feature": "header.feature",
    "dollar": "header.usd_rate",
}


def band_of(reference: Any, name: str, value: Decimal, day: date, dollar: Decimal | None) -> Any:
    """Return the row of a rate by bands that a customs value in national currency falls into.

    Limits belong to their band. None when no row is in force, or the currency of the limits has no rate on the day.
    """
    for row in reference.bands(name, day):
        if row.upto is None:
            return row
        rate = _limit_rate(reference, row.base, day, dollar)
        if rate is None:
            return None
        if value <= row.upto * rate:
            return row
    return None


def _limit_rate(reference: Any, currency: str, day: date, dollar: Decimal | None) -> Decimal | None:
    if currency == "USD" and dollar is not None:
        return dollar
    return rate_of(reference, currency or reference.profile.facts["currency"], day)


def _reduction(reference: Any, kind: str, feature: str | None, day: date) -> Any:
    """Return the row that says how much of the fee is left under a feature of declaring (box 7), None for all of it."""
    features = reference.profile.facts.get("charges", {}).get("fee_reduced_features", ())
    return reference.rate(f"fee_{kind}_reduced", day) if feature in features else None


def _rows(
    reference: Any, value: Decimal, day: date, procedure: str, feature: str | None, dollar: Decimal | None
) -> tuple[Any, Any] | None:
    kind = fee_kinds(reference.profile.facts.get("charges", {})).get(procedure)
    row = band_of(reference, f"fee_{kind}", value, day, dollar) if kind else None
    return None if row is None else (row, _reduction(reference, str(kind), feature, day))


def fee_reasons(reference: Any, *given: Any) -> tuple[Reason, ...]:
    """Explain the fee: its band, the base figure, the reduction."""
    rows = _rows(reference, *given)
    return tuple(_told(reference, *rows, given[1])) if rows is not None else ()


def _told(reference: Any, row: Any, less: Any, day: date) -> Iterator[Reason]:
    limit, base = row.upto, row.base or reference.profile.facts["currency"]
    words = N_("Customs value up to {limit} {base}: {value} {unit}")
    if limit is None:
        words = N_("Customs value above all limits, or no limits: {value} {unit}")
    args = {"limit": limit, "base": base, "value": row.value, "unit": reference.rate_name(row.unit)}
    yield Reason(Message(words, args), i18n.show(row.value), row.source, row.confirmed)
    unit = reference.rate(row.unit, day)
    if unit is not None:
        label = Message(
            "{name} on {day}: {value}", {"name": reference.rate_name(row.unit), "day": day, "value": unit.value}
        )
        yield Reason(label, i18n.show(unit.value), unit.source, unit.confirmed)
    if less is not None:
        label = Message("Reduced to {value} % for this feature of declaring", {"value": less.value})
        yield Reason(label, i18n.show(less.value), less.source, less.confirmed)


@formula(
    _READS,
    label=N_("Fee by the customs value of all goods"),
    optional=("feature", "dollar"),
    reference=True,
    because=fee_reasons,
)
def fee_by_value(reference: Any, *given: Any) -> Decimal | None:
    """The customs fee of the whole declaration; None where none is due or none is known."""
    rows = _rows(reference, *given)
    if rows is None:
        return None
    row, less = rows
    found = in_currency(reference, row, given[1])
    if found is None:
        return None
    return found[0] if less is None else round_half_up(found[0] * less.value / HUNDRED)
