# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Box 47 of an item: customs fee, import duty, VAT, line by line, with the data rows they came from.

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
from swclient.document.charge import Charge
from swclient.engine.formulas import Reason
from swclient.tariff.charge_reasons import line_reasons
from swclient.tariff.duty import Assessed, assess
from swclient.tariff.formulary import FORMULARY
from swclient.tariff.goods import OPTIONAL, READS, Goods, Law, exchange, law

formula = FORMULARY.formula


def _relief(reference: Any, list_name: str, code: str | None) -> Decimal:
    """Return the part of a charge that a preference leaves: 1 none claimed, 0 exempt, 0.75 for three quarters."""
    entries = reference.profile.code_list(list_name) if code else None
    entry = entries.get(code) if entries else None
    if entry is None or not entry.more.get("effect"):
        return ONE
    if entry.more["effect"] == "exempt":
        return ZERO
    return Decimal(entry.more["percent"]) / HUNDRED if entry.more["effect"] == "percent" else ONE


def fee(reference: Any, goods: Goods, found: Law) -> Charge | None:
    """Return the customs fee: once a declaration, on its first item. A fee that stands in the header holds."""
    due = found.fees.get(goods.procedure)
    if due is None or goods.number != 1 or not _relief(reference, "preferences_fee", goods.fee_preference):
        return None
    amount = due.amount if goods.fee is None else goods.fee
    if amount is None:
        return None
    measure = due.measure if goods.fee is None else ""
    return Charge(
        due.kind, None, found.currency, amount, "S", "", amount, goods.feature or "", measure, due.confirmed
    )  # fmt: skip


def duty(reference: Any, goods: Goods, found: Law) -> list[Charge]:
    """Return the import duty: one line, two for a mixed rate, none when the code or a quantity is missing."""
    line = reference.tariff_line(goods.code, goods.day)
    if line is None or line.duty is None:
        return []
    assessed = assess(line.duty, goods.value, goods.in_unit, lambda code: exchange(reference, goods, code))
    part = _relief(reference, "preferences_duty", goods.duty_preference)
    kind = found.kinds.get("duty", "")
    return [_duty_line(kind, each, part, goods, found.currency, line) for each in assessed or ()]


def _duty_line(kind: str, each: Assessed, part: Decimal, goods: Goods, currency: str, line: Any) -> Charge:
    whole = part is ONE
    amount = each.amount if whole else round_half_up(each.amount * part)
    rate = each.rate.value if whole else each.rate.value * part
    base_unit = currency if each.rate.kind == "%" else each.rate.unit
    return Charge(
        kind,
        each.base,
        base_unit,
        rate,
        each.rate.kind,
        each.rate.per,
        amount,
        goods.feature or "",
        line.id,
        line.confirmed,
    )


def vat(reference: Any, goods: Goods, found: Law, before: list[Charge]) -> Charge | None:
    """Return the VAT on value, duty and excise (and on the fee where the profile says so)."""
    row = found.vat
    if row is None:
        return None
    left_out = "" if found.fee_in_base else found.kinds.get("fee")
    base, sure = goods.value, row.confirmed and found.base_confirmed
    for line in before:
        if line.kind != left_out:
            base += line.amount
            sure = sure and line.confirmed
    part = _relief(reference, "preferences_vat", goods.vat_preference)
    rate = row.value if part is ONE else row.value * part
    amount = round_half_up(base * rate / HUNDRED)
    return Charge(
        found.kinds.get("vat", ""),
        base,
        found.currency,
        rate,
        "%",
        "",
        amount,
        goods.feature or "",
        row.id,
        sure,
    )


@formula(
    {"worked_out": "item.charges", "declared": "rows(charge)"},
    label=N_("Charges as declared, else as worked out"),
    optional=("worked_out",),
)
def charges_due(worked_out: tuple[Charge, ...] | None, declared: list[dict[str, Any]]) -> tuple[Charge, ...] | None:
    """Lines that count: those that somebody declared stand before those that were worked out."""
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


@formula({"lines": "item.charges_due"}, label=N_("Sum of the item's lines that are payable"), reference=True)
def item_charges_total(reference: Any, lines: tuple[Charge, ...]) -> Decimal:
    """The line "in all" under box 47, without lines that are only calculated conditionally."""
    conditional = reference.profile.facts.get("charges", {}).get("conditional_features", ())
    return sum((line.amount for line in lines if line.feature not in conditional), ZERO)


@formula({"code": "item.code", "day": "header.date"}, label=N_("Unit of the tariff line"), reference=True)
def supplementary_unit(reference: Any, code: str, day: date) -> str | None:
    """Box 41, the unit; blank when the tariff line asks for none."""
    line = reference.tariff_line(code, day)
    return (line.unit or None) if line is not None else None


def charges(reference: Any, *given: Any) -> tuple[Charge, ...]:
    """Box 47, in the order of calculation: fee, duty, VAT."""
    goods = Goods(*given)
    found = law(reference, goods.day)
    lines: list[Charge] = []
    paid = fee(reference, goods, found)
    if paid is not None:
        lines.append(paid)
    if goods.procedure not in found.procedures:
        return tuple(lines)
    lines += duty(reference, goods, found)
    taxed = vat(reference, goods, found, lines)
    if taxed is not None:
        lines.append(taxed)
    return tuple(lines)


def explain_charges(reference: Any, *given: Any) -> tuple[Reason, ...]:
    """Explain every line of box 47 of an item."""
    goods = Goods(*given)
    found = []
    for line in charges(reference, *given):
        label = Message("Charge {kind}", {"kind": line.kind})
        found.append(
            Reason(
                label,
                i18n.show(line.amount),
                "",
                line.confirmed,
                "",
                tuple(line_reasons(reference, goods, line)),
            )
        )
    return tuple(found)


formula(
    READS,
    label=N_("Fee, duty and taxes of the item"),
    optional=OPTIONAL,
    reference=True,
    because=explain_charges,
)(charges)
