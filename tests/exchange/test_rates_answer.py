# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One reader for the lists of all banks, by description. The answers are made up, laid out as the descriptions say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.errors import DataError, UserError
from swclient.catalogue.loader import load_profile, profile_codes
from swclient.exchange.rates_answer import Quote, read_answer, read_figure
from swclient.exchange.rates_source import RatesSource, read_source
from swclient.workflow.rates import source_of

KNOWN = frozenset({"USD", "EUR", "JPY", "XDR"})
DAY = date(2026, 11, 20)
USD, EUR, JPY = (
    Quote("USD", 1, Decimal("541.20"), DAY),
    Quote("EUR", 1, Decimal("620.01"), DAY),
    Quote("JPY", 100, Decimal("3594.47"), DAY),
)
KZ = """<?xml version="1.0" encoding="utf-8"?><rates><title>Rates</title><date>20.11.2026</date>
<item><fullname>US dollar</fullname><title>USD</title><description>541.20</description><quant>1</quant></item>
<item><fullname>Euro</fullname><title>EUR</title><description>620.01</description><quant>1</quant></item>
<item><fullname>Yen</fullname><title>JPY</title><description>3594.47</description><quant>100</quant></item></rates>"""
KG = """<?xml version="1.0" encoding="windows-1251"?><CurrencyRates Name="Курсы" Date="20.11.2026">
<Currency ISOCode="USD"><Nominal>1</Nominal><Value>541,20</Value></Currency>
<Currency ISOCode="EUR"><Nominal>1</Nominal><Value>620,01</Value></Currency>
<Currency ISOCode="JPY"><Nominal>100</Nominal><Value>3594,47</Value></Currency></CurrencyRates>"""
TJ = """<ValCurs Date="2026-11-20" name="rates">
<Valute ID="840"><CharCode>USD</CharCode><Nominal>1</Nominal><Value>541.20</Value></Valute>
<Valute ID="978"><CharCode>EUR</CharCode><Nominal>1</Nominal><Value>620.01</Value></Valute>
<Valute ID="392"><CharCode>JPY</CharCode><Nominal>100</Nominal><Value>3594.47</Value></Valute></ValCurs>"""
UZ = json.dumps(
    [
        {"id": 1, "Ccy": "USD", "Nominal": "1", "Rate": "541.20", "Date": "20.11.2026"},
        {"id": 2, "Ccy": "EUR", "Nominal": "1", "Rate": "620.01", "Date": "20.11.2026"},
        {"id": 3, "Ccy": "JPY", "Nominal": "100", "Rate": "3594.47", "Date": "20.11.2026"},
    ]
)
AZ = """<ValCurs Date="20.11.2026" Name="rates"><ValType Type="metals">
<Valute Code="XAU"><Nominal>1 t.u.</Nominal><Value>6800</Value></Valute></ValType><ValType Type="currencies">
<Valute Code="USD"><Nominal>1</Nominal><Value>541.20</Value></Valute>
<Valute Code="EUR"><Nominal>1</Nominal><Value>620.01</Value></Valute>
<Valute Code="JPY"><Nominal>100</Nominal><Value>3594.47</Value></Valute></ValType></ValCurs>"""
MN = json.dumps(
    {
        "success": True,
        "data": [{"RATE_DATE": "2026-11-20", "USD": "541.20", "EUR": "620.01", "JPY": "35.9447", "XDR": "-"}],
    }
)
ANSWERS = {"KZ": KZ, "KG": KG, "TJ": TJ, "UZ": UZ, "AZ": AZ, "MN": MN}


def source(country: str = "KZ") -> RatesSource:
    found = source_of(load_profile(country))
    assert found is not None
    return found


def answer(text: str | bytes, country: str = "KZ", **changed: Any) -> tuple[Quote, ...]:
    content = text if isinstance(text, bytes) else text.encode("cp1251" if "windows-1251" in text else "utf-8")
    return read_answer(content, replace(source(country), **changed), "the answer", KNOWN)


def refused(text: str | bytes, country: str = "KZ", **changed: Any) -> str:
    with pytest.raises(UserError) as told:
        answer(text, country, **changed)
    return str(told.value)


@pytest.mark.parametrize("country", ANSWERS)
def test_each_countrys_list_is_read_by_its_description(country: str) -> None:
    jpy = Quote("JPY", 1, Decimal("35.9447"), DAY) if country == "MN" else JPY
    assert answer(ANSWERS[country], country) == (USD, EUR, jpy)


def test_every_country_but_one_has_a_list_that_nobody_has_confirmed() -> None:
    found = {code: source_of(load_profile(code)) for code in profile_codes()}
    assert {code for code, each in found.items() if each is None} == {"CN"}
    assert not any(each.confirmed for each in found.values() if each)
    assert {code for code, each in found.items() if each and not each.by_day} == {"KG"}


def test_the_day_stands_in_the_address_as_the_bank_writes_it() -> None:
    assert source("KZ").address(DAY) == ("https://nationalbank.kz", "/rss/get_rates.cfm?fdate=20.11.2026")
    assert source("UZ").address(DAY)[1] == "/uz/arkhiv-kursov-valyut/json/all/2026-11-20/"
    assert source("MN").address(DAY)[1].endswith("startDate=2026-11-20&endDate=2026-11-20")
    assert source("KG").address(DAY) == ("https://www.nbkr.kg", "/XML/daily.xml")


@pytest.mark.parametrize("country", ANSWERS)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_list_that_broke_off_is_refused(country: str, part: float) -> None:
    refused(ANSWERS[country][: int(len(ANSWERS[country]) * part)], country)


def test_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE rates [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    assert "DOCTYPE" in refused(KZ.replace("<rates>", f"{bomb}<rates>"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<title>USD</title>", "<title></title>", "row 1: there is no currency at “title”"),
        ("<title>USD</title>", "", "row 1: there is no currency at “title”"),
        ("<title>EUR</title>", "<title>ABC</title>", "has no rate of EUR"),
        ("<description>620.01</description>", "<description>-</description>", "has no rate of EUR"),
        ("541.20", "541,20", "row 1: “541,20” is not a figure"),
        ("541.20", "about 541", "row 1: “about 541” is not a figure"),
        ("541.20", "NaN", "is not a figure"),
        ("541.20", "-541.20", "is not a figure"),
        ("<quant>100</quant>", "<quant>0</quant>", "row 3: “0” is not a figure"),
        ("<quant>100</quant>", "<quant>1.5</quant>", "row 3: “1.5” is not a figure"),
        ("<quant>100</quant>", "", "row 3: “” is not a figure"),
        ("20.11.2026", "2026-11-20", "“2026-11-20” is not a day such as 20.11.2026"),
        ("20.11.2026", "31.02.2026", "“31.02.2026” is not a day"),
        ("<title>JPY</title>", "<title>USD</title>", "two different rates of USD for 2026-11-20"),
        ("item>", "entry>", "no list of rates at “item”"),
    ],
)
def test_what_is_laid_out_otherwise_is_refused_with_its_place(old: str, new: str, told: str) -> None:
    assert told in refused(KZ.replace(old, new))


def test_a_blank_rate_says_nothing_and_a_code_that_nobody_knows_is_passed_over() -> None:
    assert answer(KZ.replace("3594.47", "-")) == (USD, EUR)
    assert answer(KZ.replace("JPY", "ZZZ")) == (USD, EUR)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "3",
        "[1, 2]",
        '[{"Ccy": "USD"',
        "[" * 100_000,
        '[{"Ccy": "USD", "Rate": NaN}]',
        "<html/>",
    ],
)
def test_json_of_another_kind_is_refused(text: str) -> None:
    refused(text, "UZ")


def test_json_figures_may_be_numbers_and_keep_every_digit() -> None:
    text = UZ.replace('"541.20"', "541.2000000000000000001").replace('"100"', "100")
    assert answer(text, "UZ")[0].rate == Decimal("541.2000000000000000001")


def test_a_list_may_be_a_table() -> None:
    table = "code;units;rate;day\nUSD;1;541,20;20.11.2026\nEUR;1;620,01;20.11.2026\n"
    laid = {
        "format": "csv",
        "rows": "",
        "currency": "code",
        "units": "units",
        "rate": "rate",
        "date": "day",
        "decimal": ",",
    }
    assert answer(table, **laid) == (USD, EUR)
    assert "row 1" in refused(table.replace("541,20", "a lot"), **laid)


def test_a_list_without_end_is_refused() -> None:
    item = "<item><title>USD</title><description>1</description><quant>1</quant></item>"
    assert "more than 5000 rows" in refused(f"<rates><date>20.11.2026</date>{item * 5001}</rates>")


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(content: bytes) -> None:
    for country in ("KZ", "UZ", "MN"):
        refused(content, country)


@pytest.mark.parametrize(
    ("text", "decimal", "figure"),
    [
        ("12 171,03", ",", "12171.03"), ("12\u00a0171.03", ".", "12171.03"), ("1.234.567,8", ",", "1234567.8"),
        ("3,594", ".", "3594"), ("3,594", ",", "3.594"), ("3,59", ".", None), ("1e5", ".", None), ("", ".", None),
        ("٣", ".", None), ("12,34,567", ".", None), (".5", ".", None),
    ],
)  # fmt: skip
def test_a_figure_is_read_by_the_sign_that_the_bank_uses(text: str, decimal: str, figure: str | None) -> None:
    found = read_figure(text, decimal)
    assert (None if found is None else str(found)) == figure


GOOD = {
    "name": "A bank",
    "url": "https://bank.example/{day:%Y}",
    "format": "xml",
    "rate": "r",
    "date": "d",
    "currency": "c",
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"colour": "red"}, "Unknown keys colour"),
        ({"name": ""}, "“name” is missing"),
        ({"rate": ""}, "“rate” is missing"),
        ({"url": "http://bank.example/"}, "“url” cannot read"),
        ({"url": "https://{day:%Y}/"}, "“url” cannot read"),
        ({"url": "https://bank.example/{day.__class__}"}, "“url” cannot read"),
        ({"url": "https://bank.example/{day:%Y}{0}"}, "“url” cannot read"),
        ({"url": "https://who:why@bank.example/"}, "“url” cannot read"),
        ({"format": "html"}, "“format” cannot read"),
        ({"method": "DELETE"}, "“method” cannot read"),
        ({"decimal": ";"}, "“decimal” cannot read"),
        ({"expect": "USD"}, "“expect” cannot read"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(changed: dict[str, Any], told: str) -> None:
    assert read_source(GOOD, "x.toml").method == "GET"
    with pytest.raises(DataError, match=r"x\.toml: rates_source") as error:
        read_source({**GOOD, **changed}, "x.toml")
    assert told in str(error.value)
