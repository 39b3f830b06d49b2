# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where values came from: kept with the value, not with the box; written and read back, also as it was kept before."""

from __future__ import annotations

from swclient.catalogue.loader import load_profile
from swclient.document.declaration import Declaration
from swclient.document.path import SINGLE, Path
from swclient.document.provenance import Sources, from_data, kind_of, source_text, to_data, told
from tests.declarations import today

NAME, CITY = (Path("consignee", SINGLE, field) for field in ("name", "city"))


def test_a_source_belongs_to_the_value_and_comes_back_with_it() -> None:
    declaration = Declaration(load_profile("KZ", day=today()))
    values = declaration.tables["consignee"][SINGLE].values
    sources = Sources(declaration)
    values["name"] = "Alpha"
    sources[NAME] = source_text("register", "Alpha", "2026-11-20")
    values["name"] = "Beta"
    assert (sources.get(NAME), list(sources.items())) == ("", [])
    sources[NAME] = "prices.xlsx C5"
    assert told(sources.get(NAME)).text() == "from prices.xlsx C5"
    values["name"] = "Alpha"
    assert told(sources.get(NAME)).text() == "from the register: Alpha, kept 2026-11-20"
    del values["name"]
    assert sources.get(NAME) == ""


def test_sources_are_written_and_read_back_and_those_of_versions_before_are_read() -> None:
    found = {NAME: "prices.xlsx C5", CITY: source_text("template", "Valves"), Path("item", 7, "code"): "prices.xlsx C5"}
    assert from_data(to_data(found.items())) == found
    assert from_data({"consignee 0 name": "prices.xlsx C5"}) == {NAME: "prices.xlsx C5"}


def test_a_file_is_a_file_whatever_its_name_is() -> None:
    assert [kind_of(each) for each in ("register", "template.xlsx A1", "odd\tname.xlsx A1")] == ["file"] * 3
