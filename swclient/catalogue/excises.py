# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Excise of a country whose tariff is another's: members of a union have one tariff and each its own excise.

`tariff/excises.csv`: `code,kind,rate,name_en,name_ru,valid_from,valid_to,source`; `code` is the head of the codes that
it falls on, `kind` the payment kind. A line of the tariff that says its excise itself is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from swclient.catalogue.dated import Dated, read_dated
from swclient.catalogue.duty_text import DutyRate, read_duty
from swclient.catalogue.tariff_line import TariffLine

FILE = "excises.csv"
COLUMN = "excise"
_COLUMNS = ("code", "kind", "rate", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Excise(Dated):
    """An excise on goods.

    Attributes:
        code: head of the commodity codes that it falls on.
        kind: payment kind.
        rate: as a tariff writes a duty.
    """

    code: str
    kind: str
    rate: DutyRate
    source: str
    confirmed: bool


def read_excises(path: Path) -> tuple[Excise, ...]:
    """Return the rows of a file, the shortest heads first.

    Raises:
        DataError: a column is missing or a rate cannot be read; says file and row.
    """
    file = read_dated(path, _COLUMNS)
    found = [
        Excise(
            row.day("valid_from"), row.day("valid_to"), row.text("code"), row.text("kind"),
            read_duty(row.text("rate"), file=row.path, row=row.number), row.text("source") or file.source,
            file.confirmed,
        )
        for row in file.rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: len(each.code)))


def with_excise(line: TariffLine, excises: Sequence[Excise], day: date) -> TariffLine:
    """Return a line with the excise of its longest head in force on a day, where it says none itself."""
    if not line.final or COLUMN in line.rates:
        return line
    hit = [each for each in excises if line.code.startswith(each.code) and each.good_on(day)]
    if not hit:
        return line
    best = hit[-1]
    more = {**line.more, "excise_kind": best.kind, "excise_source": best.source}
    if not best.confirmed:
        more["excise_unconfirmed"] = "1"
    return replace(line, rates={**line.rates, COLUMN: best.rate}, more=more)
