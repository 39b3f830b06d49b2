# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The published description of our file format: true to the catalogue, and our files keep to it."""

import json
from typing import Any

import pytest

from swclient.base import paths
from swclient.document.body import from_body, to_body
from swclient.exchange.json_schema import schema_text
from tests.corpus import ROOT
from tests.exchange.given import full_body, kz

SCHEMA = json.loads(schema_text())
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


def faults(found: Any, rule: dict[str, Any], where: str = "") -> list[str]:
    """Check the part of JSON Schema that ours uses; refuse a keyword that this walk does not know."""
    known = {"$schema", "$id", "$defs", "title", "description", "type", "properties", "required"}
    known |= {"additionalProperties", "items", "maxItems", "minimum", "maximum", "const", "$ref"}
    assert set(rule) <= known, set(rule) - known
    if "$ref" in rule:
        return faults(found, SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]], where)
    if "const" in rule and found != rule["const"]:
        return [f"{where}: not {rule['const']}"]
    wanted = [rule["type"]] if isinstance(rule.get("type"), str) else rule.get("type", [])
    if wanted and not any(type(found) is TYPES[each] for each in wanted):
        return [f"{where}: {type(found).__name__}"]
    if isinstance(found, int) and not rule.get("minimum", found) <= found <= rule.get("maximum", found):
        return [f"{where}: out of range"]
    return [*_of_object(found, rule, where), *_of_array(found, rule, where)]


def _of_object(found: Any, rule: dict[str, Any], where: str) -> list[str]:
    if not isinstance(found, dict):
        return []
    missing = [f"{where}/{key}: missing" for key in rule.get("required", []) if key not in found]
    properties = rule.get("properties", {})
    unknown = [f"{where}/{key}: unknown" for key in found if key not in properties]
    inside = [
        fault
        for key, each in found.items()
        if key in properties
        for fault in faults(each, properties[key], f"{where}/{key}")
    ]
    return missing + (unknown if rule.get("additionalProperties") is False else []) + inside


def _of_array(found: Any, rule: dict[str, Any], where: str) -> list[str]:
    if not isinstance(found, list):
        return []
    many = [f"{where}: too many"] if len(found) > rule.get("maxItems", len(found)) else []
    return many + [f for n, each in enumerate(found) for f in faults(each, rule["items"], f"{where}[{n}]")]


def test_the_published_schema_is_what_the_catalogue_says():
    published = (ROOT / "docs" / "declaration.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), "make it again as docs/handbook/messages.md says"


def test_a_declaration_with_every_field_keeps_to_it():
    assert faults(full_body(), SCHEMA) == []
    assert faults(to_body(from_body(full_body(), kz())), SCHEMA) == []


def test_the_samples_keep_to_it():
    folder = paths.shipped("resources") / "samples"
    for path in folder.glob("*.json") if folder.is_dir() else ():
        body = json.loads(path.read_text(encoding="utf-8"))
        if body.get("format") == "swclient-declaration":
            assert faults(body, SCHEMA) == [], path.name


def broken(**changes: Any) -> dict[str, Any]:
    return {**full_body(), **changes}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (broken(format="other"), "/format: not swclient-declaration"),
        (broken(version=2), "/version: out of range"),
        (broken(nonsense={}), "/nonsense: unknown"),
        (broken(header={"nonsense": "1"}), "/header/nonsense: unknown"),
        (broken(header=[]), "/header: list"),
        (broken(item={}), "/item: dict"),
        (broken(item=[{"gross_mass": 120.5}]), "/item[0]/gross_mass: float"),
        (broken(item=[{}] * 1000), "/item: too many"),
        (broken(item=[{"package": [{"kind": None}]}]), "/item[0]/package[0]/kind: NoneType"),
        (broken(item=[{"charges": "1"}]), "/item[0]/charges: unknown"),
    ],
)
def test_what_is_no_declaration_does_not_keep_to_it(body, says):
    assert says in faults(body, SCHEMA)


def test_what_a_person_typed_wrongly_is_still_a_declaration():
    assert faults(broken(item=[{"gross_mass": "12 boxes"}]), SCHEMA) == []
