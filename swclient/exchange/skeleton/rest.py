# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Statements for what a message has no element of its own for: one pattern, filled in for every field that is left.

`<sw:rest sections="header item">` holds the pattern. For each field of these sections that stands nowhere else in the
skeleton and is not listed as not carried, the pattern is put there with the field and the code of its statement. A
section that repeats becomes one statement a row, its fields packed into one text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from swclient.base.errors import DataError
from swclient.catalogue.kinds import Given
from swclient.exchange.skeleton.nodes import REST, Node

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile

_ANY = "*"
_LONGEST_CODE = 17  # what the data model gives to the code of a statement


def fill_rest(root: Node, profile: Profile, left: Collection[str], path: Path) -> None:
    """Put the statements in, wherever the skeleton wants them.

    Args:
        root: the skeleton; changed in place.
        profile: whose fields.
        left: fields that are not carried.
        path: the file, for an error.

    Raises:
        DataError: two statements would have the same code.
    """
    placed = set(left) | set(_placed(root))
    _fill(root, profile, placed, path)


def _placed(node: Node) -> Iterator[str]:
    if "field" in node.marks:
        yield node.marks["field"]
    if "with" in node.marks:
        yield node.marks["with"].partition("=")[2]
    for child in node.children:
        yield from _placed(child)


def _fill(node: Node, profile: Profile, placed: set[str], path: Path) -> None:
    filled: list[Node] = []
    for child in node.children:
        if child.tag == REST:
            filled += _statements(child, profile, placed, path)
        else:
            _fill(child, profile, placed, path)
            filled.append(child)
    node.children = filled


def _statements(rest: Node, profile: Profile, placed: set[str], path: Path) -> list[Node]:
    pattern = rest.children[0]
    made: dict[str, Node] = {}
    for table in rest.marks["sections"].split():
        chosen = [field for field in _fields(profile, table) if field.id not in placed]
        for code, node in _of_section(pattern, profile, table, chosen):
            if code in made:
                raise DataError("Two statements would have the code {code}", file=path, row=table, code=code)
            made[code] = node
    return list(made.values())


def _fields(profile: Profile, table: str) -> list[Field]:
    found = profile.table_fields(table).values() if table in profile.tables else ()
    return [field for field in found if not field.derived and not isinstance(field.kind, Given)]


def _of_section(pattern: Node, profile: Profile, table: str, fields: list[Field]) -> Iterator[tuple[str, Node]]:
    if profile.tables[table].many and table != "item":
        if fields:
            packed = _stated(pattern, table, {"pack": " ".join(field.name for field in fields), "field": fields[0].id})
            packed.marks = {**packed.marks, "each": table}
            yield table, packed
        return
    boxes = [field.box for field in profile.fields.values()]
    for field in fields:
        code = field.box if field.box and boxes.count(field.box) == 1 else _name(field)
        yield code[:_LONGEST_CODE], _stated(pattern, code[:_LONGEST_CODE], {"field": field.id})


def _name(field: Field) -> str:
    return field.name if field.table in {"header", "item"} else field.id


def _stated(node: Node, code: str, marks: dict[str, str]) -> Node:
    """Return a copy of the pattern: `*` as a field is the field, `*` as a text is the code."""
    own = {**node.marks, **marks} if node.marks.get("field") == _ANY else dict(node.marks)
    text = code if node.text == _ANY else node.text
    return replace(node, marks=own, text=text, children=[_stated(each, code, marks) for each in node.children])
