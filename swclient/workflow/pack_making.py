# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes packs: of a country folder, or of a national tariff in a CSV file or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import load_profile
from swclient.catalogue.measures import FILE as MEASURES
from swclient.packs.archive import Wanted, make_pack
from swclient.packs.content import MAX_FILE, files_of
from swclient.packs.publisher import read_signer
from swclient.packs.tariff_table import Terms, read_csv, table, tariff_file

if TYPE_CHECKING:
    from swclient.exchange.workbook_file import Broken
    from swclient.packs.tariff_table import Cell, Table

TARIFF_PATH = "tariff/national.csv"
_WORKBOOKS = {".xlsx", ".xlsm"}
_UNREADABLE = N_("{file} cannot be read: {reason}")
_TOO_LARGE = N_("{file} is larger than {n} MB and is not read.")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made.

    Attributes:
        folder: a country folder, or None.
        tariff: a table of tariff lines, or None.
        key: file of the publisher's private key.
        source: where the tariff was taken from, in words.
    """

    country: str
    version: str
    valid_from: date
    key: Path
    folder: Path | None = None
    tariff: Path | None = None
    source: str = ""


def make(order: Order, phrase: str = "", today: Callable[[], date] = date.today) -> bytes:
    """Return the signed pack as the bytes of its file.

    Args:
        order: what is to be made.
        phrase: of the key, when it is locked.
        today: the day on which a table counts as taken.

    Raises:
        UserError: the folder, the table or the key cannot be used; bad rows of a table are named by line.
    """
    signer = read_signer(order.key, phrase)
    contents: dict[str, bytes] = files_of(order.folder) if order.folder else {}
    if order.tariff:
        contents = {path: data for path, data in contents.items() if not _lines(path)}
        contents[TARIFF_PATH] = _tariff(order, order.tariff, today())
    return make_pack(Wanted(order.country, order.version, order.valid_from), contents, signer)


def _lines(path: str) -> bool:
    """Tell whether a file of a country folder holds tariff lines."""
    return path.startswith("tariff/") and path != f"tariff/{MEASURES}"


def _tariff(order: Order, file: Path, taken: date) -> bytes:
    units = load_profile(order.country).code_list("units")
    source = order.source or file.name
    terms = Terms(order.valid_from, source, taken, units.entries if units else ())
    return tariff_file(read_table(file), terms)


def read_table(file: Path) -> Table:
    """Read a table from a CSV file, or from the first sheet of a workbook.

    Raises:
        UserError: it cannot be read; says why.
    """
    if file.suffix.lower() in _WORKBOOKS:
        return _from_workbook(file)
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise UserError(_UNREADABLE, file=str(file), reason=error.strerror or str(error)) from error
    if len(content) > MAX_FILE:
        raise UserError(_TOO_LARGE, file=file.name, n=MAX_FILE // 1024 // 1024)
    return read_csv(content)


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
