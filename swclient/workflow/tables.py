# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables that a user hands in, from a CSV file or from the first sheet of a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.table import Cell, Table, read_csv, table

if TYPE_CHECKING:
    from swclient.exchange.workbook_file import Broken

MAX_FILE = 64 * 1024 * 1024
WORKBOOKS = {".xlsx", ".xlsm"}
_UNREADABLE = N_("{file} cannot be read: {reason}")
_TOO_LARGE = N_("{file} is larger than {n} MB and is not read.")


def read_table(file: Path) -> Table:
    """Read a table from a CSV file, or from the first sheet of a workbook.

    Raises:
        UserError: it cannot be read; says why.
    """
    if file.suffix.lower() in WORKBOOKS:
        return _from_workbook(file)
    return read_csv(content_of(file))


def content_of(file: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UserError: it cannot be read, or is larger than any table would be.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise UserError(_UNREADABLE, file=str(file), reason=error.strerror or str(error)) from error
    if len(content) > MAX_FILE:
        raise UserError(_TOO_LARGE, file=file.name, n=MAX_FILE // 1024 // 1024)
    return content


def _from_workbook(file: Path) -> Table:
    from swclient.exchange.workbook_file import open_workbook

    sheet = open_workbook(file)[0]
    rows = [[_cell(sheet.broken.get((n, c)), value) for c, value in enumerate(row)] for n, row in enumerate(sheet.rows)]
    start = next((number for number, row in enumerate(rows) if any(value is not None for value in row)), 0)
    numbered = [(number + 1, row) for number, row in enumerate(rows) if number > start]
    return table(rows[start] if rows else (), numbered)


def _cell(broken: Broken | None, value: Cell) -> Cell:
    """Return a cell; one that holds an error of Excel as that error's text, which no column takes."""
    return broken.text if broken else value
