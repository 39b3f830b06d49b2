# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every box that any country shows has help, and its example is one that the box takes."""

import re
from pathlib import Path

import pytest

from swclient.base import i18n, paths
from swclient.base.errors import DataError
from swclient.catalogue.field import Field
from swclient.catalogue.help import help_of, help_rows
from swclient.catalogue.laws import written_out
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.catalogue.profile import Profile
from swclient.engine.functions import functions
from tests.data.test_profiles import CODES

LONGEST = 115  # characters of a text: eight languages are made of it, in a narrow column
WORKED_OUT = {"charges", "totals"}  # kinds that nobody types: their examples say what is seen

RENAMED = {"kz_bin": "kz_number"}  # facts that name a form, and the function that checks it


@pytest.fixture(params=CODES)
def profile(request: pytest.FixtureRequest) -> Profile:
    return load_profile(request.param)


def _shown(profile: Profile) -> list[Field]:
    return [field for field in profile.fields.values() if field.shown]


def test_every_shown_box_says_what_goes_in_an_example_and_a_mistake(profile: Profile) -> None:
    lacking = []
    for field in _shown(profile):
        told = help_of(profile, field)
        lacking += [f"{field.id}: {key}" for key in ("what", "example", "mistake") if not getattr(told, key)]
    assert not lacking


def test_every_example_is_one_that_its_box_takes(profile: Profile) -> None:
    for field in _shown(profile):
        if field.kind.name in WORKED_OUT:
            continue
        example = help_of(profile, field).example
        value = field.kind.parse(example)
        assert value is not None, field.id
        limit = getattr(field.kind, "limit", 0)
        assert not limit or len(example) <= limit, field.id


def test_every_code_of_an_example_stands_in_the_countrys_own_list(profile: Profile) -> None:
    for field in _shown(profile):
        codes = profile.code_list(field.list_name) if field.list_name else None
        if codes is not None:
            example = help_of(profile, field).example
            parts = example.split(",") if field.kind.name == "text" else [field.kind.parse(example)]
            assert all(part in codes for part in parts), f"{field.id}: {example}"


def test_help_rows_name_boxes_that_some_profile_has_and_are_short() -> None:
    root = paths.shipped("resources")
    profiles = [load_profile(code) for code in profile_codes()]
    known = {field.id for each in profiles for field in each.fields.values()}
    known |= {f"{each.tables[field.table].record}.{field.name}" for each in profiles for field in each.fields.values()}
    folders = [root / "catalogue", *sorted((root / "profiles").iterdir())]
    rows = [found for folder in folders for found in help_rows(folder)]
    assert len({file for file, _key, _row in rows}) > len(profiles)
    for file, key, row in rows:
        assert key in known, f"{file.name}: {key}"
        assert all(text.strip() == text and text for text in row.values()), key
        assert all(len(row.get(part, "")) <= LONGEST for part in ("what", "mistake")), key
        assert not {"example", "words"} <= row.keys(), key
        if file.parent.name == "help":
            assert key.partition(".")[0] in {file.stem, *_roles(profiles[0], file.stem)}, f"{file.name}: {key}"


def _roles(profile: Profile, record: str) -> set[str]:
    return {name for name, spec in profile.tables.items() if spec.record == record}


def test_a_later_row_says_only_what_differs() -> None:
    union, country = load_profile("KZ"), load_profile("MN")
    field = union.field("item.code")
    assert help_of(union, field).mistake == help_of(country, country.field("item.code")).mistake
    assert help_of(union, field).what != help_of(country, country.field("item.code")).what
    # A role's row over the record's, and a country's row over both.
    exporter, carrier = (help_of(union, union.field(f"{role}.name")) for role in ("exporter", "carrier"))
    assert exporter.what != carrier.what
    assert help_of(union, union.field("carrier.tax_id")).example == help_of(union, union.field("buyer.tax_id")).example


def test_numbers_of_examples_would_be_taken(profile: Profile) -> None:
    name = profile.facts["tax_id_rule"]
    rules = {"tax_id": functions()[RENAMED.get(name, name)], "container": functions()["iso6346_check"]}
    asked = [field for field in _shown(profile) if field.kind.name in rules]
    assert asked
    for field in asked:
        assert rules[field.kind.name](help_of(profile, field).example), field.id


def test_a_row_of_help_with_an_unknown_key_is_refused_by_file_and_row(tmp_path: Path) -> None:
    (tmp_path / "help.toml").write_text('["item.code"]\nwaht = "Ten digits."\n', encoding="utf-8")
    with pytest.raises(DataError) as told:
        list(help_rows(tmp_path))
    assert "item.code" in str(told.value)
    assert "waht" in str(told.value)


def test_a_law_is_written_out_with_its_place() -> None:
    union = load_profile("KZ")
    told = written_out(union, "Decision 257, box 33")
    assert told.text("en").startswith("Customs Union Commission decision 257 of 20 May 2010")
    assert told.text("en").endswith(", box 33")
    assert told.text("ru").startswith("Решение Комиссии Таможенного союза от 20 мая 2010 г. № 257")
    assert written_out(union, "Unheard-of act, page 7").text("en") == "Unheard-of act, page 7"
    i18n.set_language("en")


def test_boxes_that_help_names_are_boxes_of_the_countrys_form(profile: Profile) -> None:
    """Numbers are the country's own: box 22 of one form is field 37 of another."""
    numbers = {field.box.partition(".")[0] for field in _shown(profile)}
    word = "field" if profile.facts.get("named_by_form") else "box"
    for field in _shown(profile):
        told = help_of(profile, field)
        for text in (told.what, told.mistake):
            for said, number in re.findall(r"\b(box|field) (\d+|[A-J]\b)", text):
                assert (said, number in numbers) == (word, True), f"{field.id}: {text}"
