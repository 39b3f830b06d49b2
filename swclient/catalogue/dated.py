# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A CSV file of reference data: a first line that says where it comes from, then dated rows.

Code lists (`codelist`) have one row a code; here a key may stand several times, for other days.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from swclient.base.errors import DataError
from swclient.base.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T", bound="Dated")


@dataclass(frozen=True, slots=True)
class Dated:
    """What is good from one day to another, both included; None leaves that end open."""

    valid_from: date | None
    valid_to: date | None

    def good_on(self, day: date) -> bool:
        """Tell whether the row is in force on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file and where it stands."""

    path: Path
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Return what stands in a column, empty when nothing does."""
        return (self.cells.get(column) or "").strip()

    def day(self, column: str) -> date | None:
        """Return a column as a day, None when it is blank.

        Raises:
            DataError: it is not written year-month-day.
        """
        text = self.text(column)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise self.wrong(N_("“{text}” must read year-month-day"), text=text) from None

    def figure(self, column: str) -> Decimal:
        """Return a column as a figure.

        Raises:
            DataError: it is blank or not a figure with a decimal point.
        """
        try:
            return figure(self.text(column))
        except ValueError:
            raise self.wrong(N_("“{text}” is not a figure"), text=self.text(column)) from None

    def wrong(self, message: str, **args: object) -> DataError:
        """Return an error that points at this row."""
        return DataError(message, file=self.path, row=self.number, **args)


@dataclass(frozen=True, slots=True)
class DatedFile:
    """A whole file: its facts and its rows; `sample` says that its figures are made up."""

    path: Path
    source: str
    taken: str
    confirmed: bool
    rows: tuple[Row, ...]
    sample: bool = False


def figure(text: str) -> Decimal:
    """Read a figure as data files write it: digits and a point, nothing else.

    Raises:
        ValueError: it is anything else.

    >>> figure("0.65")
    Decimal('0.65')
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite():
        raise ValueError(text)
    return value


def read_dated(path: Path, columns: tuple[str, ...]) -> DatedFile:
    """Read a file that has at least the given columns.

    Raises:
        DataError: no source line, or a column is missing.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        head = stream.readline().strip()
        if not head.startswith("#"):
            raise DataError("The first line must say source, taken and confirmed", file=path, row=1)
        parts = [part.strip().split("=", 1) for part in head.lstrip("# ").split(";") if "=" in part]
        facts = dict(parts)
        reader = csv.DictReader(stream)
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise DataError("There is no column {names}", file=path, row=2, names=", ".join(missing))
        rows = tuple(Row(path, number, cells) for number, cells in enumerate(reader, 3))
    confirmed = facts.get("confirmed") == "true"
    sample = facts.get("sample") == "true"
    return DatedFile(path, facts.get("source", ""), facts.get("taken", ""), confirmed, rows, sample)


def pick(rows: tuple[T, ...], day: date) -> T | None:
    """Return the row in force on a day, None when there is none."""
    return next((row for row in rows if row.good_on(day)), None)


def overlap(rows: tuple[T, ...]) -> T | None:
    """Return the first row that begins before the one before it has ended; rows stand in order."""
    for before, row in pairwise(rows):
        if before.valid_to is None or row.valid_from is None or row.valid_from <= before.valid_to:
            return row
    return None
