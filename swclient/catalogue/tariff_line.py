# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A line of a tariff: what a row of `tariff/*.csv` becomes when somebody asks for its code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from swclient.base import i18n
from swclient.catalogue.dated import Dated, DatedFile, Row, pick
from swclient.catalogue.duty_text import DutyRate, read_duty

TARIFF_COLUMNS = ("code", "unit", "duty", "final", "valid_from", "valid_to")
_OWN = {*TARIFF_COLUMNS, "source"}
_RATES = ("excise", "duty_")  # columns that hold a rate as `duty` does are named so, or begin so


@dataclass(frozen=True, slots=True)
class TariffLine(Dated):
    """A line or a heading of the tariff.

    Attributes:
        id: code and first day, for the explanation: `tariff.8481808199.2022-01-01`.
        unit: supplementary unit of box 41, empty when none is asked for.
        duty: import duty, None for a heading.
        final: whether goods may be declared under it.
        rates: further rates by column: `excise`, and duties for some origins (`duty_general`).
        more: further columns as they stand: `vat` names the VAT rate of the line where it is not the usual one.
    """

    id: str
    code: str
    names: Mapping[str, str]
    unit: str
    duty: DutyRate | None
    final: bool
    source: str
    confirmed: bool
    rates: Mapping[str, DutyRate]
    more: Mapping[str, str]

    def name(self, language: str | None = None) -> str:
        """Return the name in a language, else in the next best one, or whatever there is."""
        told = language or i18n.language()
        for wish in (told, *i18n.next_best(told)):
            if self.names.get(wish):
                return self.names[wish]
        return next(iter(self.names.values()), "")


@dataclass(frozen=True, slots=True)
class RawLine(Dated):
    """A tariff row as it stands: of a whole tariff only few duties are ever asked for."""

    row: Row
    file: DatedFile


def names_of(row: Row) -> dict[str, str]:
    """Return the names of a row by language."""
    return {key[5:]: text for key, text in row.cells.items() if key.startswith("name_") and text}


def read_line(raw: RawLine) -> TariffLine:
    """Return the line of a row.

    Raises:
        DataError: one of its rates cannot be read; says file and row.
    """
    row, file = raw.row, raw.file
    code, final = row.text("code"), row.text("final") == "1"
    duty = read_duty(row.text("duty"), file=row.path, row=row.number) if final else None
    source = row.text("source") or file.source
    further = {name: row.text(name) for name in row.cells if name and name not in _OWN and row.text(name)}
    rates = {
        name: read_duty(text, file=row.path, row=row.number)
        for name, text in further.items()
        if name.startswith(_RATES) and name != "excise_kind"
    }
    return TariffLine(
        raw.valid_from, raw.valid_to, f"tariff.{code}.{raw.valid_from}", code, names_of(row), row.text("unit"), duty,
        final, source, file.confirmed, rates, {name: text for name, text in further.items() if name not in rates},
    )  # fmt: skip


class LinesOn(dict[str, TariffLine | None]):
    """The lines of a tariff as they stand on one day, each read when it is first asked for; None for no such code.

    A dictionary, because a full check asks for the same few lines thousands of times.
    """

    def __init__(
        self,
        rows: Mapping[str, tuple[RawLine, ...]],
        day: date | None,
        finish: Callable[[TariffLine, date], TariffLine],
    ) -> None:
        """Take the rows by code, the day, and what makes a line that was read a whole one."""
        super().__init__()
        self._rows = rows
        self._day = day
        self._finish = finish

    def __missing__(self, code: str) -> TariffLine | None:
        day = self._day
        raw = pick(self._rows.get(code, ()), day) if day is not None else None
        self[code] = None if raw is None or day is None else self._finish(read_line(raw), day)
        return self[code]
