# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registers as tables: written to CSV headed by field ids, read from CSV or a workbook by ids or names of boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from swclient.base.csv_writing import write_csv
from swclient.base.decimals import plain
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.folding import fold
from swclient.catalogue.kinds import KindError
from swclient.workflow.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.base.table import Cell
    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile
    from swclient.catalogue.registers import Register

_NO_COLUMN = N_("{file}: no column is a field of the register “{register}”. Head the columns with: {known}.")
_NO_FIELD = N_("“{name}” is no field of the register “{register}”. There are: {known}.")
_UNREAD = N_("Line {n}, {field}: “{text}” cannot be read: {reason}")
_NAMELESS = N_("Line {n} has nothing to be called by and was left out.")
_LEFT = N_("The column “{name}” is no field of the register and was left out.")


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """What a table said.

    Attributes:
        entries: values by field id, one mapping a row.
        doubts: what was left out, and why.
    """

    entries: Sequence[Mapping[str, str]]
    doubts: Sequence[Message]


def read_entries(file: Path, register: Register, profile: Profile) -> ReadEntries:
    """Read entries from a CSV file or the first sheet of a workbook; a cell that cannot be read is left out and told.

    Raises:
        UserError: the file cannot be read, or no column is a field of the register.
    """
    table = read_table(file)
    named = _named(register, profile)
    columns = [_found(named, heading) for heading in table.headings]
    if not any(columns):
        known = ", ".join(field.id for field in register.fields(profile))
        raise UserError(_NO_COLUMN, file=file.name, register=Message(register.label), known=known)
    doubts = [
        Message(_LEFT, {"name": heading})
        for heading, field in zip(table.headings, columns, strict=True)
        if field is None and heading
    ]
    entries = []
    for number, row in table.rows:
        values: dict[str, str] = {}
        for field, cell in zip(columns, row, strict=False):
            if field is not None:
                _take(values, field, cell, number, doubts)
        if register.name_of(values):
            entries.append(values)
        else:
            doubts.append(Message(_NAMELESS, {"n": number}))
    return ReadEntries(entries, doubts)


def typed_entry(register: Register, profile: Profile, words: Sequence[str]) -> dict[str, str]:
    """Return an entry given as `field=value` words.

    Raises:
        UserError: a field is none of the register, or a value cannot be read.
    """
    named = _named(register, profile)
    values: dict[str, str] = {}
    for word in words:
        name, _equals, text = word.partition("=")
        field = _found(named, name)
        if field is None:
            known = ", ".join(each.id for each in register.fields(profile))
            raise UserError(_NO_FIELD, name=name, register=Message(register.label), known=known)
        try:
            value = field.kind.parse(text)
        except KindError as error:
            raise UserError(error.message) from error
        if value is not None:
            values[field.id] = str(field.kind.store(value))
    return values


def written(register: Register, profile: Profile, entries: Sequence[Mapping[str, str]]) -> bytes:
    """Return entries as CSV: a column for each field of the register, and for each other field that has a value."""
    ids = [field.id for field in register.fields(profile)]
    others = dict.fromkeys(field_id for values in entries for field_id in values if field_id not in ids)
    columns = [*ids, *others]
    return write_csv(columns, ([values.get(field_id, "") for field_id in columns] for values in entries))


def _take(values: dict[str, str], field: Field, cell: Cell, number: int, doubts: list[Message]) -> None:
    text = _text(cell)
    if not text:
        return
    try:
        value = field.kind.parse(text)
    except KindError as error:
        told = {"n": number, "field": field.called, "text": text, "reason": error.message}
        doubts.append(Message(_UNREAD, told))
        return
    if value is not None:
        values[field.id] = str(field.kind.store(value))


def _text(cell: Cell) -> str:
    """Return a cell as a person would have typed it; the apostrophe that guards a formula in our own CSV is ours."""
    if cell is None:
        return ""
    text = plain(cell) if isinstance(cell, Decimal) else str(cell).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {*"=+-@"} else text


def _named(register: Register, profile: Profile) -> dict[str, Field]:
    """Return the fields by all that a heading may call them: id, name, and the names of their boxes."""
    found: dict[str, Field] = {}
    fields = register.fields(profile)
    for names in (_ids, _names):
        for field in fields:
            for name in names(field):
                found.setdefault(_plain(name), field)
    return found


def _ids(field: Field) -> list[str]:
    return [field.id, field.name]


def _names(field: Field) -> list[str]:
    return [field.label, field.called.text(), *field.titles.values()]


def _found(named: Mapping[str, Field], heading: str) -> Field | None:
    return named.get(_plain(heading))


def _plain(name: str) -> str:
    return " ".join(fold(name).replace("_", " ").replace("-", " ").split())
