# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saved views of the worklist by hand: saved, shown, renamed, removed; no mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.window.hands import CTRL, NONE, SHIFT, Hands
from tests.window.test_templates import notice
from tests.window.test_worklist import folder, page, several, shown

__all__ = ["several"]  # a fixture


class TestViews:
    def save(self, hands: Hands, name: str) -> None:
        hands.press(Qt.Key.Key_F, CTRL)
        hands.type("кра")
        hands.press(Qt.Key.Key_V, CTRL | SHIFT)
        assert page(hands).question.isVisible()
        page(hands).question.line.clear()
        hands.type(name)
        hands.press(Qt.Key.Key_Return)

    def test_a_view_is_saved_and_shown_by_keys(self, several: Hands) -> None:
        self.save(several, "Taps")
        folder(several, "released")
        several.window.rail.setFocus()
        several.press(Qt.Key.Key_Up)
        assert several.cursor is several.window.rail.views["Taps"]
        several.press(Qt.Key.Key_Space)
        assert shown(several) == ["B-1", "A-1"]
        assert several.window.rail.views["Taps"].isChecked()
        assert not several.window.rail.buttons["drafts"].isChecked()

    def test_one_comes_back_to_it_from_a_declaration(self, several: Hands) -> None:
        self.save(several, "Taps")
        several.program.office.new()
        several.press(Qt.Key.Key_L, CTRL)
        assert shown(several) == ["B-1", "A-1"]
        assert several.window.rail.views["Taps"].isChecked()
        several.window.rail.buttons["drafts"].click()
        assert len(shown(several)) == 5

    def test_it_is_kept_with_the_settings(self, several: Hands) -> None:
        from ui.settings.remember import Memory
        from ui.settings.views import Views

        self.save(several, "Краны = 1")
        again = Views(Memory(several.program.office.application.home))
        assert again.names == ("Краны = 1",)
        where, looked = again.view("Краны = 1")
        assert (where, looked.text) == ("drafts", "кра")

    def test_it_is_renamed_and_removed_in_the_rail(self, several: Hands) -> None:
        self.save(several, "Taps")
        several.window.rail.views["Taps"].setFocus()
        several.press(Qt.Key.Key_F2)
        several.type("Valves")
        several.press(Qt.Key.Key_Return)
        assert list(several.window.rail.views) == ["Valves"]
        several.window.rail.views["Valves"].setFocus()
        several.press(Qt.Key.Key_Delete)
        assert list(several.window.rail.views) == []
        assert "was removed" in notice(several)
        assert len(several.program.office.application.worklist()) == 4

    def test_a_name_stands_once_and_is_not_empty(self, several: Hands) -> None:
        self.save(several, "Taps")
        folder(several, "ready")
        self.save(several, "Taps")
        assert "already" in notice(several)
        assert page(several).question.isVisible()
        page(several).question.line.clear()
        several.press(Qt.Key.Key_Return, NONE)
        assert "needs a name" in notice(several)
