# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables and labels are found by their words, wherever a supplier has put them this time."""

from typing import Any

import pytest
from openpyxl import Workbook

from swclient.base.errors import UserError
from swclient.exchange.mapping import Column, Label, Mapping, Table
from swclient.exchange.mapping_suggest import suggest_mapping
from swclient.exchange.workbook import read_workbook
from tests.exchange.workbooks import (
    CAPTIONS,
    COLUMNS,
    CURRENCY,
    LINE,
    SAMPLE,
    changed_sample,
    saved_mapping,
    small,
    small_mapping,
    told,
    workbook_of,
)

ARTICLE = Column(("article",), "text", ("item.article",))
NET = Column(("net",), "mass", ("item.net_mass",))


def same_as_sample(data: bytes) -> bool:
    return read_workbook(data, saved_mapping()).body == read_workbook(SAMPLE, saved_mapping()).body


# ---- a workbook that looks different next month --------------------------------------------------------------------


def more_title_rows(book: Workbook) -> None:
    for sheet in book.worksheets:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(area.coord)
        sheet.insert_rows(1, 3)
        sheet["A1"] = "Dear customer, find our documents below"


def more_columns(book: Workbook) -> None:
    for sheet in book.worksheets:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(area.coord)
    book["INVOICE"].insert_cols(7, 2)
    book["INVOICE"]["G14"] = "Colour"
    book["INVOICE"]["G16"] = "red"


def other_names(book: Workbook) -> None:
    book["INVOICE"].title = "Sheet1"
    book["PACKING LIST"].title = "Sheet2"


def other_order(book: Workbook) -> None:
    book.move_sheet("PACKING LIST", -1)


@pytest.mark.parametrize("change", [other_names, other_order])
def test_sheets_may_have_other_names_and_another_order(change: Any) -> None:
    assert same_as_sample(changed_sample(change))


def test_further_title_rows_do_not_matter() -> None:
    # Unmerging leaves the group captions over one column only, and one container for the first line of several.
    reading = read_workbook(changed_sample(more_title_rows), saved_mapping())
    assert reading.rows_read == 12
    assert reading.body["item"][11]["gross_mass"] == "688"
    assert reading.body["document"][0]["number"] == "LB-2026-1109"


def test_further_columns_do_not_matter_and_are_named() -> None:
    reading = read_workbook(changed_sample(more_columns), saved_mapping())
    assert reading.body["item"][0]["price"] == "4620.00"
    assert any("colour" in text for text in reading.columns_left)


def test_one_sheet_with_both_tables_is_read() -> None:
    mapping = Mapping(
        "both",
        (Table(("*",), COLUMNS), Table(("*",), (Column(("line",), "line"), NET, ARTICLE))),
    )
    rows = [
        CAPTIONS,
        LINE,
        ("Total", None, None, 5.5, 100),
        (),
        ("Line", "Article", "Net"),
        (1, "A-1", 5),
    ]
    reading = read_workbook(workbook_of(rows), mapping)
    assert reading.body["item"][0]["net_mass"] == "5"
    assert reading.body["item"][0]["article"] == "A-1"
    assert reading.problems == ()


def test_two_rows_of_captions_are_no_goods_line() -> None:
    reading = small(CAPTIONS, ("序号", "编码", "数量", "毛重", "金额"), LINE)
    assert reading.rows_read == 1
    assert reading.problems == ()


# ---- captions and labels that are missing or unusual ---------------------------------------------------------------


def test_a_missing_column_is_reported_and_the_rest_is_read() -> None:
    reading = small([c for c in CAPTIONS if c != "Gross"], [LINE[0], LINE[1], LINE[2], LINE[4]])
    assert told(reading) == [("A1", "item.gross_mass", "no column is captioned gross")]
    assert reading.body["item"][0]["price"] == "100.00"


def test_a_workbook_without_the_first_table_is_refused_with_the_captions_looked_for() -> None:
    with pytest.raises(UserError, match="hs code, quantity, gross, amount"):
        small(("Name", "Age"), ("A", 1))


def test_captions_without_a_goods_line_are_refused() -> None:
    with pytest.raises(UserError, match="no goods line"):
        small(CAPTIONS, ("Total", None, None, 0, 0))


def test_a_missing_second_table_is_reported() -> None:
    mapping = Mapping("two", (Table(("*",), COLUMNS), Table(("*packing*",), (NET, ARTICLE))))
    reading = read_workbook(workbook_of([CAPTIONS, LINE]), mapping)
    assert [problem.reason.text() for problem in reading.problems] == [
        "no sheet has a table with the captions net, article"
    ]


def test_a_label_may_hold_its_value_in_its_own_cell_and_an_empty_one_says_nothing() -> None:
    labels = (
        CURRENCY,
        Label(("*",), ("invoice no",), "text", ("document.number",), (("kind", "04021"),)),
        Label(("*",), ("date",), "date", ("document.date",), (("kind", "04021"),)),
    )
    top = [("Currency: USD",), ("Invoice No.:", None, "Date:", "soon")]
    reading = read_workbook(workbook_of([*top, CAPTIONS, LINE]), small_mapping(labels=labels))
    assert reading.body["header"] == {"currency": "USD"}
    assert reading.body["document"] == [{"kind": "04021", "date": "soon"}]
    assert told(reading) == [("D2", "document.date", "not a date")]


def test_a_sentence_that_holds_a_label_is_no_label() -> None:
    reading = read_workbook(
        workbook_of(
            [
                ("Payment in any currency is welcome",),
                ("Our currency of choice is known to all who ever dealt with us: EUR",),
                CAPTIONS,
                LINE,
            ]
        ),
        small_mapping(labels=(CURRENCY,)),
    )
    assert "header" not in reading.body


def test_the_currency_is_taken_from_the_caption_where_nothing_else_tells_it() -> None:
    reading = small((*CAPTIONS[:4], "Amount, EUR"), LINE)
    assert reading.body["header"]["currency"] == "EUR"
    against = read_workbook(
        workbook_of([("Currency:", "USD"), (), (*CAPTIONS[:4], "Amount, EUR"), LINE]),
        small_mapping(labels=(CURRENCY,)),
    )
    assert told(against) == [("E3", "header.currency", "says EUR, but One!B1 says USD, which was kept")]


# ---- guesses -------------------------------------------------------------------------------------------------------


def test_a_plain_russian_invoice_is_guessed() -> None:
    data = workbook_of(
        [
            ("Инвойс №:", "7", "Дата:", "09.11.2026"),
            ("Условия поставки:", "DAP Алматы"),
            (
                "№ п/п",
                "Наименование товара",
                "Код ТН ВЭД",
                "Кол-во",
                "Вес брутто",
                "Вес нетто",
                "Сумма, USD",
            ),
            (1, "Подшипники", "8482109008", "2 000 шт", "276,5", "260,0", "2 240,00"),
            ("Итого", None, None, None, "276,5", "260,0", "2 240,00"),
        ]
    )
    reading = read_workbook(data, suggest_mapping(data, "russian"))
    assert reading.problems == ()
    assert reading.body["item"] == [
        {
            "description": "Подшипники",
            "code": "8482109008",
            "quantity": "2000",
            "quantity_unit": "796",
            "gross_mass": "276.5",
            "net_mass": "260",
            "price": "2240.00",
        }
    ]
    assert reading.body["header"] == {
        "incoterm": "DAP",
        "delivery_place": "Алматы",
        "currency": "USD",
    }
    assert reading.body["document"] == [{"kind": "04021", "number": "7", "date": "2026-11-09"}]


def test_a_workbook_of_something_else_is_not_guessed() -> None:
    with pytest.raises(UserError, match="captions that we recognise"):
        suggest_mapping(workbook_of([("Name", "Age"), ("A", 1)]))
