# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Box 47 of an item: fee, duty, trade defence, excise, VAT, line by line, with the data rows they came from.

Kinds, procedures and flags come from the profile (`[charges]` in profile.toml); rates from its dated rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from swclient.base import i18n
from swclient.base.decimals import HUNDRED, ONE, ZERO, round_half_up
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.tariff_line import TariffLine
from swclient.document.charge import Charge
from swclient.engine.formulas import Reason
from swclient.tariff.base_reasons import base_reasons
from swclient.tariff.charge_reasons import line_reasons
from swclient.tariff.defence import defence
from swclient.tariff.excise import excise
from swclient.tariff.formulary import FORMULARY
from swclient.tariff.goods import OPTIONAL, READS, Goods, Law, law
from swclient.tariff.import_duty import duty
from swclient.tariff.monthly import by_months

formula = FORMULARY.formula


def fee(reference: Any, goods: Goods, found: Law) -> Charge | None:
    """Return the customs fee: once a declaration, on its first item. A fee that stands in the header holds."""
    due = found.fees.get(goods.procedure)
    if due is None or goods.number != 1 or not found.fee_left.get(goods.fee_preference, ONE):
        return None
    amount = due.amount if goods.fee is None else goods.fee
    if amount is None:
        return None
    measure = due.measure if goods.fee is None else ""
    return Charge(
        due.kind, None, found.currency, amount, "S", "", amount, goods.feature or "", measure, due.confirmed
    )  # fmt: skip


def vat(reference: Any, goods: Goods, found: Law, line: TariffLine | None, before: list[Charge]) -> Charge | None:
    """Return the VAT on value, duties and excise (and on the fee where the profile says so).

    The rate is the one that the tariff line names, else the usual one.
    """
    own = line.more.get("vat") if line is not None else None
    row = reference.rate(own, goods.day) if own else found.vat
    if row is None:
        return None
    left_out = "" if found.fee_in_base else found.kinds.get("fee")
    base, sure = goods.value, row.confirmed and found.base_confirmed
    for each in before:
        if each.kind != left_out:
            base += each.amount
            sure = sure and each.confirmed
    part = found.vat_left.get(goods.vat_preference, ONE)
    rate = row.value if part == ONE else row.value * part
    amount = round_half_up(base * rate / HUNDRED, found.step)
    return Charge(
        found.kinds.get("vat", ""), base, found.currency, rate, "%", "", amount, goods.feature or "", row.id, sure
    )  # fmt: skip


@formula(
    {"worked_out": "item.charges", "declared": "rows(charge)"},
    label=N_("Charges as declared, else as worked out"),
    optional=("worked_out",),
)
def charges_due(worked_out: tuple[Charge, ...] | None, declared: list[dict[str, Any]]) -> tuple[Charge, ...] | None:
    """Lines that count: those that somebody declared stand before those that were worked out."""
    if not declared:
        return worked_out
    lines = [row for row in declared if row.get("kind") and row.get("amount") is not None]
    return tuple(as_charge(row) for row in lines) if lines else worked_out


def as_charge(row: Mapping[str, Any]) -> Charge:
    """Return a declared line of box 47 in the shape of a worked-out one."""
    return Charge(
        kind=row["kind"],
        base=row.get("base"),
        base_unit=row.get("base_unit") or "",
        rate=row.get("rate") or ZERO,
        rate_type=row.get("rate_type") or "",
        rate_unit="",
        amount=row["amount"],
        feature=row.get("feature") or "",
        measure="",
        confirmed=True,
    )


@formula({"lines": "item.charges_due"}, label=N_("Lines that are not only calculated conditionally"), reference=True)
def charges_payable(reference: Any, lines: tuple[Charge, ...]) -> tuple[Charge, ...]:
    """Lines that count in totals: those whose feature of payment does not say that nothing is collected."""
    for line in lines:
        if line.feature:  # few lines have one: what the profile says is asked only then
            conditional = reference.profile.facts.get("charges", {}).get("conditional_features", ())
            return tuple(each for each in lines if each.feature not in conditional)
    return lines


@formula({"lines": "item.charges_payable"}, label=N_("Sum of the item's lines that are payable"))
def item_charges_total(lines: tuple[Charge, ...]) -> Decimal:
    """The line "in all" under box 47, without lines that are only calculated conditionally."""
    total = ZERO
    for line in lines:  # asked for every item: a generator costs twice as much
        total += line.amount
    return total


@formula({"code": "item.code", "day": "header.date"}, label=N_("Unit of the tariff line"), reference=True)
def supplementary_unit(reference: Any, code: str, day: date) -> str | None:
    """Box 41, the unit; blank when the tariff line asks for none."""
    line = reference.tariff_line(code, day)
    return (line.unit or None) if line is not None else None


def charges(reference: Any, *given: Any) -> tuple[Charge, ...]:
    """Box 47, in the order of calculation: fee, duty, trade defence, excise, VAT."""
    goods = for_vat = Goods(*given)
    found = law(reference, goods.day)
    if goods.feature and goods.feature in found.vat_features:
        goods = goods._replace(feature=None)
    lines: list[Charge] = []
    paid = fee(reference, goods, found)
    if paid is not None:
        lines.append(paid)
    elsewhere = found.directions and goods.direction not in found.directions
    if not elsewhere and goods.procedure in found.procedures:
        _add_due(reference, goods, for_vat, found, lines)
    elif goods.months is not None and goods.procedure in found.monthly and not elsewhere:
        full = list(lines)
        _add_due(reference, goods, for_vat, found, full)
        lines += by_months(goods, found, full[len(lines) :])
    return tuple(lines)


def _add_due(reference: Any, goods: Goods, for_vat: Goods, found: Law, lines: list[Charge]) -> None:
    """Add duties and taxes in full, as on release; `for_vat` has the feature of payment that concerns VAT alone."""
    line = reference.tariff_line(goods.code, goods.day)
    if line is not None:
        lines += duty(reference, goods, found, line)
        if goods.origin in found.measured:
            lines += defence(reference, goods, found)
        if line.rates:
            lines += _excise(reference, goods, found, line, lines)
    taxed = vat(reference, for_vat, found, line, lines)
    if taxed is not None:
        lines.append(taxed)


def _excise(reference: Any, goods: Goods, found: Law, line: TariffLine, before: list[Charge]) -> list[Charge]:
    """Return the excise on the value with all duties; the fee is no part of its base."""
    duties = sum((each.amount for each in before if each.kind != found.kinds.get("fee")), goods.value)
    return excise(reference, goods, found, line, duties)


def explain_charges(reference: Any, *given: Any) -> tuple[Reason, ...]:
    """Explain every line of box 47 of an item."""
    goods = Goods(*given)
    lines = charges(reference, *given)
    kinds = reference.profile.code_list("payment_kinds")
    told = []
    for place, line in enumerate(lines):
        entry = kinds.get(line.kind) if kinds is not None else None
        label = (
            Message("Charge {kind}, {name}", {"kind": line.kind, "name": entry.name()}) if entry is not None else None
        )
        base = base_reasons(reference, goods, law(reference, goods.day), lines, place)
        parts = tuple(line_reasons(reference, goods, line, base))
        label = label or Message("Charge {kind}", {"kind": line.kind})
        told.append(Reason(label, i18n.show(line.amount), "", line.confirmed, "", parts))
    return tuple(told)


formula(
    READS,
    label=N_("Fee, duty and taxes of the item"),
    optional=OPTIONAL,
    reference=True,
    because=explain_charges,
)(charges)
