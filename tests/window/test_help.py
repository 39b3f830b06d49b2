# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""F1: help of the box comes up with the cursor in it, and Escape or F1 goes back to the box."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from swclient.base import i18n
from tests.window.hands import Hands
from ui.pages.goods import GoodsPage
from ui.panels.help import Help

GOODS, PAYMENTS = 3, 5
SHORT_OF_ROOM = 0.35  # of the column, before F1


def _help(hands: Hands) -> Help:
    return hands.window.column.help


def test_help_says_what_goes_in_an_example_a_mistake_and_who_says_so(sample: Hands) -> None:
    sample.go_to("header.procedure")
    told = _help(sample)
    assert "procedure asked for" in told.what.text()
    assert told.example.text() == "40 – Release for domestic consumption"
    assert "One declaration has one procedure" in told.mistake.text()
    assert told.need.text() == "Must be filled."
    assert told.law.text().startswith("Customs Union Commission decision 257")
    assert "box 1" in told.law.text()
    assert "List of" in told.source.text()


def test_an_example_reads_as_the_box_would_show_it(sample: Hands) -> None:
    sample.go_to("item.price", 1)
    assert _help(sample).example.text() == i18n.show_number(Decimal("4620.00"))
    sample.go_to("header.sale")
    assert _help(sample).example.text() == "1 – yes"


def test_help_says_whether_this_declaration_asks_for_the_box_now(sample: Hands) -> None:
    sample.go_to("header.trading_country")
    assert "it must be here" in _help(sample).need.text()
    sample.session.type_in(sample.header("sale"), "0")
    sample.go_to("header.incoterm")
    assert "it need not be here" in _help(sample).need.text()
    sample.go_to("header.feature")
    assert _help(sample).need.text() == "May be left empty."


def test_help_of_a_row_that_is_gone_still_speaks(sample: Hands) -> None:
    sample.go_to("item.net_mass", 12)
    sample.session.remove_row("item", sample.session.rows("item")[-1])
    sample.rest()
    sample.program.office.speak("ru")
    QApplication.processEvents()
    assert "38" in _help(sample).heading.text()


def test_help_follows_to_a_figure_that_is_no_box(sample: Hands) -> None:
    sample.view.show_page(PAYMENTS)
    sample.view.start()
    assert _help(sample).heading.text().startswith("B")
    assert "to be paid" in _help(sample).what.text()


def test_a_screen_reader_hears_all_of_it(sample: Hands) -> None:
    sample.go_to("header.procedure")
    told = _help(sample).area.accessibleDescription()
    assert told.startswith("1.2")
    assert _help(sample).what.text() in told
    assert _help(sample).mistake.text() in told


def test_f1_brings_help_up_and_escape_goes_back_to_the_box(sample: Hands) -> None:
    box = sample.go_to("item.net_mass", 1)
    column = sample.window.column
    before = column.split.sizes()
    assert before[2] < SHORT_OF_ROOM * sum(before)
    sample.press(Qt.Key.Key_F1)
    assert _help(sample).area.hasFocus()
    assert column.split.sizes()[2] > before[2]
    assert _help(sample).way_back.isVisible()
    sample.press(Qt.Key.Key_Escape)
    assert sample.box is box
    assert column.split.sizes() == before
    assert not _help(sample).way_back.isVisible()


def test_f1_again_goes_back_too(sample: Hands) -> None:
    box = sample.go_to("item.net_mass", 1)
    sample.press(Qt.Key.Key_F1)
    sample.press(Qt.Key.Key_F1)
    assert sample.box is box


def test_f1_brings_help_up_where_the_column_was_put_away(sample: Hands) -> None:
    sample.press(Qt.Key.Key_F9)
    box = sample.go_to("header.procedure")
    assert not sample.window.column.isVisible()
    sample.press(Qt.Key.Key_F1)
    assert _help(sample).isVisible()
    assert _help(sample).area.hasFocus()
    sample.press(Qt.Key.Key_Escape)
    assert sample.box is box
    assert not sample.window.column.isVisible()


def test_help_gives_its_room_back_when_the_cursor_leaves_by_itself(sample: Hands) -> None:
    sample.go_to("header.procedure")
    before = sample.window.column.split.sizes()
    sample.press(Qt.Key.Key_F1)
    sample.go_to("header.incoterm")
    assert sample.window.column.split.sizes() == before
    sample.press(Qt.Key.Key_F1)
    sample.press(Qt.Key.Key_Escape)
    assert sample.box.path == sample.header("incoterm")


def test_escape_goes_to_the_box_too_where_the_cursor_came_by_another_way(sample: Hands) -> None:
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
        box = sample.go_to("header.procedure")
        sample.qtbot.mouseClick(_help(sample).area.viewport(), Qt.MouseButton.LeftButton)
        _help(sample).area.setFocus(Qt.FocusReason.MouseFocusReason)
        sample.press(key)
        assert sample.box is box


def test_from_a_cell_that_is_being_typed_in_the_way_back_is_its_table(sample: Hands) -> None:
    sample.view.show_page(GOODS)
    page = sample.page()
    assert isinstance(page, GoodsPage)
    page.list.setFocus()
    page.list.go_to(sample.session.rows("item")[0], "gross_mass")
    sample.type("601.5")
    assert sample.cursor is not page.list
    sample.press(Qt.Key.Key_F1)
    assert "35" in _help(sample).heading.text()
    sample.press(Qt.Key.Key_Escape)
    assert sample.cursor is page.list
    assert sample.session.look(sample.item(1, "gross_mass")).text == "601.5"


def test_help_takes_the_words_of_another_language_at_once(sample: Hands) -> None:
    sample.go_to("header.procedure")
    english = _help(sample).need.text()
    sample.program.office.speak("ru")
    QApplication.processEvents()
    assert _help(sample).need.text() not in {"", english}
    assert _help(sample).example.text().startswith("40 – ")
    assert not _help(sample).example.text().endswith("consumption")


def test_f1_brings_help_up_where_the_form_took_the_columns_place(sample: Hands) -> None:
    sample.window.resize(1366, 768)
    sample.window.toggle_form()
    box = sample.go_to("header.procedure")
    assert not sample.window.column.isVisible()
    sample.press(Qt.Key.Key_F1)
    assert _help(sample).area.hasFocus()
    assert _help(sample).isVisible()
    sample.press(Qt.Key.Key_Escape)
    assert sample.box is box
    assert not sample.window.column.isVisible()
