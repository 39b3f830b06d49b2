# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window asks in place for the pass phrase of a key, and tells at its start which key ends soon."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from swclient.workflow.signature.keys import DECLARE, Keys, NewKey, Secret
from tests.signing.made import PHRASE, identity, packed
from tests.window.hands import CTRL, SHIFT, Hands, type_words
from ui.app import Program

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a key in use, whose certificate ends in ten days."""
    folder = tmp_path / "home"
    monkeypatch.setenv("SWCLIENT_HOME", str(folder))
    keys = Keys(folder, lambda _prompt: Secret(PHRASE))
    place = {"file": str(packed(tmp_path / "firm.p12", identity(days=10)))}
    keys.add(NewKey("firm", "pkcs12", DECLARE, place))
    keys.use("firm")
    return folder


@pytest.fixture
def asked(sample: Hands) -> Hands:
    """The sample is submitted and the window asks."""
    sample.press(Qt.Key.Key_Return, CTRL | SHIFT)
    sample.qtbot.waitUntil(sample.view.line.question.isVisible, timeout=30_000)
    return sample


def test_what_ends_soon_is_told_at_the_start(hands: Hands) -> None:
    notice = hands.program.office.worklist.notice.label
    hands.qtbot.waitUntil(lambda: "“firm” ends on" in notice.text(), timeout=10_000)  # told once nobody waits any more
    said = notice.text()
    assert "Order a new one now" in said


def test_the_pass_phrase_is_typed_in_place_as_dots(asked: Hands) -> None:
    question = asked.view.line.question
    assert question.line.hasFocus()
    assert "firm.p12" in question.label.text()
    assert question.buttons["answer"].text() == "Sign"
    type_words(question.line, PHRASE)
    assert question.line.echoMode() is QLineEdit.EchoMode.Password
    assert PHRASE not in question.line.displayText()
    question.line.selectAll()
    question.line.copy()
    assert PHRASE not in QApplication.clipboard().text()
    asked.press(Qt.Key.Key_Return)
    assert not question.isVisible()
    question.line.undo()
    assert question.line.text() == ""
    asked.qtbot.waitUntil(lambda: str(asked.view.desk.state) != "draft", timeout=60_000)
    assert question.line.echoMode() is QLineEdit.EchoMode.Normal


def test_put_away_the_draft_is_as_it_was_and_can_be_typed_in(asked: Hands) -> None:
    asked.press(Qt.Key.Key_Escape)
    asked.qtbot.waitUntil(lambda: "everything is as it was" in asked.view.line.notice.label.text(), timeout=30_000)
    assert str(asked.view.desk.state) == "draft"
    assert not asked.session.read_only


def test_a_wrong_pass_phrase_is_told_and_not_repeated(asked: Hands) -> None:
    type_words(asked.view.line.question.line, "wrong words")
    asked.press(Qt.Key.Key_Return)
    asked.qtbot.waitUntil(lambda: "does not open" in asked.view.line.notice.label.text(), timeout=30_000)
    assert "wrong words" not in asked.view.line.notice.label.text()
    assert str(asked.view.desk.state) == "draft"


def test_another_question_puts_the_waiting_one_away(asked: Hands) -> None:
    asked.view.line.question.ask("Name?", "Valves", lambda _words: True)
    asked.qtbot.waitUntil(lambda: "everything is as it was" in asked.view.line.notice.label.text(), timeout=30_000)
    assert asked.view.line.question.line.text() == "Valves"
    assert asked.view.line.question.buttons["answer"].text() == "Save"


def test_closing_the_window_does_not_wait_for_an_answer(asked: Hands, program: Program, qtbot: QtBot) -> None:
    asked.window.close()
    qtbot.waitUntil(lambda: program._application is None, timeout=10_000)
