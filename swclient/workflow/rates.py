# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchange rates on the user's word: looked up by day, imported from a file, fetched from a bank's public list.

Nothing here runs by itself; what comes in is kept with its source and day (`catalogue.own_rates`) and lies over the
rates that came with the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from swclient.base.errors import OutsideError, UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.exchange_rates import FETCHED, IMPORTED, ExchangeRow
from swclient.catalogue.loader import load_profile, profile_codes, read_toml
from swclient.catalogue.own_rates import add, file_of
from swclient.workflow.clock import office_time
from swclient.workflow.drafts.drafting import reference_of

if TYPE_CHECKING:
    from swclient.catalogue.profile import Profile
    from swclient.catalogue.reference import Reference
    from swclient.exchange.rates_answer import Quote
    from swclient.exchange.rates_source import RatesSource

_AHEAD = timedelta(days=7)  # a bank publishes for the next working day
_FAR = 5  # a rate so many times the one before it, or a part of it, looks like wrong units
_LAID_OUT = {".xml", ".json"}
_NOT_OURS = N_("There are no exchange rates for “{country}”. Known are {known}.")
_NO_SOURCE = N_(
    "No public list of exchange rates is known for {country}. Import them from a file with the columns date, currency,"
    " units and rate: swclient rates import {country} FILE.csv"
)
_NO_LAYOUT = N_(
    "It is not known how a {kind} file of exchange rates is laid out for {country}. Import a table with the columns"
    " date, currency, units and rate (CSV or XLSX)."
)
_UNUSABLE = N_("No rate was changed, because the answer of {address} cannot be used: {reason}")
_OTHER_DAY = N_("{name} has the rates of {found} and not those of {day}. No rate was changed.")
_MONTH = N_(
    "{country}: customs keep one rate for a calendar month, so a rate must be of the first day of its month; {currency}"
    " is of {day}. No rate was changed."
)
_ODD = N_("{currency} of {day}: {rate} for {units} is far from the {before} for {units_before} of {day_before}.")


class Download(Protocol):
    """Where bytes come from: an address, a path, `GET` or `POST`, certificates to believe."""

    def __call__(self, address: str, path: str, method: str = "GET", ca_file: Path | None = None) -> bytes:
        """Return the bytes of a public file."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import or a fetch brought.

    Attributes:
        rows: everything that was in it.
        fresh: of these, what had not been said before.
        source: where it came from, in words.
        file: where it is kept.
        doubts: rates that look wrong; they were taken all the same.
    """

    rows: tuple[ExchangeRow, ...]
    fresh: tuple[ExchangeRow, ...]
    source: str
    file: Path
    doubts: tuple[Message, ...]


def profile_of(country: str, day: date | None = None) -> Profile:
    """Return the profile of a country.

    Raises:
        UserError: there is none; names those that there are.
    """
    if country not in profile_codes():
        raise UserError(_NOT_OURS, country=country, known=", ".join(profile_codes()))
    return load_profile(country, day=day or date.today())  # noqa: DTZ011 - only chooses the data in force


def today_of(profile: Profile) -> date:
    """Return the day it is in a country."""
    return office_time(profile).date()


def rates_on(country: str, day: date | None = None, currency: str = "") -> tuple[ExchangeRow, ...]:
    """Return the rates in force on a day (today when none is named), by currency, or of one currency.

    Raises:
        UserError: there is no such country, or the user's rates cannot be read.
    """
    profile = profile_of(country, day)
    rows = reference_of(profile).exchanges(day or today_of(profile))
    return tuple(row for row in rows if not currency or row.currency == currency.upper())


def import_rates(country: str, file: Path, source: str = "", now: Callable[[], datetime] = datetime.now) -> Taken:
    """Take rates from a table (CSV, XLSX), or from a saved list of the country's bank (XML, JSON).

    Args:
        country: whose rates they are.
        file: the file.
        source: where its figures come from, in words.
        now: when that is.

    Raises:
        UserError: it cannot be read, or a row of it cannot be taken; then nothing is.
    """
    profile = profile_of(country)
    quotes = _read_file(profile, file)
    words = f"{source} ({file.name})" if source else file.name
    made = partial(ExchangeRow, source=words, confirmed=True, how=IMPORTED, stated=now().date())
    return _keep(profile, words, (made(*quote) for quote in quotes))


def _read_file(profile: Profile, file: Path) -> tuple[Quote, ...]:
    from swclient.exchange.rates_answer import read_answer
    from swclient.exchange.rates_table import read_quotes
    from swclient.workflow.tables import content_of, read_table

    kind = file.suffix.lower()
    if kind not in _LAID_OUT:
        return read_quotes(read_table(file), currencies(profile))
    source = source_of(profile)
    if source is None or f".{source.format}" != kind:
        raise UserError(_NO_LAYOUT, kind=kind[1:].upper(), country=profile.code)
    return read_answer(content_of(file), source, file.name, currencies(profile))


def fetch_rates(
    country: str,
    day: date | None = None,
    get: Download | None = None,
    now: Callable[[], datetime] = datetime.now,
) -> Taken:
    """Fetch the rates of a day from the bank's public list; without a day those of today, or the latest there are.

    Args:
        country: whose rates they are.
        day: the day.
        get: what brings the bytes; the guarded line when none is given.
        now: when that is.

    Raises:
        UserError: no public list is known for the country.
        OutsideError: no answer came that can be used, or one of another day; nothing was changed.
    """
    if get is None:
        from swclient.transport.download import download

        get = download
    profile = profile_of(country, day)
    source = source_of(profile)
    if source is None:
        raise UserError(_NO_SOURCE, country=country)
    asked = day or today_of(profile)
    address, path = source.address(asked)
    quotes = _understood(get(address, path, source.method, source.ca_file), source, address, currencies(profile))
    _must_be_of(quotes, source, asked, day or asked + _AHEAD, reference_of(profile))
    made = partial(ExchangeRow, source=source.name, confirmed=source.confirmed, how=FETCHED, stated=now().date())
    return _keep(profile, source.name, (made(*quote) for quote in quotes))


def _understood(content: bytes, source: RatesSource, address: str, known: frozenset[str]) -> tuple[Quote, ...]:
    from swclient.exchange.rates_answer import read_answer

    try:
        return read_answer(content, source, source.name, known)
    except UserError as error:
        raise OutsideError(_UNUSABLE, address=address, reason=error.message, retry=False) from error


def _must_be_of(quotes: tuple[Quote, ...], source: RatesSource, day: date, last: date, reference: Reference) -> None:
    """Refuse rates that would not be in force on the day that was asked for."""
    found = max(quote.day for quote in quotes)
    if not reference.oldest_exchange(day) <= found <= last:
        raise OutsideError(_OTHER_DAY, name=source.name, found=found, day=day, retry=False)


def source_of(profile: Profile) -> RatesSource | None:
    """Return the public list of a country's rates, None when none is known.

    What the user writes into `rates/XX.toml` of the data folder goes before the profile's `[rates_source]`, key by key;
    whom to believe (`ca_file`) is the user's word only.

    Raises:
        DataError: it is described wrongly; says where.
    """
    from swclient.exchange.rates_source import TABLE, read_source

    settings = file_of(profile.code).with_suffix(".toml")
    own = read_toml(settings) if settings.is_file() else {}
    given = profile.facts.get(TABLE, {})
    told = {**{key: value for key, value in given.items() if key != "ca_file"}, **own}
    return read_source(told, settings if own else f"{profile.code}/profile.toml") if told else None


def currencies(profile: Profile) -> frozenset[str]:
    """Return the currencies that may have a rate: all that the profile knows, without its own."""
    known = profile.code_list("currencies")
    return frozenset(known.entries if known else ()) - {str(profile.facts.get("currency"))}


def _keep(profile: Profile, words: str, rows: Iterable[ExchangeRow]) -> Taken:
    found = tuple(rows)
    if profile.facts.get("exchange_rate_of") == "month":
        for row in found:
            if row.date.day != 1:
                raise UserError(_MONTH, country=profile.code, currency=row.currency, day=row.date)
    doubts = tuple(_doubts(found, reference_of(profile)))
    fresh = add(profile.code, found)
    return Taken(found, fresh, words, file_of(profile.code), doubts)


def _doubts(rows: tuple[ExchangeRow, ...], reference: Reference) -> Iterable[Message]:
    """Yield a message for every rate that is far from the one in force before it."""
    for row in rows:
        before = reference.exchange(row.currency, row.date)
        if before is None:
            continue
        times = (row.rate / row.units) / (before.rate / before.units)
        if not Decimal(1) / _FAR < times < _FAR:
            told = {"currency": row.currency, "day": row.date, "rate": row.rate, "units": row.units}
            earlier = {"before": before.rate, "units_before": before.units, "day_before": before.date}
            yield Message(_ODD, {**told, **earlier})
