# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Composers of boxes 47 and B: charges of an item, of a sheet, of the declaration.

What the declarant wrote (`charge` rows) stands before what was worked out. An amount whose rate or source is not
confirmed carries an asterisk.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from swclient.base.decimals import ZERO, trimmed
from swclient.document.charge import Charge, ChargeTotal
from swclient.document.snapshot import Record
from swclient.printing.content import Case, Table, composer, joined, show, show_trimmed

_MARK = "*"
_PERCENT, _PER_UNIT = "%", "*"  # kinds of rate
_NOT_PAYABLE = "0"  # list payment_features, column payable


class Line(NamedTuple):
    """A charge as box 47 shows it."""

    kind: str
    base: str
    rate: str
    amount: Decimal | None
    feature: str
    confirmed: bool

    def shown(self) -> str:
        """Return the amount, with an asterisk while it is not confirmed."""
        return "" if self.amount is None else _marked(self.amount, confirmed=self.confirmed)


def _marked(amount: object, *, confirmed: bool) -> str:
    return show(amount) + ("" if confirmed else _MARK)


def lines(case: Case, item: Record) -> list[Line]:
    """Return the charges of an item: the declared ones if there are any, else those worked out."""
    declared = case.under("charge", item)
    if declared:
        return [_declared(row) for row in declared]
    worked_out = item.values.get("charges")
    return (
        [_worked_out(each) for each in worked_out if isinstance(each, Charge)] if isinstance(worked_out, tuple) else []
    )


def _declared(row: Record) -> Line:
    get = row.values.get
    amount, rate = get("amount"), show_trimmed(get("rate"))
    unit = "%" if get("rate_type") == _PERCENT else show(get("rate_unit"))
    return Line(
        kind=show(get("kind")),
        base=joined(" ", show_trimmed(get("base")), show(get("base_unit"))),
        rate=f"{rate} {unit}".rstrip() if rate else "",
        amount=amount if isinstance(amount, Decimal) else None,
        feature=show(get("feature")),
        confirmed=True,
    )


def _worked_out(charge: Charge) -> Line:
    per_unit = charge.rate_type == _PER_UNIT
    rate = trimmed(charge.rate)
    return Line(
        kind=charge.kind,
        base=joined(" ", show(charge.base), charge.base_unit if per_unit else ""),
        rate=joined(" ", rate, "%" if charge.rate_type == _PERCENT else charge.rate_unit if per_unit else ""),
        amount=charge.amount,
        feature=charge.feature,
        confirmed=charge.confirmed,
    )


def payable(case: Case, line: Line) -> bool:
    """Tell whether a charge counts in totals: conditional ones are only calculated."""
    entry = case.entry("charge.feature", line.feature) if line.feature else None
    return entry is None or entry.more.get("payable") != _NOT_PAYABLE


def total(case: Case, found: list[Line]) -> Decimal:
    """Return the sum of the payable charges."""
    return sum((line.amount for line in found if line.amount is not None and payable(case, line)), ZERO)


def _total(case: Case, found: list[Line]) -> str:
    return _marked(total(case, found), confirmed=all(each.confirmed for each in found))


@composer("charges")
def charges(case: Case, item: Record, _of: str) -> Table:
    """Box 47 of an item: kind, base, rate, amount, feature; the total at the foot."""
    found = lines(case, item)
    if not found:
        return Table([])
    _note(case, found)
    rows = [(each.kind, each.base, each.rate, each.shown(), each.feature) for each in found]
    return Table(rows, ("", "", case.say("total"), _total(case, found), ""))


@composer("sheet_charges")
def sheet_charges(case: Case, _header: Record, _of: str) -> Table:
    """The last quarter of a continuation sheet: totals of the sheet by kind and feature."""
    sums: dict[tuple[str, str], Line] = {}
    for item in case.sheet_items:
        for each in lines(case, item):
            key = (each.kind, each.feature)
            before = sums.get(key)
            amount = (each.amount or ZERO) + (before.amount or ZERO if before else ZERO)
            sums[key] = each._replace(amount=amount, confirmed=each.confirmed and (before is None or before.confirmed))
    found = [sums[key] for key in sorted(sums)]
    if not found:
        return Table([])
    _note(case, found)
    return Table(
        [(each.kind, each.shown(), each.feature) for each in found],
        (case.say("total"), _total(case, found), ""),
    )


@composer("accounting")
def accounting(case: Case, header: Record, _of: str) -> list[str]:
    """Box B: total of each kind - amount - currency, and how it was paid; the whole sum at the end."""
    found = totals(case, header)
    if any(not each.confirmed for each in found):
        case.unconfirmed = True
    paid = list(case.snapshot.many("payment"))
    result: list[str] = []
    for each in found:
        text = joined("-", each.kind, _marked(each.amount, confirmed=each.confirmed), each.currency)
        own = [row for row in paid if row.get("kind") == each.kind]
        if len(own) == 1 and own[0].get("amount") in {each.amount, None}:
            text = joined("-", text, *_payment(own[0]))
            paid.remove(own[0])
        result.append(text)
    result += [joined("-", show(row.get("kind")), show(row.get("amount")), *_payment(row)) for row in paid]
    if found:
        sure = all(each.confirmed for each in found)
        whole = _marked(_sum(case, header, found), confirmed=sure)
        result.append(f"{case.say('total')} {whole}")
    return result


def totals(case: Case, header: Record) -> list[ChargeTotal]:
    """Return what is to be paid by kind: as worked out, or summed anew where charges were declared by hand."""
    worked_out = header.get("charges")
    if not case.snapshot.tables["charge"] and isinstance(worked_out, tuple):
        return [each for each in worked_out if isinstance(each, ChargeTotal)]
    sums: dict[str, ChargeTotal] = {}
    currency = show(header.get("value_currency"))
    for item in case.items:
        for each in lines(case, item):
            if each.amount is not None and payable(case, each):
                before = sums.get(each.kind, ChargeTotal(each.kind, ZERO, currency, confirmed=True))
                sums[each.kind] = before._replace(
                    amount=before.amount + each.amount,
                    confirmed=before.confirmed and each.confirmed,
                )
    return [sums[kind] for kind in sorted(sums)]


def _sum(case: Case, header: Record, found: list[ChargeTotal]) -> object:
    """Return the stored total while the figures are the worked-out ones, else the sum of what is printed."""
    stored = header.get("charges_total")
    return (
        stored
        if stored is not None and not case.snapshot.tables["charge"]
        else sum((each.amount for each in found), ZERO)
    )


def _payment(row: Record) -> tuple[str, ...]:
    return tuple(show(row.get(name)) for name in ("number", "date", "method"))


def _note(case: Case, found: list[Line]) -> None:
    if any(not each.confirmed for each in found):
        case.unconfirmed = True
