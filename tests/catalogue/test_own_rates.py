# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own exchange rates: kept whole or not at all, the newest statement about a day counts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swclient.base.errors import UserError
from swclient.catalogue import own_rates
from swclient.catalogue.exchange_rates import ExchangeRates, ExchangeRow, read_exchange_rates
from swclient.catalogue.loader import load_profile
from swclient.catalogue.own_rates import add, file_of, stamp_of
from swclient.catalogue.own_rates import own_rates as read
from swclient.catalogue.reference import Reference

DAY, BEFORE = date(2026, 11, 20), date(2026, 11, 10)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SWCLIENT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def row(rate: str, day: date = DAY, stated: date = DAY, currency: str = "USD", **more: object) -> ExchangeRow:
    facts = {"source": "bulletin", "confirmed": True, "how": "import", "stated": stated, **more}
    return ExchangeRow(currency, 1, Decimal(rate), day, **facts)


def shipped(rate: str, day: date = DAY, stated: date = DAY, *, sample: bool = False) -> ExchangeRow:
    return row(rate, day, stated, how="", sample=sample, confirmed=False)


def on(rates: ExchangeRates, day: date = DAY) -> str | None:
    found = rates.on("USD", BEFORE, day)
    return None if found is None else str(found.rate)


# -- which of several counts


@pytest.mark.parametrize(
    ("folder", "own", "counts"),
    [
        ([shipped("1")], [], "1"),
        ([shipped("1")], [row("2")], "2"),  # stated on the same day: the user's own
        ([shipped("1", stated=date(2026, 11, 21))], [row("2")], "1"),  # a later pack
        ([shipped("1", stated=date(2026, 11, 19))], [row("2")], "2"),
        ([shipped("1")], [row("2", BEFORE)], "1"),  # the later day
        ([shipped("1", sample=True)], [row("2", BEFORE)], "2"),  # but made-up rates give way
        ([shipped("1", sample=True)], [row("2", date(2026, 11, 9))], "1"),  # to rates that are in force
        ([], [row("2"), row("3")], "3"),
        ([], [row("2", stated=date(2027, 1, 1)), row("3")], "3"),  # the last word, whatever the clock said
        ([], [row("2", date(2026, 11, 21))], None),
    ],
)
def test_the_newest_statement_about_a_day_counts(
    folder: Sequence[ExchangeRow], own: Sequence[ExchangeRow], counts: str | None
) -> None:
    assert on(ExchangeRates(folder, own)) == counts


@given(st.permutations([shipped("1"), shipped("2", stated=date(2026, 11, 22)), shipped("3", BEFORE)]))
def test_the_order_of_rows_in_a_folder_does_not_matter(rows: list[ExchangeRow]) -> None:
    assert on(ExchangeRates(rows)) == "2"


def test_the_rates_that_come_with_the_program_are_samples_and_say_when_they_were_taken() -> None:
    for code in ("KZ", "KG", "TJ", "UZ", "AZ", "MN", "CN"):
        path = load_profile(code).find("exchange_rates.csv")
        assert path is not None
        rows = read_exchange_rates(path)
        assert rows
        assert all(each.sample and not each.confirmed and each.stated == date(2026, 11, 23) for each in rows)


def test_a_reference_with_own_rates_shares_the_rest_and_leaves_the_first_as_it_was() -> None:
    plain = Reference(load_profile("KZ"))
    before = plain.exchange("USD", DAY)
    mine = plain.with_own((row("541.20"),))
    assert (mine.exchange("USD", DAY), plain.exchange("USD", DAY)) == (row("541.20"), before)
    assert mine.tariff_line("8481808199", DAY) is plain.tariff_line("8481808199", DAY)
    assert {each.currency: each.how for each in mine.exchanges(DAY)}["USD"] == "import"


def test_a_rate_tells_its_source_and_how_and_when_it_came() -> None:
    assert row("1").told == "imported from bulletin on 2026-11-20"
    assert row("1", how="fetch", source="the bank").told == "fetched from the bank on 2026-11-20"
    assert shipped("1").told == "bulletin"


# -- the file


def test_what_was_added_is_read_again_in_its_order_and_nothing_else() -> None:
    assert (read("KZ"), stamp_of("KZ")) == ((), (0, 0, 0))
    first = (
        row("541.20"),
        row("3.50", currency="JPY", source='two\nlines, and a "quote"', confirmed=False, how="fetch"),
    )
    assert add("KZ", first) == first
    assert any(stamp_of("KZ"))
    assert read("KZ")[0] == first[0]
    assert read("KZ")[1].source == 'two lines, and a "quote"'
    assert read("KG") == ()


def test_what_is_said_again_stands_once_with_its_newer_day_and_what_differs_is_added() -> None:
    add("KZ", [row("1"), row("9", BEFORE)])
    assert add("KZ", [row("1", stated=date(2026, 11, 25))]) == ()
    assert [(str(each.rate), each.stated.day) for each in read("KZ")] == [("9", 20), ("1", 25)]
    assert len(add("KZ", [row("2", stated=date(2026, 11, 26))])) == 1
    assert [str(each.rate) for each in read("KZ")] == ["9", "1", "2"]
    stamp = stamp_of("KZ")
    add("KZ", [row("3")])
    assert stamp_of("KZ") != stamp


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("541.20", "much", "line 3: “much” is not a figure"),
        ("541.20", "-1", "line 3: An exchange rate needs"),
        ("2026-11-20,bulletin", "20.11.2026,bulletin", "line 3: “20.11.2026” must read year-month-day"),
        (",import,", ",guess,", "line 3: “how” must read"),
        (",true", ",perhaps", "line 3: “how” must read"),
        ("currency,", "money,", "line 2: There is no column currency"),
        ("# ", "", "line 1: The first line"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line_and_left_alone(old: str, new: str, where: str) -> None:
    add("KZ", [row("541.20")])
    text = file_of("KZ").read_text("utf-8").replace(old, new)
    file_of("KZ").write_text(text, "utf-8")
    with pytest.raises(UserError, match=where) as told:
        read("KZ")
    assert "KZ.csv" in str(told.value)
    assert "move the file away" in str(told.value)
    with pytest.raises(UserError, match=where):
        add("KZ", [row("1")])
    assert file_of("KZ").read_text("utf-8") == text


def test_bytes_that_are_no_text_are_refused() -> None:
    add("KZ", [row("1")])
    file_of("KZ").write_bytes(b"# \xff\xfe\x00")
    with pytest.raises(UserError, match=r"KZ\.csv"):
        read("KZ")


def test_a_disk_that_is_full_leaves_the_file_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    add("KZ", [row("1")])
    before = file_of("KZ").read_bytes()

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="No space left on device"):
        add("KZ", [row("2")])
    assert file_of("KZ").read_bytes() == before
    assert [each.name for each in file_of("KZ").parent.iterdir()] == ["KZ.csv"]


def test_another_program_is_waited_for_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    add("KZ", [row("1")])
    lock = file_of("KZ").with_name("KZ.csv.lock")
    lock.touch()
    monkeypatch.setattr(own_rates, "_WAIT", 0.2)
    with pytest.raises(UserError, match="Another program"):
        add("KZ", [row("2")])
    assert lock.exists()
    monkeypatch.setattr(own_rates, "_STALE", -1.0)  # it was left behind by a program that was killed
    assert add("KZ", [row("2")])
    assert not lock.exists()


WRITER = """
import sys
from datetime import date
from decimal import Decimal
from swclient.catalogue.exchange_rates import ExchangeRow
from swclient.catalogue.own_rates import add
month = int(sys.argv[1])
for day in range(1, 6):
    add("KZ", [ExchangeRow("USD", 1, Decimal(month), date(2026, month, day), "w", True, "import", date(2026, 12, 1))])
"""


def test_programs_that_write_at_once_lose_nothing() -> None:
    root = Path(own_rates.__file__).parents[2]
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(month)], cwd=root) for month in range(1, 5)]
    assert [each.wait(60) for each in writers] == [0] * 4
    assert len(read("KZ")) == 20
