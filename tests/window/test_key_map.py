# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The key map, by keys alone: every action can be given another key, clashes are told, the file can be carried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from swclient.base.errors import UserError
from tests.window.hands import ALT, CTRL, NONE, SHIFT, Hands
from ui import actions, keys
from ui.pages.key_map import KeyMapPage
from ui.settings import keymap
from ui.settings.keymap import KeyMap

_ENTER, _ESCAPE, _SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
_WRONG = ["undo = ", "undo = 3\n", "\x00", "[undo]\nkeys = 1\n", "undo = [[\n" * 50, "x" * 70_000]


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    actions.put_keys({})


@pytest.fixture
def page(hands: Hands) -> KeyMapPage:
    """The room, opened by the search of the window."""
    return open_room(hands)


def open_room(hands: Hands) -> KeyMapPage:
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type("key map")
    hands.press(_ENTER)
    page = hands.program.office.settings.keys.page
    assert hands.window.room is page
    assert hands.cursor is page.search
    return page


def find(hands: Hands, page: KeyMapPage, identity: str) -> None:
    """Find an action by its words and stand on it."""
    page.start()
    page.search.clear()
    hands.type(actions.BY_ID[identity].label)
    hands.press(_ENTER)
    while page.chosen != identity:
        hands.press(Qt.Key.Key_Down)


def give(hands: Hands, page: KeyMapPage, identity: str, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    find(hands, page, identity)
    hands.press(_ENTER)
    assert page.catcher.isVisible()
    hands.press(key, held)


def test_a_key_is_given_by_pressing_it_and_works_at_once(sample: Hands, home: Path) -> None:
    page = open_room(sample)
    give(sample, page, "check", Qt.Key.Key_F3)
    assert actions.keys_of("check") == ("F3",)
    assert (home / "keys.toml").read_text(encoding="utf-8").endswith('check = ["F3"]\n')
    assert sample.program.office.actions["check"].shortcut() == QKeySequence("F3")
    assert sample.cursor is page.list
    sample.program.office.open(next(iter(sample.program.office._views)))
    assert sample.view.line.buttons["check"].hint == "F3"
    sample.go_to("header.reference")
    sample.press(Qt.Key.Key_F7)
    assert not sample.view.line.notice.isVisible()
    sample.press(Qt.Key.Key_F3)
    assert sample.view.line.notice.accessibleName().startswith("Checked")


def test_a_clash_is_told_and_settled_by_choice(hands: Hands, page: KeyMapPage) -> None:
    give(hands, page, "refresh", Qt.Key.Key_D, CTRL)
    assert "“Ctrl+D” belongs to “Copy from above” now" in page.question.label.text()
    hands.press(_ESCAPE)
    assert actions.keys_of("copy_above") == ("Ctrl+D",)
    assert actions.keys_of("refresh") == ("F5",)
    give(hands, page, "refresh", Qt.Key.Key_D, CTRL)
    hands.press(_ENTER)
    assert actions.keys_of("copy_above") == ()
    assert actions.keys_of("refresh") == ("Ctrl+D",)
    hands.press(Qt.Key.Key_Z, CTRL)
    assert actions.keys_of("copy_above") == ("Ctrl+D",)
    assert actions.keys_of("refresh") == ("F5",)


def test_a_key_is_added_taken_away_and_all_is_as_shipped_again(hands: Hands, page: KeyMapPage, home: Path) -> None:
    find(hands, page, "list")
    hands.press(Qt.Key.Key_Insert)
    hands.press(Qt.Key.Key_U, CTRL)
    assert actions.keys_of("list") == ("F8", "F4", "Ctrl+U")
    hands.press(Qt.Key.Key_Delete)
    assert actions.keys_of("list") == ()
    assert "has no key now" in page.notice.accessibleName()
    page.buttons["shipped"].setFocus()
    hands.press(_SPACE)
    assert actions.keys_of("list") == ("F8", "F4")
    give(hands, page, "undo", Qt.Key.Key_U, CTRL)
    give(hands, page, "check", Qt.Key.Key_F3)
    page.buttons["all_shipped"].setFocus()
    hands.press(_SPACE)
    assert all(actions.keys_of(act.id) == act.keys for act in actions.TABLE)
    assert KeyMap(home).own == {}


@pytest.mark.parametrize(
    ("key", "held", "why"),
    [
        (Qt.Key.Key_A, NONE, "writes a sign"),
        (Qt.Key.Key_Tab, NONE, "moves the cursor"),
        (Qt.Key.Key_Tab, SHIFT, "moves the cursor"),
        (_ENTER, NONE, "moves the cursor"),
        (Qt.Key.Key_Enter, NONE, "moves the cursor"),
        (Qt.Key.Key_C, CTRL, "moves the cursor or edits"),
        (Qt.Key.Key_F2, NONE, "moves the cursor or edits"),
        (Qt.Key.Key_F10, NONE, "belongs to the system"),
        (Qt.Key.Key_F4, ALT, "belongs to the system"),
    ],
)
def test_keys_of_the_system_and_of_editors_stay(
    hands: Hands, page: KeyMapPage, key: Qt.Key, held: Qt.KeyboardModifier, why: str
) -> None:
    give(hands, page, "check", key, held)
    assert why in page.notice.accessibleName()
    assert actions.keys_of("check") == ("F7",)
    assert hands.cursor is page.list


def test_an_action_is_found_by_pressing_its_key(hands: Hands, page: KeyMapPage) -> None:
    for key, held, found in ((Qt.Key.Key_F12, NONE, "form"), (Qt.Key.Key_Z, CTRL | SHIFT, "redo")):
        page.rooms["find"].setFocus()
        hands.press(_SPACE)
        hands.press(key, held)
        assert page.chosen == found
        assert len(page.rows.rows) == 1
    page.rooms["find"].setFocus()
    hands.press(_SPACE)
    hands.press(Qt.Key.Key_U, CTRL)
    assert page.notice.accessibleName() == "“Ctrl+U” is free."
    page.start()
    hands.type("undo")
    assert page.rows.rows[0].id == "undo"


def test_no_shortcut_does_anything_while_a_key_is_waited_for(hands: Hands, page: KeyMapPage) -> None:
    give(hands, page, "check", Qt.Key.Key_L, CTRL)
    assert hands.window.room is page
    assert "“Ctrl+L” belongs to “Worklist” now" in page.question.label.text()
    hands.press(_ESCAPE)
    find(hands, page, "check")
    hands.press(_ENTER)
    hands.press(Qt.Key.Key_Control, CTRL)
    assert page.catcher.isVisible()
    hands.press(_ESCAPE)
    assert not page.catcher.isVisible()
    assert actions.keys_of("check") == ("F7",)


def test_every_action_can_be_given_every_free_key(hands: Hands, page: KeyMapPage) -> None:
    for act in actions.TABLE:
        give(hands, page, act.id, Qt.Key.Key_J, CTRL | ALT)
        if page.question.isVisible():
            hands.press(_ENTER)
        assert actions.keys_of(act.id) == ("Ctrl+Alt+J",)
        assert keymap.holder("Ctrl+Alt+J") == act.id
    held = [key for act in actions.TABLE for key in actions.keys_of(act.id)]
    assert len(held) == len(set(held)) == 1


def test_no_shipped_key_is_one_that_is_kept_from_users() -> None:
    refused = [key for act in actions.TABLE for key in act.keys if keymap.refused(keymap.canonical(key))]
    assert refused == []


def test_a_new_key_works_on_a_cyrillic_board(sample: Hands) -> None:
    page = open_room(sample)
    find(sample, page, "check")
    sample.press(_ENTER)
    event = QKeyEvent(QEvent.Type.KeyPress, ord("Г"), CTRL, 22 + 8, 0, 0, "г")  # the letter on U
    QApplication.sendEvent(sample.cursor, event)
    assert actions.keys_of("check") == ("Ctrl+U",)
    sample.program.office.open(next(iter(sample.program.office._views)))
    sample.go_to("header.reference")
    QApplication.sendEvent(sample.cursor, event)
    assert sample.view.line.notice.accessibleName().startswith("Checked")


@pytest.mark.parametrize(
    ("letter", "scan", "sign"), [("Б", 51, ","), ("Ж", 39, ";"), ("Х", 26, "["), ("І", 3, "2"), ("Қ", 11, "0")]
)
def test_signs_and_digits_go_by_their_place_too(letter: str, scan: int, sign: str) -> None:
    for told in (scan + 8, 0):
        event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), CTRL, told, 0, 0, letter)
        expected = "3" if (letter, told) == ("І", 0) else sign
        assert keys.latin(event).key() == ord(expected)


def test_the_map_goes_to_another_machine_and_back(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for home in (here, there):
        home.mkdir()
    own = KeyMap(here)
    own.give("undo", ("Ctrl+U", "F3"))
    own.give("check", ())
    own.save_as(tmp_path / "carried.toml")
    other = KeyMap(there)
    other.give("search", ("Ctrl+U",))
    assert other.bring(tmp_path / "carried.toml") == ()
    assert other.own == own.own == {"undo": ("Ctrl+U", "F3"), "check": ()}
    assert (there / "keys.toml").read_bytes() == (here / "keys.toml").read_bytes()
    assert KeyMap(there).own == own.own
    assert actions.keys_of("search") == ("Ctrl+K",)


@pytest.mark.parametrize("wrong", _WRONG)
def test_a_wrong_file_is_told_and_ignored_and_not_lost(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(wrong, encoding="utf-8")
    held = KeyMap(tmp_path)
    assert "keys.toml" in held.troubles[0].text()
    assert all(actions.keys_of(act.id) == act.keys for act in actions.TABLE)
    assert file.read_text(encoding="utf-8") == wrong
    held.give("undo", ("Ctrl+U",))
    assert KeyMap(tmp_path).own == {"undo": ("Ctrl+U",)}
    assert (tmp_path / "keys.wrong.toml").read_text(encoding="utf-8") == wrong


def test_nothing_is_brought_from_a_wrong_file(tmp_path: Path) -> None:
    held = KeyMap(tmp_path)
    held.give("undo", ("Ctrl+U",))
    (tmp_path / "wrong.toml").write_text("undo = [", encoding="utf-8")
    for name in ("wrong.toml", "nowhere.toml"):
        with pytest.raises(UserError, match=name):
            held.bring(tmp_path / name)
    assert actions.keys_of("undo") == ("Ctrl+U",)


def test_lines_that_mean_nothing_are_told_one_by_one_the_others_hold(tmp_path: Path) -> None:
    lines = (
        '\ufeffundo = ["Ctrl+U", "Ctrl+Nonsense", "Ctrl+A, Ctrl+B"]',
        'redo = ["Ctrl+U"]',
        'check = ["F10", "q", "F3"]',
    )
    (tmp_path / "keys.toml").write_text("\n".join((*lines, 'of_later = ["F11"]', "pay = true")), encoding="utf-8")
    held = KeyMap(tmp_path)
    assert (held.own["undo"], held.own["redo"], held.own["check"]) == (("Ctrl+U",), (), ("F3",))
    assert len(held.troubles) == 6
    held.give("pay", ("F11",))
    assert 'of_later = ["F11"]' in (tmp_path / "keys.toml").read_text(encoding="utf-8")


def test_the_users_key_goes_before_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text('check = ["F5"]\n', encoding="utf-8")
    KeyMap(tmp_path)
    assert actions.keys_of("check") == ("F5",)
    assert actions.keys_of("refresh") == ()


def test_a_wrong_file_is_told_when_the_program_starts(home: Path, qapp: QApplication, qtbot: object) -> None:
    from ui.app import Program

    home.mkdir()
    (home / "keys.toml").write_text("undo = [", encoding="utf-8")
    program = Program(qapp)
    program.window.show()
    qtbot.waitUntil(lambda: "ready" in program.marks)  # type: ignore[attr-defined]  # pytest-qt's robot
    assert "keys.toml" in program.office.worklist.notice.accessibleName()
    program.window.close()


def test_sentences_name_the_keys_in_force(hands: Hands) -> None:
    told = "Ctrl+Z takes it back, Ctrl+Shift+Z does not; Ctrl+PgDn turns, Ctrl+Enter adds."
    assert actions.in_force(told) == told
    actions.put_keys({"undo": ("F3",), "next_item": ("Alt+N",)})
    assert actions.in_force(told) == "F3 takes it back, Ctrl+Shift+Z does not; Alt+N turns, Alt+N adds."
