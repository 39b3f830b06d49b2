# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Editors are dumb: they present a look without telling, and tell what fingers type."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from swclient.catalogue.kinds import KINDS
from swclient.catalogue.loader import load_profile
from swclient.engine.look import Choice, Look, State
from tests.window.hands import SHIFT, type_words
from ui.editors.code import CodeEditor
from ui.editors.flag import FlagEditor
from ui.editors.lines import LinesEditor
from ui.editors.make import FACES, Editor, make_editor

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CASES = [
    ("exporter.name", "ACME", "ACME", "B"),
    ("header.date", "2026-11-20", "2026-11-20", "1"),
    ("item.gross_mass", "1240.5", "1 240.5", "7"),
    ("header.items_total", "12", "12", "3"),
    ("header.currency", "USD", "USD US Dollar", "E"),
    ("container.number", "QZDU2030419", "QZDU2030419", "X"),
    ("exporter.tax_id", "240140000011", "240140000011", "5"),
    ("item.code", "8481808199", "8481808199", "8"),
]


def look(field_id: str, text: str, shown: str = "", **more: object) -> Look:
    field = load_profile("KZ").fields[field_id]
    plain = Look(field, text, shown or text, State.TYPED, False, False, "", (), field.label)
    return replace(plain, **more)


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    """A window with a line in it that the cursor can go to."""
    made = QWidget()
    other = QLineEdit(made)
    other.setObjectName("other")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    other.setFocus()
    return made


def shown(room: QWidget, field_id: str, lines: int = 1) -> Editor:
    """An editor on show in a window."""
    editor = make_editor(load_profile("KZ").fields[field_id], room, lines)
    editor.show()
    return editor


@pytest.mark.parametrize(("field_id", "text", "at_rest", "key"), CASES)
def test_an_editor_presents_without_telling_and_tells_what_is_typed(
    qtbot: QtBot, room: QWidget, field_id: str, text: str, at_rest: str, key: str
) -> None:
    editor = shown(room, field_id)
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.present(look(field_id, text, at_rest))
    rests = text if isinstance(editor, CodeEditor) else at_rest
    assert editor.text() == rests
    assert told == []
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    assert editor.text() == text
    qtbot.keyClicks(editor, key)
    assert told == [key]


def test_text_of_several_lines_keeps_its_lines(qtbot: QtBot, room: QWidget) -> None:
    editor = shown(room, "item.description", lines=4)
    assert isinstance(editor, LinesEditor)
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.present(look("item.description", "one"))
    assert told == []
    editor.setFocus()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    qtbot.keyClick(editor, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(editor, "two")
    assert told[-1] == "one\ntwo"


def test_what_fingers_type_is_not_eaten_by_what_comes_back(qtbot: QtBot, room: QWidget) -> None:
    editor = shown(room, "item.gross_mass")
    editor.present(look("item.gross_mass", ""))
    editor.setFocus()
    qtbot.keyClicks(editor, "1,50")
    editor.present(look("item.gross_mass", "1.5", "1.5"), typed=True)
    editor.present(look("item.gross_mass", "1.5", "1.5"))
    assert editor.text() == "1,50"


def test_another_change_shows_even_under_the_fingers(qtbot: QtBot, room: QWidget) -> None:
    editor = shown(room, "item.gross_mass")
    editor.present(look("item.gross_mass", "5"))
    editor.setFocus()
    qtbot.keyClicks(editor, "77")
    editor.present(look("item.gross_mass", "77"), typed=True)
    editor.present(look("item.gross_mass", "5"))
    assert editor.text() == "5"


def test_leaving_shows_what_the_session_made_of_the_text(qtbot: QtBot, room: QWidget) -> None:
    editor = shown(room, "item.gross_mass")
    editor.setFocus()
    qtbot.keyClicks(editor, "1240,5")
    editor.present(look("item.gross_mass", "1240.5", "1 240.5"), typed=True)
    room.findChild(QLineEdit, "other").setFocus()
    assert editor.text() == "1 240.5"


def test_a_locked_editor_takes_no_keys(qtbot: QtBot, room: QWidget) -> None:
    editor = shown(room, "exporter.name")
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.present(look("exporter.name", "ACME", read_only=True))
    editor.setFocus()
    qtbot.keyClicks(editor, "x")
    assert (editor.text(), told) == ("ACME", [])


@pytest.mark.parametrize(("keys", "answer"), [("1", "1"), ("y", "1"), ("д", "1"), ("0", "0"), ("n", "0"), ("н", "0")])
def test_a_flag_takes_its_answer_from_a_key(qtbot: QtBot, room: QWidget, keys: str, answer: str) -> None:
    editor = shown(room, "header.sale")
    assert isinstance(editor, FlagEditor)
    editor.present(look("header.sale", ""))
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.setFocus()
    type_words(editor, keys)
    assert told == [answer]
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert told == [answer, ""]


class Countries:
    """A short list, as the session would give it."""

    rows = (Choice("CN", "China"), Choice("KG", "Kyrgyzstan"), Choice("KZ", "Kazakhstan"))

    def find(self, text: str) -> list[Choice]:
        return [row for row in self.rows if text.upper() in (row.code + row.name).upper()]

    def all(self) -> tuple[Choice, ...]:
        return self.rows

    def nearest(self, text: str) -> int:
        return sum(row.code < text for row in self.rows)


def test_the_list_opens_at_the_nearest_code_and_enter_takes_it(qtbot: QtBot, room: QWidget) -> None:
    editor = shown(room, "item.origin")
    assert isinstance(editor, CodeEditor)
    editor.choices = Countries()
    told: list[str] = []
    editor.edited.connect(told.append)
    editor.edited.connect(lambda text: editor.present(look("item.origin", text), typed=True))
    editor.present(look("item.origin", "KH"))
    editor.setFocus()
    assert editor.open_list()
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told == ["KZ"]
    assert editor.text() == "KZ"
    assert not editor.is_open


def test_typing_words_finds_codes_by_their_names(qtbot: QtBot, room: QWidget) -> None:
    editor = shown(room, "item.origin")
    assert isinstance(editor, CodeEditor)
    editor.choices = Countries()
    editor.edited.connect(lambda text: editor.present(look("item.origin", text), typed=True))
    editor.present(look("item.origin", ""))
    editor.setFocus()
    qtbot.keyClicks(editor, "kaz")
    assert editor.is_open
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "KZ"


def test_escape_closes_the_list_and_keeps_the_text(qtbot: QtBot, room: QWidget) -> None:
    editor = shown(room, "item.origin")
    assert isinstance(editor, CodeEditor)
    editor.choices = Countries()
    editor.present(look("item.origin", "CN"))
    editor.setFocus()
    editor.open_list()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert (editor.is_open, editor.text()) == (False, "CN")


def test_every_kind_of_the_catalogue_has_a_face() -> None:
    assert set(FACES) == set(KINDS)
