# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks for tests: the sample, small ones made of rows, and ones whose parts have been tampered with."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from swclient.exchange.mapping import Column, Label, Mapping, Table, load_mapping
from swclient.exchange.workbook import WorkbookReading, read_workbook

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "resources" / "samples"
SAMPLE = SAMPLES / "supplier-invoice.xlsx"
SHEET = "xl/worksheets/sheet1.xml"

COLUMNS = (
    Column(("no",), "line"),
    Column(("hs code",), "code", ("item.code",)),
    Column(("quantity",), "quantity", ("item.quantity", "item.quantity_unit")),
    Column(("gross",), "mass", ("item.gross_mass",)),
    Column(("amount",), "money", ("item.price", "header.currency")),
)
CAPTIONS = ("No.", "HS code", "Quantity", "Gross", "Amount")
LINE = (1, "8481808199", "12 pcs", 5.5, 100)
CURRENCY = Label(("*",), ("currency",), "currency", ("header.currency",))


def small_mapping(*columns: Column, labels: Sequence[Label] = (), decimal: str = "") -> Mapping:
    """A mapping of one table on any sheet."""
    return Mapping("small", (Table(("*",), columns or COLUMNS),), tuple(labels), decimal)


def saved_mapping() -> Mapping:
    return load_mapping(SAMPLES / "supplier-invoice.mapping.json")


def workbook_of(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = ("One", "Two", "Three")) -> bytes:
    """A workbook of sheets that are rows of values."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in zip(names, sheets, strict=False):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed_sample(change: Callable[[Workbook], object]) -> bytes:
    """The sample workbook after a change."""
    book = load_workbook(SAMPLE)
    change(book)
    return saved(book)


def with_parts(data: bytes, parts: dict[str, bytes], leave: Sequence[str] = ()) -> bytes:
    """A workbook with parts put in or replaced, and some left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename not in parts and info.filename not in leave:
                new.writestr(info.filename, old.read(info))
        for name, part in parts.items():
            new.writestr(name, part)
    return stream.getvalue()


def part_of(data: bytes, name: str = SHEET) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def sheet_of(cells: str, dimension: str = "A1:B2") -> bytes:
    """A workbook whose only sheet holds the given XML of rows."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'
    )
    return with_parts(workbook_of([["x"]]), {SHEET: xml.encode()})


def small(*rows: Any, mapping: Mapping | None = None) -> WorkbookReading:
    """The reading of one sheet of these rows."""
    return read_workbook(workbook_of(rows), mapping or small_mapping())


def told(reading: WorkbookReading) -> list[tuple[str, str, str]]:
    """Every problem as its cell, field and reason."""
    return [(problem.cell, problem.field, problem.reason.text()) for problem in reading.problems]
