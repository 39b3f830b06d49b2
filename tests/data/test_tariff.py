# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample tariff holds together, and duty rates are read as the tariff writes them."""

from datetime import date
from decimal import Decimal

import pytest

from swclient.base.errors import DataError
from swclient.catalogue.duty_text import DutyRate, Elementary, read_duty
from swclient.catalogue.loader import load_profile
from swclient.catalogue.reference import Reference

DAY = date(2026, 11, 20)
PERCENT_10 = Elementary("%", Decimal(10))
HALF_EURO_A_KILOGRAM = Elementary("*", Decimal("0.5"), "EUR", "166")
SAMPLE_CODES = {
    "8481808199": ("", "5"), "8482109008": ("", "8"), "8544429009": ("", "10"),
    "8536699008": ("", "10"), "8539520000": ("796", "5"), "8467211000": ("796", "0"),
    "8508110000": ("796", "5"), "9403208009": ("", "15"),
    "6911100000": ("", "10 but not less than 0.5 EUR/166"),
    "6404199000": ("715", "0.65 EUR/715"), "5407520000": ("055", "7.5"), "3506919000": ("", "6.5"),
}  # fmt: skip


@pytest.fixture(scope="module")
def kz() -> Reference:
    return Reference(load_profile("KZ"))


@pytest.mark.parametrize(
    ("text", "first", "sign", "second", "plus"),
    [
        ("10", PERCENT_10, "", None, None),
        ("10 %", PERCENT_10, "", None, None),
        ("0.4 EUR/796", Elementary("*", Decimal("0.4"), "EUR", "796"), "", None, None),
        ("10 but not less than 0.5 EUR/166", PERCENT_10, "max", HALF_EURO_A_KILOGRAM, None),
        ("10 %, but not less than 0.5 EUR/166", PERCENT_10, "max", HALF_EURO_A_KILOGRAM, None),
        ("10 but not more than 0.5 EUR/166", PERCENT_10, "min", HALF_EURO_A_KILOGRAM, None),
        ("10 plus 0.5 EUR/166", PERCENT_10, "", None, HALF_EURO_A_KILOGRAM),
        (
            "10 but not less than 0.5 EUR/166 plus 10",
            PERCENT_10, "max", HALF_EURO_A_KILOGRAM, PERCENT_10,
        ),
    ],
)  # fmt: skip
def test_a_duty_is_read_as_the_tariff_writes_it(text, first, sign, second, plus) -> None:
    assert read_duty(text, file="tariff") == DutyRate(first, sign, second, plus, text)


@pytest.mark.parametrize(
    "text",
    ["", "free", "10,5", "-5", "5 EUR", "5 EUR/kg", "5 EUR/16", "10 but not less than", "10 plus",
     "10 or 0.5 EUR/166", "5 euro/166", "10 10", "1e3", "١٠x"],
)  # fmt: skip
def test_a_duty_that_cannot_be_read_is_refused_by_file_and_row(text: str) -> None:
    with pytest.raises(DataError, match=r"tariff\.csv: 17: “.*” is not a duty rate"):
        read_duty(text, file="tariff.csv", row=17)


def test_a_rate_says_its_parts_and_whether_anything_can_come_of_it() -> None:
    assert read_duty("10 plus 0.5 EUR/166", file="t").parts == (PERCENT_10, HALF_EURO_A_KILOGRAM)
    assert HALF_EURO_A_KILOGRAM.per == "EUR/166"
    assert PERCENT_10.per == ""
    assert read_duty("0", file="t").free
    assert not read_duty("0 but not less than 0.1 EUR/166", file="t").free


def test_codes_have_four_six_or_ten_digits(kz: Reference) -> None:
    codes = kz.tariff_codes()
    assert [code for code in codes if not (code.isdigit() and len(code) in {4, 6, 10})] == []
    assert sum(len(code) == 10 for code in codes) >= 150


def test_ten_digits_are_final_and_shorter_codes_are_headings(kz: Reference) -> None:
    for code in kz.tariff_codes():
        line = kz.tariff_line(code, DAY)
        assert line is not None, code
        assert line.final == (len(code) == 10), code
        assert (line.duty is not None) == line.final, code
        assert line.names["en"], code
        assert line.names["ru"], code


def test_every_line_stands_under_its_headings(kz: Reference) -> None:
    codes = set(kz.tariff_codes())
    lines = {code for code in codes if len(code) == 10}
    assert {code for code in lines if not {code[:4], code[:6]} <= codes} == set()
    assert {code for code in codes - lines if not any(c.startswith(code) for c in lines)} == set()


def test_units_and_currencies_of_duties_are_in_the_lists(kz: Reference) -> None:
    units, currencies = (kz.profile.code_list(name) for name in ("units", "currencies"))
    for code in kz.tariff_codes():
        line = kz.tariff_line(code, DAY)
        assert not line.unit or line.unit in units, code
        for part in line.duty.parts if line.duty else ():
            assert part.kind == "%" or (part.unit in units and part.currency in currencies), code


def test_the_sample_tariff_says_that_it_is_one(kz: Reference) -> None:
    line = kz.tariff_line("8481808199", DAY)
    assert "SAMPLE" in line.source
    assert not line.confirmed


@pytest.mark.parametrize("code", SAMPLE_CODES)
def test_the_lines_of_the_sample_declaration_are_there(kz: Reference, code: str) -> None:
    line = kz.tariff_line(code, DAY)
    assert (line.unit, line.duty.text) == SAMPLE_CODES[code]


def test_a_line_is_found_as_it_stood_on_the_day(kz: Reference) -> None:
    assert kz.tariff_line("8703800002", date(2025, 12, 31)).duty.free
    changed = kz.tariff_line("8703800002", date(2026, 1, 1))
    assert changed.duty.first.value == 15
    assert changed.id == "tariff.8703800002.2026-01-01"
    assert kz.tariff_line("8703800002", date(2021, 12, 31)) is None
    assert kz.tariff_line("0000000000", DAY) is None


def test_the_same_question_gives_the_same_line(kz: Reference) -> None:
    assert kz.tariff_line("8481808199", DAY) is kz.tariff_line("8481808199", DAY)


def test_lines_are_found_by_digits_with_blanks_and_by_words(kz: Reference) -> None:
    assert [line.code for line in kz.tariff_find("8539 52")] == ["853952", "8539520000"]
    assert "8481808199" in [line.code for line in kz.tariff_find("Краны ШАРОВЫЕ")]
    assert "8482109008" in [line.code for line in kz.tariff_find("bearings ball")]
    assert kz.tariff_find("unicorns") == []
    assert len(kz.tariff_find("84", limit=3)) == 3


def test_a_code_whose_duty_changed_is_found_once_and_as_it_is_now(kz: Reference) -> None:
    assert [line.duty.text for line in kz.tariff_find("8703800002")] == ["15"]


def test_a_name_is_given_in_a_language_or_the_nearest(kz: Reference) -> None:
    line = kz.tariff_line("8481808199", DAY)
    assert line.name("ru") == "Краны шаровые, прочие"
    assert line.name("kk") == line.name("ru")  # nearer to Kazakh readers than English
    assert line.name("zh") == line.name("en") == "Ball and plug valves, other"
