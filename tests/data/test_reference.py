# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rates and exchange rates are found by day, and broken files are refused by file and row."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from swclient.base.errors import DataError
from swclient.catalogue.loader import load_profile
from swclient.catalogue.profile import Profile
from swclient.catalogue.reference import Reference

DAY = date(2026, 11, 20)
HEAD = "# source=made up; taken=2026-11-01; confirmed=false\n"
TARIFF = "code,name_en,unit,duty,final,valid_from,valid_to\n"
EXCHANGE = "currency,units,rate,date\n"


@pytest.fixture(scope="module")
def kz() -> Reference:
    return Reference(load_profile("KZ"))


def made_up(folder: Path, rates: dict[str, Any] | None = None, **files: str) -> Reference:
    (folder / "tariff").mkdir(exist_ok=True)
    names = {"exchange": "exchange_rates.csv", "tariff": "tariff/sample.csv"}
    for name, text in files.items():
        (folder / names[name]).write_text(text, encoding="utf-8")
    facts = {"currency": "XTS", "exchange_rate_days": 3}
    return Reference(Profile("XX", "1", facts, {}, {}, {}, rates or {}, (folder,)))


def test_vat_rose_with_the_new_tax_code(kz: Reference) -> None:
    assert kz.rate("vat", date(2025, 12, 31)).value == 12
    now = kz.rate("vat", date(2026, 1, 1))
    assert (now.value, now.unit, now.confirmed, now.id) == (16, "%", True, "vat.2026-01-01")
    assert kz.rate("vat", date(1999, 1, 1)) is None


def test_the_customs_fee_is_six_base_figures_of_the_year(kz: Reference) -> None:
    fee = kz.rate("fee_1010", DAY)
    base = kz.rate(fee.unit, DAY)
    assert fee.value * base.value == 25950
    assert base.unit == kz.profile.facts["currency"]
    assert not fee.confirmed
    assert kz.rate("fee_1010", date(2023, 8, 14)).unit == "KZT"


def test_a_rate_nobody_knows_is_none(kz: Reference) -> None:
    assert kz.rate("window tax", DAY) is None
    assert kz.rate_rows("window tax") == ()


def test_an_exchange_rate_is_that_of_the_day(kz: Reference) -> None:
    row = kz.exchange("USD", DAY)
    assert (row.rate, row.units, row.date, row.confirmed) == (Decimal("540.00"), 1, DAY, False)
    assert "TRAINING" in row.source
    assert kz.exchange("EUR", DAY).rate == Decimal("620.00")


def test_every_training_rate_is_there_for_every_day_of_the_month(kz: Reference) -> None:
    for day in range(1, 31):
        for currency in ("USD", "EUR", "CNY", "RUB"):
            assert kz.exchange(currency, date(2026, 11, day)).date == date(2026, 11, day)


def test_the_latest_rate_before_the_day_holds_until_it_is_stale(tmp_path: Path) -> None:
    found = made_up(tmp_path, exchange=HEAD + EXCHANGE + "USD,1,2,2026-11-05\nUSD,1,1,2026-11-02\n")
    assert found.exchange("USD", date(2026, 11, 1)) is None
    assert found.exchange("USD", date(2026, 11, 4)).rate == 1
    assert found.exchange("USD", date(2026, 11, 5)).rate == 2
    assert found.exchange("USD", date(2026, 11, 8)).rate == 2
    assert found.exchange("USD", date(2026, 11, 9)) is None
    assert found.exchange("EUR", date(2026, 11, 5)) is None


def test_the_national_currency_costs_one(kz: Reference, tmp_path: Path) -> None:
    assert kz.exchange("KZT", date(1999, 1, 1)).rate == 1
    assert made_up(tmp_path).exchange("USD", DAY) is None


def test_a_profile_without_a_tariff_knows_no_line(tmp_path: Path) -> None:
    found = made_up(tmp_path)
    assert found.tariff_line("8481808199", DAY) is None
    assert found.tariff_find("84") == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({}, "A rate has a value"),
        ({"value": "1", "valid_from": date(2026, 1, 1), "note": "x"}, "A rate has a value"),
        ({"value": "much", "valid_from": date(2026, 1, 1)}, "“much” is not a figure"),
        ({"value": "NaN", "valid_from": date(2026, 1, 1)}, "“NaN” is not a figure"),
        ({"value": "1"}, "A day must read year-month-day"),
        ({"value": "1", "valid_from": "2026-01-01"}, "A day must read year-month-day"),
    ],
)
def test_a_broken_rate_is_refused_by_name(tmp_path: Path, row: dict, wrong: str) -> None:
    with pytest.raises(DataError, match=f"rates.toml: tea: {wrong}"):
        made_up(tmp_path, {"tea": [row]}).rate("tea", DAY)


def test_two_rates_on_one_day_are_refused(tmp_path: Path) -> None:
    rows = [{"value": "1", "valid_from": date(2026, month, 1)} for month in (1, 2)]
    with pytest.raises(DataError, match=r"tea\.2026-02-01: Two rows are in force on one day"):
        made_up(tmp_path, {"tea": rows}).rate("tea", DAY)


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({"exchange": EXCHANGE}, "exchange_rates.csv: 1: The first line must say"),
        ({"exchange": HEAD + "currency,rate\n"}, "2: There is no column units, date"),
        (
            {"exchange": HEAD + EXCHANGE + "USD,1,540,2026-11-40\n"},
            "3: .* must read year-month-day",
        ),
        ({"exchange": HEAD + EXCHANGE + "USD,1,5k,2026-11-04\n"}, "3: “5k” is not a figure"),
        ({"exchange": HEAD + EXCHANGE + "USD,1,0,2026-11-04\n"}, "3: An exchange rate needs"),
        ({"exchange": HEAD + EXCHANGE + "USD,0.5,1,2026-11-04\n"}, "3: An exchange rate needs"),
        ({"exchange": HEAD + EXCHANGE + "USD,1,1,\n"}, "3: An exchange rate needs"),
    ],
)
def test_a_broken_exchange_file_is_refused_by_row(tmp_path: Path, files: dict, wrong: str) -> None:
    with pytest.raises(DataError, match=wrong):
        made_up(tmp_path, **files).exchange("USD", DAY)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("8481,Valves,,,0,,\n8481,Valves,,,0,,\n", "4: The code 8481 stands twice for one day"),
        ("8481,Valves,,five,1,,\n", "3: “five” is not a duty rate"),
        ("8481,Valves,,5,1,soon,\n", "3: “soon” must read year-month-day"),
    ],
)
def test_a_broken_tariff_is_refused_by_row(tmp_path: Path, lines: str, wrong: str) -> None:
    with pytest.raises(DataError, match=wrong):
        made_up(tmp_path, tariff=HEAD + TARIFF + lines).tariff_line("8481", DAY)


def test_days_of_a_tariff_line_may_be_left_open(tmp_path: Path) -> None:
    found = made_up(tmp_path, tariff=HEAD + TARIFF + "8481,Valves,,5,1,,\n")
    assert found.tariff_line("8481", date(1900, 1, 1)).duty.first.value == 5
    assert found.tariff_line("8481", DAY).name("ru") == "Valves"
