# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A declaration as JSON-able data and back: our own file format, and what the store keeps.

Values are texts as their kind stores them (decimals too); children stand inside the row they belong to.
The format is described in docs/declaration.schema.json.
"""

from __future__ import annotations

from typing import Any

from swclient.base.errors import UserError
from swclient.catalogue.profile import Profile
from swclient.document.declaration import Declaration, Row
from swclient.document.path import SINGLE
from swclient.document.value import Unread

FORMAT = "swclient-declaration"
VERSION = 1
_HEAD = ("format", "version", "profile", "profile_version")


def to_body(declaration: Declaration) -> dict[str, Any]:
    """Return the declaration as nested dictionaries and lists of texts."""
    profile = declaration.profile
    body: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "profile": profile.code,
        "profile_version": profile.version,
    }
    for table in profile.tables.values():
        if not table.many:
            values = _texts(profile, table.name, declaration.tables[table.name][SINGLE])
            if values:
                body[table.name] = values
        else:
            rows = [
                _row(declaration, table.name, row)
                for row in declaration.tables[table.name].values()
                if row.parent is None
            ]
            if rows:
                body[table.name] = rows
    return body


def _row(declaration: Declaration, table: str, row: Row) -> dict[str, Any]:
    record: dict[str, Any] = _texts(declaration.profile, table, row)
    for child in declaration.profile.tables.values():
        if child.parent == table:
            rows = [_row(declaration, child.name, each) for each in declaration.rows(child.name, row.id)]
            if rows:
                record[child.name] = rows
    return record


def _texts(profile: Profile, table: str, row: Row) -> dict[str, Any]:
    """Return the values of a row as texts, in the order of the catalogue whatever was typed first."""
    return {
        name: str(value) if isinstance(value, Unread) else field.kind.store(value)
        for name, field in profile.table_fields(table).items()
        if (value := row.values.get(name)) is not None
    }


def from_body(body: dict[str, Any], profile: Profile) -> Declaration:
    """Make a declaration of nested data.

    A text that its kind cannot read is kept as `Unread`; a key that the catalogue does not know is an error.

    Raises:
        UserError: not this format, a newer version, or a key that nobody knows (named in the text).
    """
    if body.get("format") != FORMAT:
        raise UserError(
            "This is not a swclient declaration: the key “format” must read {format}.",
            format=FORMAT,
        )
    if not isinstance(body.get("version"), int) or body["version"] > VERSION:
        raise UserError(
            "This declaration was written by a newer program (format version {version}).",
            version=body.get("version"),
        )
    declaration = Declaration(profile)
    for key, content in body.items():
        if key not in _HEAD:
            fill_table(declaration, key, content, parent=None)
    return declaration


def fill_table(declaration: Declaration, table: str, content: Any, *, parent: int | None) -> None:
    """Put nested data of one section into a declaration."""
    spec = declaration.profile.tables.get(table)
    if spec is None:
        raise UserError("Unknown section “{name}” in the declaration.", name=table)
    if not spec.many:
        _fill_row(declaration, table, declaration.tables[table][SINGLE], content)
        return
    if not isinstance(content, list):
        raise UserError("Section “{name}” must be a list of rows.", name=table)
    for record in content:
        row = Row(declaration.new_row_id(), parent)
        declaration.tables[table][row.id] = row
        _fill_row(declaration, table, row, record)


def _fill_row(declaration: Declaration, table: str, row: Row, record: Any) -> None:
    if not isinstance(record, dict):
        raise UserError("A row of section “{name}” must be an object with fields.", name=table)
    fields = declaration.profile.table_fields(table)
    for key, content in record.items():
        field = fields.get(key)
        if field is not None:
            value = field.kind.load(content if isinstance(content, str) else _as_text(content, f"{table}.{key}"))
            if value is not None:
                row.values[key] = value
        elif key in declaration.profile.tables and declaration.profile.tables[key].parent == table:
            fill_table(declaration, key, content, parent=row.id)
        else:
            raise UserError("Unknown field “{name}” in the declaration.", name=f"{table}.{key}")


def _as_text(content: Any, where: str) -> str:
    """Accept JSON true/false and whole numbers; refuse fractions, which have already lost digits."""
    if isinstance(content, bool):
        return "1" if content else "0"
    if isinstance(content, int):
        return str(content)
    raise UserError("{name} must be a text in quotes (amounts too, so that no digit is lost).", name=where)
