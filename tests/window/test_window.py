# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a whole: how it begins, what it offers, what it remembers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QRawFont, QTextLayout

from tests.window.hands import Hands
from ui import theme
from ui.app import Program

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]


def test_an_empty_worklist_offers_three_ways_to_begin(hands: Hands) -> None:
    cards = hands.program.office.worklist.cards
    assert [card.text() for card in cards.values()] == ["New declaration", "Open a workbook", "Open the sample"]
    assert all(card.isVisible() for card in cards.values())
    assert hands.cursor is cards["new"]


def test_enter_on_the_first_way_opens_a_new_declaration_with_the_usual_filled_in(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Space)
    assert hands.box.field.id == "header.direction"
    assert hands.session.look(hands.header("procedure")).text == "40"
    assert hands.program.office.application.folders()["drafts"] == 1


def test_the_sample_opens_and_the_rail_counts_it(sample: Hands) -> None:
    assert len(sample.session.rows("item")) == 12
    assert sample.window.rail.buttons["drafts"].accessibleName() == "Drafts: 1"


def test_a_workbook_becomes_a_draft_and_doubtful_cells_are_told(hands: Hands) -> None:
    files = hands.program.office.files
    files.take_file(ROOT / "resources" / "samples" / "supplier-invoice.xlsx")
    hands.qtbot.waitUntil(lambda: files.page is not None and hands.window.room is files.page, timeout=20_000)
    files.take()
    hands.rest()
    assert len(hands.session.rows("item")) == 12
    told = hands.view.line.notice.label.text()
    assert "12 goods lines" in told
    assert hands.view.line.notice.isVisible()
    box = hands.go_to("item.price", 1)
    assert "supplier-invoice.xlsx" in box.editor.accessibleDescription()


def test_an_import_is_one_step_of_undo(hands: Hands) -> None:
    files = hands.program.office.files
    files.take_file(ROOT / "resources" / "samples" / "supplier-invoice.xlsx")
    hands.qtbot.waitUntil(lambda: files.page is not None and hands.window.room is files.page, timeout=20_000)
    files.take()
    hands.rest()
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hands.session.rows("item") == []


def test_training_and_the_line_are_told_in_words(sample: Hands) -> None:
    assert sample.window.top.training.accessibleName() == "TRAINING"
    assert sample.window.top.line.accessibleName() == "offline"
    assert sample.window.top.profile.accessibleName().startswith("KZ ")


def test_what_was_open_is_open_again_after_a_start(qapp: QApplication, qtbot: QtBot, sample: Hands) -> None:
    sample.go_to("header.reference")
    sample.type("KEPT")
    sample.window.close()
    again = Program(qapp)
    again.window.show()
    qtbot.waitUntil(lambda: "ready" in again.marks)
    view = again.window.view
    assert view is not None
    assert view.stage.session.look(sample.header("reference")).text == "KEPT"
    again.window.close()
    again.window.deleteLater()


def test_the_window_is_usable_on_a_small_screen(sample: Hands) -> None:
    sample.window.resize(1024, 700)
    sample.rest()
    assert sample.window.width() == 1024
    assert sample.window.rail.narrow
    for index in range(6):
        sample.view.show_page(index)
        sample.rest()
        area = sample.page().area
        assert area.horizontalScrollBar().maximum() == 0
        assert sample.page().sheet.width() <= area.viewport().width()
    tabs = sample.view.tabs
    assert sum(tabs.tabRect(index).width() for index in range(tabs.count())) <= tabs.width()


@pytest.mark.slow
def test_the_program_opens_paints_and_closes(tmp_path: Path) -> None:
    env = {**os.environ, "SWCLIENT_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    order = [sys.executable, "-P", "-m", "ui", "--smoke", "--marks"]
    done = subprocess.run(
        order, cwd=ROOT, env={**env, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    marks = json.loads(done.stdout)
    assert 0 < marks["window"] < marks["painted"] < marks["store"] < marks["open"] < marks["ready"]


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    heavy = (
        "sqlalchemy",
        "lxml",
        "reportlab",
        "babel",
        "requests",
        "cryptography",
        "openpyxl",
        "keyring",
        "qtawesome",
        "sqlite3",
        "json",
        "datetime",
        "decimal",
        "platformdirs",
    )
    script = (
        "import sys; from PySide6.QtWidgets import QApplication; from ui.app import Program\n"
        "app = QApplication([]); program = Program(app); program.window.show(); program.open = lambda: None\n"
        "while 'painted' not in program.marks: app.processEvents()\n"
        f"print(*[name for name in {heavy!r} if name in sys.modules])"
    )
    assert _said(script, tmp_path).split() == []


def test_qt_does_not_read_the_source_of_what_is_imported_after_it(tmp_path: Path) -> None:
    script = (
        "import linecache, PySide6.QtWidgets, csv, ui; before = len(linecache.cache)\n"
        "import ui.app, ui.office, sqlite3\n"
        "print(before > 0, len(linecache.cache) == before)"
    )
    assert _said(script, tmp_path).split() == ["True", "True"]


def test_chinese_is_written_in_our_own_face_once_the_program_is_there(hands: Hands) -> None:
    assert QFontInfo(theme.font()).family() == theme.FAMILIES[0]
    runs = _runs("Насос 泵")
    assert {run.familyName() for run in runs} == set(theme.FAMILIES)


def _runs(text: str) -> list[QRawFont]:
    layout = QTextLayout(text, theme.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [run.rawFont() for run in layout.glyphRuns()]


def _said(script: str, home: Path) -> str:
    """Return what a fresh Python prints, with no more of the caller's folders than the program itself."""
    env = {**os.environ, "XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT)}
    env.pop("SWCLIENT_HOME", None)
    order = [sys.executable, "-P", "-c", script]
    return subprocess.run(order, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
