# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands where in a supplier's workbook: a mapping is made once for a supplier and remembered as JSON.

Nothing in it is a position: tables are found by their captions and single values by the label beside them, so that a
further title row or column does not break it. The format is told in docs/handbook/workbook.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from swclient.base.errors import UserError
from swclient.base.files import replace_file
from swclient.catalogue.profile import Profile

FORMAT = "swclient-workbook-mapping"
VERSION = 1
SIGNS = ("", ",", ".")
# What a cell can be read as; how each is read stands in workbook_values.py.
READS = (
    "code", "containers", "country", "currency", "date", "line", "mass", "money", "number", "packages", "quantity",
    "terms", "text", "unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        captions: texts by which its heading is known, in any language; the longest that fits counts.
        reads: what its cells are read as, one of `READS`.
        fields: catalogue ids that its parts go to (`item.quantity`, `item.quantity_unit`); none: only looked at.
        join: text between this column and an earlier one of the same field; empty: two values must agree.
    """

    captions: tuple[str, ...]
    reads: str
    fields: tuple[str, ...] = ()
    join: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of goods lines on a sheet whose name fits one of `sheets` (`*` stands for anything).

    The first table of a mapping makes the goods items; lines of later tables are laid to them by line number, or
    by article where there is none.
    """

    sheets: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A single value beside its label.

    Attributes:
        sheets: names of sheets to look on, `*` for anything.
        words: texts that the label begins with.
        row: what marks the row of a repeating section that the value belongs to: `(("kind", "04021"),)`.
    """

    sheets: tuple[str, ...]
    words: tuple[str, ...]
    reads: str
    fields: tuple[str, ...]
    row: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one supplier's workbook is read.

    Attributes:
        name: what the user calls it.
        decimal: the decimal sign of figures written as text, where `1,250` could mean two things; empty: such a
            figure is reported, not guessed.
    """

    name: str
    tables: tuple[Table, ...]
    labels: tuple[Label, ...] = ()
    decimal: str = ""

    def parts(self) -> Iterator[Column | Label]:
        """Yield every column and every label."""
        for table in self.tables:
            yield from table.columns
        yield from self.labels


def check_fields(mapping: Mapping, profile: Profile) -> None:
    """Refuse a mapping onto fields that a profile does not know.

    Raises:
        UserError: names the field.
    """
    for part in mapping.parts():
        for name in part.fields:
            if name not in profile.fields:
                raise UserError(
                    "The mapping “{name}” speaks of an unknown field “{field}”.",
                    name=mapping.name,
                    field=name,
                )


def load_mapping(path: Path) -> Mapping:
    """Read a mapping from its file.

    Raises:
        UserError: it cannot be read; says why.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError("The mapping {file} cannot be read: {reason}", file=path.name, reason=str(error)) from error
    return from_data(data)


def save_mapping(mapping: Mapping, path: Path) -> None:
    """Write a mapping to a file, whole or not at all."""
    text = json.dumps(to_data(mapping), ensure_ascii=False, indent=2) + "\n"
    replace_file(path, text.encode())


def to_data(mapping: Mapping) -> dict[str, Any]:
    """Return a mapping as JSON-able data."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": mapping.name,
        "decimal": mapping.decimal,
        "tables": [
            {
                "sheets": list(table.sheets),
                "columns": [_column_data(column) for column in table.columns],
            }
            for table in mapping.tables
        ],
        "labels": [
            {
                "sheets": list(label.sheets),
                "words": list(label.words),
                "reads": label.reads,
                "fields": list(label.fields),
                **({"row": dict(label.row)} if label.row else {}),
            }
            for label in mapping.labels
        ],
    }


def _column_data(column: Column) -> dict[str, Any]:
    data = {"captions": list(column.captions), "reads": column.reads, "fields": list(column.fields)}
    return {**data, "join": column.join} if column.join else data


def from_data(data: object) -> Mapping:
    """Make a mapping of JSON data.

    Raises:
        UserError: not a mapping, a newer version, or a part of it that cannot be; says which.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError(
            "This is not a mapping of a workbook: the key “format” must read {format}.",
            format=FORMAT,
        )
    if not isinstance(data.get("version"), int) or data["version"] > VERSION:
        raise UserError(
            "This mapping was written by a newer program (version {version}).",
            version=data.get("version"),
        )
    _only(data, {"format", "version", "name", "decimal", "tables", "labels"}, "mapping")
    decimal = data.get("decimal", "")
    if decimal not in SIGNS:
        raise UserError(
            "The decimal sign of a mapping must be a comma, a point or nothing, not “{text}”.",
            text=decimal,
        )
    tables = tuple(_table(row, f"tables[{n}]") for n, row in enumerate(_rows(data, "tables"), 1))
    if not tables:
        raise UserError("A mapping must tell of at least one table.")
    labels = tuple(_label(row, f"labels[{n}]") for n, row in enumerate(_rows(data, "labels"), 1))
    return Mapping(_text(data, "name", "mapping"), tables, labels, decimal)


def _table(row: dict[str, Any], where: str) -> Table:
    _only(row, {"sheets", "columns"}, where)
    columns = tuple(_column(each, f"{where}.columns[{n}]") for n, each in enumerate(_rows(row, "columns"), 1))
    if not columns:
        raise _wrong(where, "columns")
    return Table(_texts(row, "sheets", where), columns)


def _column(row: dict[str, Any], where: str) -> Column:
    _only(row, {"captions", "reads", "fields", "join"}, where)
    captions = _texts(row, "captions", where)
    if not captions:
        raise _wrong(where, "captions")
    return Column(captions, _reads(row, where), _fields(row, where), str(row.get("join", "")))


def _label(row: dict[str, Any], where: str) -> Label:
    _only(row, {"sheets", "words", "reads", "fields", "row"}, where)
    words, fields, marks = _texts(row, "words", where), _fields(row, where), row.get("row", {})
    if not words or not fields:
        raise _wrong(where, "words" if not words else "fields")
    if not isinstance(marks, dict) or not all(isinstance(value, str) for value in marks.values()):
        raise _wrong(where, "row")
    return Label(_texts(row, "sheets", where), words, _reads(row, where), fields, tuple(marks.items()))


def _rows(data: dict[str, Any], key: str) -> Sequence[dict[str, Any]]:
    rows = data.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _wrong("mapping", key)
    return rows


def _only(data: dict[str, Any], known: set[str], where: str) -> None:
    for key in data:
        if key not in known:
            raise _wrong(where, key)


def _reads(row: dict[str, Any], where: str) -> str:
    found = _text(row, "reads", where)
    if found not in READS:
        raise UserError(
            "The mapping says at {where} reads = “{text}”; known are {known}.",
            where=where,
            text=found,
            known=", ".join(READS),
        )
    return found


def _fields(row: dict[str, Any], where: str) -> tuple[str, ...]:
    fields = _texts(row, "fields", where)
    if not all(name.count(".") == 1 for name in fields):
        raise _wrong(where, "fields")
    return fields


def _text(row: dict[str, Any], key: str, where: str) -> str:
    found = row.get(key)
    if not isinstance(found, str):
        raise _wrong(where, key)
    return found


def _texts(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = row.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise _wrong(where, key)
    return tuple(found)


def _wrong(where: str, key: str) -> UserError:
    return UserError(
        "The mapping cannot be used: “{key}” at {where} is missing, unknown or of the wrong kind.",
        key=key,
        where=where,
    )
