# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A catalogue and profiles of one's own, written file by file."""

from pathlib import Path

import pytest

from swclient.catalogue.loader import load_profile

TABLES = """
[header]
label = "Declaration"
[party]
label = "Party"
as = { exporter = "Exporter", consignee = "Consignee" }
[item]
label = "Goods item"
many = true
max = 999
[package]
label = "Packages"
many = true
parent = "item"
"""
FIELDS = """
"header.date" = { kind = "date", label = "Date", group = "declaration", box = "1" }
"party.name" = { kind = "text:150", label = "Name" }
"item.gross_mass" = { kind = "mass:3", label = "Gross mass", box = "35" }
"package.kind" = { kind = "code:package_kinds", label = "Kind of packages", box = "31.1" }
"""


class Home:
    """A folder like `resources`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("catalogue/tables.toml", TABLES)
        self.write("catalogue/fields.toml", FIELDS)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def profile(self, code="XX", facts='country = "XX"\nversion = "1"\n', **files):
        """Write a profile: `boxes="..."` becomes boxes.toml; and return it, loaded."""
        self.write(f"profiles/{code}/profile.toml", facts)
        for name, text in files.items():
            self.write(f"profiles/{code}/{name}.toml", text)
        return load_profile(code, self.root)


@pytest.fixture
def home(tmp_path):
    """A catalogue of four sections and four fields, without profiles."""
    return Home(tmp_path)
