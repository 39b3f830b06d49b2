# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user's table of exchange rates is taken whole, or not at all with every bad row named by its line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from swclient.base.errors import UserError
from swclient.base.table import read_csv
from swclient.exchange.rates_answer import Quote
from swclient.exchange.rates_table import read_quotes
from swclient.workflow.tables import read_table

KNOWN = {"USD", "JPY"}
DAY = date(2026, 11, 20)
GOOD = "date,currency,units,rate\n2026-11-20,USD,1,541.20\n2026-11-20,jpy,100,3.5\n"
QUOTES = (Quote("USD", 1, Decimal("541.20"), DAY), Quote("JPY", 100, Decimal("3.5"), DAY))


def quotes(text: str) -> tuple[Quote, ...]:
    return read_quotes(read_csv(text.encode()), KNOWN)


def test_a_table_is_read_whatever_its_comma_and_the_order_of_its_columns() -> None:
    assert quotes(GOOD) == QUOTES
    assert quotes(GOOD.replace(",", ";").replace("541.20", "541,20").replace("3.5", "3,5")) == QUOTES
    assert quotes("rate;Units;note;Currency;Date\n541,20;1;x;USD;20.11.2026\n3,5;100;;JPY;2026.11.20\n") == QUOTES
    assert quotes(GOOD + "2026-11-20,USD,1,541.20\n") == QUOTES  # said twice, the same


def test_a_workbook_is_read_as_the_table_it_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Date", "Currency", "Units", "Rate"],
        [date(2026, 11, 20), "USD", 1, 541.2],
        ["20.11.2026", "JPY", 100, 3.5],
    ):
        sheet.append(row)
    book.save(tmp_path / "rates.xlsx")
    assert read_quotes(read_table(tmp_path / "rates.xlsx"), KNOWN) == QUOTES


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2026-13-20,USD,1,541", "“2026-13-20” is not a day"),
        ("03/04/2026,USD,1,541", "“03/04/2026” is not a day"),
        (",USD,1,541", "“” is not a day"),
        ("2026-11-20,KZT,1,541", "“KZT” is not in the list of currencies"),
        ("2026-11-20,,1,541", "“” is not in the list"),
        ("2026-11-20,USD,0,541", "the units “0” are not a whole number"),
        ("2026-11-20,USD,1.5,541", "the units “1.5”"),
        ("2026-11-20,USD,,541", "the units “”"),
        ("2026-11-20,USD,1,0", "the rate “0” is not a figure above zero"),
        ("2026-11-20,USD,1,-3", "the rate “-3”"),
        ("2026-11-20,USD,1,", "the rate “”"),
        ("2026-11-20,USD,1,#N/A", "the rate “#N/A”"),
        ('2026-11-20,USD,1,"1,250"', "“1,250” can be read in two ways"),
        ("2026-11-20,USD,1,542", "USD stands twice for 2026-11-20"),
        ("2026-11-20,USD", "the units “”"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_none_is(row: str, told: str) -> None:
    with pytest.raises(UserError, match="Line 4: ") as error:
        quotes(f"{GOOD}{row}\n")
    assert told in str(error.value)


def test_every_bad_row_is_named_up_to_twenty() -> None:
    with pytest.raises(UserError) as error:
        quotes("date,currency,units,rate\n" + "x,USD,1,1\n" * 30)
    told = str(error.value)
    assert told.startswith("30 rows")
    assert told.count("Line ") == 20


@pytest.mark.parametrize("name", ["date", "currency", "units", "rate"])
def test_a_missing_column_is_named(name: str) -> None:
    with pytest.raises(UserError, match=f"There is no column “{name}”"):
        quotes(GOOD.replace(name, "other", 1))
