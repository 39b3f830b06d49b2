# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files dropped on the window: routed by what is in them, refused in words where they are nothing for us."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from swclient.document.body import to_body
from tests.exchange.workbooks import SAMPLE
from tests.window.handed_in import ACTION, BUTTON, content, drop, invoice, room
from tests.window.hands import Hands
from ui.pages.importing import ImportPage


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
