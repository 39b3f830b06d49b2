# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a line of box 47 reads as it does: base, rate, and the row of data behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from swclient.base import i18n
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.reference import TariffLine
from swclient.document.charge import Charge
from swclient.engine.formulas import Reason
from swclient.tariff.goods import Goods, exchange


def line_reasons(reference: Any, goods: Goods, line: Charge) -> Iterator[Reason]:
    """Explain one line of box 47: base, rate, the row of data behind it."""
    if line.base is not None:
        words = N_("Base: {base} {unit}") if line.rate_type == "%" else N_("Quantity: {base} in unit {unit}")
        yield Reason(Message(words, {"base": line.base, "unit": line.base_unit}), i18n.show(line.base))
    tariff = reference.tariff_line(goods.code, goods.day)
    if tariff is not None and tariff.id == line.measure:
        yield from _tariff_reasons(reference, goods, line, tariff)
    else:
        yield from _rate_reasons(reference, goods.day, line)


def _tariff_reasons(reference: Any, goods: Goods, line: Charge, tariff: TariffLine) -> Iterator[Reason]:
    written = tariff.duty.text if tariff.duty else ""
    label = Message("Tariff line {code}: {rate}", {"code": goods.code, "rate": written})
    yield Reason(label, i18n.show(line.rate), tariff.source, tariff.confirmed)
    currency = line.rate_unit.partition("/")[0]  # empty for a percentage
    rate = exchange(reference, goods, currency) if currency else None
    if rate is not None:
        national = reference.profile.facts["currency"]
        args = {"currency": currency, "rate": rate, "national": national}
        yield Reason(Message("{currency} converted at {rate} {national}", args), i18n.show(rate))


def _rate_reasons(reference: Any, day: date, line: Charge) -> Iterator[Reason]:
    """Yield the row of rates behind a line, and the base figure that it is a multiple of."""
    for name in ("vat", f"fee_{line.kind}"):
        row = reference.rate(name, day)
        if row is None or row.id != line.measure:
            continue
        label = Message("Rate in force on {day}: {value} {unit}", {"day": day, "value": row.value, "unit": row.unit})
        yield Reason(label, i18n.show(row.value), row.source, row.confirmed)
        currency = reference.profile.facts["currency"]
        base = reference.rate(row.unit, day) if row.unit not in ("%", currency) else None
        if base is not None:
            label = Message("{name} on {day}: {value}", {"name": row.unit, "day": day, "value": base.value})
            yield Reason(label, i18n.show(base.value), base.source, base.confirmed)
