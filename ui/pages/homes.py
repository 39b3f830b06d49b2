# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which page a value is to be found on, without building any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.document.path import Path

# Where the fields of a section are mostly to be found; those of the head are told apart by their group.
_HOMES = {
    "cost": 0,
    "person": 1,
    "arrival_means": 2,
    "border_means": 2,
    "transit_office": 2,
    "seal": 2,
    "item": 3,
    "package": 3,
    "container": 3,
    "charge": 3,
    "document": 4,
    "previous": 4,
    "payment": 5,
    "guarantee": 5,
    "cmr": 6,
    "tir": 6,
    "manifest": 6,
    "consignment": 6,
    "application": 6,
    "office": 6,
    "line": 3,
}


_GROUPS = {"transport": 2, "transit": 2, "payments": 5}


def page_of(path: Path, field: Field | None) -> int:
    """Return the page that a value stands on; the head is told apart by the groups of its fields."""
    if path.table in _HOMES:
        return _HOMES[path.table]
    if path.table != "header":
        return 1
    return _GROUPS.get(field.group, 0) if field is not None else 0
