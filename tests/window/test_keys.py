# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shortcuts work whatever alphabet the keyboard writes, and none is given twice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from tests.window.hands import CTRL, NONE, Hands
from ui import actions, keys
from ui.verbs.desk import VERBS

# Ctrl and the Cyrillic letters that lie on Z, K and C; evdev scan codes as X11 tells them.
ON_Z, ON_K, ON_C = (ord("Я"), 44 + 8), (ord("Л"), 37 + 8), (ord("С"), 46 + 8)


def cyrillic(letter: tuple[int, int], *, scan: bool = True) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, letter[0], CTRL, letter[1] if scan else 0, 0, 0, chr(letter[0]))


@pytest.mark.parametrize("scan", [True, False])
@pytest.mark.parametrize(("letter", "latin"), [(ON_Z, Qt.Key.Key_Z), (ON_K, Qt.Key.Key_K), (ON_C, Qt.Key.Key_C)])
def test_a_cyrillic_letter_with_ctrl_is_the_latin_one_on_its_key(
    letter: tuple[int, int], latin: Qt.Key, scan: bool
) -> None:
    assert keys.latin(cyrillic(letter, scan=scan)).key() == latin


def test_a_letter_alone_stays_what_it_is() -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, ord("Я"), NONE, 52, 0, 0, "я")
    assert keys.latin(event).key() == ord("Я")


def test_undo_and_search_work_on_a_cyrillic_board(sample: Hands) -> None:
    before = sample.session.look(sample.header("reference")).text
    sample.go_to("header.reference")
    sample.type("Q")
    QApplication.sendEvent(sample.cursor, cyrillic(ON_Z))
    assert sample.session.look(sample.header("reference")).text == before
    QApplication.sendEvent(sample.cursor, cyrillic(ON_K))
    assert sample.cursor is sample.window.top.search


def test_copying_works_on_a_cyrillic_board(sample: Hands) -> None:
    box = sample.go_to("header.reference")
    QGuiApplication.clipboard().clear()
    QApplication.sendEvent(sample.cursor, cyrillic(ON_C))
    assert QGuiApplication.clipboard().text() == box.editor.text()


def test_no_key_is_given_twice() -> None:
    given = Counter(QKeySequence(each).toString() for act in actions.TABLE for each in act.keys)
    assert [each for each, times in given.items() if times > 1] == []


def test_every_action_does_something(hands: Hands) -> None:
    known = set(hands.program.office.verbs) | set(VERBS)
    assert {act.id for act in actions.TABLE} - known == set()


def test_f6_goes_from_pane_to_pane_and_comes_round(sample: Hands) -> None:
    sample.go_to("header.reference")
    seen = []
    for _step in range(6):
        sample.press(Qt.Key.Key_F6)
        seen.append(sample.cursor)
    assert len(set(map(id, seen))) == 6
    assert sample.view.isAncestorOf(seen[-1])


def test_the_handbook_names_every_key() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "handbook" / "window.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| ")]
    named = [re.compile(rf"[|,] {re.escape(key)}(?=,| \|)") for act in actions.TABLE for key in act.keys]
    assert [each.pattern for each in named if not any(each.search(line) for line in lines)] == []
