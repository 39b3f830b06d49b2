# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures: money, mass, quantities, rates and counts. Decimal throughout, never binary fractions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from swclient.base import i18n
from swclient.base.decimals import plain, read_decimal, trimmed
from swclient.base.i18n import N_
from swclient.catalogue.kinds.base import Kind, KindError


class Figure(Kind):
    """A figure with a greatest number of decimals: `money:2`, `mass:6`.

    >>> Figure("mass", "3").parse("1 240,5")
    Decimal('1240.5')
    >>> Figure("money", "2").parse("3")
    Decimal('3.00')
    """

    width = 14
    numeric = True
    # Amount times rate, and a thousand of them in a sum, must fit the 28 digits that decimals are reckoned with.
    whole_digits = 15

    def __init__(self, name: str, argument: str = "") -> None:
        super().__init__(name, argument)
        self.decimals = int(argument or 2)
        self.step = Decimal(1).scaleb(-self.decimals)

    def parse(self, text: str) -> Decimal | None:
        """Read a figure; more decimals than the box holds are an error, not rounded away."""
        if not text.strip():
            return None
        value = read_decimal(text.strip())
        if value is None:
            raise KindError(N_("“{text}” is not a figure."), text=text.strip())
        exponent = value.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.decimals:
            raise KindError(N_("“{text}” has more than {n} decimals."), text=text.strip(), n=self.decimals)
        if value.adjusted() >= self.whole_digits:
            raise KindError(N_("“{text}” is too large."), text=text.strip())
        return value.quantize(self.step) if self.name == "money" else value

    def show(self, value: Any) -> str:
        """Return the figure grouped, with the decimal sign of the language."""
        return "" if value is None else i18n.show_number(value)

    def edit(self, value: Any) -> str:
        """Return the figure without grouping, as fingers type it."""
        return "" if value is None else self.show(value).replace("\u00a0", "")

    def store(self, value: Any) -> str:
        """Return the figure with a point and no grouping."""
        return plain(value) if self.name == "money" else trimmed(value)


class Percent(Figure):
    """A rate: percent, or national currency for one unit of another; up to the given decimals."""

    whole_digits = 7

    def __init__(self, name: str, argument: str = "") -> None:
        super().__init__(name, argument or "4")


class Count(Kind):
    """A whole number up to so many digits: `count:3`.

    >>> Count("count", "3").parse("12")
    12
    """

    width = 6
    numeric = True

    def __init__(self, name: str, argument: str = "") -> None:
        super().__init__(name, argument)
        self.digits = int(argument or 9)

    def parse(self, text: str) -> int | None:
        """Read a whole number that is not negative."""
        if not text.strip():
            return None
        value = read_decimal(text.strip())
        if value is None or value != value.to_integral_value() or value < 0:
            raise KindError(N_("“{text}” is not a whole number."), text=text.strip())
        if len(str(int(value))) > self.digits:
            raise KindError(N_("“{text}” has more than {n} digits."), text=text.strip(), n=self.digits)
        return int(value)
