# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes and whole declarations as the journal keeps them: row numbers included, every value as stored text.

The journal must find the row it speaks of again after a restart, so unlike our exchange format
(`swclient.document.body`) it keeps row numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from swclient.catalogue.field import Field
from swclient.catalogue.profile import Profile
from swclient.document.acknowledged import from_data, to_data
from swclient.document.change import Acknowledge, Change, InsertRow, MoveRow, RemoveRow, SetValue
from swclient.document.declaration import Declaration, Row
from swclient.document.path import Path
from swclient.document.value import Unread, Value

_ROW_CHANGES: dict[str, type[InsertRow | RemoveRow]] = {"insert": InsertRow, "remove": RemoveRow}


def change_to_data(change: Change, profile: Profile) -> dict[str, Any]:
    """Return a change as JSON-able data."""
    if isinstance(change, SetValue):
        at = [change.path.table, change.path.row, change.path.field]
        before, after = (_text(profile, change.path.field_id, each) for each in (change.before, change.after))
        return {"do": "set", "at": at, "before": before, "after": after}
    if isinstance(change, Acknowledge):
        of = change.of
        return {"do": "acknowledge", "before": to_data(of, change.before), "after": to_data(of, change.after)}
    if isinstance(change, MoveRow):
        return {
            "do": "move",
            "table": change.table,
            "row": change.row,
            "before": list(change.before),
            "after": list(change.after),
        }
    values = {name: _text(profile, f"{change.table}.{name}", value) for name, value in change.values}
    word = "insert" if isinstance(change, InsertRow) else "remove"
    return {
        "do": word,
        "table": change.table,
        "row": change.row,
        "parent": change.parent,
        "position": change.position,
        "values": values,
    }


def change_from_data(data: dict[str, Any], profile: Profile) -> Change:
    """Read a change back.

    Raises:
        KeyError: it is not a change that this program knows.
    """
    if data["do"] == "set":
        path = Path(*data["at"])
        return SetValue(
            path,
            _value(profile, path.field_id, data["before"]),
            _value(profile, path.field_id, data["after"]),
        )
    if data["do"] == "acknowledge":
        of, noted = from_data(data["before"])
        return Acknowledge(of, noted, from_data(data["after"])[1])
    if data["do"] == "move":
        return MoveRow(data["table"], data["row"], tuple(data["before"]), tuple(data["after"]))
    loaded = ((name, _value(profile, f"{data['table']}.{name}", text)) for name, text in data["values"].items())
    values = tuple((name, value) for name, value in loaded if value is not None)
    return _ROW_CHANGES[data["do"]](data["table"], data["row"], data["parent"], data["position"], values)


def whole_to_data(declaration: Declaration) -> dict[str, Any]:
    """Return a declaration with its row numbers as JSON-able data."""
    profile = declaration.profile
    tables = {
        name: [
            [
                row.id,
                row.parent,
                {field: _text(profile, f"{name}.{field}", value) for field, value in row.values.items()},
            ]
            for row in rows.values()
        ]
        for name, rows in declaration.tables.items()
    }
    whole: dict[str, Any] = {
        "profile": profile.code,
        "next_row": declaration.next_row,
        "tables": {name: rows for name, rows in tables.items() if rows},
    }
    if declaration.acknowledged:
        whole["acknowledged"] = [to_data(of, noted) for of, noted in declaration.acknowledged.items()]
    return whole


def whole_from_data(data: Mapping[str, Any], profile: Profile) -> Declaration:
    """Read a declaration back; sections and fields that the profile no longer knows are left out of it."""
    declaration = Declaration(profile)
    for name, rows in data["tables"].items():
        if name in profile.tables:
            fields = profile.table_fields(name)
            for number, parent, texts in rows:
                declaration.tables[name][number] = _row(number, parent, texts, fields)
    declaration.next_row = data["next_row"]
    for of, noted in map(from_data, data.get("acknowledged", ())):
        if noted is not None:
            declaration.acknowledged[of] = noted
    return declaration


def _row(number: int, parent: int | None, texts: Mapping[str, str], fields: Mapping[str, Field]) -> Row:
    loaded = ((name, fields[name].kind.load(text)) for name, text in texts.items() if name in fields)
    return Row(number, parent, {name: value for name, value in loaded if value is not None})


def _text(profile: Profile, field_id: str, value: Value | None) -> str | None:
    if value is None:
        return None
    return str(value) if isinstance(value, Unread) else profile.fields[field_id].kind.store(value)


def _value(profile: Profile, field_id: str, text: str | None) -> Value | None:
    if text is None:
        return None
    loaded: Value | None = profile.fields[field_id].kind.load(text)
    return loaded
