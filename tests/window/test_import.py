# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that is looked over: chosen, mapped by example, taken over as one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from swclient.document.body import to_body
from tests.window.handed_in import content, goes, hand_in, invoice, line, room
from tests.window.hands import CTRL, Hands
from ui.pages.importing import ImportPage

if TYPE_CHECKING:
    import pytest


def test_ctrl_o_reads_a_file_and_enter_takes_it_over_as_one_step(
    hands: Hands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = invoice(folder, line(1), line(2, kg="heavy"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    hands.press(Qt.Key.Key_O, CTRL)
    hands.qtbot.waitUntil(lambda: isinstance(hands.window.room, ImportPage), timeout=20_000)
    page = room(hands)
    assert "2 goods lines" in page.title.text()
    assert page.summary.text().startswith("2 new items")
    assert page.lines.held.rows[0].sign == "warning"
    assert page.lines.held.rows[0].after == "heavy"
    assert hands.program.office.application.folders()["drafts"] == 0, "nothing is made before it is taken over"
    page.lines.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert len(hands.session.rows("item")) == 2
    assert hands.session.look(hands.item(2, "gross_mass")).text == "heavy", "kept as it stands"
    assert "invoice.xlsx" in hands.go_to("item.price", 1).editor.accessibleDescription()
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.session.rows("item") == []


def test_escape_drops_a_file_and_comes_back_to_what_was_open(sample: Hands, folder: Path) -> None:
    before, shown = content(sample), sample.window.room
    hand_in(sample, invoice(folder))
    sample.press(Qt.Key.Key_Escape)
    assert sample.window.room is shown
    assert content(sample) == before
    assert sample.session.undo_label is None


def test_a_column_is_set_by_example_and_found_again_for_that_supplier(hands: Hands, folder: Path) -> None:
    page = hand_in(hands, invoice(folder))
    assert "nobody has looked them over" in page.why.text()
    assert goes(page)[6] == ""
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.held.index(2, 6))
    hands.type("brand")
    assert page.pick.isVisible()
    hands.press(Qt.Key.Key_Return)
    hands.qtbot.waitUntil(lambda: page.buttons["take"].isEnabled() and not hands.program.office.long.going)
    assert "brand" in goes(page)[6].lower()
    assert hands.cursor is page.table
    page.lines.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert hands.session.look(hands.item(1, "brand")).text == "red"
    page = hand_in(hands, invoice(folder, line(7), name="the next one.xlsx"))
    assert "as you set them last time for “Primer Valves”" in page.why.text()
    assert "brand" in goes(page)[6].lower()
    assert hands.cursor is page.lines, "what was looked over before wants a look at the changes only"
    page = hand_in(hands, invoice(folder, seller="Another", name="same headings.xlsx"))
    assert "another supplier" in page.why.text()


def test_a_column_can_be_left_out(hands: Hands, folder: Path) -> None:
    page = hand_in(hands, invoice(folder))
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.held.index(1, 4))
    hands.press(Qt.Key.Key_Delete)
    hands.qtbot.waitUntil(lambda: page.buttons["take"].isEnabled() and not hands.program.office.long.going)
    assert goes(page)[4] == ""
    page.lines.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert hands.session.look(hands.item(1, "gross_mass")).text == ""


def test_a_sheet_that_nobody_knows_is_mapped_by_hand(hands: Hands, folder: Path) -> None:
    (folder / "odd.csv").write_text("Kode;Ware;Stück\n8481808199;Ventil;5\n8482109008;Lager;7\n", encoding="utf-8")
    page = hand_in(hands, folder / "odd.csv")
    assert "No table of goods was recognised" in page.why.text()
    assert not page.buttons["take"].isEnabled()
    for place, box in ((0, "33"), (1, "description of")):
        page.table.setFocus()
        page.table.setCurrentIndex(page.table.held.index(1, place))
        hands.type(box)
        hands.press(Qt.Key.Key_Return)
        hands.qtbot.waitUntil(lambda: page.buttons["take"].isEnabled() and not hands.program.office.long.going)
    page.lines.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    told = [hands.session.look(hands.item(n, name)).text for n in (1, 2) for name in ("code", "description")]
    assert told == ["8481808199", "Ventil", "8482109008", "Lager"]


# ---- into what is open


def test_lines_are_met_by_code_and_description(sample: Hands, folder: Path) -> None:
    sample.session.type_in(sample.item(3, "description"), "Valve 1")
    sample.session.type_in(sample.item(3, "code"), "8481808101")
    before = content(sample)
    page = hand_in(sample, invoice(folder))
    page.turned.emit("goods")
    assert "1 new item" in page.summary.text()
    assert "1 item changes" in page.summary.text()
    changed = [row for row in page.lines.held.rows if row.where == "Item 3" and row.before]
    assert {"10.5", "101.00"} <= {row.after for row in changed}
    page.lines.setFocus()
    sample.press(Qt.Key.Key_Return)
    sample.rest()
    assert len(sample.session.rows("item")) == 13
    assert sample.session.look(sample.item(3, "gross_mass")).text == "10.5"
    sample.press(Qt.Key.Key_Z, CTRL)
    assert content(sample) == before


def test_items_that_are_replaced_are_named_and_come_back_with_undo(sample: Hands, folder: Path) -> None:
    before = content(sample)
    page = hand_in(sample, invoice(folder))
    page.turned.emit("replace")
    assert "12 items are removed" in page.summary.text()
    assert [row.where for row in page.lines.held.rows if row.what == "removed"] == [f"Item {n}" for n in range(1, 13)]
    page.lines.setFocus()
    sample.press(Qt.Key.Key_Return)
    sample.rest()
    assert len(sample.session.rows("item")) == 2
    sample.press(Qt.Key.Key_Z, CTRL)
    assert content(sample) == before


def test_appending_takes_nothing_away(sample: Hands, folder: Path) -> None:
    before = to_body(sample.session.declaration)
    page = hand_in(sample, invoice(folder))
    page.turned.emit("append")
    page.lines.setFocus()
    sample.press(Qt.Key.Key_Return)
    sample.rest()
    after = to_body(sample.session.declaration)
    assert after["item"][:12] == before["item"]
    assert len(after["item"]) == 14
