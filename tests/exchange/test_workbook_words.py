# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells that are words: packages, countries, days, codes, containers, delivery terms."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.exchange.workbook_file import Value
from swclient.exchange.workbook_numbers import CellError
from swclient.exchange.workbook_values import Said, read_value
from swclient.exchange.workbook_words import load_words

WORDS = load_words()


def read(value: Value, reads: str, decimal: str = "") -> Said:
    return read_value(value, reads, WORDS, decimal)


def rows(value: Value, reads: str, decimal: str = "") -> tuple[tuple[str, ...], ...]:
    return read(value, reads, decimal).rows


def refusal(value: Value, reads: str, decimal: str = "") -> str:
    with pytest.raises(CellError) as caught:
        read(value, reads, decimal)
    return caught.value.reason.text()


def test_packages_of_several_kinds_are_rows_of_their_own() -> None:
    said = read("10 ctns + 2 pallets", "packages")
    assert said.rows == (("CT", "10"), ("PX", "2"))
    assert said.figure == 12
    assert rows(Decimal(5), "packages") == (("", "5"),)
    assert "barrow" in refusal("5 barrows", "packages")
    assert "whole" in refusal("2.5 ctns", "packages")


@pytest.mark.parametrize(
    "text",
    ["China", "中国", "Made in China", "P.R. China", "КНР", "CN", "made in P.R.C.", "原产国：中国"],
)
def test_china_is_known_by_many_names(text: str) -> None:
    assert rows(text, "country") == (("CN",),)


@pytest.mark.parametrize("text", ["not China", "China or Korea", "Atlantis", "CNN"])
def test_a_country_that_is_not_told_plainly_is_refused(text: str) -> None:
    assert refusal(text, "country") == "not the name of a country that we know"


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-09",
        "09.11.2026",
        "9.11.2026 г.",
        "2026/11/09",
        "2026年11月9日",
        "Nov. 9, 2026",
        "9 November 2026",
        "November 9th, 2026",
        "9 ноября 2026 г.",
        "2026.11.09",
    ],
)
def test_one_day_is_written_in_many_ways(text: str) -> None:
    assert rows(text, "date") == (("2026-11-09",),)
    assert rows(date(2026, 11, 9), "date") == (("2026-11-09",),)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_day_with_slashes_is_read_only_where_it_can_mean_one_day(day: date) -> None:
    text = f"{day:%d/%m/%Y}"
    if day.day > 12 or day.day == day.month:
        assert rows(text, "date") == ((day.isoformat(),),)
        assert rows(f"{day:%m/%d/%Y}", "date") == ((day.isoformat(),),)
    else:
        with pytest.raises(CellError) as caught:
            read(text, "date")
        assert caught.value.keep == (f"{text} ?",)


@pytest.mark.parametrize(
    "text",
    ["31.02.2026", "9 Nov 26", "soon", "2026-13-01", "Nov 2026", "09.11.1926", "9 Nov Dec 2026"],
)
def test_what_is_no_day_of_our_time_is_refused(text: str) -> None:
    refusal(text, "date")


def test_a_code_keeps_its_digits_and_a_number_may_have_lost_a_zero() -> None:
    assert rows("8481.80.819.9", "code") == (("8481808199",),)
    assert rows("0207 14 200 1", "code") == (("0207142001",),)
    assert rows(Decimal(8481808199), "code") == (("8481808199",),)
    said = read(Decimal(207142001), "code")
    assert said.rows == (("207142001",),)
    assert said.doubt is not None
    assert refusal("8481 bis", "code") == "not a commodity code"


def test_containers_are_read_one_by_one_and_never_mended() -> None:
    assert rows("QZDU 203041-9 / QZDU2030635", "containers") == (("QZDU2030419",), ("QZDU2030635",))
    assert rows("qzdu2030638", "containers") == (("QZDU2030638",),)
    assert refusal("QZDU20304", "containers") == "a container number is four letters and seven digits"
    refusal("QZDU2030419 and another", "containers")


def test_a_delivery_term_comes_with_its_place() -> None:
    assert rows("FCA Urumqi (Incoterms 2020)", "terms") == (("FCA", "Urumqi"),)
    assert rows("DAP, Almaty, Kazakhstan", "terms") == (("DAP", "Almaty, Kazakhstan"),)
    assert rows("exw", "terms") == (("EXW", ""),)
    refusal("ABC Urumqi", "terms")
    refusal("Urumqi", "terms")


def test_line_numbers_units_currencies_and_words() -> None:
    assert rows("01.", "line") == (("1",),)
    assert refusal("1a", "line") == "not the number of a line"
    assert rows("双", "unit") == (("715",),)
    assert refusal("score", "unit") == "not a unit of measure that we know"
    assert rows("US$", "currency") == (("USD",),)
    assert refusal("doubloons", "currency") == "not a currency that we know"
    assert rows("  two \n words ", "text") == (("two words",),)
    assert rows(Decimal("6205.0"), "text") == (("6205",),)
