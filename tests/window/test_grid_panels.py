# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The grid's larger acts: a block that is looked at first, several rows typed into, sorting, freezing, grouping."""

from __future__ import annotations

import json
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from swclient.base import i18n
from swclient.document.body import to_body
from swclient.document.path import Path
from tests.window.hands import ALT, CTRL, SHIFT, Hands
from tests.window.test_grid import goods
from ui.forms.blocks import read_block, write_block
from ui.pages.goods import GoodsPage

HEADS = ["HS code", "Description of goods", "Country of origin", "Gross weight", "Amount", "Farbe"]
CTRL_SHIFT = CTRL | SHIFT


def page_of(hands: Hands) -> GoodsPage:
    page = hands.page()
    assert isinstance(page, GoodsPage)
    return page


def content(hands: Hands) -> bytes:
    return json.dumps(to_body(hands.session.declaration), ensure_ascii=False).encode()


def copied(lines: int, **other: str) -> None:
    cells = [[f"84818081{n % 100:02d}", f"Valve {n}", "China", "10,5", f"{n + 1}00.00", "red"] for n in range(lines)]
    QGuiApplication.clipboard().setText(write_block([HEADS, *cells, *([list(other.values())] if other else [])]))


def texts(hands: Hands, field: str, *numbers: int) -> list[str]:
    return [hands.session.look(hands.item(number, field)).text for number in numbers]


def test_a_block_under_headings_is_looked_at_first_and_enter_takes_it(sample: Hands) -> None:
    goods(sample)
    before = content(sample)
    copied(20, code="8481808199", description="b", origin="Atlantis", gross="heavy", amount="5", colour="")
    sample.press(Qt.Key.Key_V, CTRL)
    panel = page_of(sample).pasting
    assert panel.isVisible()
    assert content(sample) == before, "nothing is changed while it is looked at"
    assert "2 doubtful cells" in panel.summary.text()
    assert "9 new rows" in panel.summary.text()
    assert panel.lines.held.rows[0].sign == "warning"
    sample.press(Qt.Key.Key_Return)
    assert not panel.isVisible()
    assert len(sample.session.rows("item")) == 21
    assert texts(sample, "origin", 1, 20) == ["CN", "CN"]
    assert texts(sample, "gross_mass", 20, 21) == ["10.5", "heavy"]
    assert sample.cursor is page_of(sample).list
    sample.press(Qt.Key.Key_Z, CTRL)
    assert content(sample) == before


def test_escape_drops_a_block(sample: Hands) -> None:
    goods(sample)
    before = content(sample)
    copied(3)
    sample.press(Qt.Key.Key_V, CTRL)
    assert page_of(sample).pasting.isVisible()
    sample.press(Qt.Key.Key_Escape)
    assert not page_of(sample).pasting.isVisible()
    assert content(sample) == before
    assert sample.session.undo_label is None


def test_a_column_is_sent_elsewhere_by_keys_and_that_is_remembered(sample: Hands) -> None:
    grid = goods(sample)
    copied(2)
    sample.press(Qt.Key.Key_V, CTRL)
    panel = page_of(sample).pasting
    panel.columns.setFocus()
    panel.columns.stand_on(5)
    assert panel.columns.held.rows[5].sign == "none"
    for _step in range(40):
        sample.press(Qt.Key.Key_Right)
        if panel.act is not None and panel.act.columns[5].fields == ("brand",):
            break
    sample.press(Qt.Key.Key_Return)
    assert texts(sample, "brand", 1, 2) == ["red", "red"]
    grid.go_to(sample.session.rows("item")[4], "code")
    sample.press(Qt.Key.Key_V, CTRL)
    assert panel.act is not None
    assert panel.act.columns[5].fields == ("brand",)
    panel.buttons["new"].click()
    assert panel.act.plan().changed == 0
    sample.press(Qt.Key.Key_Return)
    assert texts(sample, "brand", 5, 13, 14) == ["", "red", "red"]


def test_rows_that_go_behind_a_panel_take_it_along(sample: Hands) -> None:
    goods(sample)
    copied(3)
    sample.press(Qt.Key.Key_V, CTRL)
    sample.session.remove_row("item", sample.session.rows("item")[0])
    assert not page_of(sample).pasting.isVisible()


def test_a_value_that_changes_behind_a_panel_is_looked_at_anew(sample: Hands) -> None:
    goods(sample)
    QGuiApplication.clipboard().setText("HS code\tOrigin\n8481808199\tKazakhstan\n")
    sample.press(Qt.Key.Key_V, CTRL)
    panel = page_of(sample).pasting
    assert panel.act is not None
    assert [cell.before for cell in panel.act.plan().cells] == ["CN"]
    sample.session.type_in(sample.item(1, "origin"), "KZ")
    assert panel.isVisible()
    assert panel.act.plan().cells == ()
    assert panel.summary.text() == "Nothing changes"


def test_quotes_that_do_not_pair_off_are_inches() -> None:
    assert read_block('Pipe 3"\t5\nPipe 4\t6') == [['Pipe 3"', "5"], ["Pipe 4", "6"]]
    assert read_block('"Pipe 3"""\t5\n') == [['Pipe 3"', "5"]]
    assert read_block('"' + "long " * 40000 + '"\t5') == [['"' + "long " * 40000 + '"', "5"]]


def test_a_table_below_another_item_is_not_sorted(sample: Hands) -> None:
    goods(sample)
    below = page_of(sample).grids["package"]
    below.cells.sort_rows(1)
    sample.view.stage.choose_item(sample.session.rows("item")[1])
    assert below.cells.sorted_by is None


def test_a_block_within_the_table_goes_straight_in(sample: Hands) -> None:
    goods(sample)
    QGuiApplication.clipboard().setText("8481808199\tone\n8481808199\ttwo\n")
    sample.press(Qt.Key.Key_V, CTRL)
    assert texts(sample, "description", 1, 2) == ["one", "two"]


def test_a_block_wider_than_the_table_is_looked_at(sample: Hands) -> None:
    grid = goods(sample)
    names = [field.name for field in grid.cells.fields]
    grid.go_to(sample.session.rows("item")[0], names[-1])
    QGuiApplication.clipboard().setText("one\t7\ntwo\t8\n")
    sample.press(Qt.Key.Key_V, CTRL)
    panel = page_of(sample).pasting
    assert panel.isVisible()
    assert [row.sign for row in panel.columns.held.rows] == ["", "none"]


def test_typing_sets_the_column_in_all_chosen_rows_as_one_step(sample: Hands) -> None:
    grid = goods(sample)
    before = content(sample)
    grid.go_to(sample.session.rows("item")[1], "net_mass")
    for _row in range(2):
        sample.press(Qt.Key.Key_Down, SHIFT)
    sample.type("12")
    assert grid.held_text(grid.cells.index(1, grid.currentIndex().column())) == "12"
    assert content(sample) == before
    sample.press(Qt.Key.Key_Return)
    assert texts(sample, "net_mass", 2, 3, 4) == ["12", "12", "12"]
    assert texts(sample, "net_mass", 1, 5) == ["540", "330"]
    sample.press(Qt.Key.Key_Z, CTRL)
    assert content(sample) == before


def test_escape_leaves_all_chosen_rows_as_they_were(sample: Hands) -> None:
    grid = goods(sample)
    before = content(sample)
    grid.go_to(sample.session.rows("item")[1], "net_mass")
    sample.press(Qt.Key.Key_Down, SHIFT)
    sample.type("12")
    sample.press(Qt.Key.Key_Escape)
    assert content(sample) == before
    assert grid.held_text(grid.currentIndex()) is None


def test_all_rows_are_chosen_with_ctrl_a(sample: Hands) -> None:
    grid = goods(sample)
    grid.go_to(sample.session.rows("item")[0], "net_mass")
    sample.press(Qt.Key.Key_A, CTRL)
    sample.type("nothing")
    sample.press(Qt.Key.Key_Return)
    assert set(texts(sample, "net_mass", *range(1, 13))) == {"nothing"}


def test_sorting_moves_the_view_and_no_number(sample: Hands) -> None:
    grid = goods(sample)
    tester = QAbstractItemModelTester(grid.cells, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert tester.model() is grid.cells
    before, own = content(sample), list(sample.session.rows("item"))
    third = own[2]
    grid.go_to(third, "price")
    sample.press(Qt.Key.Key_O, CTRL_SHIFT)
    values = [sample.session.value(Path("item", row, "price")) for row in grid.cells.rows]
    assert values == sorted(values)
    assert grid.cells.rows != own
    assert grid.row == third, "the cursor goes along with its row"
    shown = [grid.cells.headerData(place, Qt.Orientation.Vertical) for place in range(len(own))]
    assert shown == [str(own.index(row) + 1) for row in grid.cells.rows]
    sample.press(Qt.Key.Key_O, CTRL_SHIFT)
    assert [sample.session.value(Path("item", row, "price")) for row in grid.cells.rows] == values[::-1]
    sample.press(Qt.Key.Key_O, CTRL_SHIFT)
    assert grid.cells.rows == own
    assert content(sample) == before
    assert sample.session.undo_label is None


def test_what_is_typed_into_a_sorted_table_moves_no_row(sample: Hands) -> None:
    grid = goods(sample)
    grid.go_to(sample.session.rows("item")[0], "price")
    grid.sort_here()
    order = list(grid.cells.rows)
    sample.session.type_in(Path("item", order[0], "price"), "999999.00")
    assert grid.cells.rows == order
    new = sample.session.add_row("item")
    assert grid.cells.rows == [*order, new]
    sample.session.undo()
    assert grid.cells.rows == order


def test_a_click_on_a_heading_sorts_and_chooses_no_row(sample: Hands) -> None:
    grid = goods(sample)
    column = [field.name for field in grid.cells.fields].index("net_mass")
    head = grid.horizontalHeader()
    middle = head.sectionViewportPosition(column) + head.sectionSize(column) // 2
    sample.qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, 10))
    assert grid.cells.sorted_by == (column, False)
    assert len(grid.selectedIndexes()) == 1
    assert "smallest first" in str(grid.cells.headerData(column, Qt.Orientation.Horizontal))


def test_the_code_stays_in_sight_and_no_cell_hides_under_it(sample: Hands) -> None:
    grid = goods(sample)
    sample.window.resize(1024, 700)
    last = len(grid.cells.fields) - 1
    grid.go_to(sample.session.rows("item")[0], grid.cells.fields[last].name)
    assert grid.frozen == grid.columnWidth(0)
    assert grid.visualRect(grid.cells.index(1, 0)).left() == 0
    assert grid.indexAt(QPoint(5, 5)).column() == 0
    for _step in range(last):
        sample.press(Qt.Key.Key_Left)
        current = grid.currentIndex()
        assert grid.visualRect(current).left() >= (grid.frozen if current.column() else 0)
    assert grid.currentIndex().column() == 0


def test_alike_items_become_one_after_a_look(sample: Hands) -> None:
    grid = goods(sample)
    sample.press(Qt.Key.Key_G, CTRL_SHIFT)
    assert not page_of(sample).grouping.isVisible()
    assert "No two items are alike" in sample.view.line.notice.label.text()
    grid.setFocus()
    for _copy in range(2):
        grid.go_to(sample.session.rows("item")[0], "code")
        sample.press(Qt.Key.Key_D, CTRL_SHIFT)
    before = content(sample)
    sample.press(Qt.Key.Key_G, CTRL_SHIFT)
    panel = page_of(sample).grouping
    assert panel.isVisible()
    assert len(panel.lines.held.rows) == 1
    assert content(sample) == before
    sample.press(Qt.Key.Key_Return)
    assert len(sample.session.rows("item")) == 12
    assert len(sample.session.rows("line", sample.session.rows("item")[0])) == 3
    sample.press(Qt.Key.Key_Z, CTRL)
    assert content(sample) == before


def test_totals_say_in_words_what_they_miss(sample: Hands) -> None:
    goods(sample)
    page = page_of(sample)
    sample.session.type_in(sample.header("invoice_total"), "41650.00")
    sample.qtbot.waitUntil(lambda: bool(page.totals.differences))
    told = "The items add up to {}, “22.2 Total invoiced” says {}: {} too little there."
    figures = [i18n.show(Decimal(figure)) for figure in ("41656.50", "41650.00", "6.50")]
    assert page.totals.differences == [told.format(*figures)]
    assert page.totals.differences[0] in page.totals.accessibleDescription()
    tall = page.totals.height()
    sample.session.undo()
    sample.qtbot.waitUntil(lambda: not page.totals.differences)
    assert page.totals.height() < tall


def test_alt_and_letters_still_reach_the_window_from_a_panel(sample: Hands) -> None:
    goods(sample)
    copied(3)
    sample.press(Qt.Key.Key_V, CTRL)
    sample.press(Qt.Key.Key_Down, ALT)  # next finding: another place has the cursor, the panel waits
    assert page_of(sample).pasting.isVisible()
