# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Code lists: finding a code, the days on which it is good, and files that do not fit."""

from datetime import date

import pytest

from swclient.base.errors import DataError
from swclient.catalogue.codelist import read_list

HEAD = "# source=made up; taken=2026-11-01; confirmed=true\n"
UNITS = (
    HEAD
    + """code,name_ru,name_en,valid_from,valid_to,short
796,штука,piece,,,pcs
166,килограмм,kilogram,,,kg
715,пара,pair,2020-01-01,,
055,квадратный метр,square metre,,2025-12-31,m2
"""
)


@pytest.fixture
def read(tmp_path):
    """Write a list and read it."""

    def made(text):
        path = tmp_path / "units.csv"
        path.write_text(text, encoding="utf-8")
        return read_list(path)

    return made


def test_a_list_says_where_it_was_taken_from(read):
    units = read(UNITS)
    assert (units.name, units.source, units.taken, units.confirmed) == ("units", "made up", "2026-11-01", True)


def test_a_code_has_names_and_whatever_else_its_row_says(read):
    entry = read(UNITS).get("796")
    assert entry.name("ru") == "штука"
    assert entry.more == {"short": "pcs"}
    assert "796" in read(UNITS)


def test_a_name_falls_back_to_a_language_there_is(read):
    assert read(UNITS).get("796").name("kk") == "штука"
    assert read(HEAD + "code,name_mn\nA,хайрцаг\n").get("A").name("kk") == "хайрцаг"
    assert read(HEAD + "code\nA\n").get("A").name("kk") == ""


@pytest.mark.parametrize(
    ("code", "day", "good"),
    [
        ("715", date(2019, 12, 31), False),
        ("715", date(2020, 1, 1), True),
        ("055", date(2025, 12, 31), True),
        ("055", date(2026, 1, 1), False),
        ("055", None, False),
        ("715", None, True),
    ],
)
def test_a_code_is_good_from_its_first_day_to_its_last(read, code, day, good):
    assert read(UNITS).entries[code].good_on(day) is good


def test_a_code_that_has_ended_is_not_given_for_a_later_day(read):
    assert read(UNITS).get("055", date(2026, 11, 20)) is None
    assert read(UNITS).get("055") is not None
    assert read(UNITS).get(None) is None


def test_codes_are_found_by_their_beginning_before_names_by_their_parts(read):
    assert [entry.code for entry in read(UNITS).find("7")] == ["796", "715"]
    assert [entry.code for entry in read(UNITS).find("METRE")] == ["055"]
    assert [entry.code for entry in read(HEAD + "code,name_en\nA,xB\nB,y\n").find("b")] == ["B", "A"]


def test_nothing_typed_finds_everything_up_to_the_limit(read):
    assert len(read(UNITS).find("  ")) == 4
    assert len(read(UNITS).find("", limit=2)) == 2


def test_an_unknown_code_is_shown_where_it_would_stand(read):
    units = read(UNITS)
    codes = [entry.code for entry in units.sorted()]
    assert codes == ["055", "166", "715", "796"]
    assert codes[units.nearest("200")] == "715"
    assert codes[units.nearest("999")] == "796"
    assert read(HEAD + "code\n").nearest("1") == 0


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        ("code,name_en\nA,a\n", "1", "first line"),
        (HEAD + "name_en\na\n", "2", "“code”"),
        (HEAD + "code,name_en\nA,a\nB,b\nA,c\n", "5", "A stands twice"),
        (HEAD + "code,valid_from\nA,01.02.2026\n", "3", "year-month-day"),
    ],
)
def test_a_list_that_does_not_fit_is_refused_by_row(read, text, row, said):
    with pytest.raises(DataError) as refused:
        read(text)
    assert refused.value.file.endswith("units.csv")
    assert refused.value.row == row
    assert said in str(refused.value)
