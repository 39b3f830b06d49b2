# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A supplier's workbook or CSV file opened to be looked at: head rows, which column goes where, which mapping reads it.

All of it takes and returns frozen values, so that it can be done behind the window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from swclient.base.errors import UserError
from swclient.workflow.intake.importing import MAPPING_SUFFIX, Imported, imported_of
from swclient.workflow.intake.kept_mappings import Sender, find, keep
from swclient.workflow.intake.paste_columns import column_words, takes_cells

if TYPE_CHECKING:
    from swclient.base.messages import Message
    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile
    from swclient.exchange.mapping import Column, Mapping
    from swclient.exchange.workbook_file import Sheet

Tick = Callable[[int, int], object]

_SHOWN = 6  # goods lines under the headings
_WIDEST = 60  # columns on show
_LISTS = {"countries": "country", "units": "unit", "currencies": "currency"}
_KINDS = {"date": "date", "mass": "mass", "money": "number", "quantity": "number", "count": "number"}


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """An opened file.

    Attributes:
        name: file name.
        sheets: its sheets; a CSV file has one.
        sender: whom it comes from and what it looks like.
        mapping: what reads it, None where nothing is known of it.
        why: why this mapping: `same` supplier and layout, `supplier`, `layout`, `beside` the file, `suggested`, `none`,
            or `chosen` once a person has changed it.
    """

    name: str
    sheets: tuple[Sheet, ...]
    sender: Sender
    mapping: Mapping | None
    why: str


class ReadFile(NamedTuple):
    """An opened file and what it says: nothing where it has no mapping yet, or where `why` tells that it finds none."""

    opened: OpenedFile
    imported: Imported | None
    why: Message | None = None


class HeadColumn(NamedTuple):
    """A column on show: its place in the sheet, from 0, and ids of the fields that it goes to."""

    place: int
    fields: tuple[str, ...]


class Head(NamedTuple):
    """The rows of a sheet to know it by: number of the first (from 0), how many of them are headings, their texts."""

    sheet: str
    first: int
    headings: int
    columns: tuple[HeadColumn, ...]
    rows: tuple[tuple[str, ...], ...]


def open_sheets(path: Path, home: Path | None = None, tick: Tick | None = None) -> OpenedFile:
    """Open a workbook or a CSV file and find the mapping that reads it.

    Args:
        path: the file.
        home: the data folder, where mappings are kept; None for none.
        tick: told how much of the file was gone through; may raise to stop.

    Raises:
        UserError: it cannot be read; says why and what to do.
    """
    from swclient.exchange import csv_sheet, mapping_making, workbook_file

    content = workbook_file.bytes_of(path)
    if content.startswith(b"PK"):
        sheets = workbook_file.open_workbook(content, tick)
    else:
        sheets = (csv_sheet.sheet_of_csv(content, path.stem),)
    sender = Sender(*mapping_making.supplier_of(sheets), mapping_making.layout_of(sheets))
    mapping, why = _found(path, sheets, home, sender)
    return OpenedFile(path.name, sheets, sender, mapping, why)


def _found(path: Path, sheets: tuple[Sheet, ...], home: Path | None, sender: Sender) -> tuple[Mapping | None, str]:
    from swclient.exchange import mapping as mappings
    from swclient.exchange import mapping_suggest
    from swclient.exchange.workbook_layout import find_table

    for kept in find(home, sender):
        if find_table(sheets, kept.mapping.tables[0]) is not None:
            return kept.mapping, kept.why
    beside = path.with_name(path.stem + MAPPING_SUFFIX)
    if beside.is_file():
        return mappings.load_mapping(beside), "beside"
    try:
        return mapping_suggest.suggest_from_sheets(sheets, sender.name or path.stem), "suggested"
    except UserError:
        return None, "none"


def read_opened(opened: OpenedFile, tick: Tick | None = None) -> Imported | None:
    """Read an opened file through its mapping; None where it has none yet.

    Raises:
        UserError: the mapping finds no goods in it.
    """
    from swclient.exchange.workbook import read_sheets

    if opened.mapping is None:
        return None
    return imported_of(opened.name, read_sheets(opened.sheets, opened.mapping, tick))


def read_through(opened: OpenedFile, tick: Tick | None = None) -> ReadFile:
    """Read an opened file; a mapping that finds no goods in it is no error but something to be told."""
    try:
        return ReadFile(opened, read_opened(opened, tick))
    except UserError as error:
        return ReadFile(opened, None, error.message)


def heads_of(opened: OpenedFile) -> tuple[Head, ...]:
    """Return the head rows of every sheet that holds anything, those with goods first."""
    from swclient.exchange.mapping_making import heading_row, placed_tables

    placed = placed_tables(opened.sheets, opened.mapping)
    heads = []
    for sheet in opened.sheets:
        table = placed.get(sheet.name)
        guess = heading_row(sheet)
        top = table.top if table is not None else guess or 0
        headings = table.first - table.top if table is not None else int(guess is not None)
        goes = {place: column.fields for column, place in table.columns} if table is not None else {}
        wide = range(min(sheet.width, _WIDEST))
        rows = tuple(
            tuple(" ".join(sheet.cell(row, place).text.split()) for place in wide)
            for row in range(top, min(top + headings + _SHOWN, len(sheet.rows)))
        )
        if rows:
            columns = tuple(HeadColumn(place, goes.get(place, ())) for place in wide)
            heads.append(Head(sheet.name, top, headings, columns, rows))
    order = list(placed)
    return tuple(sorted(heads, key=lambda head: order.index(head.sheet) if head.sheet in order else len(order)))


def choices(profile: Profile) -> tuple[Field, ...]:
    """Return the fields that a column can go to."""
    items = [each for each in profile.table_fields("item").values() if takes_cells(each)]
    named = (next(iter(row.get("fields", ())), "") for row in column_words().values())
    others = [profile.fields[name] for name in named if name in profile.fields and not name.startswith("item.")]
    return tuple(items + [each for each in others if each.shown])


def chosen(opened: OpenedFile, spot: tuple[str, int, int], field: Field | None) -> OpenedFile:
    """Return a file whose column goes to a field, None for to none; `spot` is sheet, row and place of one of its cells.

    Raises:
        UserError: the column has no heading to be known by.
    """
    from dataclasses import replace

    from swclient.exchange.mapping_making import with_column

    name = opened.sender.name or Path(opened.name).stem
    mapping = with_column(opened.sheets, opened.mapping, spot, _column(field), name)
    return replace(opened, mapping=mapping, why="chosen")


def _column(field: Field | None) -> Column:
    from swclient.exchange.mapping import Column

    if field is None:
        return Column((), "text")
    for row in column_words().values():
        if tuple(row.get("fields", ()))[:1] == (field.id,):
            return Column((), row["reads"], tuple(row["fields"]))
    return Column((), _LISTS.get(field.list_name, "") or _KINDS.get(field.kind.name, "text"), (field.id,))


def remember(home: Path | None, opened: OpenedFile) -> None:
    """Keep the mapping for the next file of this supplier."""
    if opened.mapping is not None:
        keep(home, opened.sender, opened.mapping)
