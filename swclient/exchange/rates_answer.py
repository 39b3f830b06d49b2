# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a bank's list of exchange rates, XML, JSON or CSV, by its description (`rates_source`); one reader for all.

An answer is taken whole or not at all: a row that cannot be read is an error, a rate that is left blank is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.table import read_csv
from swclient.exchange.xmlread import everywhere, local, read_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from swclient.exchange.rates_source import RatesSource

_CODE = re.compile(r"[A-Z]{3}")
_NOTHING = {"", "-", "–", "—"}
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")
_MANY = 5_000  # rows of an answer; the longest list that is known has some two hundred
_NOT_JSON = N_("{file} is no JSON: {reason}")
_NO_ROWS = N_("{file} has no list of rates at “{path}”.")
_NO_CURRENCY = N_("{file}, row {row}: there is no currency at “{path}”.")
_NO_FIGURE = N_("{file}, row {row}: “{text}” is not a figure.")
_NO_DAY = N_("{file}, row {row}: “{text}” is not a day such as {day}.")
_ABSENT = N_("{file} has no rate of {currency}; something of it is missing.")
_TWICE = N_("{file} has two different rates of {currency} for {day}.")
_TOO_MANY = N_("{file} has more than {n} rows.")


class Quote(NamedTuple):
    """What `units` of a currency cost in national currency from a day on."""

    currency: str
    units: int
    rate: Decimal
    day: date


class _Node(Protocol):
    """A row or the root of an answer, whatever it is written in."""

    def rows(self, path: str) -> list[Any] | None:
        """Return the rows at a path, None when there is no list there."""

    def text(self, path: str) -> str | Decimal:
        """Return the value at a path, empty when there is none."""

    def names(self) -> list[str]:
        """Return the names of the values that stand right here."""


@dataclass(frozen=True, slots=True)
class _Xml:
    element: Element

    def rows(self, path: str) -> list[_Xml] | None:
        found = self.element.findall(everywhere(path) if path else "*")
        return [_Xml(each) for each in found] or None

    def text(self, path: str) -> str:
        way, _, attribute = path.partition("@")
        found = self.element.find(everywhere(way.rstrip("/"))) if way else self.element
        if found is None:
            return ""
        return ((found.get(attribute) if attribute else found.text) or "").strip()

    def names(self) -> list[str]:
        return [local(each.tag) for each in self.element]


@dataclass(frozen=True, slots=True)
class _Json:
    value: Any

    def rows(self, path: str) -> list[_Json] | None:
        found = self._at(path)
        good = isinstance(found, list) and all(isinstance(each, dict) for each in found)
        return [_Json(each) for each in found] if good else None

    def text(self, path: str) -> str | Decimal:
        found = self._at(path)
        if isinstance(found, Decimal):
            return found
        return found.strip() if isinstance(found, str) else ""

    def names(self) -> list[str]:
        return list(self.value) if isinstance(self.value, dict) else []

    def _at(self, path: str) -> Any:
        found = self.value
        for name in filter(None, path.split("/")):
            found = found.get(name) if isinstance(found, dict) else None
        return found


def read_answer(content: bytes, source: RatesSource, file: str, known: Collection[str]) -> tuple[Quote, ...]:
    """Read an answer.

    Args:
        content: its bytes.
        source: how it is laid out.
        file: what to call it in an error.
        known: codes of currencies; rows of others are passed over.

    Raises:
        UserError: it is broken, hostile, laid out otherwise, or something is missing; says where.
    """
    root = _ROOTS[source.format](content, file)
    rows = root.rows(source.rows)
    if not rows:
        raise UserError(_NO_ROWS, file=file, path=source.rows or "/")
    if len(rows) > _MANY:
        raise UserError(_TOO_MANY, file=file, n=_MANY)
    reading = _Reading(source, file, root)
    found = [quote for number, row in enumerate(rows, 1) for quote in reading.quotes(number, row)]
    good = tuple(quote for quote in found if quote.currency in known and quote.currency not in source.skip)
    there = {quote.currency for quote in good}
    for currency in source.expect:
        if currency not in there:
            raise UserError(_ABSENT, file=file, currency=currency)
    if not good:
        raise UserError(_NO_ROWS, file=file, path=source.rows or "/")
    return _once(good, file)


def _once(quotes: tuple[Quote, ...], file: str) -> tuple[Quote, ...]:
    """Return each currency and day once."""
    found: dict[tuple[str, date], Quote] = {}
    for quote in quotes:
        if found.setdefault((quote.currency, quote.day), quote) != quote:
            raise UserError(_TWICE, file=file, currency=quote.currency, day=quote.day)
    return tuple(found.values())


def _xml(content: bytes, file: str) -> _Node:
    return _Xml(read_xml(content, file))


def _json(content: bytes, file: str) -> _Node:
    def refused(text: str) -> None:
        raise ValueError(text)

    try:
        found = json.loads(content, parse_float=Decimal, parse_int=Decimal, parse_constant=refused)
    except (ValueError, RecursionError) as error:
        raise UserError(_NOT_JSON, file=file, reason=str(error)) from error
    return _Json(found)


def _csv(content: bytes, _file: str) -> _Node:
    table = read_csv(content)
    return _Json([dict(zip(table.headings, row, strict=False)) for _, row in table.rows])


_ROOTS: dict[str, Callable[[bytes, str], _Node]] = {"xml": _xml, "json": _json, "csv": _csv}


@dataclass(frozen=True, slots=True)
class _Reading:
    source: RatesSource
    file: str
    root: _Node

    def quotes(self, number: int, row: _Node) -> Iterator[Quote]:
        """Yield what a row says; a rate that is left blank says nothing."""
        day = self._day(number, row)
        for currency, path in self._currencies(number, row):
            if currency in self.source.skip:
                continue
            text = self._text(row, path)
            if text in _NOTHING:
                continue
            rate = self._figure(number, text)
            if rate > 0:
                yield Quote(currency, self._units(number, row), rate, day)

    def _currencies(self, number: int, row: _Node) -> list[tuple[str, str]]:
        """Return the currencies of a row, each with the path to its rate."""
        if not self.source.currency:
            return [(name, name) for name in row.names() if _CODE.fullmatch(name)]
        code = str(self._text(row, self.source.currency)).upper()
        if not code:
            raise UserError(_NO_CURRENCY, file=self.file, row=number, path=self.source.currency)
        return [(code, self.source.rate)]

    def _text(self, row: _Node, path: str) -> str | Decimal:
        return self.root.text(path[1:]) if path.startswith("/") else row.text(path)

    def _units(self, number: int, row: _Node) -> int:
        text = self._text(row, self.source.units) if self.source.units else "1"
        units = self._figure(number, text)
        if units < 1 or units != units.to_integral_value():
            raise UserError(_NO_FIGURE, file=self.file, row=number, text=str(text))
        return int(units)

    def _figure(self, number: int, text: str | Decimal) -> Decimal:
        found = text if isinstance(text, Decimal) else read_figure(text, self.source.decimal)
        if found is None or not found.is_finite():
            raise UserError(_NO_FIGURE, file=self.file, row=number, text=str(text)[:40])
        return found

    def _day(self, number: int, row: _Node) -> date:
        text = str(self._text(row, self.source.date))
        try:
            return datetime.strptime(text, self.source.date_format).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            like = date(2026, 11, 20).strftime(self.source.date_format)
            raise UserError(_NO_DAY, file=self.file, row=number, text=text[:40], day=like) from None


def read_figure(text: str, decimal: str) -> Decimal | None:
    """Read a figure whose decimal sign is known; the other sign may group thousands. None when it is none.

    >>> read_figure("3,594.47", "."), read_figure("87,4500", ","), read_figure("3,59", ".")
    (Decimal('3594.47'), Decimal('87.4500'), None)
    """
    group = "." if decimal == "," else ","
    bare = text.translate(_SPACES)
    pattern = rf"([0-9]+|[0-9]{{1,3}}({re.escape(group)}[0-9]{{3}})+)({re.escape(decimal)}[0-9]+)?"
    if not re.fullmatch(pattern, bare):
        return None
    return Decimal(bare.replace(group, "").replace(decimal, "."))
