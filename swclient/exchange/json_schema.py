# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Describes our own file format as a JSON Schema, drawn from the catalogue and the profiles.

`docs/declaration.schema.json` is what `schema_text` returns; a test holds the two together.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from swclient.catalogue.kinds import Given
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.document.body import FORMAT, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from swclient.catalogue.field import Field, TableSpec
    from swclient.catalogue.profile import Profile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WRITTEN = {
    "code": "code of a list",
    "container": "container number",
    "count": "whole number",
    "date": "day, year-month-day",
    "digits": "digits",
    "flag": "1 or 0",
    "mass": "figure with a point",
    "money": "figure with a point",
    "quantity": "figure with a point",
    "rate": "figure with a point",
    "tax_id": "taxpayer number",
    "text": "text",
}


def schema_text() -> str:
    """Return the schema of all profiles together, as it stands in the documentation."""
    schema = json_schema([load_profile(code) for code in profile_codes()])
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def json_schema(profiles: Iterable[Profile]) -> dict[str, Any]:
    """Return the schema of a declaration that any of the profiles takes.

    Every value is a text, so that no digit of an amount is lost. What a field's kind cannot read is
    still a declaration: it is kept as typed and reported, so the schema does not forbid it.
    """
    chosen = list(profiles)
    tables: dict[str, TableSpec] = {}
    fields: dict[str, Field] = {}
    for profile in chosen:
        tables.update({name: tables.get(name, spec) for name, spec in profile.tables.items()})
        fields.update({key: fields.get(key, field) for key, field in profile.fields.items()})
    free = [spec for spec in tables.values() if not spec.parent or spec.loose]
    head: dict[str, Any] = {
        "format": {"const": FORMAT},
        "version": {"type": "integer", "minimum": 1, "maximum": VERSION},
        "profile": {"type": "string", "description": "country whose rules it follows"},
        "profile_version": {"type": "string", "description": "data it was made with"},
    }
    return {
        "$schema": _DIALECT,
        "$id": f"urn:swclient:declaration:{VERSION}",
        "title": "swclient declaration",
        "type": "object",
        "required": ["format", "version", "profile"],
        "properties": {**head, **{spec.name: _section(spec) for spec in free}},
        "additionalProperties": False,
        "$defs": {
            "value": {"type": ["string", "boolean", "integer"]},
            **{name: _row(spec, tables, fields) for name, spec in tables.items()},
        },
    }


def _section(spec: TableSpec) -> dict[str, Any]:
    row = {"$ref": f"#/$defs/{spec.name}"}
    if not spec.many:
        return {**row, "description": spec.label}
    rows: dict[str, Any] = {"type": "array", "items": row, "description": spec.label}
    return {**rows, "maxItems": spec.max} if spec.max else rows


def _row(spec: TableSpec, tables: dict[str, TableSpec], fields: dict[str, Field]) -> dict[str, Any]:
    own = [each for each in fields.values() if each.table == spec.name]
    values = {
        field.name: {"$ref": "#/$defs/value", "description": _told(field)}
        for field in own
        if not isinstance(field.kind, Given)
    }
    children = {each.name: _section(each) for each in tables.values() if each.parent == spec.name}
    return {"type": "object", "properties": {**values, **children}, "additionalProperties": False}


def _told(field: Field) -> str:
    box = f"box {field.box}, " if field.box else ""
    made = f"{_WRITTEN.get(field.kind.name, field.kind.name)} {field.kind.argument}".strip()
    return f"{field.label} ({box}{made})"
