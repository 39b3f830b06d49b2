# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which column of a pasted block is which field: by its heading, by what was chosen for that heading before, by place.

Headings are known by the words that suppliers use (the same that a workbook is read by) and by what our own boxes are
called. What a person chooses for a heading is kept in a file of the data folder and taken up with the next block.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from swclient.base.files import replace_file
from swclient.base.i18n import _
from swclient.catalogue.field import Field
from swclient.catalogue.profile import Profile
from swclient.exchange.mapping import Column, Table
from swclient.exchange.workbook_file import Sheet
from swclient.exchange.workbook_layout import Placed, find_table, walk_lines
from swclient.exchange.workbook_words import load_words, plain_words, read_words_toml, words_folder

FILE = "pasted_columns.json"
_HEAD_ROWS = 6  # headings stand in the first rows of a block, or there are none
_LEAST = 2  # recognised headings that make a row the heading
_FIGURE = re.compile(r"[\s\d.,:/%+-]*\d[\s\d.,:/%+-]*")
_OWN = {"any", "ru"}  # languages of descriptions that stand in the declaration's own box
_LISTS = {"countries": "country", "units": "unit", "currencies": "currency"}

Choices = Mapping[str, str]
"""Heading in plain words to the name of a field; empty: the column is left out."""


@dataclass(frozen=True, slots=True)
class PastedColumn:
    """A column of a block.

    Attributes:
        place: from 0, in the block.
        caption: its heading in plain words, empty where the block has none.
        fields: names of the fields that its parts go to; none: the column is left out.
        reads: how its cells are read, one of `exchange.mapping.READS`; empty: as the field reads what is typed.
        beside: ids of fields of sections that stand once which a part of it may tell again (the currency of a price).
    """

    place: int
    caption: str
    fields: tuple[str, ...] = ()
    reads: str = ""
    beside: tuple[str, ...] = ()


class Headed(NamedTuple):
    """A block under headings: its columns, the rows of it that are lines, and how many are none (totals, notes)."""

    columns: tuple[PastedColumn, ...]
    rows: tuple[int, ...]
    strays: int


def column_for(field: Field | None, place: int, caption: str) -> PastedColumn:
    """Return a column that goes to a field, and to what else such columns tell; None: to none."""
    if field is None:
        return PastedColumn(place, caption)
    for row in column_words().values():
        named = row.get("fields", ())
        if named and named[0] == field.id:
            own = tuple(name.partition(".")[2] for name in named if name.startswith(f"{field.table}."))
            return PastedColumn(place, caption, own, row["reads"], tuple(named[len(own) :]))
    return PastedColumn(place, caption, (field.name,), _LISTS.get(field.list_name, ""))


@lru_cache(maxsize=1)
def column_words() -> dict[str, Any]:
    """Return what suppliers call their columns."""
    return read_words_toml(words_folder() / "columns.toml")


def takes_cells(field: Field) -> bool:
    """Tell whether a column can go to a field: it is shown, is one value, and is not the number of the row itself."""
    counted = field.derived and field.name == "number"
    return field.shown and not counted and field.kind.name not in {"charges", "totals"}


def columns_by_place(names: Sequence[str], width: int, profile: Profile, table: str) -> tuple[PastedColumn, ...]:
    """Return the columns of a block without headings: each goes to the field that stands there."""
    known = profile.table_fields(table)
    found = [column_for(known.get(name), place, "") for place, name in enumerate([*names, *[""] * width][:width])]
    return tuple(replace(column, fields=column.fields[:1], beside=()) for column in found)


def columns_by_heading(block: Sequence[Sequence[str]], profile: Profile, table: str, chosen: Choices) -> Headed | None:
    """Find the headings of a block; None where it has none."""
    if len(block) < _LEAST:
        return None
    sheet = Sheet("", [[cell.strip() or None for cell in line] for line in block])
    wanted = _wanted(profile, table)
    placed = find_table([replace(sheet, rows=sheet.rows[:_HEAD_ROWS])], Table(("*",), tuple(wanted)), _LEAST)
    if placed is not None and not _holds_figures(sheet, placed):
        placed = replace(placed, sheet=sheet)
    else:
        placed = _remembered(sheet, chosen)
    if placed is None:
        return None
    found = {place: column for column, place in placed.columns}
    columns = tuple(
        _column(place, placed.captions.get(place, ""), found.get(place), profile, table, chosen)
        for place in range(sheet.width)
    )
    lines = walk_lines(placed, load_words()) if placed.columns else None
    if lines is None:
        rest = range(placed.first, len(sheet.rows))
        return Headed(columns, tuple(row for row in rest if any(sheet.rows[row])), 0)
    strays = len(lines.strays) + (lines.totals is not None)
    return Headed(columns, lines.rows, strays)


def _wanted(profile: Profile, table: str) -> dict[Column, None]:
    """Return what headings may stand for: every field of a section that is shown, by all that it is called."""
    words = column_words()
    captions: dict[str, list[str]] = {}
    for row in words.values():
        first = next(iter(row.get("fields", ())), "")
        if row.get("text"):  # a description in a language: that of the declaration, or of the supplier
            first = "item.description" if row["text"] in _OWN else "item.description_foreign"
        captions.setdefault(first, []).extend(row["words"])
    found: dict[Column, None] = {}
    for field in profile.table_fields(table).values():
        if field.shown and field.kind.name not in {"charges", "totals"}:
            told = [
                *captions.get(field.id, ()),
                field.label,
                _(field.label),
                field.called.text(),
                *field.titles.values(),
            ]
            found[Column(tuple(dict.fromkeys(told)), "text", (field.name,) if takes_cells(field) else ())] = None
    # What suppliers write and no box takes must not be mistaken for its neighbour: “unit price” is not the price.
    for row in words.values():
        if not row.get("fields") and not row.get("text"):
            found[Column(tuple(row["words"]), row["reads"])] = None
    return found


def _column(
    place: int, caption: str, known: Column | None, profile: Profile, table: str, chosen: Choices
) -> PastedColumn:
    name = known.fields[0] if known is not None and known.fields else ""
    name = chosen.get(caption, name) if caption else name
    return column_for(profile.table_fields(table).get(name), place, caption)


def _holds_figures(sheet: Sheet, placed: Placed) -> bool:
    """Tell whether what was taken for headings holds figures: then it is a line of goods."""
    texts = [text for row in sheet.rows[placed.top : placed.first] for text in row if isinstance(text, str)]
    return any(_FIGURE.fullmatch(text) for text in texts)


def _remembered(sheet: Sheet, chosen: Choices) -> Placed | None:
    """Take the first row for headings where several of its words were chosen fields for before."""
    captions = {place: plain_words(str(text)) for place, text in enumerate(sheet.rows[0]) if text is not None}
    known = [caption for caption in captions.values() if chosen.get(caption)]
    return Placed(sheet, Table(("*",), ()), 0, 1, (), captions) if len(known) >= _LEAST else None


def load_choices(home: Path | None, table: str) -> dict[str, str]:
    """Return what was chosen for headings before; nothing where the file is not there or cannot be read."""
    try:
        held = json.loads((home / FILE).read_text(encoding="utf-8")) if home is not None else {}
    except (OSError, ValueError):
        return {}
    found = held.get(table, {}) if isinstance(held, dict) else {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def keep_choices(home: Path | None, table: str, chosen: Choices) -> None:
    """Keep what was chosen for headings beside what was kept before; a full disk costs the memory, not the paste."""
    if home is None or not chosen:
        return
    file = home / FILE
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        held = {}
    whole = held if isinstance(held, dict) else {}
    whole[table] = {**load_choices(home, table), **chosen}
    try:
        replace_file(file, (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    except OSError:
        return
