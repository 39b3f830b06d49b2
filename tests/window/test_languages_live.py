# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language can be switched to while somebody types: cursor, text, page and undo stay, and all words change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from swclient.base import i18n
from tests.window.hands import CTRL, Hands
from ui.pages.declaration import PAGES
from ui.pages.parties import PartiesPage

ALL = i18n.available()
PARTIES = PAGES.index(PartiesPage)


def test_the_window_speaks_nine_languages() -> None:
    assert set(ALL) == {"en", "ru", "kk", "ky", "tg", "uz", "az", "mn", "zh"}


def test_cursor_typed_text_page_and_undo_stay_through_all_languages(sample: Hands) -> None:
    box = sample.go_to("exporter.name")
    before = sample.session.look(box.path).text
    sample.rest()
    sample.type("T")
    sample.cursor.setCursorPosition(1)  # type: ignore[attr-defined]  # it is a line
    names, typed = set(), "T"
    for code, letter in zip(ALL, "RAINING A", strict=True):
        sample.program.office.speak(code)
        sample.rest()
        assert sample.box is box, f"{code}: the cursor went away"
        assert sample.view.tabs.currentIndex() == PARTIES
        sample.type(letter)
        typed += letter
        assert box.editor.text() == typed, f"{code}: what was typed is not there"
        names.add(sample.view.tabs.tabText(PARTIES))
    assert sample.session.look(box.path).text == typed
    assert len(names) > len(ALL) // 2, "the tabs kept their language"
    for _step in range(len(typed) + 1):
        if sample.session.look(box.path).text == before:
            break
        sample.press(Qt.Key.Key_Z, CTRL)
    assert sample.session.look(box.path).text == before, "undo does not reach behind the switch"


def test_no_word_of_english_stays_behind(sample: Hands) -> None:
    tabs = sample.view.tabs
    for index in range(tabs.count()):
        if tabs.isTabVisible(index):
            sample.view.show_page(index)
    left = {}
    for code in (each for each in ALL if each != i18n.ENGLISH):
        sample.program.office.speak(i18n.ENGLISH)
        sample.program.office.speak(code)
        sample.rest()
        said = [each.text() for kind in (QLabel, QAbstractButton) for each in sample.window.findChildren(kind)]
        said += [tabs.tabText(index) for index in range(tabs.count())]
        left |= {(code, each): each for each in said if each and i18n.translate(each, code) != each}
    assert left == {}
