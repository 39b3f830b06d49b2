# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens an Excel workbook that a stranger sent: caps first, then a clean copy, then the cells.

A workbook is a ZIP of XML. Only its XML parts are taken out, each up to a cap, the sheets among them are gone through
for size and for cells without a value, and the reader is given a copy of those parts and nothing else: no macro, no
picture, no external link, and no byte that was not looked at. Nothing is ever carried out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property, partial
from math import isfinite
from pathlib import Path

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.exchange.workbook_scan import (
    MAX_COLUMNS,
    MAX_ROWS,
    SheetScan,
    scan_sheet,
    sheet_parts,
)
from swclient.exchange.xmlread import refuse_doctype

MAX_FILE = 20 * 1024 * 1024
MAX_PARTS = 2_000
MAX_PART = 64 * 1024 * 1024
MAX_TOTAL = 128 * 1024 * 1024
MAX_RATIO = 200  # a sheet of one value repeated packs about 1:100
_RATIO_FROM = 1024 * 1024  # smaller parts cannot hurt, however well they pack
MAX_MERGED = 200_000

_TOO_MUCH = N_("The workbook unpacks to more than a workbook may hold; it was not read.")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f]")  # what no form and no message could carry

Value = str | Decimal | date | bool
Tick = Callable[[int, int], object]  # told what is done of the whole; raises to stop


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that holds no value that could be read: an error of Excel, a formula without a result."""

    text: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the sheet, the address people know it by, and what stands in it (None: nothing)."""

    sheet: str
    row: int
    column: int
    value: Value | Broken | None

    @property
    def address(self) -> str:
        """The address as Excel shows it: `E14`."""
        return address(self.row, self.column)

    @property
    def text(self) -> str:
        """What stands in the cell, for people; numbers without grouping."""
        if self.value is None:
            return ""
        if isinstance(self.value, Broken):
            return self.value.text
        return f"{self.value:f}" if isinstance(self.value, Decimal) else str(self.value)


@dataclass(frozen=True)
class Sheet:
    """A sheet as a grid counted from 0; `merged` leads from a covered cell to the one with the value."""

    name: str
    rows: Sequence[Sequence[Value | None]]
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    broken: dict[tuple[int, int], Broken] = field(default_factory=dict)

    @cached_property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell at a place as it is; one that a merged range covers is empty."""
        broken = self.broken.get((row, column))
        if broken is not None:
            return Cell(self.name, row, column, broken)
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])
        return Cell(self.name, row, column, self.rows[row][column] if inside else None)

    def anchor(self, row: int, column: int) -> Cell:
        """Return the cell that a place shows: of a merged range the first."""
        return self.cell(*self.merged.get((row, column), (row, column)))


def address(row: int, column: int) -> str:
    """Return the address of a place counted from 0.

    >>> address(13, 4), address(0, 26)
    ('E14', 'AA1')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def open_workbook(source: Path | bytes, tick: Tick | None = None) -> tuple[Sheet, ...]:
    """Read all sheets of a workbook, in order.

    Args:
        source: an .xlsx file, or its bytes.
        tick: told how many bytes of all were gone through; may raise to stop.

    Raises:
        UserError: no workbook, an old or protected one, or one beyond the caps; says what to do.
    """
    parts = _parts(bytes_of(source))
    where = sheet_parts(parts)
    sheets = {name: data for name, data in parts.items() if b"sheetData" in data or name in where.values()}
    whole, done, scans = sum(map(len, sheets.values())), 0, {}
    for name, data in sheets.items():
        scans[name] = scan_sheet(data, None if tick is None else partial(_told, tick, done, whole))
        done += len(data)
    return _read(_clean_copy(parts), {sheet: scans[part] for sheet, part in where.items()})


def _told(tick: Tick, before: int, whole: int, done: int) -> None:
    tick(before + done, whole)


def bytes_of(source: Path | bytes) -> bytes:
    """Return the bytes of a workbook.

    Raises:
        UserError: it cannot be read, is larger than the cap, or is of the old kind.
    """
    if isinstance(source, Path):
        try:
            with source.open("rb") as stream:
                data = stream.read(MAX_FILE + 1)
        except OSError as error:
            raise UserError(
                "The file {file} cannot be read: {reason}",
                file=source.name,
                reason=error.strerror or "",
            ) from error
    else:
        data = source
    if len(data) > MAX_FILE:
        raise UserError("The workbook is larger than {limit} MB.", limit=MAX_FILE // 1024 // 1024)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(
            "This is an old or password-protected Excel file. Open it in Excel and save it as .xlsx without a password."
        )
    return data


def _parts(data: bytes) -> dict[str, bytes]:
    """Take the XML parts out of the ZIP, each and all within the caps."""
    found: dict[str, bytes] = {}
    room = MAX_TOTAL
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_PARTS or len({info.filename for info in infos}) < len(infos):
                raise UserError("The workbook has too many parts, or two of one name; it was not made by Excel.")
            for info in infos:
                if info.filename.lower().endswith((".xml", ".rels")):
                    found[info.filename] = _take(archive, info, room)
                    room -= len(found[info.filename])
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise UserError("This file is not an Excel workbook (.xlsx), or it is damaged.") from error
    if "xl/workbook.xml" not in found:
        raise UserError("This file is not an Excel workbook (.xlsx). Open it in Excel and save it as .xlsx.")
    return found


def _take(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    # By what it says of itself first, so that a bomb is not unpacked at all; then no byte more than it said.
    said = info.file_size
    packed_too_well = said > _RATIO_FROM and said > MAX_RATIO * max(info.compress_size, 1)
    if said > min(MAX_PART, room) or packed_too_well:
        raise UserError(_TOO_MUCH)
    with archive.open(info) as stream:
        data = stream.read(said + 1)
    if len(data) > said:
        raise UserError(_TOO_MUCH)
    refuse_doctype(data, info.filename)
    return data


def _clean_copy(parts: dict[str, bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            if not name.startswith("xl/externalLinks/"):
                archive.writestr(name, data)
    return copy.getvalue()


def _read(data: bytes, scans: dict[str, SheetScan]) -> tuple[Sheet, ...]:
    from python_calamine import CalamineError, CalamineWorkbook

    sheets = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name, scan in scans.items():
            found = workbook.get_sheet_by_name(name)
            rows = found.to_python(skip_empty_area=False)
            if len(rows) > MAX_ROWS or len(rows[0] if rows else ()) > MAX_COLUMNS:
                raise UserError("The sheet “{sheet}” is too large.", sheet=name)
            merged = _merged(found.merged_cell_ranges or [], rows)
            broken = {place: Broken(text, reason) for place, (text, reason) in scan.broken.items()}
            values = [[cell_value(raw) for raw in row] for row in rows]
            sheets.append(Sheet(name, values, merged, broken))
    except (CalamineError, ValueError) as error:
        raise UserError("The workbook cannot be read: {reason}", reason=str(error)) from error
    return tuple(sheets)


def _merged(
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]], rows: Sequence[Sequence[object]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Lead every covered cell within the grid to the first of its range."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    height, width = len(rows), len(rows[0]) if rows else 0
    for (top, left), (bottom, right) in ranges:
        last_row, last_column = min(bottom, height - 1), min(right, width - 1)
        if max(last_row - top + 1, 0) * max(last_column - left + 1, 0) > MAX_MERGED - len(found):
            raise UserError("The workbook merges too many cells.")
        for row in range(top, last_row + 1):
            found.update({(row, column): (top, left) for column in range(left, last_column + 1)})
    return found


def cell_value(raw: object) -> Value | None:
    """Turn what the reader gives into our values; a number with the 15 digits that Excel itself keeps."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float):
        return Decimal(f"{raw:.15g}") if isfinite(raw) else str(raw)
    if isinstance(raw, datetime):
        return raw.date() if raw.time() == time() else raw.isoformat(sep=" ")
    if isinstance(raw, date):
        return raw
    # Words, and times of day or spans, which no field of ours holds.
    return _CONTROLS.sub(" ", str(raw)).strip() or None
