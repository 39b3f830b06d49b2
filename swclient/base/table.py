# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A table with headings as people hand it in: a CSV file, or rows that were read elsewhere, numbered by their lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from swclient.base.errors import UserError
from swclient.base.i18n import N_

MAX_ROWS = 200_000

_NOT_UTF8 = N_("Line {n} is not written in UTF-8. Save the file as “CSV UTF-8”.")
_EMPTY = N_("There is no row under the headings.")
_TOO_MANY = N_("There are more than {n} rows.")
_ROW = N_("Line {n}: {reason}")

Cell = str | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read: headings, and rows with the line at which each stands in its file."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Cell]]]


def read_csv(content: bytes) -> Table:
    """Read a table from a CSV file: UTF-8, parted by commas, semicolons or tabs.

    Raises:
        UserError: it is not in UTF-8, has no rows, or too many.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(_NOT_UTF8, n=content.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text:
        raise UserError(_NOT_UTF8, n=text.count("\n", 0, text.index("\0")) + 1)
    lines = text.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    first = lines[start] if lines else ""
    comma = max(",;\t", key=first.count)
    reader = csv.reader(lines[start:], delimiter=comma)
    try:
        found = [(start + reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise UserError(_ROW, n=start + reader.line_num, reason=str(error)) from error
    return table(found[0][1] if found else (), found[1:])


def table(headings: Iterable[Cell], rows: Iterable[tuple[int, Sequence[Cell]]]) -> Table:
    """Return a table of headings and numbered rows; empty rows are left out.

    Raises:
        UserError: there are no rows, or too many.
    """
    names = tuple("_".join(str(name or "").casefold().replace("-", " ").split()) for name in headings)
    kept = [(number, row) for number, row in rows if any(cell not in {None, ""} for cell in row)]
    if not kept:
        raise UserError(_EMPTY)
    if len(kept) > MAX_ROWS:
        raise UserError(_TOO_MANY, n=MAX_ROWS)
    return Table(names, kept)
