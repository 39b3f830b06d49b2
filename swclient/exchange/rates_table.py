# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user's table of exchange rates: columns date, currency, units and rate.

All rows are taken, or none and the bad ones are named. A figure such as 1,250 can be read in two ways and is refused
rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from swclient.base.decimals import read_decimal
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.base.table import Cell, Table
from swclient.exchange.rates_answer import Quote
from swclient.exchange.workbook_dates import read_day
from swclient.exchange.workbook_numbers import CellError

COLUMNS = ("date", "currency", "units", "rate")
_TOLD = 20  # bad rows that are named
_TWO_WAYS = re.compile(r"[0-9]{1,3},[0-9]{3}")
_LACKS = N_("There is no column “{name}”. Needed are date, currency, units and rate.")
_BAD = N_("{n} rows cannot be taken, so none was: {rows}")
_ROW = N_("Line {n}: {reason}")
_DAY = N_("“{text}” is not a day; write year-month-day")
_CURRENCY = N_("“{text}” is not in the list of currencies")
_UNITS = N_("the units “{text}” are not a whole number from 1 on")
_RATE = N_("the rate “{text}” is not a figure above zero")
_UNSURE = N_("the rate “{text}” can be read in two ways; write it with a decimal point")
_TWICE = N_("{currency} stands twice for {day}, with different rates")


class _BadRowError(Exception):
    def __init__(self, msgid: str, **args: object) -> None:
        self.message = Message(msgid, args)
        super().__init__(msgid)


def read_quotes(given: Table, known: Collection[str]) -> tuple[Quote, ...]:
    """Read a table of rates.

    Args:
        given: the table as it was read.
        known: codes of the currencies that may stand in it.

    Raises:
        UserError: a column is missing, or rows cannot be taken; names them by line, up to twenty.
    """
    for name in COLUMNS:
        if name not in given.headings:
            raise UserError(_LACKS, name=name)
    found: dict[tuple[str, date], Quote] = {}
    bad: list[Message] = []
    for number, row in given.rows:
        cells = dict(zip(given.headings, row, strict=False))
        try:
            quote = _quote(cells, known)
            _must_agree(found.setdefault((quote.currency, quote.day), quote), quote)
        except _BadRowError as error:
            bad.append(Message(_ROW, {"n": number, "reason": error.message}))
    if bad:
        raise UserError(_BAD, n=len(bad), rows="".join(f"\n{each.text()}" for each in bad[:_TOLD]))
    return tuple(found.values())


def _must_agree(first: Quote, second: Quote) -> None:
    if first != second:
        raise _BadRowError(_TWICE, currency=second.currency, day=second.day)


def _quote(cells: dict[str, Cell], known: Collection[str]) -> Quote:
    currency = _text(cells.get("currency")).upper()
    if currency not in known:
        raise _BadRowError(_CURRENCY, text=currency)
    return Quote(currency, _units(cells.get("units")), _rate(cells.get("rate")), _day(cells.get("date")))


def _text(cell: Cell) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else str("" if cell is None else cell).strip()


def _day(cell: Cell) -> date:
    if isinstance(cell, date):
        return cell
    try:
        return read_day(_text(cell), {})
    except CellError:
        raise _BadRowError(_DAY, text=_text(cell)) from None


def _units(cell: Cell) -> int:
    units = _figure(cell)
    if units is None or units < 1 or units != units.to_integral_value():
        raise _BadRowError(_UNITS, text=_text(cell))
    return int(units)


def _rate(cell: Cell) -> Decimal:
    if isinstance(cell, str) and _TWO_WAYS.fullmatch(cell.strip()):
        raise _BadRowError(_UNSURE, text=cell.strip())
    rate = _figure(cell)
    if rate is None or rate <= 0:
        raise _BadRowError(_RATE, text=_text(cell))
    return rate


def _figure(cell: Cell) -> Decimal | None:
    return cell if isinstance(cell, Decimal) else read_decimal(_text(cell)) if isinstance(cell, str) else None
