# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of settings, by keys alone: every row does what it says at once, is taken back, and is found by words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from swclient.base import i18n
from swclient.catalogue.loader import profile_codes
from swclient.store.backups.policy import read_policy
from swclient.workflow.bin import keep_days
from tests.window.hands import CTRL, Hands
from ui import motion, theme
from ui.app import Program, _take_size
from ui.pages.settings import SettingsPage
from ui.parts import density
from ui.parts.pick import Pick
from ui.settings import table as settings_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_ENTER, _DOWN, _UP, _ESCAPE, _TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_Tab
_COMMA = Qt.Key.Key_Comma


@pytest.fixture
def page(hands: Hands) -> SettingsPage:
    """The page, opened by its key."""
    hands.press(_COMMA, CTRL)
    page = hands.program.office.settings.page
    assert hands.window.room is page
    assert hands.cursor is page.search
    yield page
    density.choose("normal")


def find(hands: Hands, page: SettingsPage, words: str) -> None:
    """Search for a setting and go into its row."""
    page.start()
    page.search.clear()
    hands.type(words)
    hands.press(_ENTER)


def shown(page: SettingsPage) -> list[str]:
    return [name for name, row in page.rows.items() if not row.isHidden()]


def pick(hands: Hands, value: str) -> None:
    """Choose a value by the arrows."""
    box = hands.cursor
    assert isinstance(box, Pick)
    for _step in range(box.count()):
        hands.press(_UP)
    for _step in range(box.findData(value)):
        hands.press(_DOWN)


def retype(hands: Hands, text: str) -> None:
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type(text)
    hands.press(_ENTER)


def test_the_density_holds_at_once_everywhere_and_is_taken_back(sample: Hands) -> None:
    box = sample.go_to("header.reference")
    before, editor = box.height(), box.editor.height()
    sample.press(_COMMA, CTRL)
    page = sample.program.office.settings.page
    find(sample, page, "height of rows")
    pick(sample, "comfortable")
    assert box.height() == before + 6 + 2
    assert page.search.height() == sample.window.top.search.height() == theme.ROW == 34
    pick(sample, "compact")
    assert page.search.height() == 24
    sample.program.office.open(next(iter(sample.program.office._views)))
    assert (box.height(), box.editor.height()) == (before - 4 - 2, editor - 4)
    sample.press(_COMMA, CTRL)
    while sample.program.office.settings.held():
        sample.press(Qt.Key.Key_Z, CTRL)
    assert (box.height(), page.search.height()) == (before, 28)
    assert page.rows["density"].pick.currentData() == "normal"


def test_a_table_has_rows_as_high_as_wished(sample: Hands) -> None:
    sample.view.show_page(3)
    grid = sample.page().list
    sample.program.office.settings.put("density", "compact")
    sample.rest()
    assert {grid.rowHeight(row) for row in range(3)} == {24}
    density.choose("normal")
    assert grid.rowHeight(0) == 28


def test_wishes_hold_at_the_next_start(hands: Hands, page: SettingsPage, qapp: QApplication) -> None:
    find(hands, page, "height of rows")
    pick(hands, "compact")
    theme.choose_density("normal")
    again = Program(qapp)
    assert theme.ROW == 24
    again.window.deleteLater()


def test_the_language_of_the_screen_changes_under_the_cursor(hands: Hands, page: SettingsPage) -> None:
    find(hands, page, "language of the screen")
    pick(hands, "ru")
    assert i18n.language() == "ru"
    assert hands.cursor is page.rows["language"].pick
    hands.press(Qt.Key.Key_Z, CTRL)
    assert i18n.language() == "en"


def test_forms_are_printed_in_the_language_wished_for_whatever_the_screen_speaks(sample: Hands) -> None:
    desk = sample.view.desk
    russian = desk.print_pdf()
    settings = sample.program.office.settings
    settings.put("print_language", "en")
    english = desk.print_pdf()
    settings.put("descriptions", "supplier")
    foreign = desk.print_pdf()
    sample.program.office.speak("ru")
    assert len({russian, english, foreign, desk.preview()._made()}) == 3
    assert desk.print_pdf() == foreign
    assert desk.print_pdf("ru") != foreign
    for _change in range(2):
        settings.settings.changes.undo()
    assert desk.print_pdf() == russian


def test_new_declarations_are_of_the_country_wished_for(hands: Hands, page: SettingsPage) -> None:
    find(hands, page, "country")
    pick(hands, "UZ")
    hands.press(Qt.Key.Key_N, CTRL)
    assert hands.session.profile.code == "UZ"
    codes = [page.rows["country"].pick.itemData(n) for n in range(page.rows["country"].pick.count())]
    assert sorted(codes) == sorted(profile_codes())


def test_nothing_moves_where_nobody_wishes_it(hands: Hands, page: SettingsPage, qapp: QApplication) -> None:
    blink = qapp.styleHints().cursorFlashTime()
    assert blink > 0
    find(hands, page, "motion blink")
    pick(hands, "still")
    assert qapp.styleHints().cursorFlashTime() == 0
    hands.press(Qt.Key.Key_Z, CTRL)
    assert qapp.styleHints().cursorFlashTime() == blink


@pytest.mark.parametrize(("told", "still"), [("0", True), ("false", True), ("1", False)])
def test_the_system_is_asked_whether_things_may_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, still: bool
) -> None:
    (tmp_path / "gtk-4.0").mkdir()
    (tmp_path / "gtk-4.0" / "settings.ini").write_text(f"[Settings]\ngtk-enable-animations={told}\n", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("GTK_ENABLE_ANIMATIONS", raising=False)
    assert motion.is_still("system") is still
    assert motion.is_still("still")
    assert not motion.is_still("moving")


def test_copies_and_bin_are_kept_in_their_files(hands: Hands, page: SettingsPage, home: Path) -> None:
    find(hands, page, "newest copies")
    retype(hands, "3")
    find(hands, page, "days in the bin")
    retype(hands, "0")
    assert read_policy(home).keep_last == 3
    assert keep_days(home) == 0
    hands.program.office.settings.page.start()
    for _change in range(2):
        hands.press(Qt.Key.Key_Z, CTRL)
    assert read_policy(home).keep_last == read_policy(home / "nowhere").keep_last
    assert not (home / "backup.toml").exists()


def test_a_wrong_number_is_told_and_nothing_changes(hands: Hands, page: SettingsPage, home: Path) -> None:
    find(hands, page, "newest copies")
    for wrong in ("0", "x", "99999999999999999999", "-3", "٣"):
        retype(hands, wrong)
        assert "whole number from 1 to 1000" in page.notice.accessibleName()
        assert page.rows["backup_last"].entry.text() == "10"
        find(hands, page, "newest copies")
    assert not (home / "backup.toml").exists()
    assert not hands.program.office.settings.held()


def test_a_file_that_cannot_be_read_is_told_in_its_rows_and_left(hands: Hands, home: Path) -> None:
    (home / "backup.toml").write_text("keep_last = \n", encoding="utf-8")
    hands.press(_COMMA, CTRL)
    page = hands.program.office.settings.page
    assert "backup.toml" in page.rows["backup_last"].about.text()
    assert not page.rows["backup_last"].entry.isEnabled()
    assert page.rows["bin_days"].entry.isEnabled()
    assert (home / "backup.toml").read_text(encoding="utf-8") == "keep_last = \n"


def test_a_remembered_word_that_means_nothing_is_as_good_as_none(hands: Hands) -> None:
    memory = hands.program.memory
    memory.keep(density="huge", country="XX", print_language="?", scale="9000")
    settings = hands.program.office.settings.settings
    assert [settings.value(each) for each in ("density", "country", "print_language", "scale")] == [
        "normal",
        "KZ",
        "ru",
        "100",
    ]


def test_each_row_is_given_up_by_its_own_button(hands: Hands, page: SettingsPage) -> None:
    find(hands, page, "colours")
    pick(hands, "dark")
    row = page.rows["theme"]
    assert theme.is_dark()
    assert row.back.isVisible()
    hands.press(_TAB)
    assert hands.cursor is row.back
    hands.press(Qt.Key.Key_Space)
    assert row.pick.currentData() == "system"
    assert not row.back.isVisible()
    assert hands.cursor is row.pick


def test_the_search_finds_by_words_in_both_languages(hands: Hands, page: SettingsPage) -> None:
    hands.type("copies second")
    assert shown(page) == ["backup_second"]
    hands.press(_ESCAPE)
    assert shown(page) == [row.id for row in settings_table.TABLE]
    hands.type("compact")
    assert shown(page) == ["density"]
    hands.type(" nowhere")
    assert shown(page) == []
    assert page.none.isVisible()


def test_settings_are_found_by_the_search_of_the_window(hands: Hands) -> None:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("second folder")
    hands.press(_ENTER)
    page = hands.program.office.settings.page
    assert hands.window.room is page
    assert hands.cursor is page.rows["backup_second"].entry


def test_every_row_says_what_it_is_and_can_be_reached_by_keys(hands: Hands, page: SettingsPage) -> None:
    hands.press(_ENTER)
    reached = []
    for _step in range(3 * len(page.rows)):
        reached.append(hands.cursor)
        hands.press(_TAB)
    for row in page.rows.values():
        assert row.editor.accessibleName()
        assert row.editor.accessibleDescription()
        assert row.row.kind == "shown" or row.editor in reached
    assert "5 years" in page.rows["retention"].told.text()


def test_undo_in_a_declaration_is_the_declarations(sample: Hands) -> None:
    sample.program.office.settings.put("density", "compact")
    sample.go_to("header.reference")
    before = sample.session.look(sample.header("reference")).text
    sample.type("Q")
    sample.press(Qt.Key.Key_Z, CTRL)
    assert sample.session.look(sample.header("reference")).text == before
    assert theme.ROW == 24
    density.choose("normal")


def test_what_is_typed_and_not_yet_meant_is_undone_in_its_line(hands: Hands, page: SettingsPage) -> None:
    find(hands, page, "newest copies")
    hands.type("7")
    hands.press(_ESCAPE)
    assert page.rows["backup_last"].entry.text() == "10"


def test_the_size_is_taken_at_the_next_start(hands: Hands, page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    find(hands, page, "size of everything")
    pick(hands, "150")
    assert "next start" in page.notice.accessibleName()
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    _take_size()
    assert os.environ["QT_SCALE_FACTOR"] == "2"
    monkeypatch.delenv("QT_SCALE_FACTOR")
    _take_size()
    assert os.environ["QT_SCALE_FACTOR"] == "1.5"
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")


def test_what_the_menu_changes_is_shown_in_its_row(hands: Hands, page: SettingsPage) -> None:
    hands.program.office.do("theme_dark")
    hands.program.office.speak("ru")
    hands.qtbot.waitUntil(lambda: page.rows["language"].pick.currentData() == "ru")
    assert page.rows["theme"].pick.currentData() == "dark"
