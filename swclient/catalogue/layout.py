# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a country's form has its boxes: `pages.toml` of a profile, where the form is not the one that the window knows.

A page is a list of blocks, from top to bottom. A block is rows of boxes, or a table; it takes twelve columns, or fewer,
and then stands beside the next ones until twelve are full. What no block names stands at the foot of its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from swclient.base.errors import DataError
from swclient.base.messages import Name
from swclient.catalogue.field import Field, TableSpec

FILE = "pages.toml"
PAGES = ("header", "parties", "transport", "goods", "documents", "payments", "papers")
COLUMNS = 12
_KEYS = {"title": dict, "rows": list, "table": str, "columns": str, "lines": int, "share": int}


class Cell(NamedTuple):
    """A box in a row: its field, how many of twelve columns it takes, how many lines of text it shows."""

    field: str
    span: int = 2
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page: rows of boxes (`rows`), or a table of a section (`table`).

    Attributes:
        title: what stands above it, by language; None for nothing.
        rows: `"header.date:3 header.marks:6:2"`: fields, columns, lines of text.
        table: section.
        columns: fields of the section with the characters they need, `"number:15 kind:8"`.
        lines: rows of the table that are seen at once.
        share: how many of twelve columns it takes.
    """

    title: Name | None = None
    rows: tuple[str, ...] = ()
    table: str = ""
    columns: str = ""
    lines: int = 3
    share: int = COLUMNS

    @property
    def names(self) -> list[str]:
        """What it places: fields, or a section."""
        return [self.table] if self.table else [cell.field for row in self.rows for cell in cells(row)]


@dataclass(frozen=True)
class Layout:
    """The pages of a profile that has composed its own.

    Attributes:
        pages: blocks by the name of the page, in order.
    """

    pages: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)

    @cached_property
    def _homes(self) -> dict[str, str]:
        return {name: page for page, blocks in self.pages.items() for block in blocks for name in block.names}

    def page_of(self, field_id: str) -> str:
        """Return the page that has a field, or the table that it is a column of; empty when no block names it."""
        return self._homes.get(field_id) or self._homes.get(field_id.partition(".")[0], "")


def cells(row: str) -> Iterator[Cell]:
    """Read a row of boxes.

    >>> list(cells("header.date:3 item.description:12:5"))
    [Cell(field='header.date', span=3, lines=1), Cell(field='item.description', span=12, lines=5)]

    Raises:
        ValueError: columns or lines are no numbers, or there are too many parts.
    """
    for word in row.split():
        name, *numbers = word.split(":")
        if len(numbers) >= len(Cell._fields):
            raise ValueError(word)
        yield Cell(name, *map(int, numbers))


def make_layout(
    told: Mapping[str, Any], file: Path, fields: Mapping[str, Field], tables: Mapping[str, TableSpec]
) -> Layout:
    """Return the layout that a file tells of.

    Raises:
        DataError: a page, a key, a field or a section is not known, a row is wider than its page, blocks side by side
            do not make up twelve columns, or a field stands twice; says which block, and what would be right.
    """
    found: dict[str, str] = {}
    pages: dict[str, tuple[Block, ...]] = {}
    for page, blocks in told.items():
        if page not in PAGES or not isinstance(blocks, list):
            known = ", ".join(PAGES)
            raise DataError("A page is a list of blocks; pages are {known}", file=file, row=page, known=known)
        made = []
        for n, row in enumerate(blocks, 1):
            where = {"file": file, "row": f"{page}, {n}"}
            made.append(_block(row, where))
            _check_names(made[-1], where, fields, tables)
            _check_once(made[-1], where, found)
        _check_shares(made, {"file": file, "row": page})
        pages[page] = tuple(made)
    return Layout(pages)


_Where = dict[str, Any]  # file and row of an error


def _block(row: Any, where: _Where) -> Block:
    if not isinstance(row, dict):
        raise DataError("A row must be a table of keys", **where)
    if set(row) - set(_KEYS):
        raise DataError("Unknown keys {keys}", keys=", ".join(sorted(set(row) - set(_KEYS))), **where)
    for key, value in row.items():
        if not isinstance(value, _KEYS[key]):
            raise DataError("What “{key}” says is of another kind than it should be", key=key, **where)
    if ("rows" in row) == ("table" in row):
        raise DataError("A block is either rows of boxes or a table", **where)
    titles = row.get("title", {})
    title = Name(titles.get("en") or next(iter(titles.values())), titles=titles) if titles else None
    plain = {key: row[key] for key in ("table", "columns", "lines", "share") if key in row}
    return Block(title, tuple(row.get("rows", ())), **plain)


def _check_names(made: Block, where: _Where, fields: Mapping[str, Field], tables: Mapping[str, TableSpec]) -> None:
    if made.table and (made.table not in tables or not tables[made.table].many):
        raise DataError("“{name}” is no section with many rows", name=made.table, **where)
    columns = [f"{made.table}.{word.partition(':')[0]}" for word in made.columns.split()]
    for name in columns + [cell.field for line in made.rows for cell in _checked(line, where)]:
        if name not in fields:
            raise DataError("There is no field “{name}”", name=name, **where)
        table = tables[fields[name].table]
        if not made.table and table.many and table.name != "item":
            raise DataError("“{name}” has many rows: it wants a table, not a box", name=table.name, **where)


def _checked(line: str, where: _Where) -> list[Cell]:
    try:
        row = list(cells(line))
    except ValueError:
        row = []
    if not row or min(cell.span for cell in row) < 1 or sum(cell.span for cell in row) > COLUMNS:
        raise DataError(
            "“{boxes}” is no row of boxes: each is “field:columns” or “field:columns:lines”, twelve columns at most",
            boxes=line,
            **where,
        )
    return row


def _check_shares(blocks: list[Block], where: _Where) -> None:
    filled = COLUMNS
    for block in blocks:
        filled = block.share + (filled if filled < COLUMNS else 0)
        if filled > COLUMNS:
            break
    if filled != COLUMNS:
        raise DataError("The shares of blocks side by side do not make up twelve columns", **where)


def _check_once(block: Block, where: _Where, found: dict[str, str]) -> None:
    for name in block.names:
        if name in found:
            raise DataError("“{name}” stands twice, first in {first}", name=name, first=found[name], **where)
        found[name] = where["row"]
