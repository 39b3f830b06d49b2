# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A supplier's workbook becomes part of a draft: read, its doubtful cells shown, laid over the draft as one step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base import paths
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.path import SINGLE
from swclient.document.path import Path as FieldPath
from swclient.engine.session import Session

if TYPE_CHECKING:
    from swclient.exchange.mapping import Mapping as SheetMapping
    from swclient.exchange.workbook_reading import WorkbookReading

MAPPING_SUFFIX = ".mapping.json"
HEAD_KEYS = ("format", "version", "profile", "profile_version")
_PLACE = re.compile(r"(\w+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that could not be read, or should be looked at: where, what stands in it, why."""

    sheet: str
    cell: str
    text: str
    reason: Message
    field: str
    item: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What a workbook says. Nothing is changed until it is laid over a draft.

    Attributes:
        name: file name.
        body: in our exchange format, only what the workbook says.
        doubts: cells to be looked at.
        rows: goods lines read.
        origins: the cell each value came from, by name such as `item[3].gross_mass`.
        columns_left: captions nobody reads.
    """

    name: str
    body: dict[str, Any]
    doubts: tuple[Doubt, ...]
    rows: int
    origins: Mapping[str, str]
    columns_left: tuple[str, ...]


def read_workbook(path: Path, mapping: Path | None = None) -> Imported:
    """Read a workbook through a saved mapping, or through one guessed by its captions.

    Args:
        path: the workbook.
        mapping: the saved mapping; by default the one that lies beside the workbook, if any.

    Raises:
        UserError: it cannot be read; says file and reason.
    """
    from swclient.exchange import workbook

    reading = workbook.read_workbook(path, chosen_mapping(path, mapping))
    return imported_of(path.name, reading)


def chosen_mapping(path: Path, mapping: Path | None = None) -> SheetMapping:
    """Return the mapping to read a workbook with."""
    from swclient.exchange import mapping as mappings
    from swclient.exchange import mapping_suggest

    saved = mapping or path.with_name(path.stem + MAPPING_SUFFIX)
    if saved.is_file():
        return mappings.load_mapping(saved)
    return mapping_suggest.suggest_mapping(path)


def imported_of(name: str, reading: WorkbookReading) -> Imported:
    """Return what a reading says, under the name of its file."""
    doubts = tuple(
        Doubt(each.sheet, each.cell, each.text, each.reason, each.field, each.item) for each in reading.problems
    )
    return Imported(name, reading.body, doubts, reading.rows_read, reading.origins, reading.columns_left)


def sample_workbook() -> Path:
    """Return the supplier's workbook that comes with the program."""
    return paths.shipped("resources") / "samples" / "supplier-invoice.xlsx"


def lay_over(session: Session, imported: Imported) -> None:
    """Lay a workbook over a draft as one step of undo: single fields are typed over, rows are added."""
    with session.step(Message(N_("Import {name}"), {"name": imported.name})):
        _Laying(session, imported).lay()
    session.settle()


def complete(session: Session, body: dict[str, Any], label: Message) -> None:
    """Lay further data over a draft as one step: rows are met by kind, else by position; missing ones are added."""
    with session.step(label):
        for table, content in body.items():
            if table in HEAD_KEYS:
                continue
            if isinstance(content, dict):
                _complete_row(session, table, SINGLE, content)
            else:
                _complete_rows(session, table, None, content)
    session.settle()


def _complete_rows(session: Session, table: str, parent: int | None, content: list[dict[str, Any]]) -> None:
    rows = [row for row in session.rows(table, parent) if session.declaration.tables[table][row].parent == parent]
    for position, record in enumerate(content):
        row = _met(session, table, rows, record, position)
        _complete_row(session, table, session.add_row(table, parent) if row is None else row, record)


def _met(session: Session, table: str, rows: list[int], record: dict[str, Any], position: int) -> int | None:
    """Return the row that a record speaks of: the one of the same kind, else the one at the same position."""
    if "kind" in record and "kind" in session.profile.table_fields(table):
        return next(
            (row for row in rows if session.value(FieldPath(table, row, "kind")) == record["kind"]),
            None,
        )
    return rows[position] if position < len(rows) else None


def _complete_row(session: Session, table: str, row: int, record: dict[str, Any]) -> None:
    for name, content in record.items():
        if isinstance(content, list):
            _complete_rows(session, name, row, content)
        else:
            session.type_in(FieldPath(table, row, name), str(content))


class _Laying:
    def __init__(self, session: Session, imported: Imported) -> None:
        self.session = session
        self.imported = imported
        self.rows: dict[str, int] = {}

    def lay(self) -> None:
        for table, content in self.imported.body.items():
            if table in HEAD_KEYS:
                continue
            if isinstance(content, dict):
                self._fill(table, SINGLE, content, table)
            else:
                self._add(table, content, None, "")
        for place, cell in self.imported.origins.items():
            path = self._path(place)
            if path is not None:
                self.session.sources[path] = f"{self.imported.name} {cell}"

    def _add(self, table: str, content: list[dict[str, Any]], parent: int | None, above: str) -> None:
        for position, record in enumerate(content, 1):
            row = self.session.add_row(table, parent)
            place = f"{above}{table}[{position}]"
            self.rows[place] = row
            self._fill(table, row, record, place)

    def _fill(self, table: str, row: int, record: dict[str, Any], place: str) -> None:
        for name, content in record.items():
            if isinstance(content, list):
                self._add(name, content, row, f"{place}.")
            else:
                self.session.type_in(FieldPath(table, row, name), str(content))

    def _path(self, place: str) -> FieldPath | None:
        above, _, field = place.rpartition(".")
        table = _PLACE.findall(above)[-1][0] if above else ""
        if f"{table}.{field}" not in self.session.profile.fields:
            return None
        if not self.session.profile.tables[table].many:
            return FieldPath(table, SINGLE, field)
        row = self.rows.get(above)
        return FieldPath(table, row, field) if row is not None else None
