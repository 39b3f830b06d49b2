# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How people and commands name a value: `item[2].customs_value`, `item[1].package[2].count`, or a box: `45/2`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.document.path import SINGLE, Path

if TYPE_CHECKING:
    from swclient.engine.session import Session

_STEP = re.compile(r"(\w+)\[(\d+)\]")


def find(session: Session, text: str) -> Path:
    """Return the path that a text names.

    Raises:
        UserError: no such section, row, field or box; says which and what there is.
    """
    if re.fullmatch(r"[\w.]+(/\d+)?", text) and not text.split(".", maxsplit=1)[0].isalpha():
        return _by_box(session, text)
    *steps, field = text.split(".")
    row: int | None = None
    table = steps[0] if len(steps) == 1 and "[" not in steps[0] else ""
    for step in steps:
        match = _STEP.fullmatch(step)
        if match:
            table = match.group(1)
            row = _row(session, table, int(match.group(2)), row)
    if table not in session.profile.tables or f"{table}.{field}" not in session.profile.fields:
        raise UserError(
            "There is no field “{name}”; name it like item[2].customs_value or by its box like 45/2.",
            name=text,
        )
    if row is None and session.profile.tables[table].many:
        raise UserError("Say which row of “{table}” is meant: {table}[1].{field}.", table=table, field=field)
    return Path(table, SINGLE if row is None else row, field)


def _row(session: Session, table: str, position: int, parent: int | None) -> int:
    if table not in session.profile.tables:
        raise UserError("There is no section “{name}”.", name=table)
    rows = (
        session.rows(table, parent)
        if parent is not None
        else [
            r
            for r in session.rows(table)
            if session.declaration.tables[table][r].parent is None or not session.profile.tables[table].loose
        ]
    )
    if not 1 <= position <= len(rows):
        raise UserError(
            "Section “{table}” has {n} rows, there is no row {position}.",
            table=table,
            n=len(rows),
            position=position,
        )
    return rows[position - 1]


def _by_box(session: Session, text: str) -> Path:
    box, _, number = text.partition("/")
    fields = session.profile.by_box(box)
    if not fields:
        raise UserError("There is no box “{box}” in this profile.", box=box)
    best = next((each for each in fields if each.derived), fields[0])
    if not session.profile.tables[best.table].many:
        return Path(best.table, SINGLE, best.name)
    return Path(best.table, _row(session, best.table, int(number or 1), None), best.name)


def name_of(session: Session, path: Path) -> str:
    """Return the name of a path as people write it: positions from 1, children after the row they stand under."""
    if path.table not in session.profile.tables or not session.profile.tables[path.table].many:
        return f"{path.table}.{path.field}"
    row = session.declaration.tables[path.table].get(path.row)
    if row is None:
        return f"{path.table}.{path.field}"
    spec = session.profile.tables[path.table]
    siblings = [each.id for each in session.declaration.rows(path.table) if each.parent == row.parent]
    own = f"{path.table}[{siblings.index(path.row) + 1}].{path.field}"
    if row.parent is None or not spec.parent:
        return own
    parents = session.rows(spec.parent)
    return f"{spec.parent}[{parents.index(row.parent) + 1}].{own}"
