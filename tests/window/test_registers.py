# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registers by hand: a record kept, another filled, entries typed, found, removed and brought back; keys only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from swclient.document.path import SINGLE, Path
from swclient.workflow.registers.kept import Registers
from tests.window.hands import CTRL, SHIFT, Hands
from ui.pages.registers import RegistersPage
from ui.panels.register_offer import Offer

KEEP, LIST = Qt.Key.Key_K, Qt.Key.Key_F8
MILL = {"exporter.name": "TRAINING Mill", "exporter.country": "CN", "exporter.city": "Urumqi"}
FORGE = {"exporter.name": "TRAINING Forge", "exporter.country": "KZ"}


def shelf(hands: Hands) -> Registers:
    return Registers(hands.program.office.application)


@pytest.fixture
def blank(hands: Hands) -> Hands:
    """Hands on a new declaration, two parties in the register."""
    shelf(hands).keep("parties", [MILL, FORGE])
    hands.program.office.new()
    hands.rest()
    return hands


def consignee(field: str) -> Path:
    return Path("consignee", SINGLE, field)


def text(hands: Hands, field: str) -> str:
    return hands.session.look(consignee(field)).text


def offer(hands: Hands) -> Offer:
    found = hands.window.findChild(Offer)
    assert isinstance(found, Offer)
    return found


def notice(hands: Hands) -> str:
    return hands.view.line.notice.label.text()


def page(hands: Hands) -> RegistersPage:
    hands.program.office.show_folder("registers")
    hands.rest()
    found = hands.window.room
    assert isinstance(found, RegistersPage)
    return found


def names(found: RegistersPage) -> list[str]:
    return [row.name for row in found.rows.rows]


def test_f8_in_a_name_offers_the_register_and_enter_fills_the_record_as_one_step(blank: Hands) -> None:
    box = blank.go_to("consignee.name")
    blank.press(LIST)
    assert offer(blank).isVisible()
    blank.type("urum")
    assert [line.name for line in offer(blank).rows.rows] == ["TRAINING Mill"]
    assert "fills 3 boxes" in offer(blank).told[0].text()
    blank.press(Qt.Key.Key_Return)
    blank.rest()
    assert [text(blank, field) for field in ("name", "country", "city")] == ["TRAINING Mill", "CN", "Urumqi"]
    assert blank.box is box
    blank.press(Qt.Key.Key_Z, CTRL)
    assert [text(blank, field) for field in ("name", "country", "city")] == ["", "", ""]


def test_words_typed_in_the_box_find_the_entry_and_give_way_to_it(blank: Hands) -> None:
    blank.go_to("consignee.name")
    blank.type("forge")
    blank.press(Qt.Key.Key_R, CTRL)
    assert [line.name for line in offer(blank).rows.rows] == ["TRAINING Forge"]
    blank.press(Qt.Key.Key_Return)
    assert text(blank, "name") == "TRAINING Forge"


def test_what_was_typed_otherwise_is_told_before_and_after_and_stays(blank: Hands) -> None:
    blank.go_to("consignee.country")
    blank.type("RU")
    blank.go_to("consignee.name")
    blank.press(LIST)
    blank.type("mill")
    assert "Country: RU (register: CN)" in offer(blank).told[1].text()
    blank.press(Qt.Key.Key_Return)
    assert text(blank, "country") == "RU"
    assert "Country: RU (register: CN)" in notice(blank)
    blank.press(LIST)
    blank.press(Qt.Key.Key_Return, SHIFT)
    assert text(blank, "country") == "CN"


def test_escape_fills_nothing_and_the_cursor_is_where_it_was(blank: Hands) -> None:
    box = blank.go_to("consignee.name")
    blank.press(LIST)
    blank.press(Qt.Key.Key_Down)
    blank.press(Qt.Key.Key_Escape)
    assert not offer(blank).isVisible()
    assert (blank.box, text(blank, "name")) == (box, "")


def test_a_filled_box_is_marked_and_says_where_from_until_it_is_typed_over(blank: Hands) -> None:
    box = blank.go_to("consignee.name")
    blank.press(LIST)
    blank.type("mill")
    blank.press(Qt.Key.Key_Return)
    blank.rest()
    assert "from the register: TRAINING Mill, kept" in box.editor.accessibleDescription()
    assert "From the register: TRAINING Mill, kept" in blank.window.column.help.came.text()
    blank.type("X")
    blank.rest()
    assert "register" not in box.editor.accessibleDescription()
    assert blank.window.column.help.came.isHidden()


def test_a_code_box_keeps_its_own_list_and_ctrl_r_offers_there_too(blank: Hands) -> None:
    blank.go_to("consignee.country")
    blank.press(LIST)
    assert blank.window.findChild(Offer) is None
    blank.press(Qt.Key.Key_Escape)
    blank.press(Qt.Key.Key_R, CTRL)
    assert offer(blank).isVisible()


def test_the_search_field_offers_an_entry_for_the_record_that_the_cursor_is_in(blank: Hands) -> None:
    blank.go_to("consignee.name")
    blank.press(KEEP, CTRL)
    blank.type("forge")
    assert "Fill from the register: TRAINING Forge" in [hit.words for hit in blank.window.top.search.hits]
    blank.press(Qt.Key.Key_Return)
    assert offer(blank).isVisible()
    assert text(blank, "name") == ""
    blank.press(Qt.Key.Key_Return)
    assert text(blank, "name") == "TRAINING Forge"


def test_a_record_is_kept_by_its_key_and_told(sample: Hands) -> None:
    sample.go_to("item.description", 2)
    sample.press(KEEP, CTRL | SHIFT)
    (row,) = shelf(sample).listed("goods")
    assert row.name in notice(sample)
    assert shelf(sample).load(row.id).values["item.code"] == sample.session.look(sample.item(2, "code")).text
    sample.rest()
    assert sample.window.rail.buttons["registers"].accessibleName() == "Registers: 1"
    sample.press(KEEP, CTRL | SHIFT)
    assert "already" in notice(sample)
    sample.go_to("header.reference")
    sample.press(KEEP, CTRL | SHIFT)
    assert "party, an item or a vehicle" in notice(sample)


def test_the_item_that_is_turned_to_is_the_one_that_is_kept_and_helped_with(sample: Hands) -> None:
    sample.go_to("item.article", 1)
    sample.press(Qt.Key.Key_PageDown, CTRL)
    assert sample.view.stage.path == sample.item(2, "article")
    sample.press(KEEP, CTRL | SHIFT)
    assert [row.name.split(" · ")[0] for row in shelf(sample).listed("goods")] == ["6205-2RS"]


def test_a_vehicle_in_its_table_is_filled_from_the_carriers(blank: Hands) -> None:
    lorry = {"arrival_means.identity": "TRAINING-01", "arrival_means.country": "KZ", "carrier.name": "TRAINING Haulier"}
    shelf(blank).keep("carriers", [lorry])
    row = blank.session.add_row("arrival_means")
    blank.view.stage.jump.emit(Path("arrival_means", row, "identity"))
    blank.rest()
    blank.press(LIST)
    assert offer(blank).isVisible()
    blank.press(Qt.Key.Key_Return)
    blank.rest()
    assert blank.session.text_at(Path("arrival_means", row, "identity")) == "TRAINING-01"
    assert blank.session.text_at(Path("carrier", SINGLE, "name")) == "TRAINING Haulier"


def test_an_entry_is_typed_by_hand_and_kept_as_one_types(hands: Hands) -> None:
    found = page(hands)
    assert found.lead.isVisible()
    hands.press(Qt.Key.Key_Insert, CTRL)
    hands.type("TRAINING Kiln")
    hands.press(Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: names(found) == ["TRAINING Kiln"])
    hands.type("91650100")
    hands.program.office.show_folder("drafts")  # leaving keeps what was typed just now
    (row,) = shelf(hands).listed("parties")
    assert shelf(hands).load(row.id).values == {"exporter.name": "TRAINING Kiln", "exporter.tax_id": "91650100"}


def test_entries_are_found_removed_and_taken_back_by_keys(blank: Hands) -> None:
    found = page(blank)
    assert names(found) == ["TRAINING Forge", "TRAINING Mill"]
    blank.type("urumqi")
    assert names(found) == ["TRAINING Mill"]
    blank.press(Qt.Key.Key_Down)
    assert blank.cursor is found.list
    blank.press(Qt.Key.Key_Delete)
    assert [row.name for row in shelf(blank).listed()] == ["TRAINING Forge"]
    assert [(row.name, row.removed) for row in found.rows.rows] == [("TRAINING Mill", True)]
    blank.press(Qt.Key.Key_Z, CTRL)
    assert [(row.name, row.removed) for row in found.rows.rows] == [("TRAINING Mill", False)]
    blank.press(Qt.Key.Key_Delete)
    blank.press(Qt.Key.Key_Return)
    assert len(shelf(blank).listed()) == 2


def test_a_change_that_takes_another_s_name_is_refused_told_and_stays_on_the_screen(blank: Hands) -> None:
    found = page(blank)
    blank.press(Qt.Key.Key_Down)
    blank.press(Qt.Key.Key_Return)
    blank.type("TRAINING Mill")
    blank.program.office.registers.room.keep()
    assert "already" in found.notice.label.text()
    assert blank.box.editor.text() == "TRAINING Mill"
    assert sorted(row.name for row in shelf(blank).listed()) == ["TRAINING Forge", "TRAINING Mill"]
    blank.press(Qt.Key.Key_Z, CTRL)
    blank.program.office.registers.room.keep()
    assert not found.notice.isVisible()


def test_each_register_has_its_tab_and_every_box_has_a_name(blank: Hands) -> None:
    found = page(blank)
    shelf(blank).keep("goods", [{"item.description": "Boots", "item.article": "B-1"}])
    blank.press(Qt.Key.Key_Tab, CTRL)
    blank.rest()
    assert names(found) == ["B-1 · Boots"]
    room = blank.program.office.registers.room
    assert room.boxes is not None
    assert {"item.code", "item.description"} <= room.boxes.boxes.keys()
    assert all(box.editor.accessibleName() for box in room.boxes.boxes.values())
    assert "item.gross_mass" not in room.boxes.boxes
