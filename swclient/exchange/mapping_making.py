# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a mapping by example: a column of an opened sheet is said to be a field; and tells layouts and suppliers apart.

A mapping knows columns by their captions, never by position, so a column without a caption cannot be mapped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.exchange.mapping import Column, Label, Mapping, Table
from swclient.exchange.workbook_file import Sheet
from swclient.exchange.workbook_layout import Placed, find_labels, find_table
from swclient.exchange.workbook_words import plain_words, read_words_toml, words_folder

_SEARCHED = 60
_LEAST = 2
_DIGIT = re.compile(r"\d")
_SELLER = ("seller", "seller_id")
_NO_CAPTION = N_("This column has no heading in the file, by which it could be known next time. Write one over it.")


def placed_tables(sheets: Sequence[Sheet], mapping: Mapping | None) -> dict[str, Placed]:
    """Return where the tables of a mapping stand, by the name of the sheet."""
    found: dict[str, Placed] = {}
    for table in mapping.tables if mapping is not None else ():
        placed = find_table(sheets, table)
        if placed is not None:
            found.setdefault(placed.sheet.name, placed)
    return found


def heading_row(sheet: Sheet, above: int | None = None) -> int | None:
    """Return the row that looks most like headings: the fullest of texts without figures, the first of equals."""
    rows = range(min(len(sheet.rows), _SEARCHED if above is None else above))
    filled = {row: _captions(sheet, row) for row in rows}
    best = max(filled, key=lambda row: (len(filled[row]), -row), default=None)
    return best if best is not None and len(filled[best]) >= _LEAST else None


def _captions(sheet: Sheet, row: int) -> dict[int, str]:
    """Return the texts of a row by column; nothing where a figure stands among them."""
    values = {place: value for place, value in enumerate(sheet.rows[row]) if value is not None}
    if any(not isinstance(value, str) or _DIGIT.search(value) for value in values.values()):
        return {}
    return {place: plain for place, value in values.items() if (plain := plain_words(str(value)))}


def layout_of(sheets: Sequence[Sheet]) -> str:
    """Return what tells the layout of a file from others: a hash over the headings of its sheets."""
    heads = []
    for sheet in sheets:
        row = heading_row(sheet)
        if row is not None:
            heads.append("|".join(sorted(_captions(sheet, row).values())))
    return sha256("\n".join(heads).encode()).hexdigest()[:16] if heads else ""


def supplier_of(sheets: Sequence[Sheet]) -> tuple[str, str]:
    """Return name and tax number of the supplier as the labels of the file tell them; empty where they do not."""
    rows: dict[str, dict[str, Any]] = read_words_toml(words_folder() / "labels.toml")
    labels = [
        Label(("*",), tuple(rows[key]["words"]), rows[key]["reads"], tuple(rows[key]["fields"])) for key in _SELLER
    ]
    found = ["", ""]
    for sheet in sheets:
        head = replace(sheet, rows=sheet.rows[:_SEARCHED])
        for label, _cell, value in find_labels(head, labels, ()):
            place = labels.index(label)
            found[place] = found[place] or " ".join(value.text.split())
    return found[0], found[1]


def with_column(
    sheets: Sequence[Sheet], mapping: Mapping | None, spot: tuple[str, int, int], column: Column, name: str
) -> Mapping:
    """Return a mapping in which a column of a sheet goes to other fields.

    Args:
        sheets: the opened file.
        mapping: what stood before, None for nothing yet.
        spot: sheet, row and place of a cell of the column, from 0.
        column: what the column is; its captions are taken from the sheet.
        name: what a new mapping is called.

    Raises:
        UserError: the column has no caption to be known by.
    """
    sheet_name, row, place = spot
    placed = placed_tables(sheets, mapping).get(sheet_name)
    if placed is None:
        sheet = next(sheet for sheet in sheets if sheet.name == sheet_name)
        return _with_table(mapping or Mapping(name, ()), _new_table(sheet, row, place, column))
    caption = placed.captions.get(place, "")
    if not caption:
        raise UserError(_NO_CAPTION)
    held = next((each for each, where in placed.columns if where == place), None)
    kept = [_freed(each, column) for each in placed.table.columns if each is not held]
    words = held.captions if held is not None else ()
    changed = replace(column, captions=tuple(dict.fromkeys((caption, *words))))
    table = replace(placed.table, columns=(*kept, changed))
    tables = tuple(table if each is placed.table else each for each in (mapping.tables if mapping else ()))
    return replace(mapping or Mapping(name, ()), tables=tables)


def _freed(column: Column, taken: Column) -> Column:
    """Return a column without the field that another one takes from it, unless the two are joined."""
    if column.join or taken.join or not set(column.fields[:1]) & set(taken.fields[:1]):
        return column
    return replace(column, fields=(), reads="text")


def _with_table(mapping: Mapping, table: Table) -> Mapping:
    return replace(mapping, tables=(*mapping.tables, table))


def _new_table(sheet: Sheet, row: int, place: int, column: Column) -> Table:
    """Return the table of a sheet that no mapping knows: all its headings, one of them a field."""
    head = heading_row(sheet, above=row + 1)
    captions = _captions(sheet, head) if head is not None else {}
    if place not in captions:
        raise UserError(_NO_CAPTION)
    columns = [
        replace(column, captions=(text,)) if where == place else Column((text,), "text")
        for where, text in captions.items()
    ]
    return Table((sheet.name,), tuple(columns))
