# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every code list is there, says where it comes from, and holds codes that can be typed."""

import csv
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from swclient.base import paths
from swclient.catalogue.codelist import CodeList, read_list
from swclient.catalogue.kinds import Code
from swclient.catalogue.loader import load_profile, profile_codes

RESOURCES = paths.shipped("resources")
FILES = sorted(RESOURCES.glob("**/lists/*.csv"))
SAMPLES = [
    file
    for file in sorted((RESOURCES / "samples").glob("*.json"))
    if json.loads(file.read_text(encoding="utf-8")).get("format") == "swclient-declaration"
]


@pytest.fixture(params=FILES, ids=lambda file: f"{file.parent.parent.name}-{file.stem}")
def file(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()[1:]))


def kazakh(name: str) -> CodeList:
    found = load_profile("KZ").code_list(name)
    assert found is not None
    return found


@pytest.mark.parametrize("code", profile_codes())
def test_every_list_that_a_field_names_is_there(code: str) -> None:
    profile = load_profile(code)
    named = {f.kind.list_name for f in profile.fields.values() if f.kind.list_name}
    assert {name for name in named if profile.code_list(name) is None} == set()


def test_a_list_says_its_source_and_when_it_was_taken(file: Path) -> None:
    found = read_list(file)
    assert found.source
    assert date.fromisoformat(found.taken) <= date(2100, 1, 1)
    assert re.search(r"; confirmed=(true|false)$", file.read_text(encoding="utf-8").splitlines()[0])


def test_a_code_stays_as_it_is_when_typed(file: Path) -> None:
    # A field keeps codes in capitals and cuts at a blank: a list of other codes matches nothing.
    kind = Code("code", file.stem)
    assert [code for code in read_list(file).entries if kind.parse(code) != code] == []


def test_every_code_has_names_in_english_and_russian(file: Path) -> None:
    assert [row["code"] for row in rows(file) if not (row["name_en"] and row["name_ru"])] == []


def test_no_name_is_damaged(file: Path) -> None:
    names = [text for row in rows(file) for key, text in row.items() if key.startswith("name_")]
    assert [text for text in names if text != " ".join(text.split()) or text.endswith((".", ","))] == []
    assert [text for text in names if re.search(r"\?|\ufffd|^\d+\.\d", text)] == []


def test_no_cyrillic_name_hides_a_latin_letter_inside_a_word(file: Path) -> None:
    mixed = re.compile(r"[а-яё][a-z]|[a-z][а-яё]", re.IGNORECASE)
    names = [row["name_ru"] for row in rows(file)]
    assert [text for text in names if mixed.search(text)] == []


def test_days_of_a_code_are_in_order(file: Path) -> None:
    for entry in read_list(file).entries.values():
        if entry.valid_from and entry.valid_to:
            assert entry.valid_from <= entry.valid_to, entry.code


def test_countries_are_those_of_iso_and_the_three_that_the_union_adds() -> None:
    neutral = read_list(RESOURCES / "catalogue" / "lists" / "countries.csv")
    assert len(neutral.entries) == 249
    assert set(kazakh("countries").entries) - set(neutral.entries) == {"00", "99", "EU"}
    assert kazakh("countries").get("CN").more["form_name"] == "КИТАЙ"


def test_a_currency_that_was_withdrawn_is_good_only_on_older_days() -> None:
    currencies = kazakh("currencies")
    assert currencies.get("HRK", date(2022, 6, 1))
    assert currencies.get("HRK", date(2026, 11, 20)) is None
    assert currencies.get("KZT", date(2026, 11, 20)).more["numeric"] == "398"


def test_procedures_are_told_apart_by_direction() -> None:
    directions = kazakh("directions")
    for entry in kazakh("procedures").entries.values():
        assert set(entry.more["direction"].split("/")) <= set(directions.entries), entry.code
    assert kazakh("procedures").get("40").more["direction"] == "ИМ"
    assert "00" in kazakh("previous_procedures")


def test_only_bulk_goods_have_no_package_count() -> None:
    bulk = {e.code for e in kazakh("package_kinds").entries.values() if e.more.get("bulk") == "1"}
    assert bulk == {"VG", "VL", "VO", "VQ", "VR", "VS", "VY"}
    assert len(kazakh("package_kinds").entries) == 364


def test_costs_are_added_or_deducted_by_a_basis_that_exists() -> None:
    kinds = kazakh("cost_kinds").entries
    assert {e.more["effect"] for e in kinds.values()} == {"add", "deduct"}
    assert {e.more["basis"] for e in kinds.values()} <= set(kazakh("cost_bases").entries)
    assert {c for c, e in kinds.items() if e.more["effect"] == "deduct"} == {"21", "22", "23"}


@pytest.mark.parametrize("payment", ["fee", "duty", "excise", "vat"])
def test_preferences_say_what_they_do_to_the_charge(payment: str) -> None:
    entries = kazakh(f"preferences_{payment}").entries.values()
    effects = {"none", "not_levied", "exempt", "percent", "agreement"}
    assert {entry.more["effect"] for entry in entries} <= effects
    assert [e.code for e in entries if ("percent" in e.more) != (e.more["effect"] == "percent")] == []
    assert [entry.code for entry in entries if entry.more["effect"] == "none"] == (
        ["О"] if payment == "excise" else ["ОО"]
    )


def test_sample_offices_are_marked_as_such() -> None:
    offices = kazakh("offices")
    assert all(entry.more.get("is_sample") == "1" for entry in offices.entries.values())
    assert not offices.confirmed


def test_units_of_pieces_are_whole_and_known_to_trade() -> None:
    units = kazakh("units").entries
    assert units["796"].more == {"sign_en": "pc", "sign_ru": "шт", "rec20": "NMB", "whole": "1"}
    assert {"006", "055", "112", "166", "715", "796", "839"} <= set(units)
    assert "whole" not in units["166"].more


def test_names_of_countries_and_currencies_are_those_of_the_locked_babel() -> None:
    script = paths.shipped("resources").parent / "packaging" / "make_lists.py"
    if not script.is_file():
        pytest.skip("the script stands in a checkout only")
    found = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def _codes(body: dict, table: str, profile: object) -> list[tuple[str, str, str]]:
    found = []
    for name, value in body.items():
        if isinstance(value, list):
            found += [each for row in value for each in _codes(row, name, profile)]
        elif isinstance(value, dict):
            found += _codes(value, name, profile)
        elif f"{table}.{name}" in profile.fields:
            field = profile.fields[f"{table}.{name}"]
            if field.kind.list_name and value:
                found.append((field.id, field.kind.list_name, field.kind.parse(value)))
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_every_code_of_a_sample_is_in_its_list_on_its_day(sample: Path) -> None:
    body = json.loads(sample.read_text(encoding="utf-8"))
    profile = load_profile(body["profile"])
    day = date.fromisoformat(body["header"]["date"])
    codes = _codes(body, "", profile)
    assert codes
    unknown = [(where, code) for where, name, code in codes if not profile.code_list(name).get(code, day)]
    assert unknown == []
