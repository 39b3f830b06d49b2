# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trade defence measures of a tariff: anti-dumping, special and countervailing duties on goods of an origin.

They stand in `tariff/measures.csv` beside the tariff, because they fall on many codes at once and come and go:
`code,origin,kind,rate,name_en,name_ru,valid_from,valid_to,source`; `code` is the head of the codes that are hit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from swclient.base.i18n import N_
from swclient.catalogue.dated import Dated, Row, read_dated
from swclient.catalogue.duty_text import DutyRate, read_duty

FILE = "measures.csv"
KINDS = ("special", "anti_dumping", "countervailing")  # in the order in which they are worked out
_COLUMNS = ("code", "origin", "kind", "rate", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Measure(Dated):
    """A measure on goods of one origin.

    Attributes:
        id: for the explanation: `measure.8482.CN.2026-01-01`.
        code: head of the commodity codes that it falls on.
        origin: country.
        kind: one of `KINDS`; the profile's `[charges]` says which payment kind that is.
        rate: as a tariff writes a duty.
        name: what it is on, for people.
    """

    id: str
    code: str
    origin: str
    kind: str
    rate: DutyRate
    name: str
    source: str
    confirmed: bool

    @property
    def told(self) -> str:
        """What it is on and at what rate, in one line."""
        return f"{self.name}, {self.rate.text}"


def read_measures(path: Path) -> dict[str, tuple[Measure, ...]]:
    """Return the measures of a file by origin.

    Raises:
        DataError: a column is missing, a kind is not known, or a rate cannot be read; says file and row.
    """
    file = read_dated(path, _COLUMNS)
    found: dict[str, tuple[Measure, ...]] = {}
    for row in file.rows:
        measure = _measure(row, row.text("source") or file.source, confirmed=file.confirmed)
        found[measure.origin] = (*found.get(measure.origin, ()), measure)
    return found


def _measure(row: Row, source: str, *, confirmed: bool) -> Measure:
    code, origin, kind = row.text("code"), row.text("origin"), row.text("kind")
    if kind not in KINDS:
        raise row.wrong(N_("A measure is one of {known}, not “{kind}”"), known=", ".join(KINDS), kind=kind)
    start, end = row.day("valid_from"), row.day("valid_to")
    rate = read_duty(row.text("rate"), file=row.path, row=row.number)
    made = f"measure.{code}.{origin}.{start}"
    return Measure(start, end, made, code, origin, kind, rate, row.text("name_en"), source, confirmed)


def measures_on(measures: tuple[Measure, ...], code: str, day: date) -> tuple[Measure, ...]:
    """Return the measures on a code in force on a day, one a kind: that with the longest head."""
    hit = [each for each in measures if code.startswith(each.code) and each.good_on(day)]
    narrowest = {each.kind: each for each in sorted(hit, key=lambda each: len(each.code))}
    return tuple(narrowest[kind] for kind in KINDS if kind in narrowest)
