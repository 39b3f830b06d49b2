# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of box 47 and one line of box B: values that calculation gives and print, message and screen read."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Charge(NamedTuple):
    """A duty, tax or fee on one goods item.

    Attributes:
        kind: code of the payment kind: `2010` import duty, `5010` VAT, ...
        base: amount in national currency, or quantity in `base_unit` for a specific rate; None for a flat fee.
        base_unit: currency or unit code of the base.
        rate: percent, amount a unit, or flat amount.
        rate_type: `%` ad valorem, `*` specific, `S` flat.
        rate_unit: currency and unit of a specific rate, as the tariff writes it: `EUR/166`.
        amount: in national currency, rounded as the profile says.
        feature: payment feature of box 47: `ИУ`, `УН`, ...; empty when none.
        measure: id of the data row that gave the rate, for the explanation.
        confirmed: False when a rate or fee behind it is not confirmed by its source.
    """

    kind: str
    base: Decimal | None
    base_unit: str
    rate: Decimal
    rate_type: str
    rate_unit: str
    amount: Decimal
    feature: str
    measure: str
    confirmed: bool


class ChargeTotal(NamedTuple):
    """What is to be paid of one kind for the whole declaration (box B)."""

    kind: str
    amount: Decimal
    currency: str
    confirmed: bool
