# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a line of box 47 reads as it does: base, rate, and the row of data behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from swclient.base import i18n
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.charge import Charge
from swclient.engine.formulas import Reason
from swclient.tariff.goods import Goods, exchange


def line_reasons(reference: Any, goods: Goods, line: Charge) -> Iterator[Reason]:
    """Explain one line of box 47: base, rate, the row of data behind it."""
    currency = reference.profile.facts["currency"]
    if line.base is not None:
        words = N_("Base: {base} {unit}") if line.rate_type == "%" else N_("Quantity: {base} in unit {unit}")
        yield Reason(Message(words, {"base": line.base, "unit": line.base_unit}), i18n.show(line.base))
    tariff = reference.tariff_line(goods.code, goods.day)
    if tariff is not None and tariff.id == line.measure:
        label = Message(
            "Tariff line {code}: {rate}",
            {"code": goods.code, "rate": tariff.duty.text if tariff.duty else ""},
        )
        yield Reason(label, i18n.show(line.rate), tariff.source, tariff.confirmed)
        if line.rate_type == "*":
            code = line.rate_unit.partition("/")[0]
            rate = exchange(reference, goods, code)
            if rate is not None:
                yield Reason(
                    Message(
                        "{currency} converted at {rate} {national}",
                        {"currency": code, "rate": rate, "national": currency},
                    ),
                    i18n.show(rate),
                )
        return
    for name in ("vat", f"fee_{line.kind}"):
        row = reference.rate(name, goods.day)
        if row is not None and row.id == line.measure:
            yield Reason(
                Message(
                    "Rate in force on {day}: {value} {unit}",
                    {"day": goods.day, "value": row.value, "unit": row.unit},
                ),
                i18n.show(row.value),
                row.source,
                row.confirmed,
            )
            unit = reference.rate(row.unit, goods.day) if row.unit not in ("%", currency) else None
            if unit is not None:
                yield Reason(
                    Message(
                        "{name} on {day}: {value}",
                        {"name": row.unit, "day": goods.day, "value": unit.value},
                    ),
                    i18n.show(unit.value),
                    unit.source,
                    unit.confirmed,
                )
