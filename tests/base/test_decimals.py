# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures as people type them, as machines write them, and as customs rounds them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.decimals import plain, read_decimal, round_half_up, trimmed
from swclient.base.i18n import show_number

FIGURES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1240", "1240"),
        ("1 240,50", "1240.50"),
        ("1240.50", "1240.50"),
        ("1\u00a0204\u202f330", "1204330"),
        ("1'204'330.00", "1204330.00"),
        ("1.204.330,00", "1204330.00"),
        ("1,204,330.00", "1204330.00"),
        ("1.204.330", "1204330"),
        ("-12,5", "-12.5"),
        (",5", "0.5"),
        ("007", "7"),
    ],
)
def test_a_figure_is_read_with_comma_space_or_point(typed, value):
    assert read_decimal(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["1,250", "1.250"])
def test_three_digits_after_a_single_sign_are_grams_not_thousands(typed):
    assert read_decimal(typed) == Decimal("1.250")


@pytest.mark.parametrize("typed", ["", "-", ",", "12 boxes", "1,2,3", "1.234,567.8", "1e3", "NaN", "Infinity", "0x10"])
def test_what_is_no_figure_is_not_read_as_one(typed):
    assert read_decimal(typed) is None


@pytest.mark.parametrize(
    ("value", "rounded"), [("2.345", "2.35"), ("-2.345", "-2.35"), ("2.344", "2.34"), ("0.005", "0.01")]
)
def test_a_half_is_rounded_away_from_zero(value, rounded):
    assert str(round_half_up(Decimal(value))) == rounded


def test_rounding_goes_to_the_step_that_is_asked_for():
    assert round_half_up(Decimal("1234.5"), Decimal(1)) == 1235


@given(FIGURES)
def test_a_figure_for_machines_is_read_again_as_it_was(value):
    assert read_decimal(plain(value)) == value
    assert Decimal(trimmed(value)) == value


@given(FIGURES, st.sampled_from(["en", "ru", "zh"]))
def test_a_figure_shown_to_people_is_read_again_as_it_was(value, language):
    assert read_decimal(show_number(value, language)) == value


def test_zeros_after_the_point_go_and_zeros_before_it_stay():
    assert [trimmed(Decimal(text)) for text in ("12.500", "1200", "0.0")] == ["12.5", "1200", "0"]
