# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mapping is kept as JSON; one that cannot be used is refused with the place that is wrong."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.errors import DataError, UserError
from swclient.catalogue.loader import load_profile
from swclient.exchange.mapping import (
    READS,
    Column,
    Label,
    Mapping,
    Table,
    check_fields,
    from_data,
    load_mapping,
    save_mapping,
    to_data,
)
from swclient.exchange.workbook_values import _READERS
from swclient.exchange.workbook_words import plain_words, read_words_toml, words_folder
from tests.exchange.workbooks import SAMPLES, saved_mapping, small_mapping

TEXTS = st.text(max_size=8)
SOME = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
FIELDS = st.lists(st.sampled_from(["item.code", "header.currency", "cost.amount"]), min_size=1, max_size=2).map(tuple)
READ = st.sampled_from(READS)
MAPPINGS = st.builds(
    Mapping,
    TEXTS,
    st.lists(
        st.builds(
            Table,
            SOME,
            st.lists(st.builds(Column, SOME, READ, FIELDS, TEXTS), min_size=1, max_size=3).map(tuple),
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
    st.lists(st.builds(Label, SOME, SOME, READ, FIELDS, st.just((("kind", "17"),))), max_size=2).map(tuple),
    st.sampled_from(["", ",", "."]),
)


@given(MAPPINGS)
def test_a_mapping_comes_back_from_json_as_it_was(mapping: Mapping) -> None:
    assert from_data(json.loads(json.dumps(to_data(mapping)))) == mapping


def test_a_mapping_is_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "supplier.json"
    save_mapping(saved_mapping(), path)
    assert load_mapping(path) == saved_mapping()
    assert [each.name for each in tmp_path.iterdir()] == ["supplier.json"]


def test_every_way_to_read_that_a_mapping_may_name_exists() -> None:
    assert set(READS) == set(_READERS)


def broken(change: Any) -> dict[str, Any]:
    data = deepcopy(to_data(small_mapping()))
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.pop("format"), "must read swclient-workbook-mapping"),
        (lambda d: d.update(version=2), "newer program"),
        (lambda d: d.update(version="1"), "newer program"),
        (lambda d: d.update(decimal=";"), "decimal sign"),
        (lambda d: d.update(tables=[]), "at least one table"),
        (lambda d: d.update(tables="all"), "“tables”"),
        (lambda d: d.update(colour="red"), "“colour”"),
        (lambda d: d["tables"][0].update(columns=[]), "“columns” at tables[1]"),
        (
            lambda d: d["tables"][0]["columns"][1].update(reads="magic"),
            "tables[1].columns[2] reads = “magic”",
        ),
        (lambda d: d["tables"][0]["columns"][1].update(captions="no"), "“captions”"),
        (lambda d: d["tables"][0]["columns"][1].update(captions=[]), "“captions”"),
        (lambda d: d["tables"][0]["columns"][1].update(fields=["gross"]), "“fields”"),
        (lambda d: d["tables"][0]["columns"][1].update(formula="=1"), "“formula”"),
        (
            lambda d: d.update(labels=[{"sheets": [], "words": [], "reads": "text", "fields": ["header.date"]}]),
            "“words” at labels[1]",
        ),
        (
            lambda d: d.update(
                labels=[
                    {
                        "sheets": [],
                        "words": ["x"],
                        "reads": "text",
                        "fields": ["cost.amount"],
                        "row": {"kind": 17},
                    }
                ]
            ),
            "“row”",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_by_place(change: Any, words: str) -> None:
    with pytest.raises(UserError) as caught:
        from_data(broken(change))
    assert words in str(caught.value)


@pytest.mark.parametrize("text", ["", "[]", "nonsense", '"text"', "3"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        load_mapping(path)


def test_a_mapping_onto_a_field_that_nobody_knows_is_refused_by_name() -> None:
    mapping = small_mapping(Column(("x",), "text", ("item.colour",)), Column(("y",), "text"))
    with pytest.raises(UserError, match=r"item\.colour"):
        check_fields(mapping, load_profile("KZ"))


def test_the_saved_mapping_of_the_sample_holds_no_position() -> None:
    text = (SAMPLES / "supplier-invoice.mapping.json").read_text(encoding="utf-8")
    assert not any(word in text for word in ("row_number", "A1", "column_index"))


# ---- the words that came with the program --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["columns.toml", "labels.toml"])
def test_every_caption_means_fields_that_exist_and_a_way_to_read_them(name: str) -> None:
    profile = load_profile("KZ")
    for entry, row in read_words_toml(words_folder() / name).items():
        assert row["reads"] in READS, entry
        assert all(field in profile.fields for field in row.get("fields", ())), entry
        assert all(plain_words(word) for word in row["words"]), entry


def test_no_caption_means_two_columns() -> None:
    rows = read_words_toml(words_folder() / "columns.toml")
    said = [plain_words(word) for row in rows.values() for word in set(map(plain_words, row["words"]))]
    assert sorted(said) == sorted(set(said))


def test_codes_of_units_packages_countries_and_currencies_are_in_their_lists() -> None:
    from swclient.exchange.workbook_words import load_words

    words, profile = load_words(), load_profile("KZ")
    told = {
        "units": {unit.code for unit in words.units.values()},
        "package_kinds": set(words.packages.values()),
        "countries": set(words.countries.values()),
        "currencies": set(words.currencies.values()) | set(words.signs.values()),
    }
    for name, codes in told.items():
        entries = profile.code_list(name)
        assert entries is not None, name
        assert [code for code in sorted(codes) if code not in entries] == [], name


def test_words_without_a_source_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text('totals = ["total"]\n', encoding="utf-8")
    with pytest.raises(DataError, match="source"):
        read_words_toml(path)
