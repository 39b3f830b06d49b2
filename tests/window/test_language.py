# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The language changes live: every word, no restart, cursor and text where they were."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from swclient.base import i18n
from tests.window.hands import CTRL, Hands
from ui.pages.declaration import TIMELINE


def words(hands: Hands) -> list[str]:
    """Everything that stands on the window in words."""
    found = [each.text() for kind in (QLabel, QAbstractButton) for each in hands.window.findChildren(kind)]
    tabs = hands.view.tabs
    return [*found, *(tabs.tabText(n) for n in range(tabs.count()))]


def english_left(hands: Hands) -> list[str]:
    """Words on the window that have a Russian translation and are still English."""
    return [each for each in words(hands) if i18n.translate(each, "ru") != each]


def test_every_word_of_every_page_changes(sample: Hands) -> None:
    for index in range(TIMELINE + 1):
        sample.view.show_page(index)
    assert "Findings" in words(sample)
    sample.program.office.speak("ru")
    sample.rest()
    assert "Замечания" in words(sample)
    assert english_left(sample) == []
    sample.program.office.speak("en")
    sample.rest()
    assert "Findings" in words(sample)
    assert "Замечания" not in words(sample)


def test_labels_and_figures_change_too(sample: Hands) -> None:
    box = sample.go_to("item.price", 1)
    assert box.editor.accessibleName() == "Box 42: Item price"
    other = sample.page().boxes["item.customs_value"].editor
    assert "." in other.text()
    sample.program.office.speak("ru")
    sample.rest()
    assert box.editor.accessibleName().startswith("Графа 42: ")
    assert "," in other.text()


def test_the_cursor_and_a_half_typed_word_stay(sample: Hands) -> None:
    box = sample.go_to("exporter.name")
    sample.type("Half typ")
    sample.program.office.speak("ru")
    sample.rest()
    assert sample.box is box
    sample.type("ed")
    assert sample.session.look(box.path).text == "Half typed"


def test_the_language_is_chosen_by_ctrl_k_and_remembered(sample: Hands) -> None:
    sample.press(Qt.Key.Key_K, CTRL)
    sample.type("language русс")
    sample.window.top.search.clear()
    sample.type("русский")
    sample.press(Qt.Key.Key_Return)
    assert i18n.language() == "ru"
    assert sample.program.memory.text("language") == "ru"
    assert sample.window.top.training.accessibleName() == "УЧЕБНАЯ"


def test_findings_are_worded_anew(sample: Hands) -> None:
    sample.go_to("item.net_mass", 2)
    sample.type("999999")
    sample.rest()
    before = sample.window.column.findings.model.index(0, 0).data()
    sample.program.office.speak("ru")
    sample.rest()
    assert sample.window.column.findings.model.index(0, 0).data() != before
