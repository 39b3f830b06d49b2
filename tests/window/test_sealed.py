# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed packages at the window: sealed, sent and taken in with the keyboard, told in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from swclient.workflow.application import Application
from tests.window.hands import CTRL, Hands, type_words
from tests.workflow.sticks import PHRASE, home_with, queue, sealed


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick, which the user picks wherever a folder or file is asked for: its newest file that fits."""
    folder = tmp_path / "stick"
    folder.mkdir()

    def newest(_parent: object, _title: str, _folder: str, kind: str) -> tuple[str, str]:
        return str(max(folder.glob(kind), key=lambda file: file.stat().st_mtime_ns)), kind

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", newest)
    return folder


def by_palette(hands: Hands, words: str) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    type_words(hands.cursor, words)
    hands.rest()
    hands.press(Qt.Key.Key_Return)


def phrase(hands: Hands, words: str) -> None:
    question = hands.program.office.worklist.question
    hands.qtbot.waitUntil(lambda: question.isVisible() and question.line.text() == "", timeout=5_000)
    assert question.line.echoMode() is QLineEdit.EchoMode.Password
    assert question.buttons["answer"].text() == "Go on"
    type_words(question.line, words)
    hands.press(Qt.Key.Key_Return)
    hands.rest()


def said(hands: Hands, words: str) -> str:
    label = hands.program.office.worklist.notice.label
    hands.qtbot.waitUntil(lambda: words in label.text(), timeout=90_000)
    return label.text()


def application(hands: Hands) -> Application:
    return hands.program.office.application


def test_the_queue_is_sealed_by_the_palette(hands: Hands, stick: Path) -> None:
    queue(application(hands).store)
    by_palette(hands, "Seal the queue")
    phrase(hands, PHRASE.reveal())
    phrase(hands, PHRASE.reveal())
    text = said(hands, "Entries sealed: 1")
    assert [file.suffix for file in stick.iterdir()] == [".swpackage"]
    assert PHRASE.reveal() not in text


def test_two_pass_phrases_that_differ_seal_nothing(hands: Hands, stick: Path) -> None:
    queue(application(hands).store)
    by_palette(hands, "Seal the queue")
    phrase(hands, PHRASE.reveal())
    phrase(hands, "something else altogether")
    said(hands, "not the same")
    assert list(stick.iterdir()) == []


def test_an_empty_queue_is_told(hands: Hands, stick: Path) -> None:
    by_palette(hands, "Seal the queue")
    phrase(hands, PHRASE.reveal())
    phrase(hands, PHRASE.reveal())
    said(hands, "nothing to seal")
    assert list(stick.iterdir()) == []


def test_somebodys_package_is_sent_and_its_answers_lie_beside_it(hands: Hands, stick: Path, tmp_path: Path) -> None:
    with home_with(tmp_path / "post", 1) as post:
        sealed(post, stick)
        by_palette(hands, "Send somebody")
        phrase(hands, PHRASE.reveal())
        text = said(hands, "0 not known yet")  # the office knows nothing of what we sent but that it is no declaration
        assert "1 refused" in text
        assert sorted(file.suffix for file in stick.iterdir()) == [".swanswers", ".swpackage"]


def test_a_wrong_pass_phrase_is_told(hands: Hands, stick: Path, tmp_path: Path) -> None:
    with home_with(tmp_path / "post", 1) as post:
        sealed(post, stick)
    by_palette(hands, "Send somebody")
    phrase(hands, "not the right words")
    said(hands, "the pass phrase is wrong")
