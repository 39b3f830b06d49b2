# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rates, exchange rates and the tariff of a profile, by day.

Files are read at the first question and answers are kept, because a recomputation asks for the same
line and day once for every item. What a rate does with a value is not known here but in `tariff`.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base import i18n
from swclient.base.errors import DataError
from swclient.base.i18n import N_
from swclient.catalogue.dated import Dated, figure, overlap, pick, read_dated
from swclient.catalogue.exchange_rates import FILE as EXCHANGE
from swclient.catalogue.exchange_rates import ExchangeRates, ExchangeRow, read_exchange_rates
from swclient.catalogue.excises import FILE as EXCISES
from swclient.catalogue.excises import Excise, read_excises, with_excise
from swclient.catalogue.measures import FILE as MEASURES
from swclient.catalogue.measures import Measure, measures_on, read_measures
from swclient.catalogue.tariff_line import TARIFF_COLUMNS, LinesOn, RawLine, TariffLine, names_of, read_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from swclient.catalogue.profile import Profile

BESIDE = (MEASURES, EXCISES)
"""Files that stand beside the lines of a tariff."""
_RATE_KEYS = {"value", "unit", "upto", "base", "valid_from", "valid_to", "source", "confirmed"}


@dataclass(frozen=True, slots=True)
class RateRow(Dated):
    """A rate, fee or base figure in force for some days.

    Attributes:
        id: name and first day, for the explanation: `vat.2026-01-01`.
        unit: `%`, a currency, or the name of another rate that it is a multiple of (`mci`).
        upto: for a rate by bands, the greatest value of this band; None for the highest band, or when there are none.
        base: currency of `upto`; empty for the national one.
    """

    id: str
    value: Decimal
    unit: str
    source: str
    confirmed: bool
    upto: Decimal | None = None
    base: str = ""


@dataclass
class Reference:
    """Answers questions about a profile's figures on a day; one object for each open profile.

    Attributes:
        own: exchange rates of the user's own, laid over those of the profile.
    """

    profile: Profile
    own: tuple[ExchangeRow, ...] = ()
    _rates: dict[str, tuple[RateRow, ...]] = field(default_factory=dict, init=False, repr=False)
    _days: dict[date | None, LinesOn] = field(default_factory=dict, init=False, repr=False)
    _on: dict[tuple[str, str, date], Any] = field(default_factory=dict, init=False, repr=False)

    def rate(self, name: str, day: date) -> RateRow | None:
        """Return the row of a rate in force on a day, None when there is none.

        Raises:
            DataError: its rows cannot be read, or two are in force on one day.
        """
        key = ("rate", name, day)
        if key not in self._on:
            self._on[key] = pick(self.rate_rows(name), day)
        found: RateRow | None = self._on[key]
        return found

    def bands(self, name: str, day: date) -> tuple[RateRow, ...]:
        """Return the bands of a rate in force on a day, the lowest first: one for a rate that has no bands.

        Raises:
            DataError: its rows cannot be read, or two of one band are in force on one day.
        """
        key = ("bands", name, day)
        if key not in self._on:
            self._on[key] = tuple(row for row in self.rate_rows(name) if row.good_on(day))
        found: tuple[RateRow, ...] = self._on[key]
        return found

    def rate_rows(self, name: str) -> tuple[RateRow, ...]:
        """Return all rows of a rate, oldest first and then the lowest band; none when the profile does not know it."""
        if name not in self._rates:
            self._rates[name] = self._read_rates(name)
        return self._rates[name]

    def rate_name(self, name: str) -> str:
        """Return what people call a base figure (`rate_names` of profile.toml); a unit or a currency as it is."""
        names = self.profile.facts.get("rate_names", {}).get(name, {})
        return str(names.get(i18n.language()) or names.get("en") or name)

    def exchange(self, currency: str, day: date) -> ExchangeRow | None:
        """Return the rate in force on a day: the latest one published on or before it.

        A rate older than the profile's `exchange_rate_days` is as good as none. The national
        currency itself costs one.
        """
        if currency == self.profile.facts.get("currency"):
            return ExchangeRow(currency, 1, Decimal(1), day, "", confirmed=True)
        return self._exchange.on(currency, self.oldest_exchange(day), day)

    def exchanges(self, day: date) -> tuple[ExchangeRow, ...]:
        """Return the rate in force on a day of every currency that has one, in order."""
        oldest = self.oldest_exchange(day)
        found = (self._exchange.on(currency, oldest, day) for currency in self._exchange.currencies())
        return tuple(row for row in found if row is not None)

    def with_own(self, rows: tuple[ExchangeRow, ...]) -> Reference:
        """Return the same with other exchange rates of the user's own; what was read of the rest is shared."""
        made = copy(self)
        made.own = rows
        made.__dict__.pop("_exchange", None)
        return made

    def oldest_exchange(self, day: date) -> date:
        """Return the first day whose exchange rate still holds: so many days back, or the first of the month."""
        if self.profile.facts.get("exchange_rate_of") == "month":
            return day.replace(day=1)
        return day - timedelta(days=int(self.profile.facts.get("exchange_rate_days", 10)))

    def measures(self, code: str, origin: str, day: date) -> tuple[Measure, ...]:
        """Return the trade defence measures on goods of an origin in force on a day, the narrowest code first."""
        known = self._measures.get(origin)
        if known is None:
            return ()
        key = ("measures", f"{code}/{origin}", day)
        if key not in self._on:
            self._on[key] = measures_on(known, code, day)
        found: tuple[Measure, ...] = self._on[key]
        return found

    @property
    def measured_origins(self) -> frozenset[str]:
        """Origins on whose goods any trade defence measure falls, ever."""
        return frozenset(self._measures)

    def measures_told(self, code: str, origin: str, day: date) -> str | None:
        """Return what measures fall on goods in one line, None for none."""
        if origin not in self._measures:
            return None
        return "; ".join(each.told for each in self.measures(code, origin, day)) or None

    def tariff_line(self, code: str, day: date) -> TariffLine | None:
        """Return the line of a code, or a heading by its 4 or 6 digits, as it stood on a day.

        Raises:
            DataError: its duty cannot be read.
        """
        lines = self._days.get(day)
        return (self.tariff_on(day) if lines is None else lines)[code]

    def tariff_on(self, day: date | None) -> LinesOn:
        """Return the lines of a day by code or heading, None for a code that has none; on no day nothing has."""
        if day not in self._days:
            self._days[day] = LinesOn(self._tariff, day, self._taxed)
        return self._days[day]

    def tariff_text(self, code: str, day: date, column: str) -> str | None:
        """Return what a further column of a code's line says on a day, None when it says nothing."""
        line = self.tariff_line(code, day)
        if line is None:
            return None
        rate = line.rates.get(column)
        return line.more.get(column) if rate is None else rate.text

    def tariff_codes(self) -> tuple[str, ...]:
        """Return every code and heading that the tariff has, in order."""
        return tuple(self._tariff)

    def tariff_names(self, code: str) -> tuple[Mapping[str, str], date | None, date | None]:
        """Return what a code of the tariff is called by its latest row, and from when to when it stands at all."""
        rows = self._tariff[code]
        return names_of(rows[-1].row), rows[0].valid_from, rows[-1].valid_to

    def tariff_find(self, text: str, limit: int = 50) -> list[TariffLine]:
        """Return lines whose code starts with the digits, or whose name holds every word.

        A code whose duty changed stands once, as it is now.
        """
        digits = "".join(text.split())
        if digits.isdigit():
            codes: Iterable[str] = (code for code in self._tariff if code.startswith(digits))
        else:
            words = text.casefold().split()
            codes = (code for code, names in self._names.items() if all(w in names for w in words))
        return [read_line(self._tariff[code][-1]) for code, _ in zip(codes, range(limit), strict=False)]

    def _read_rates(self, name: str) -> tuple[RateRow, ...]:
        home = self.profile.find("rates.toml") or Path("rates.toml")
        found = self.profile.rates.get(name, ())
        rows = tuple(sorted((_rate(name, row, home) for row in found), key=_day_and_band))
        for band in {row.upto for row in rows}:
            twice = overlap(tuple(row for row in rows if row.upto == band))
            if twice is not None:
                raise DataError("Two rows are in force on one day", file=home, row=twice.id)
        return rows

    @cached_property
    def _exchange(self) -> ExchangeRates:
        path = self.profile.find(EXCHANGE)
        return ExchangeRates(read_exchange_rates(path) if path else (), self.own)

    @cached_property
    def _tariff(self) -> dict[str, tuple[RawLine, ...]]:
        found: dict[str, list[RawLine]] = {}
        for path in self._tariff_files():
            file = read_dated(path, TARIFF_COLUMNS)
            for row in file.rows:
                raw = RawLine(row.day("valid_from"), row.day("valid_to"), row, file)
                found.setdefault(row.text("code"), []).append(raw)
        ordered = {code: tuple(sorted(found[code], key=_first_day)) for code in sorted(found)}
        for code, rows in ordered.items():
            twice = overlap(rows)
            if twice is not None:
                raise twice.row.wrong(N_("The code {code} stands twice for one day"), code=code)
        return ordered

    @cached_property
    def _measures(self) -> dict[str, tuple[Measure, ...]]:
        path = self.profile.find(f"tariff/{MEASURES}")
        return read_measures(path) if path is not None else {}

    def _taxed(self, line: TariffLine, day: date) -> TariffLine:
        return with_excise(line, self._excises, day)

    @cached_property
    def _excises(self) -> tuple[Excise, ...]:
        path = self.profile.find(f"tariff/{EXCISES}")
        return read_excises(path) if path is not None else ()

    def _tariff_files(self) -> list[Path]:
        for folder in self.profile.folders:
            files = sorted(path for path in (folder / "tariff").glob("*.csv") if path.name not in BESIDE)
            if files:
                return files
        return []

    @cached_property
    def _names(self) -> dict[str, str]:
        return {code: " ".join(names_of(rows[-1].row).values()).casefold() for code, rows in self._tariff.items()}


def _first_day(row: Dated) -> date:
    return row.valid_from or date.min


def _day_and_band(row: RateRow) -> tuple[date, Decimal]:
    return _first_day(row), Decimal("Infinity") if row.upto is None else row.upto


def _rate(name: str, row: object, home: Path) -> RateRow:
    if not isinstance(row, dict) or set(row) - _RATE_KEYS or "value" not in row:
        known = ", ".join(sorted(_RATE_KEYS))
        raise DataError("A rate has a value and otherwise {known}", file=home, row=name, known=known)
    value = _figure(row["value"], home, name)
    upto = _figure(row["upto"], home, name) if "upto" in row else None
    start, end = row.get("valid_from"), row.get("valid_to")
    if not isinstance(start, date) or not isinstance(end, date | None):
        raise DataError("A day must read year-month-day, unquoted", file=home, row=name)
    made = f"{name}.{start}" if upto is None else f"{name}.{start}.{upto}"
    return RateRow(
        start, end, made, value, str(row.get("unit", "%")),
        str(row.get("source", "")), bool(row.get("confirmed", False)), upto, str(row.get("base", "")),
    )  # fmt: skip


def _figure(text: object, home: Path, name: str) -> Decimal:
    try:
        return figure(str(text))
    except ValueError:
        raise DataError("“{text}” is not a figure", file=home, row=name, text=str(text)) from None
