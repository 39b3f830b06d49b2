# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which page a value is to be found on, without building any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.document.path import SINGLE, Path

if TYPE_CHECKING:
    from swclient.catalogue.field import Field
    from swclient.catalogue.layout import Layout
    from swclient.catalogue.profile import Profile

# Where the fields of a section are mostly to be found; those of the head are told apart by their group.
_HOMES = {
    "cost": "header",
    "person": "parties",
    "arrival_means": "transport",
    "border_means": "transport",
    "transit_office": "transport",
    "seal": "transport",
    "item": "goods",
    "line": "goods",
    "package": "goods",
    "container": "goods",
    "charge": "goods",
    "document": "documents",
    "previous": "documents",
    "payment": "payments",
    "guarantee": "payments",
    "cmr": "papers",
    "tir": "papers",
    "manifest": "papers",
    "consignment": "papers",
    "application": "papers",
    "office": "papers",
}
_GROUPS = {"transport": "transport", "packages": "transport", "transit": "transport", "payments": "payments"}


def page_of(path: Path, field: Field | None, layout: Layout) -> str:
    """Return the name of the page that a value stands on: the one that the profile says, or else the usual one."""
    if path.table == "header":
        usual = _GROUPS.get(field.group, "header") if field is not None else "header"
    else:
        usual = _HOMES.get(path.table, "parties")
    return layout.page_of(path.field_id) or usual


def home_of(field: Field, profile: Profile) -> str:
    """Return the name of the page that a field stands on."""
    return page_of(Path(field.table, SINGLE, field.name), field, profile.layout)


def pages_in_use(profile: Profile) -> set[str]:
    """Return the names of the pages on which a profile shows anything."""
    return {home_of(field, profile) for field in profile.fields.values() if field.shown}
