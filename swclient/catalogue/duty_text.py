# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a duty rate as a tariff writes it.

`10` · `10 %` · `0.4 EUR/796` · `10 but not less than 0.5 EUR/166` · `15 plus 0.2 EUR/166`.
Units are codes of the profile's list `units`, currencies are ISO 4217. Nothing is worked out here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from swclient.base.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

AD_VALOREM = "%"
SPECIFIC = "*"
_PART = r"(\d+(?:\.\d+)?)\s*(?:%|([A-Z]{3})\s*/\s*(\d{3}|[A-Z][A-Z0-9]{2}))?"
_RATE = re.compile(
    rf"{_PART}(?:,?\s+but\s+not\s+(less|more)\s+than\s+{_PART})?(?:,?\s+plus\s+{_PART})?",
    re.ASCII,
)
_BARE = re.compile(r"(?<![\d./])(\d+(?:\.\d+)?)(?=$|,?\s+(?:but|plus)\b)", re.ASCII)
_GREATER_OR_LESSER = {None: "", "less": "max", "more": "min"}


@dataclass(frozen=True, slots=True)
class Elementary:
    """A rate with one figure.

    Attributes:
        kind: `%` of the customs value, or `*` an amount for each unit.
        value: percent, or amount of `currency` for one `unit`.
        currency: empty for `%`.
        unit: code of the unit, empty for `%`; a weight means net mass.
    """

    kind: str
    value: Decimal
    currency: str = ""
    unit: str = ""

    @property
    def per(self) -> str:
        """Currency and unit as box 47 has them: `EUR/166`; empty for `%`."""
        return f"{self.currency}/{self.unit}" if self.kind == SPECIFIC else ""


@dataclass(frozen=True, slots=True)
class DutyRate:
    """A duty rate of up to three elementary rates.

    Attributes:
        first: the rate that always counts.
        sign: `max` the greater of first and second, `min` the lesser, empty without a second.
        second: what first is compared with.
        plus: what is added to the result.
        text: the rate as the tariff writes it.
    """

    first: Elementary
    sign: str = ""
    second: Elementary | None = None
    plus: Elementary | None = None
    text: str = ""

    @property
    def parts(self) -> tuple[Elementary, ...]:
        """The elementary rates, in order."""
        return tuple(part for part in (self.first, self.second, self.plus) if part is not None)

    @property
    def told(self) -> str:
        """The rate for people: the per cent sign stands where the tariff leaves it out.

        >>> read_duty("10 but not less than 0.5 EUR/166", file="tariff").told
        '10 % but not less than 0.5 EUR/166'
        >>> read_duty("20 plus 1 CNY/035", file="tariff").told
        '20 % plus 1 CNY/035'
        """
        return _BARE.sub(r"\1 %", self.text)

    @property
    def free(self) -> bool:
        """Whether nothing can come of it."""
        return all(part.value == 0 for part in self.parts)


def read_duty(text: str, *, file: Path | str, row: object = "") -> DutyRate:
    """Read a rate; file and row are named when it cannot be read.

    Raises:
        DataError: the text is not one of the forms above.

    >>> read_duty("10 but not less than 0.5 EUR/166", file="tariff").second.per
    'EUR/166'
    """
    match = _RATE.fullmatch(text.strip())
    if match is None:
        raise DataError(
            "“{text}” is not a duty rate; write such as 10, 0.4 EUR/796,"
            " 10 but not less than 0.5 EUR/166, 15 plus 0.2 EUR/166",
            file=file,
            row=row,
            text=text,
        )
    found = match.groups()
    first = _part(found[0:3]) or Elementary(AD_VALOREM, Decimal(0))
    sign = _GREATER_OR_LESSER[found[3]]
    return DutyRate(first, sign, _part(found[4:7]), _part(found[7:10]), text.strip())


def _part(found: tuple[str | None, ...]) -> Elementary | None:
    value, currency, unit = found
    if value is None:
        return None
    if currency and unit:
        return Elementary(SPECIFIC, Decimal(value), currency, unit)
    return Elementary(AD_VALOREM, Decimal(value))
