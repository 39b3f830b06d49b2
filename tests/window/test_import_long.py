# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long reading: keys are handled meanwhile, it is stopped in the middle, whoever types is not called away."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from swclient.exchange import workbook
from tests.window.handed_in import content, goes, hand_in, invoice, line, room
from tests.window.hands import SHIFT, Hands, type_words
from ui.long_work import StoppedError, Tick


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
