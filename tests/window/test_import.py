# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files handed in at the window: chosen or dropped, mapped by example, looked over, taken over as one step, stopped."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from swclient.document.body import to_body
from swclient.exchange import workbook
from tests.exchange.workbooks import SAMPLE, workbook_of
from tests.window.hands import CTRL, SHIFT, Hands, type_words
from ui.long_work import StoppedError, Tick
from ui.pages.importing import ImportPage

HEADS = ["No.", "HS code", "Description of goods", "Quantity", "Gross weight", "Amount USD", "Farbe"]
BUTTON, ACTION = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction


def line(number: int, **other: Any) -> list[Any]:
    cells = {"code": f"84818081{number % 100:02d}", "name": f"Valve {number}", "pcs": "12 pcs", "kg": 10.5,
             "amount": 100 + number, "colour": "red"}  # fmt: skip
    return [number, *(cells | other).values()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "from suppliers"
    made.mkdir()
    return made


def invoice(folder: Path, *lines: list[Any], seller: str = "Primer Valves", name: str = "invoice.xlsx") -> Path:
    rows = [[f"Seller: {seller}"], [], HEADS, *(lines or (line(1), line(2)))]
    (folder / name).write_bytes(workbook_of(rows, names=("Invoice",)))
    return folder / name


def content(hands: Hands) -> bytes:
    return json.dumps(to_body(hands.session.declaration), ensure_ascii=False).encode()


def room(hands: Hands) -> ImportPage:
    found = hands.window.room
    assert isinstance(found, ImportPage)
    return found


def hand_in(hands: Hands, path: Path) -> ImportPage:
    """Hand a file in and wait until it is shown."""
    hands.program.office.files.take_file(path)
    hands.qtbot.waitUntil(lambda: isinstance(hands.window.room, ImportPage), timeout=20_000)
    hands.qtbot.waitUntil(lambda: not hands.program.office.long.going)
    return room(hands)


def drop(hands: Hands, target: QWidget, *paths: Path) -> bool:
    """Drop files on a widget, as the system does; return whether anybody takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), ACTION, data, BUTTON, none)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), ACTION, data, BUTTON, none))
    return enter.isAccepted()


def goes(page: ImportPage) -> list[str]:
    return [page.table.held.goes(place) for place in range(page.table.held.columnCount())]


# ---- chosen, looked over, taken


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
    assert "1 new items" in page.summary.text()
    assert "1 items change" in page.summary.text()
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


# ---- dropped


def test_a_file_dropped_on_a_box_is_read_and_not_written_into_it(sample: Hands, folder: Path) -> None:
    box, session = sample.go_to("header.reference"), sample.session
    before = content(sample)
    assert drop(sample, box.editor, invoice(folder))
    sample.qtbot.waitUntil(lambda: isinstance(sample.window.room, ImportPage), timeout=20_000)
    assert json.dumps(to_body(session.declaration), ensure_ascii=False).encode() == before
    assert "2 goods lines" in room(sample).title.text()


def test_a_declaration_dropped_on_the_window_is_opened(hands: Hands, folder: Path) -> None:
    shutil.copy(SAMPLE.with_name("kz-import-40.json"), folder / "shipment.txt")  # told by what is in it
    assert drop(hands, hands.window.rail, folder / "shipment.txt")
    hands.qtbot.waitUntil(lambda: hands.window.view is not None, timeout=20_000)
    hands.rest()
    assert len(hands.session.rows("item")) == 12


def test_words_that_are_dragged_are_no_files(hands: Hands) -> None:
    data = QMimeData()
    data.setText("just words")
    enter = QDragEnterEvent(QPoint(5, 5), ACTION, data, BUTTON, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(hands.window, enter)
    assert not enter.isAccepted()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xlsx", b"PK\x03\x04 and no more", "not an Excel workbook"),
        ("b.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "save it as .xlsx"),
        ("c.xlsx", b"MZ\x90\x00" + bytes(600), "neither a workbook"),
        ("d.pdf", b"%PDF-1.7", "Attach it"),
        ("e.csv", b"code;name\n1;\xcf\xf0\n", "UTF-8"),
        ("f.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "f.xml"),
        ("g.json", b'{"format": 1', "g.json"),
    ],
)
def test_hostile_and_strange_files_are_refused_in_words(
    hands: Hands, folder: Path, name: str, data: bytes, told: str
) -> None:
    (folder / name).write_bytes(data)
    assert drop(hands, hands.window, folder / name)
    hands.qtbot.waitUntil(hands.program.office.worklist.notice.isVisible, timeout=20_000)
    assert told in hands.program.office.worklist.notice.label.text()
    assert not hands.program.office.long.line.isVisible()
    assert hands.program.office.application.folders()["drafts"] == 0
    assert not hands.program.failed


# ---- long work


class Gate:
    """Holds a reading up in the middle, so that what the window does meanwhile can be seen."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.reached, self.go_on, self.rows = threading.Event(), threading.Event(), 0
        read = workbook.read_sheets

        def held(sheets: Any, mapping: Any, tick: Any = None) -> Any:
            def watched(done: int, whole: int) -> None:
                self.rows = done
                if done == at:
                    self.reached.set()
                    assert self.go_on.wait(30)
                tick(done, whole)

            return read(sheets, mapping, watched)

        monkeypatch.setattr(workbook, "read_sheets", held)


def test_keys_are_handled_while_five_thousand_rows_are_read(
    sample: Hands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = invoice(folder, *(line(n) for n in range(1, 5001)))
    box = sample.go_to("header.reference")
    gate = Gate(monkeypatch, at=2500)
    long = sample.program.office.long
    sample.program.office.files.take_file(path)
    sample.qtbot.waitUntil(gate.reached.is_set, timeout=60_000)
    sample.qtbot.waitUntil(lambda: "of 5" in long.line.label.text())
    type_words(box.editor, "TYPED")
    QApplication.processEvents()
    assert "TYPED" in sample.session.look(sample.header("reference")).text
    assert long.going, "the keys were handled before the end of the reading"
    gate.go_on.set()
    sample.qtbot.waitUntil(lambda: not long.going, timeout=60_000)
    assert sample.window.view is not None, "whoever types keeps what they type into"
    assert sample.cursor is box.editor
    assert "5" in long.line.label.text()
    assert "is read" in long.line.label.text()
    long.line.buttons["show"].click()
    page = room(sample)
    assert "room for 999" in page.notice.label.text(), "told before anybody takes it over"
    page.lines.setFocus()
    sample.press(Qt.Key.Key_Return)
    assert sample.window.room is page
    assert sample.program.office.application.folders()["drafts"] == 1, "refused, and no empty draft was left"


def test_a_reading_that_is_stopped_in_the_middle_leaves_nothing_behind(
    sample: Hands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = invoice(folder, *(line(n) for n in range(1, 401)))
    before = content(sample)
    gate = Gate(monkeypatch, at=100)
    long = sample.program.office.long
    sample.program.office.files.take_file(path)
    sample.qtbot.waitUntil(gate.reached.is_set, timeout=60_000)
    while sample.cursor is not long.line.buttons["stop"]:
        sample.press(Qt.Key.Key_F6, SHIFT)
    sample.press(Qt.Key.Key_Space)
    gate.go_on.set()
    sample.qtbot.waitUntil(lambda: not long.going, timeout=60_000)
    assert gate.rows == 100, "not a row was read after it"
    assert not long.line.isVisible()
    assert "Stopped" in sample.view.line.notice.label.text()
    assert content(sample) == before
    assert sample.program.office.files.page is None
    assert sample.program.office.application.folders()["drafts"] == 1
    assert not sample.program.failed


def test_a_file_that_is_left_waits_on_the_line(hands: Hands, folder: Path) -> None:
    page = hand_in(hands, invoice(folder))
    hands.program.office.show_folder("drafts")
    line = hands.program.office.long.line
    assert line.isVisible()
    assert "waits" in line.label.text()
    line.buttons["show"].click()
    assert hands.window.room is page
    assert not line.isVisible()
    page.dropped.emit()
    assert not line.isVisible()


def test_a_column_whose_reading_is_stopped_is_as_it_was(
    hands: Hands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hand_in(hands, invoice(folder, *(line(n) for n in range(1, 51))))
    before, long = goes(page), hands.program.office.long
    gate = Gate(monkeypatch, at=20)
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.held.index(2, 6))
    hands.type("brand")
    hands.press(Qt.Key.Key_Return)
    hands.qtbot.waitUntil(gate.reached.is_set, timeout=60_000)
    assert not page.buttons["take"].isEnabled(), "what is not read yet is not taken over"
    long.line.buttons["stop"].click()
    gate.go_on.set()
    hands.qtbot.waitUntil(lambda: not long.going, timeout=60_000)
    assert goes(page) == before
    assert page.buttons["take"].isEnabled()
    assert "Stopped" in page.notice.label.text()


def test_a_tick_stops_a_job_only_once_it_is_asked_to() -> None:
    told: list[tuple[int, int]] = []
    tick = Tick(lambda done, whole: told.append((done, whole)))
    tick(1, 9)
    assert told == [(1, 9)]
    tick.stopped = True
    with pytest.raises(StoppedError):
        tick(2, 9)
