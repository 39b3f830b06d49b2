# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A national profile: the neutral catalogue with a country's folder of data laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from swclient.catalogue.codelist import CodeList, read_list
from swclient.catalogue.field import Field, TableSpec
from swclient.catalogue.layout import Layout


@dataclass(frozen=True)
class Profile:
    """One country's way to declare.

    Attributes:
        code: folder name.
        version: version of the data.
        facts: what profile.toml says: name, country, currency, languages, time zone, ...
        tables: sections by name, in order.
        fields: fields by id, in order.
        rules: rows of rules.toml by code, parents' rows first.
        rates: rows of rates.toml by name.
        folders: this profile's folder first, then its parents', then the neutral one.
        layout: where its form has its boxes, if that is not where the window has them anyway.
    """

    code: str
    version: str
    facts: Mapping[str, Any]
    tables: Mapping[str, TableSpec]
    fields: Mapping[str, Field]
    rules: Mapping[str, Mapping[str, Any]]
    rates: Mapping[str, Any]
    folders: tuple[Path, ...]
    layout: Layout = field(default_factory=Layout)
    _lists: dict[str, CodeList | None] = field(default_factory=dict)

    @cached_property
    def _by_table(self) -> dict[str, dict[str, Field]]:
        found: dict[str, dict[str, Field]] = {name: {} for name in self.tables}
        for each in self.fields.values():
            found[each.table][each.name] = each
        return found

    def table_fields(self, table: str) -> dict[str, Field]:
        """Return the fields of a section by name, in order."""
        return self._by_table[table]

    def field(self, field_id: str) -> Field:
        """Return a field by id.

        Raises:
            KeyError: the profile has no such field.
        """
        return self.fields[field_id]

    def code_list(self, name: str) -> CodeList | None:
        """Return a code list, the country's own before its parent's; None when there is none."""
        if name not in self._lists:
            path = self.find(f"lists/{name}.csv")
            self._lists[name] = read_list(path) if path else None
        return self._lists[name]

    def find(self, name: str) -> Path | None:
        """Return a file of the profile by its name within the folder, the country's own before its parents'."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        return None

    def law_confirmed(self, law: str) -> bool:
        """Tell whether the source that a row names is confirmed (`[laws]` in profile.toml)."""
        laws: Mapping[str, Any] = self.facts.get("laws", {})
        return any(law.startswith(name) and bool(row.get("confirmed")) for name, row in laws.items())

    def by_box(self, box: str) -> list[Field]:
        """Return the fields of a box and its parts: “31” finds 31, 31.1, 31.2, ..."""
        return [each for each in self.fields.values() if each.box == box or each.box.startswith(box + ".")]
