# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells as suppliers write them: figures, units, days, countries, containers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.decimals import trimmed
from swclient.exchange.mapping import READS
from swclient.exchange.workbook_file import Value, cell_value
from swclient.exchange.workbook_numbers import CellError, read_figure
from swclient.exchange.workbook_values import Said, read_value
from swclient.exchange.workbook_words import load_words

WORDS = load_words()
FIGURES = st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False)
WHOLE = st.integers(0, 10**9)


def read(value: Value, reads: str, decimal: str = "") -> Said:
    return read_value(value, reads, WORDS, decimal)


def rows(value: Value, reads: str, decimal: str = "") -> tuple[tuple[str, ...], ...]:
    return read(value, reads, decimal).rows


def refusal(value: Value, reads: str, decimal: str = "") -> str:
    with pytest.raises(CellError) as caught:
        read(value, reads, decimal)
    return caught.value.reason.text()


def grouped(figure: Decimal | int, group: str, sign: str) -> str:
    return f"{figure:,}".replace(",", "\0").replace(".", sign).replace("\0", group)


# ---- figures -------------------------------------------------------------------------------------------------------


@given(FIGURES, st.sampled_from([" ", "\u00a0", "\u202f", "'", ""]), st.sampled_from([",", "."]))
def test_a_figure_is_read_back_however_it_is_grouped(figure: Decimal, group: str, sign: str) -> None:
    assert read_figure(grouped(figure, group, sign), "")[0] == figure


@given(FIGURES, st.sampled_from([(",", "."), (".", ",")]))
def test_a_figure_grouped_with_one_sign_and_parted_with_the_other_is_read_back(
    figure: Decimal, signs: tuple[str, str]
) -> None:
    assert read_figure(grouped(figure, *signs), "")[0] == figure


@given(st.decimals(0, 10**6, places=6), st.sampled_from(["", ",", "."]))
def test_a_number_cell_is_taken_as_it_is(figure: Decimal, decimal: str) -> None:
    assert read_figure(figure, decimal) == (figure, "")


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([",", "."]))
def test_one_sign_before_three_digits_is_never_guessed(head: int, tail: int, sign: str) -> None:
    text = f"{head}{sign}{tail:03}"
    other = "," if sign == "." else "."
    assert read_figure(text, sign)[0] == Decimal(f"{head}.{tail:03}")
    assert read_figure(text, other)[0] == Decimal(f"{head}{tail:03}")
    with pytest.raises(CellError) as caught:
        read_figure(text, "")
    assert caught.value.keep == (f"{text} ?",)


@given(st.text(max_size=12))
def test_any_text_is_a_figure_or_refused_but_never_half_read(text: str) -> None:
    try:
        figure, unit = read_figure(text, ",")
    except CellError:
        return
    assert figure >= 0
    assert text.strip().endswith(unit) or unit in text
    kept = [sign for sign in text if sign.isascii() and sign.isdigit()]
    assert all(sign in kept for sign in trimmed(figure) if sign.isdigit() and sign != "0")


@pytest.mark.parametrize(
    "text",
    [
        "~14.5?",
        "14.5?",
        "see attached",
        "12-14",
        "10 12",
        "1 2345",
        "1.2.3",
        "1,23,4",
        "-5",
        "(5)",
        "5 %",
        "",
        "∞",
        "1e5",
        "٣",
        "10²",
    ],
)
def test_what_is_not_exactly_a_figure_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        read(text, "number")


def test_a_negative_number_cell_and_a_yes_are_no_figures() -> None:
    assert refusal(Decimal(-1), "mass") == "a negative figure"
    assert refusal(True, "quantity") == "not a figure"


def test_a_figure_beyond_all_measure_is_refused() -> None:
    assert refusal(Decimal("1e300"), "money") == "more than any shipment holds"
    assert refusal("9" * 20, "mass") == "more than any shipment holds"
    assert refusal("9" * 30, "mass") == "more digits than any figure has"


def test_a_number_cell_that_is_no_number_is_words() -> None:
    assert [cell_value(raw) for raw in (float("nan"), float("inf"), "", " a ")] == ["nan", "inf", None, "a"]


def test_figures_of_a_chinese_keyboard_are_read() -> None:
    assert read_figure("１２００个", "") == (Decimal(1200), "个")


# ---- quantities, masses, money -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("1 200 pcs", "1200", "796"),
        ("85 sets", "85", "839"),
        ("640 kg", "640", "166"),
        ("12 пар", "12", "715"),
        ("120台", "120", "796"),
        ("85 套", "85", "839"),
        ("6 750 m²", "6750", "055"),
        ("4500 m", "4500", "006"),
        ("1.204.330,00 шт.", "1204330", "796"),
        ("2,5 т", "2.5", "168"),
        ("3 000 (PCS)", "3000", "796"),
    ],
)
def test_a_quantity_with_its_unit_in_words_is_read(text: str, amount: str, unit: str) -> None:
    assert rows(text, "quantity") == ((amount, unit),)


@given(WHOLE, st.sampled_from(sorted(WORDS.units)), st.sampled_from([" ", "", "\u00a0"]))
def test_every_unit_that_we_know_is_read_after_any_quantity(amount: int, word: str, gap: str) -> None:
    if word[0].isdigit():
        return  # “1000 pcs” is a unit of its own, but not after a figure
    assert rows(f"{amount}{gap}{word}", "quantity") == ((str(amount), WORDS.units[word].code),)


def test_an_unknown_unit_is_kept_and_doubted() -> None:
    said = read("40 whatsits", "quantity")
    assert said.rows == (("40", "whatsits"),)
    assert said.doubt is not None
    assert "whatsits" in said.doubt.text()


def test_masses_come_out_in_kilograms() -> None:
    assert rows("578,4", "mass") == (("578.4",),)
    assert rows("2 646,0 kg", "mass") == (("2646",),)
    assert rows("1.5 t", "mass") == (("1500",),)
    assert rows("500 г", "mass") == (("0.5",),)
    assert refusal("5 pcs", "mass") == "“pcs” is not a unit of mass"


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("4 620,00", "4620.00", ""),
        ("2 025,00 USD", "2025.00", "USD"),
        ("USD 4,620.00", "4620.00", "USD"),
        ("US$ 3.85", "3.85", "USD"),
        ("$3272.5", "3272.50", "USD"),
        ("3.272,50 €", "3272.50", "EUR"),
        ("100 人民币", "100.00", "CNY"),
        ("500 тенге", "500.00", "KZT"),
    ],
)
def test_money_is_read_with_the_currency_beside_it(text: str, amount: str, currency: str) -> None:
    assert rows(text, "money") == ((amount, currency),)


def test_money_with_more_decimals_than_the_box_has_is_refused_not_rounded() -> None:
    assert "decimals" in refusal(Decimal("41.333"), "money")
    assert rows(Decimal("41.3"), "money") == (("41.30", ""),)


def test_the_noise_of_binary_fractions_is_gone_before_anything_is_read() -> None:
    raw = [0.1 + 0.2, 1e-7, 8481808199.0, 123456789012345.0]
    assert [rows(cell_value(each) or "", "text")[0][0] for each in raw] == [
        "0.3",
        "0.0000001",
        "8481808199",
        "123456789012345",
    ]


@given(st.text(max_size=400), st.sampled_from(READS))
def test_no_text_whatever_breaks_a_reader(text: str, reads: str) -> None:
    try:
        said = read(text, reads)
    except CellError:
        return
    assert all(isinstance(part, str) for row in said.rows for part in row)
