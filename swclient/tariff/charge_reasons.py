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
from swclient.catalogue.tariff_line import TariffLine
from swclient.document.charge import Charge
from swclient.engine.formulas import Reason
from swclient.tariff.currency import rate_of, rate_reasons
from swclient.tariff.excise import EXCISE
from swclient.tariff.goods import Goods, exchange, law
from swclient.tariff.import_duty import origin_entry
from swclient.tariff.monthly import months_part
from swclient.tariff.preference_reasons import at_risk, claimed, relieved


def line_reasons(reference: Any, goods: Goods, line: Charge, base: tuple[Reason, ...] = ()) -> Iterator[Reason]:
    """Explain one line of box 47: base (and what it is made of), rate, the row of data behind it."""
    if line.base is not None:
        words = N_("Base: {base} {unit}") if line.rate_type == "%" else N_("Quantity: {base} in unit {unit}")
        yield Reason(Message(words, {"base": line.base, "unit": line.base_unit}), i18n.show(line.base), parts=base)
    tariff = reference.tariff_line(goods.code, goods.day)
    row, _sign, column = line.measure.partition("#")
    if tariff is not None and tariff.id == row:
        yield from _tariff_reasons(goods, line, tariff, column)
        yield from _origin_reasons(reference, goods, tariff, column)
        yield from _currency_reasons(reference, goods, line)
    elif row.startswith("measure."):
        yield from _measure_reasons(reference, goods, row)
        yield from _currency_reasons(reference, goods, line)
    else:
        yield from _rate_reasons(reference, goods.day, line)
        yield from _vat_reasons(reference, goods, line)
    yield from _month_reasons(reference, goods, line)


def _vat_reasons(reference: Any, goods: Goods, line: Charge) -> Iterator[Reason]:
    found = law(reference, goods.day)
    if line.kind == found.kind("vat"):
        yield from relieved(reference, "preferences_vat", goods.vat_preference, found.vat_left)


def _tariff_reasons(goods: Goods, line: Charge, tariff: TariffLine, column: str) -> Iterator[Reason]:
    rate = tariff.rates.get(column) if column else tariff.duty
    written = rate.told if rate else ""
    source, sure, words = tariff.source, tariff.confirmed, N_("Tariff line {code}: {rate}")
    if column == EXCISE:
        source, words = tariff.more.get("excise_source", source), N_("Tariff line {code}, excise: {rate}")
        sure = sure and "excise_unconfirmed" not in tariff.more
    yield Reason(Message(words, {"code": goods.code, "rate": written}), i18n.show(line.rate), source, sure)


def _origin_reasons(reference: Any, goods: Goods, tariff: TariffLine, column: str) -> Iterator[Reason]:
    """Say what was claimed for the charge, or what the origin does to the duty."""
    found = law(reference, goods.day)
    if column == EXCISE:
        yield from relieved(reference, "preferences_excise", goods.excise_preference, found.excise_left)
        return
    if goods.duty_preference in found.claims:
        yield from claimed(reference, "preferences_duty", goods.duty_preference)
        yield from at_risk(reference, goods, found, tariff)
        return
    own = origin_entry(goods, found)
    if own is not None and found.origins is not None:
        percent = own.more.get("percent", "100")
        args = {"origin": own.code, "name": own.name(), "percent": percent}
        label = Message("Goods of {origin} ({name}): {percent} % of the rate", args)
        yield Reason(label, percent, found.origins.source, found.origins.confirmed)


def _month_reasons(reference: Any, goods: Goods, line: Charge) -> Iterator[Reason]:
    """Say what months of temporary import leave of the full amount; the fee is not divided."""
    found = law(reference, goods.day)
    row = found.monthly.get(goods.procedure)
    if row is None or goods.months is None or line.feature != found.kind("monthly_feature"):
        return
    args = {"percent": row.value, "months": goods.months, "part": months_part(row.value, goods.months)}
    label = Message("Partial relief: {percent} % of the full amount a month, {months} months: {part} %", args)
    yield Reason(label, i18n.show(args["part"]), row.source, row.confirmed)


def _measure_reasons(reference: Any, goods: Goods, row: str) -> Iterator[Reason]:
    for measure in reference.measures(goods.code, goods.origin or "", goods.day):
        if measure.id == row:
            args = {"name": measure.name, "code": measure.code, "origin": measure.origin, "rate": measure.rate.told}
            label = Message("{name}: codes {code}, origin {origin}, {rate}", args)
            yield Reason(label, measure.rate.told, measure.source, measure.confirmed)


def _currency_reasons(reference: Any, goods: Goods, line: Charge) -> Iterator[Reason]:
    currency = line.rate_unit.partition("/")[0]  # empty for a percentage
    national = reference.profile.facts["currency"]
    rate = exchange(reference, goods, currency) if currency and currency != national else None
    if rate is not None:
        args = {"currency": currency, "rate": rate, "national": national}
        table = rate == rate_of(reference, currency, goods.day)  # otherwise it stands in the declaration
        parts = rate_reasons(reference, currency, goods.day) if table else ()
        yield Reason(Message("{currency} converted at {rate} {national}", args), i18n.show(rate), parts=parts)


def _rate_reasons(reference: Any, day: date, line: Charge) -> Iterator[Reason]:
    """Yield the row of rates behind a line, and the base figure that it is a multiple of."""
    name = line.measure.partition(".")[0]
    if not name:
        yield from _stated_fee(reference, line)
        return
    row = reference.rate(name, day)
    if row is None or row.id != line.measure:
        return
    label = Message(
        "Rate in force on {day}: {value} {unit}",
        {"day": day, "value": row.value, "unit": reference.rate_name(row.unit)},
    )
    yield Reason(label, i18n.show(row.value), row.source, row.confirmed)
    currency = reference.profile.facts["currency"]
    base = reference.rate(row.unit, day) if row.unit not in ("%", currency) else None
    if base is not None:
        label = Message(
            "{name} on {day}: {value}", {"name": reference.rate_name(row.unit), "day": day, "value": base.value}
        )
        yield Reason(label, i18n.show(base.value), base.source, base.confirmed)


def _stated_fee(reference: Any, line: Charge) -> Iterator[Reason]:
    """Tell that a fee stands in the header, typed or by the value of all goods."""
    told = reference.profile.facts.get("sources", {}).get("charges.fee", {})
    label = Message(N_("Fee of the whole declaration, as its header has it"))
    yield Reason(label, i18n.show(line.amount), told.get("source", ""), line.confirmed)
