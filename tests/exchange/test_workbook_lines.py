# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of a supplier's table: what is a goods line, what is not, and how lines of two sheets meet."""

import pytest
from openpyxl import Workbook

from swclient.catalogue.loader import load_profile
from swclient.document.body import from_body
from swclient.document.value import Unread
from swclient.exchange.mapping import Column, Mapping, Table
from swclient.exchange.workbook import read_workbook
from tests.exchange.workbooks import (
    CAPTIONS,
    LINE,
    changed_sample,
    saved,
    saved_mapping,
    small,
    small_mapping,
    told,
    workbook_of,
)

ARTICLE = Column(("article",), "text", ("item.article",))
NET = Column(("net",), "mass", ("item.net_mass",))


def test_an_unreadable_cell_keeps_its_text_in_its_field_and_is_named() -> None:
    reading = small(CAPTIONS, LINE, (2, "8482109008", "many", "see list", 50))
    assert [(p.sheet, p.cell, p.text, p.field, p.item) for p in reading.problems] == [
        ("One", "C3", "many", "item.quantity", 2),
        ("One", "D3", "see list", "item.gross_mass", 2),
    ]
    declaration = from_body(reading.body, load_profile("KZ"))
    second = list(declaration.rows("item"))[1].values
    assert isinstance(second["gross_mass"], Unread)
    assert second["gross_mass"] == "see list"


def test_a_figure_that_could_mean_two_things_never_becomes_one_of_them_in_silence() -> None:
    reading = small(CAPTIONS, (1, "8481808199", "1,250 pcs", 5.5, 100))
    assert reading.problems[0].cell == "C2"
    item = next(from_body(reading.body, load_profile("KZ")).rows("item"))
    assert isinstance(item.values["quantity"], Unread)
    assert (
        small(CAPTIONS, (1, "1", "1,250 pcs", 5, 1), mapping=small_mapping(decimal=".")).body["item"][0]["quantity"]
        == "1250"
    )


def test_rows_between_lines_that_are_none_are_reported() -> None:
    reading = small(CAPTIONS, LINE, ("Container 1 begins here",), LINE[:0], (2, *LINE[1:]))
    assert told(reading) == [("A3", "", "this row was not read: it is no goods line")]
    assert reading.rows_read == 2


def test_notes_below_a_table_without_totals_are_not_goods() -> None:
    reading = small(CAPTIONS, LINE, (), ("All goods are new",), ("Payment by transfer",))
    assert reading.rows_read == 1
    assert reading.problems == ()


@pytest.mark.parametrize("word", ["TOTAL", "Итого:", "合计", "Grand total 总计"])
def test_a_totals_row_ends_the_table(word: str) -> None:
    reading = small(CAPTIONS, LINE, (word, None, None, 5.5, 100), (7, "1", "1 pcs", 1, 1))
    assert reading.rows_read == 1
    assert [check.agrees for check in reading.totals_checked] == [True, True]


def test_a_subtotal_is_neither_a_line_nor_the_end() -> None:
    reading = small(
        CAPTIONS,
        LINE,
        ("Subtotal", None, None, 5.5, 100),
        (2, *LINE[1:]),
        ("Total", None, None, 11, 200),
    )
    assert reading.rows_read == 2
    assert reading.problems == ()


def test_goods_called_total_something_are_goods() -> None:
    columns = (Column(("no",), "line"), Column(("name",), "text", ("item.description",)), NET)
    reading = small(("No.", "Name", "Net"), (1, "Total station, geodetic", 5), mapping=small_mapping(*columns))
    assert reading.rows_read == 1


def test_quantities_of_different_units_are_not_added() -> None:
    reading = small(CAPTIONS, LINE, (2, "2", "3 sets", 1, 1), ("Total", None, "15", 6.5, 101))
    assert [check.found is None for check in reading.totals_checked] == [True, False, False]


def test_a_figure_merged_over_several_lines_is_given_to_the_first_and_reported() -> None:
    def merge(book: Workbook) -> None:
        book["PACKING LIST"].merge_cells("E9:E10")

    reading = read_workbook(changed_sample(merge), saved_mapping())
    assert (
        "E9",
        "item.gross_mass",
        "stands for several lines; it was given to the first of them",
    ) in told(reading)
    assert "gross_mass" not in reading.body["item"][1]


def test_lines_of_the_second_table_find_their_item_by_line_or_article() -> None:
    mapping = Mapping(
        "two",
        (
            Table(
                ("One",),
                (Column(("no",), "line"), ARTICLE, Column(("amount",), "money", ("item.price",))),
            ),
            Table(("Two",), (Column(("no",), "line"), ARTICLE, NET)),
        ),
    )
    first = [("No.", "Article", "Amount"), (1, "A", 1), (2, "B", 2)]
    second = [("No.", "Article", "Net"), (None, "B", 20), (1, "A", 10), (9, "Z", 90)]
    reading = read_workbook(workbook_of(first, second), mapping)
    assert [item.get("net_mass") for item in reading.body["item"]] == ["10", "20", "90"]
    assert told(reading) == [("A4", "", "this line has no partner in the first table; it became an item of its own")]


def test_two_sheets_that_say_different_things_are_reported_and_the_first_is_kept() -> None:
    def other_article(book: Workbook) -> None:
        book["PACKING LIST"]["B9"] = "XX-1"
        book["PACKING LIST"]["I4"] = "LB-2026-0000"

    reading = read_workbook(changed_sample(other_article), saved_mapping())
    assert reading.body["item"][0]["article"] == "BV-DN20"
    assert reading.body["document"][0]["number"] == "LB-2026-1109"
    assert (
        "B9",
        "item.article",
        "says XX-1, but INVOICE!B16 says BV-DN20, which was kept",
    ) in told(reading)
    assert (
        "I4",
        "document.number",
        "says LB-2026-0000, but INVOICE!I6 says LB-2026-1109, which was kept",
    ) in told(reading)


def test_a_line_number_that_stands_twice_is_reported() -> None:
    assert told(small(CAPTIONS, LINE, LINE)) == [("A3", "", "this line number stands twice")]


def test_marks_for_nothing_say_nothing() -> None:
    reading = small(CAPTIONS, (1, "8481808199", "-", "无", "n/a"))
    assert reading.body["item"] == [{"code": "8481808199"}]
    assert reading.problems == ()


def test_text_that_looks_like_a_formula_stays_text() -> None:
    columns = (Column(("no",), "line"), Column(("name",), "text", ("item.description",)))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["No.", "Name"])
    sheet.append([1, "x"])
    sheet["B2"].value = '=HYPERLINK("http://example.com")'
    sheet["B2"].data_type = "s"
    reading = read_workbook(saved(book), small_mapping(*columns))
    assert reading.body["item"][0]["description"] == '=HYPERLINK("http://example.com")'
