# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Screen readers and dictation write into boxes, answer questions and choose cells, through Qt's own accessibility."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from swclient.document.path import Path
from tests.window.hands import CTRL, Hands
from ui.forms.cell_line import CellLine
from ui.forms.grid import Grid
from ui.pages.declaration import PAGES

DOCUMENTS = 4


def documents(hands: Hands) -> Grid:
    hands.view.show_page(DOCUMENTS)
    QApplication.processEvents()
    grid: Grid = hands.page().loose  # type: ignore[attr-defined]  # of the page of documents
    grid.setFocus()
    return grid


def test_a_text_put_in_from_outside_is_typed(sample: Hands) -> None:
    box = sample.view.page(1).boxes["exporter.city"]
    sample.view.show_page(1)
    told = QAccessible.queryAccessibleInterface(box.editor)
    told.editableTextInterface().replaceText(0, len(box.editor.text()), "КАШГАР")
    assert sample.session.look(Path("exporter", 0, "city")).text == "КАШГАР"


def test_words_put_into_a_search_from_outside_are_looked_for(sample: Hands) -> None:
    search = sample.window.top.search
    told = QAccessible.queryAccessibleInterface(search)
    told.editableTextInterface().insertText(0, "undo")
    assert any("undo" in hit.words.lower() for hit in search.hits)
    sample.program.office.show_folder("drafts")
    page = sample.program.office.worklist
    sample.qtbot.waitUntil(lambda: page.list.model().rowCount() > 0)
    line = QAccessible.queryAccessibleInterface(page.filter.lines["text"])
    line.editableTextInterface().insertText(0, "nowhere-to-be-found")
    sample.qtbot.waitUntil(lambda: page.list.model().rowCount() == 0)


def test_yes_and_no_is_a_check_box_that_can_be_turned(sample: Hands) -> None:
    path = sample.header("royalties")
    editor = sample.go_to("header.royalties").editor
    told = QAccessible.queryAccessibleInterface(editor)
    assert told.role() == QAccessible.Role.CheckBox
    assert not told.state().checked
    editor.toggle()
    assert sample.session.value(path) is True
    assert told.state().checked
    editor.click()
    assert sample.session.value(path) is False
    sample.session.clear(path)
    sample.rest()
    assert told.state().checkStateMixed


def test_a_cell_keeps_what_is_being_typed(sample: Hands) -> None:
    grid = documents(sample)
    grid.go_to(grid.cells.rows[0], "amount")
    sample.type("2700.00")
    assert sample.session.look(Path("document", grid.cells.rows[0], "amount")).text == "2700.00"
    sample.press(Qt.Key.Key_Return)
    grid.go_to(grid.cells.rows[0], "date")
    sample.type("2026-08-17")
    assert sample.session.look(Path("document", grid.cells.rows[0], "date")).text == "2026-08-17"


def test_search_takes_the_cursor_out_of_an_open_cell_and_gives_it_back(sample: Hands) -> None:
    grid = documents(sample)
    grid.go_to(grid.cells.rows[0], "number")
    sample.type("7")
    sample.press(Qt.Key.Key_G, CTRL)
    search = sample.window.top.search
    assert search.hasFocus()
    sample.type("31")
    sample.rest()
    assert search.text() == "31"
    sample.press(Qt.Key.Key_Escape)
    assert sample.cursor is grid


def test_a_line_stands_for_the_cell_that_is_chosen_from_outside(sample: Hands) -> None:
    grid = documents(sample)
    line = CellLine(grid, sample.page())
    line.show()
    names = [field.name for field in grid.cells.fields]
    index = grid.cells.index(1, names.index("number"))
    grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    sample.qtbot.waitUntil(lambda: grid.currentIndex() == index)
    assert line.accessibleName() == "44.2 Number, row 2: 44  Documents of the whole declaration"
    assert line.text() == grid.cells.look(index).text
    told = QAccessible.queryAccessibleInterface(line)
    told.editableTextInterface().replaceText(0, len(line.text()), "UP-9")
    assert sample.session.look(Path("document", grid.cells.rows[1], "number")).text == "UP-9"
    sample.session.undo()
    sample.rest()
    assert line.text() != "UP-9"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_two_boxes_of_a_page_are_called_the_same(sample: Hands, language: str) -> None:
    sample.program.office.speak(language)
    for index, _kind in enumerate(PAGES):
        sample.view.show_page(index)
        QApplication.processEvents()  # a page tells its boxes apart once it stands
        room = sample.page()
        names = Counter(box.editor.accessibleName() for box in room.boxes.values())
        assert [name for name, times in names.items() if times > 1] == []


def test_a_declaration_of_the_worklist_is_opened_from_outside(sample: Hands) -> None:
    opened = sample.view.desk.id
    sample.program.office.show_folder("drafts")
    page = sample.program.office.worklist
    sample.qtbot.waitUntil(lambda: page.list.model().rowCount() > 0)
    assert sample.window.view is None
    told = QAccessible.queryAccessibleInterface(page.opener)
    assert told.text(QAccessible.Text.Name) == "Open"
    told.actionInterface().doAction(told.actionInterface().actionNames()[0])
    sample.qtbot.waitUntil(lambda: sample.window.view is not None)
    assert sample.view.desk.id == opened
