# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The grid: blocks from a spreadsheet, fill down, rows; each one step of undo."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from swclient.document.body import to_body
from tests.window.hands import CTRL, Hands
from ui.forms.blocks import read_block, write_block
from ui.forms.grid import Grid
from ui.pages.goods import GoodsPage

GOODS = 3


def goods(hands: Hands) -> Grid:
    hands.view.show_page(GOODS)
    page = hands.page()
    assert isinstance(page, GoodsPage)
    page.list.setFocus()
    page.list.go_to(hands.session.rows("item")[0], "code")
    return page.list


def block(rows: int) -> str:
    lines = [
        [f"84818081{n % 100:02d}", f"Goods “{n}”\nsecond line", "CN", f"{n + 1}0,5", f"{n + 1}0", "7"]
        for n in range(rows)
    ]
    return write_block(lines)


def test_a_block_of_50_by_6_is_one_step(sample: Hands) -> None:
    grid = goods(sample)
    before = to_body(sample.session.declaration)
    QGuiApplication.clipboard().setText(block(50))
    sample.press(Qt.Key.Key_V, CTRL)
    assert len(sample.session.rows("item")) == 50
    assert grid.cells.rowCount() == 50
    assert sample.session.look(sample.item(50, "gross_mass")).text == "500.5"
    assert sample.session.look(sample.item(7, "description")).text == "Goods “6”\nsecond line"
    sample.press(Qt.Key.Key_Z, CTRL)
    assert to_body(sample.session.declaration) == before
    sample.press(Qt.Key.Key_Y, CTRL)
    assert len(sample.session.rows("item")) == 50


def test_a_cell_that_cannot_be_read_is_kept_and_marked(sample: Hands) -> None:
    grid = goods(sample)
    grid.go_to(sample.session.rows("item")[1], "gross_mass")
    QGuiApplication.clipboard().setText("heavy\n")
    grid.paste()
    path = sample.item(2, "gross_mass")
    assert sample.session.look(path).text == "heavy"
    assert any(finding.paths[0] == path for finding in sample.session.findings())


def test_a_copied_block_pastes_back_the_same(sample: Hands) -> None:
    grid = goods(sample)
    first, last = grid.cells.index(0, 0), grid.cells.index(2, 6)
    grid.selectionModel().select(_block(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    sample.press(Qt.Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert [len(line) for line in read_block(text)] == [7, 7, 7]
    before = to_body(sample.session.declaration)
    grid.go_to(sample.session.rows("item")[0], "code")
    sample.press(Qt.Key.Key_V, CTRL)
    assert to_body(sample.session.declaration) == before


def _block(first, last):
    from PySide6.QtCore import QItemSelection

    return QItemSelection(first, last)


def test_fill_down_copies_the_top_of_the_selection(sample: Hands) -> None:
    grid = goods(sample)
    column = [field.name for field in grid.cells.fields].index("price")
    grid.selectionModel().select(
        _block(grid.cells.index(0, column), grid.cells.index(3, column)),
        QItemSelectionModel.SelectionFlag.ClearAndSelect,
    )
    sample.press(Qt.Key.Key_D, CTRL)
    prices = {sample.session.look(sample.item(n, "price")).text for n in (1, 2, 3, 4)}
    assert len(prices) == 1
    sample.press(Qt.Key.Key_Z, CTRL)
    assert len({sample.session.look(sample.item(n, "price")).text for n in (1, 2, 3, 4)}) > 1


def test_typing_on_a_cell_replaces_it_and_enter_goes_on(sample: Hands) -> None:
    grid = goods(sample)
    grid.go_to(sample.session.rows("item")[0], "gross_mass")
    sample.type("6")
    sample.type("01,5")
    sample.press(Qt.Key.Key_Return)
    assert sample.session.look(sample.item(1, "gross_mass")).text == "601.5"
    assert grid.cells.fields[grid.currentIndex().column()].name == "net_mass"


def test_escape_takes_back_what_was_typed_into_a_cell(sample: Hands) -> None:
    grid = goods(sample)
    grid.go_to(sample.session.rows("item")[0], "gross_mass")
    before = sample.session.look(sample.item(1, "gross_mass")).text
    sample.type("7")
    sample.press(Qt.Key.Key_Escape)
    assert sample.session.look(sample.item(1, "gross_mass")).text == before


def test_ctrl_enter_past_the_last_item_adds_one(sample: Hands) -> None:
    grid = goods(sample)
    count = len(sample.session.rows("item"))
    grid.go_to(sample.session.rows("item")[-1], "code")
    sample.press(Qt.Key.Key_Return, CTRL)
    assert len(sample.session.rows("item")) == count + 1
    assert sample.box.field.id == "item.code"
    assert sample.view.stage.item == sample.session.rows("item")[-1]


def test_rows_are_removed_and_come_back(sample: Hands) -> None:
    grid = goods(sample)
    before = to_body(sample.session.declaration)
    sample.press(Qt.Key.Key_Delete, CTRL)
    assert len(sample.session.rows("item")) == 11
    assert grid.cells.rowCount() == 11
    sample.press(Qt.Key.Key_Z, CTRL)
    assert to_body(sample.session.declaration) == before


def test_rows_that_come_and_go_leave_the_current_row_current(sample: Hands) -> None:
    grid = goods(sample)
    third = sample.session.rows("item")[2]
    grid.go_to(third, "code")
    sample.session.remove_row("item", sample.session.rows("item")[0])
    assert grid.row == third
    sample.session.undo()
    assert grid.row == third


def test_the_model_keeps_qts_rules(sample: Hands) -> None:
    grid = goods(sample)
    tester = QAbstractItemModelTester(grid.cells, QAbstractItemModelTester.FailureReportingMode.Warning)
    sample.session.add_row("item")
    sample.session.remove_row("item", sample.session.rows("item")[3])
    sample.session.move_row("item", sample.session.rows("item")[0], 5)
    sample.session.undo()
    sample.session.undo()
    assert tester.model() is grid.cells


def test_totals_stand_under_their_columns_and_are_held_against_the_head(sample: Hands) -> None:
    goods(sample)
    page = sample.page()
    assert isinstance(page, GoodsPage)
    total = sum(sample.session.value(sample.item(n, "price")) for n in range(1, 13))
    sample.qtbot.waitUntil(lambda: page.totals.sums.get("price") == total)
    assert page.totals.meets["price"]
    sample.session.type_in(sample.header("invoice_total"), "1.00")
    sample.qtbot.waitUntil(lambda: not page.totals.meets["price"])
