# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchange rates of a country by currency and day: those of its folder, with the user's own laid over them.

Of two statements about one day the newer one counts, on the same day the user's own. What the folder calls a sample
(`sample=true` in its first line) gives way to any other rate that is in force.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.dated import DatedFile, Row, read_dated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Day = date  # a row has a field of that name
FILE = "exchange_rates.csv"
COLUMNS = ("currency", "units", "rate", "date")
IMPORTED, FETCHED = "import", "fetch"
_HOW = {IMPORTED: N_("imported from {source} on {day}"), FETCHED: N_("fetched from {source} on {day}")}
_BAD = N_("An exchange rate needs a day, whole units and a figure above zero")


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """What `units` of a currency cost in national currency from a day on.

    Attributes:
        source: where the figure comes from, in words.
        how: how it came to the user: `import`, `fetch`; empty for one of the country's folder.
        stated: when it was stated; of two about one day the later one counts.
        sample: made up; any other rate that is in force goes before it.
    """

    currency: str
    units: int
    rate: Decimal
    date: Day
    source: str
    confirmed: bool
    how: str = ""
    stated: Day = Day.min
    sample: bool = False

    @property
    def told(self) -> str:
        """Where the figure comes from, in the language in force; for the user's own also how and when it came."""
        words = _HOW.get(self.how)
        return Message(words, {"source": self.source, "day": self.stated}).text() if words else self.source


class ExchangeRates:
    """The rates of one country; made once from its file and the user's own."""

    def __init__(self, rows: Iterable[ExchangeRow], own: Iterable[ExchangeRow] = ()) -> None:
        given = tuple(rows)
        last = {(row.currency, row.date): row for row in own}  # the user's last word, whatever the clock said
        self._known = _by_currency((*(row for row in given if not row.sample), *last.values()))
        self._samples = _by_currency(row for row in given if row.sample)

    def on(self, currency: str, oldest: date, day: date) -> ExchangeRow | None:
        """Return the latest row of a currency on or before a day, None when it is older than `oldest`."""
        for table in (self._known, self._samples):
            days, rows = table.get(currency, _NONE)
            place = bisect_right(days, day)
            if place and days[place - 1] >= oldest:
                return rows[place - 1]
        return None

    def currencies(self) -> tuple[str, ...]:
        """Return every currency of which any rate is known, in order."""
        return tuple(sorted({*self._known, *self._samples}))


_NONE: tuple[list[date], list[ExchangeRow]] = ([], [])


def _by_currency(rows: Iterable[ExchangeRow]) -> dict[str, tuple[list[date], list[ExchangeRow]]]:
    """Return days and rows of each currency in order; of several about a day the newest, and of those the last."""
    newest: dict[tuple[str, date], ExchangeRow] = {}
    for row in rows:
        before = newest.get((row.currency, row.date))
        if before is None or row.stated >= before.stated:
            newest[row.currency, row.date] = row
    found: dict[str, tuple[list[date], list[ExchangeRow]]] = {}
    for row in sorted(newest.values(), key=lambda each: each.date):
        days, kept = found.setdefault(row.currency, ([], []))
        days.append(row.date)
        kept.append(row)
    return found


def read_exchange_rates(path: Path) -> tuple[ExchangeRow, ...]:
    """Read the rates of a country's folder.

    Raises:
        DataError: a row cannot be read; says file and row.
    """
    file = read_dated(path, COLUMNS)
    taken = _taken(file)
    return tuple(_row(row, file, taken) for row in file.rows)


def _taken(file: DatedFile) -> date:
    try:
        return date.fromisoformat(file.taken)
    except ValueError:
        return date.min


def _row(row: Row, file: DatedFile, taken: date) -> ExchangeRow:
    currency, units, rate, day = quoted(row)
    source = row.text("source") or file.source
    return ExchangeRow(currency, units, rate, day, source, file.confirmed, stated=taken, sample=file.sample)


def quoted(row: Row) -> tuple[str, int, Decimal, date]:
    """Return currency, units, rate and day of a row.

    Raises:
        DataError: one of them is missing or no such figure.
    """
    day, units, rate = row.day("date"), row.figure("units"), row.figure("rate")
    if day is None or rate <= 0 or units < 1 or units != units.to_integral_value():
        raise row.wrong(_BAD)
    return row.text("currency"), int(units), rate, day
