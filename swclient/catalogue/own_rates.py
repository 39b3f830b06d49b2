# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The exchange rates that the user imported or fetched: one dated file a country, `rates/XX.csv` in the data folder.

Statements are added and never changed, the newest about a day counts. The file is read and written here only; it is
replaced whole or not at all, by one program at a time.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import time
from datetime import date
from typing import TYPE_CHECKING

from swclient.base import paths
from swclient.base.decimals import plain
from swclient.base.errors import DataError, UserError
from swclient.base.files import replace_file
from swclient.base.i18n import N_
from swclient.catalogue.dated import Row, read_dated
from swclient.catalogue.exchange_rates import FETCHED, IMPORTED, ExchangeRow, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COLUMNS = ("currency", "units", "rate", "date", "source", "how", "stated", "confirmed")
_HEAD = "# source=exchange rates that the user imported or fetched; taken={day}; confirmed=false\n"
_LONGEST = 200  # signs of a source
_WAIT, _STALE = 10.0, 60.0  # seconds: for another program to finish, until its lock counts as left behind
_UNREADABLE = N_(
    "Your exchange rates cannot be read: {file}, line {line}: {reason}. Mend the line, or move the file away and import"
    " the rates again."
)
_UNWRITABLE = N_("The exchange rates cannot be kept in {file}: {reason}. No rate was changed.")
_BUSY = N_("Another program is writing exchange rates ({file}). Try again; no rate was changed.")
_BAD = N_("“how” must read import or fetch, “confirmed” true or false, “stated” year-month-day")


def file_of(country: str) -> Path:
    """Return where the user's rates of a country are kept; the file need not exist."""
    return paths.user_data() / "rates" / f"{country}.csv"


def stamp_of(country: str) -> tuple[int, int, int]:
    """Return what changes whenever the file does: number, time and size; zeros when there is none."""
    try:
        found = file_of(country).stat()
    except OSError:
        return 0, 0, 0
    return found.st_ino, found.st_mtime_ns, found.st_size


def own_rates(country: str) -> tuple[ExchangeRow, ...]:
    """Return the user's rates of a country, in the order in which they were stated; none when there is no file.

    Raises:
        UserError: the file cannot be read; says which, where and what to do.
    """
    path = file_of(country)
    if not path.is_file():
        return ()
    try:
        return tuple(_row(row) for row in read_dated(path, COLUMNS).rows)
    except DataError as error:
        raise UserError(_UNREADABLE, file=error.file, line=error.row, reason=error.message) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(_UNREADABLE, file=str(path), line="—", reason=str(error)) from error


def _row(row: Row) -> ExchangeRow:
    currency, units, rate, day = quoted(row)
    how, sure, stated = row.text("how"), row.text("confirmed"), row.day("stated")
    if how not in {IMPORTED, FETCHED} or sure not in {"true", "false"} or stated is None:
        raise row.wrong(_BAD)
    return ExchangeRow(currency, units, rate, day, row.text("source"), sure == "true", how, stated)


def add(country: str, rows: Iterable[ExchangeRow]) -> tuple[ExchangeRow, ...]:
    """Add statements to the user's rates of a country, all or none, and return those that said something new.

    What was said last about a day and is said again stands once, with its newer day.

    Raises:
        UserError: what is there cannot be read, or the file cannot be written; nothing was changed.
    """
    path = file_of(country)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path):
            before, now = own_rates(country), tuple(rows)
            last = {(row.currency, row.date): row for row in before}
            again = {id(old) for row in now if (old := last.get((row.currency, row.date))) and _same(old, row)}
            fresh = tuple(row for row in now if id(last.get((row.currency, row.date))) not in again)
            if now:
                replace_file(path, _written((*(row for row in before if id(row) not in again), *now)))
    except OSError as error:
        raise UserError(_UNWRITABLE, file=str(path), reason=error.strerror or str(error)) from error
    return fresh


def _same(one: ExchangeRow, other: ExchangeRow) -> bool:
    """Tell whether two statements about one day say the same, whenever they were made."""
    return _what(one) == _what(other)


def _what(row: ExchangeRow) -> tuple[object, ...]:
    return row.units, row.rate, _source(row.source), row.how, row.confirmed


def _source(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _written(rows: Iterable[ExchangeRow]) -> bytes:
    stream = io.StringIO(newline="")
    stream.write(_HEAD.format(day=date.today().isoformat()))  # noqa: DTZ011 - the user's day
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        facts = row.how, row.stated.isoformat(), str(row.confirmed).lower()
        writer.writerow((row.currency, row.units, plain(row.rate), row.date.isoformat(), _source(row.source), *facts))
    return stream.getvalue().encode()


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the file's lock; one that a killed program left behind is taken over."""
    lock = path.with_name(f"{path.name}.lock")
    until = time.monotonic() + _WAIT
    while not _taken(lock):
        if time.monotonic() > until:
            raise UserError(_BUSY, file=str(path))
        time.sleep(0.05)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _taken(lock: Path) -> bool:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        with contextlib.suppress(OSError):
            if time.time() - lock.stat().st_mtime > _STALE:
                lock.unlink()
        return False
    return True
