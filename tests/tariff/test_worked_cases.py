# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Worked cases of the duty textbook, each to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.decimals import CENT, round_half_up
from swclient.catalogue.duty_text import read_duty
from swclient.document.path import Path
from swclient.tariff.apportion import apportion
from swclient.tariff.duty import assess
from tests.declarations import opened, two_items

D = Decimal


@pytest.mark.parametrize(
    ("total", "weights", "step", "parts"),
    [
        ("100.00", ["1", "1", "1"], "0.01", ["33.34", "33.33", "33.33"]),
        ("0.05", ["1", "1", "1"], "0.01", ["0.02", "0.02", "0.01"]),
        ("999.99", ["12.5", "7.25", "80.25"], "0.01", ["125.00", "72.50", "802.49"]),
        ("2700.00", ["8000", "4000"], "0.01", ["1800.00", "900.00"]),
        ("150.00", ["30000", "20000"], "0.01", ["90.00", "60.00"]),
        ("0.01", ["5", "5"], "0.01", ["0.01", "0.00"]),
        ("-10.00", ["1", "2"], "0.01", ["-3.33", "-6.67"]),
        ("1000", ["333", "333", "334"], "1", ["333", "333", "334"]),
        ("7", ["0", "0", "0"], "1", ["3", "2", "2"]),
    ],
)
def test_a_sum_is_shared_as_the_textbook_shares_it(total: str, weights: list[str], step: str, parts: list[str]) -> None:
    assert apportion(D(total), [D(weight) for weight in weights], D(step)) == [D(part) for part in parts]


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_parts_add_up_and_none_is_a_step_away_from_its_share(cents: int, weights: list[int]) -> None:
    total = D(cents).scaleb(-2)
    parts = apportion(total, [D(weight).scaleb(-3) for weight in weights])
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        share = Fraction(total) * Fraction(weight, whole) if whole else Fraction(total) / len(weights)
        assert abs(Fraction(part) - share) < Fraction(CENT)


def test_import_of_two_goods_with_freight_and_insurance() -> None:
    """Case D01: FCA Urumqi, freight by weight, insurance by value.

    Duty is as the sample tariff has it, VAT 16 %, the fee 6 × 4325.
    """
    session = opened(two_items())
    items = session.rows("item")
    value = [session.value(Path("item", row, "customs_value")) for row in items]
    assert value == [D("17220600.00"), D("11318400.00")]
    assert session.value(Path("header", 0, "customs_value_total")) == D("28539000.00")
    first: Any = session.value(Path("item", items[0], "charges"))
    assert [line.kind for line in first] == ["1010", "2010", "5010"]
    assert first[0].amount == D("25950.00")
    assert first[1].amount == D("861030.00")  # 5 % of the customs value
    assert first[2].amount == D("2893060.80")  # 16 % of value and duty, the fee stays outside
    second: Any = session.value(Path("item", items[1], "charges"))
    assert [line.kind for line in second] == ["2010", "5010"]
    assert second[0].amount == round_half_up(value[1] * D("0.08"))  # type: ignore[operator]  # a Decimal by its kind
    assert session.value(Path("item", items[0], "statistical_value")) == D("31890.00")


def test_vat_follows_the_rate_of_the_day() -> None:
    session = opened(two_items())
    session.type_in(Path("header", 0, "date"), "2025-12-31")
    session.type_in(Path("header", 0, "usd_rate"), "520")
    session.settle()
    lines: Any = session.value(Path("item", session.rows("item")[0], "charges"))
    assert lines[-1].rate == D(12)


@pytest.mark.parametrize(
    ("text", "value", "amount"),
    [
        (
            "10 but not less than 0.5 EUR/166",
            "5000000",
            "620000.00",
        ),  # D02: the specific part is greater
        ("10 but not more than 0.5 EUR/166", "5000000", "500000.00"),
        ("15 plus 0.2 EUR/166", "5000000", "998000.00"),  # D03
        ("12", "3000000", "360000.00"),  # D04
        ("5", "1250000", "62500.00"),  # D05
    ],
)
def test_every_way_a_tariff_writes_a_duty(text: str, value: str, amount: str) -> None:
    rate = read_duty(text, file="tests")
    found = assess(
        rate,
        D(value),
        lambda unit: D(2000) if unit == "166" else None,
        lambda code: D(620) if code == "EUR" else None,
    )
    assert found is not None
    assert sum(each.amount for each in found) == D(amount)


def test_a_duty_without_its_quantity_is_not_guessed() -> None:
    rate = read_duty("10 but not less than 0.5 EUR/796", file="tests")
    assert assess(rate, D(100), lambda _unit: None, lambda _code: D(620)) is None


def test_deductions_after_the_border_lower_the_value() -> None:
    """Case D15: DAP Almaty 52 000 USD with 1 500 USD carriage after the border, rate 540."""
    body = two_items()
    body["item"] = [{**body["item"][0], "price": "52000.00"}]
    body["cost"] = [{"kind": "22", "amount": "1500.00", "currency": "USD", "basis": "GROSS"}]
    session = opened(body)
    assert session.value(Path("item", session.rows("item")[0], "customs_value")) == D("27270000.00")


def test_royalties_are_added() -> None:
    """Case D17: price 100 000 USD, royalty 3 200 USD, rate 540."""
    body = two_items()
    body["item"] = [{**body["item"][0], "price": "100000.00"}]
    body["cost"] = [{"kind": "15", "amount": "3200.00", "currency": "USD", "basis": "VALUE"}]
    session = opened(body)
    assert session.value(Path("item", session.rows("item")[0], "customs_value")) == D("55728000.00")


def test_a_figure_explains_itself_down_to_rates_and_their_sources() -> None:
    session = opened(two_items())
    told = "\n".join(session.explain(Path("header", 0, "charges_total")).lines())
    for piece in (
        "Sum of all kinds",
        "1 800.00 × 540",
        "Tariff line 8481808199",
        "16 %",
        "typed",
        "4 325",
    ):
        assert piece in told.replace("\u00a0", " ")


def test_the_day_matters_for_the_exchange_rate() -> None:
    body = two_items()
    del body["header"]["exchange_rate"]
    session = opened(body)
    first = session.value(Path("header", 0, "exchange_rate"))
    session.type_in(Path("header", 0, "date"), date(2026, 11, 3).isoformat())
    session.settle()
    assert first is not None
    assert session.value(Path("header", 0, "exchange_rate")) not in (None, first)


@pytest.mark.parametrize("method", ["2", "3", "4", "5"])
def test_a_value_by_another_method_is_typed_and_not_worked_out_from_the_price(method: str) -> None:
    """Case D18: (1200 - 180 - 40 - 150) × 1000 by the deductive method; the invoice says something else."""
    body = two_items()
    body["item"] = [body["item"][0] | {"valuation_method": method}]
    session = opened(body)
    value = Path("item", session.rows("item")[0], "customs_value")
    assert session.value(value) is None
    assert "V019" in {finding.code for finding in session.findings()}
    session.type_in(value, "830000.00")
    session.settle()
    codes = {finding.code for finding in session.findings() if value in finding.paths}
    assert not codes & {"V019", "V020"}
    lines: Any = session.value(Path("item", session.rows("item")[0], "charges"))
    assert {line.kind: line.amount for line in lines}["2010"] == D("41500.00")


def test_under_the_fallback_method_the_price_is_a_proposal_that_may_be_typed_over() -> None:
    body = two_items()
    body["item"] = [body["item"][0] | {"valuation_method": "6"}]
    session = opened(body)
    value = Path("item", session.rows("item")[0], "customs_value")
    assert session.value(value) == D("17739000.00")  # 30 000 + 2 700 + 150 dollars at 540
    session.type_in(value, "18000000.00")
    session.settle()
    told = {finding.code: finding.level for finding in session.findings() if value in finding.paths}
    assert "V020" not in told
    assert told["V020B"] == "warning"


def test_a_cost_whose_currency_has_no_rate_is_not_left_out_in_silence() -> None:
    body = two_items()
    body["cost"][0]["currency"] = "CHF"
    session = opened(body)
    rate = Path("cost", session.rows("cost")[0], "rate")
    assert session.value(rate) is None
    assert [finding.level for finding in session.findings() if rate in finding.paths] == ["error"]
    session.type_in(rate, "610")
    session.settle()
    assert not [finding for finding in session.findings() if rate in finding.paths]
