# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the base of a tax is made of: the customs value, the charges before it, and whether the fee is among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from swclient.base import i18n
from swclient.base.decimals import HUNDRED, ONE, round_half_up
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.charge import Charge
from swclient.engine.formulas import Reason
from swclient.tariff.excise import EXCISE
from swclient.tariff.goods import Goods, Law

_PERCENT = "%"


def base_reasons(reference: Any, goods: Goods, found: Law, lines: Sequence[Charge], place: int) -> tuple[Reason, ...]:
    """Return the summands of the base of one line of box 47, in national currency.

    None for a line that is no percentage of a sum, or whose base is not their sum.

    Args:
        reference: rates and tariff of the profile.
        goods: the item.
        found: the law of the day.
        lines: all lines of the item, in the order in which they were worked out.
        place: of the line in question.
    """
    line = lines[place]
    if line.rate_type != _PERCENT or line.base is None:
        return ()
    if line.measure.endswith(f"#{EXCISE}"):
        return tuple(_of_excise(goods, found, lines, place))
    if line.kind != found.kind("vat"):
        return ()
    inside = [each for each in lines[:place] if found.fee_in_base or each.kind != found.kind("fee")]
    if goods.value + sum(each.amount for each in inside) != line.base:  # a part of the full charges is due
        return ()
    return (*_summands(goods, inside), *_fee(reference, found, lines))


def _summands(goods: Goods, inside: Sequence[Charge]) -> Iterator[Reason]:
    yield Reason(Message(N_("Customs value")), i18n.show(goods.value))
    for each in inside:
        label = Message("Charge {kind}", {"kind": each.kind})
        yield Reason(label, i18n.show(each.amount), confirmed=each.confirmed)


def _fee(reference: Any, found: Law, lines: Sequence[Charge]) -> Iterator[Reason]:
    kind = found.kind("fee")
    if not kind:
        return
    told = reference.profile.facts.get("sources", {}).get("charges.vat_base_includes_fee", {})
    words = (
        N_("The fee {kind} is part of the base") if found.fee_in_base else N_("The fee {kind} is no part of the base")
    )
    fee = sum((each.amount for each in lines if each.kind == kind), Decimal(0))
    yield Reason(Message(words, {"kind": kind}), i18n.show(fee), told.get("source", ""), found.base_confirmed)


def _of_excise(goods: Goods, found: Law, lines: Sequence[Charge], place: int) -> Iterator[Reason]:
    line = lines[place]
    before = [each for each in lines[:place] if each.kind not in (found.kind("fee"), line.kind)]
    if not found.kinds.get("excise_inside"):
        if goods.value + sum(each.amount for each in before) == line.base:
            yield from _summands(goods, before)
        return
    inside = [*before, *(each for each in lines[place + 1 :] if each.measure == line.measure)]
    without = goods.value + sum(each.amount for each in inside)
    if round_half_up(without / (ONE - line.rate / HUNDRED)) == line.base:
        yield from _summands(goods, inside)
        args = {"sum": without, "rate": line.rate}
        yield Reason(Message("The tax is part of its own base: {sum} ÷ (1 − {rate} %)", args), i18n.show(line.base))
