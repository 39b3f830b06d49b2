# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several declarations at once, by keys: chosen, checked, printed, sent, archived, binned; stopped half way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from swclient.store.values import Move
from tests.window.hands import CTRL, NONE, SHIFT, Hands
from tests.window.test_templates import notice
from tests.window.test_worklist import folder, make, page, settled, shown


@pytest.fixture
def three(sample: Hands) -> Hands:
    """Hands on the drafts: the sample, a copy of it, and an empty one."""
    office = sample.program.office
    office.open_sample()
    sample.rest()
    office.new()
    sample.rest()
    folder(sample, "drafts")
    return sample


def ended(hands: Hands) -> None:
    hands.qtbot.waitUntil(lambda: not page(hands).bulk.going, timeout=30_000)
    hands.program.office.application.store.flush()
    settled(hands)


def states(hands: Hands) -> list[str]:
    return sorted(row.state for row in hands.program.office.application.worklist())


def test_lines_are_chosen_by_keys(three: Hands) -> None:
    assert not page(three).bulk.isVisible()
    three.press(Qt.Key.Key_Down, SHIFT)
    assert [len(page(three).chosen()), page(three).bulk.label.text()] == [2, "2 chosen"]
    three.press(Qt.Key.Key_A, CTRL)
    assert len(page(three).chosen()) == 3
    three.press(Qt.Key.Key_Space, CTRL)
    assert len(page(three).chosen()) == 2
    three.press(Qt.Key.Key_Escape)
    assert len(page(three).chosen()) == 1
    assert not page(three).bulk.isVisible()


def test_a_click_with_ctrl_chooses_and_opens_nothing(three: Hands) -> None:
    view = page(three).list
    second = view.visualRect(view.model().index(1, 0)).center()
    three.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, second)
    assert len(page(three).chosen()) == 2
    assert three.window.view is None
    three.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, second)
    assert three.window.view is not None


def test_checking_makes_ready_what_has_no_error_and_says_why_of_the_rest(three: Hands) -> None:
    empty = shown(three)[0]
    three.press(Qt.Key.Key_A, CTRL)
    three.press(Qt.Key.Key_F7)
    ended(three)
    assert three.program.office.application.folders()["ready"] == 2
    assert shown(three) == [empty]
    assert "2 of 3 done" in notice(three)
    assert "errors; the first:" in page(three).notes[empty]
    assert page(three).notes[empty] in page(three)._rows.data(page(three)._rows.index(0, 0))


def test_forms_are_printed_into_a_folder(three: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = tmp_path / "forms"
    there.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(there))
    three.press(Qt.Key.Key_A, CTRL)
    three.press(Qt.Key.Key_P, CTRL)
    ended(three)
    files = sorted(there.iterdir())
    assert len(files) == 3
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)
    assert "3 of 3 done" in notice(three)


def test_a_folder_that_is_gone_is_told_in_each_line(three: Hands, tmp_path: Path) -> None:
    three.press(Qt.Key.Key_A, CTRL)
    three.program.office.bulk.print_into(tmp_path / "gone")
    ended(three)
    assert len(page(three).notes) == 3
    assert all("Choose another" in why for why in page(three).notes.values())


def test_what_may_be_sent_is_sent_and_the_rest_says_why(three: Hands) -> None:
    empty = shown(three)[0]
    three.press(Qt.Key.Key_A, CTRL)
    three.press(Qt.Key.Key_Return, CTRL | SHIFT)
    ended(three)
    assert states(three).count("draft") == 1
    assert [*page(three).notes] == [empty]
    assert [row.id for row in page(three).chosen()] == [empty]
    three.qtbot.waitUntil(lambda: "payment_due" in states(three), timeout=30_000)


def test_what_is_not_released_says_why_it_cannot_be_archived(three: Hands) -> None:
    three.press(Qt.Key.Key_A, CTRL)
    three.press(Qt.Key.Key_I, CTRL | SHIFT)
    ended(three)
    assert all("cannot be done while" in why for why in page(three).notes.values())
    assert len(page(three).notes) == 3


def test_many_go_to_the_bin_and_one_undo_takes_all_back(three: Hands) -> None:
    application = three.program.office.application
    make(three, "KEPT")
    application.store.move_state(Move("KEPT", "draft", "rejected"))
    page(three).filter.buttons["everywhere"].click()
    page(three).start()
    three.press(Qt.Key.Key_A, CTRL)
    three.press(Qt.Key.Key_Delete)
    ended(three)
    assert application.folders()["bin"] == 3
    assert [*page(three).notes] == ["KEPT"]
    three.press(Qt.Key.Key_Z, CTRL)
    settled(three)
    assert application.folders()["bin"] == 0
    assert "3 declarations were taken back" in notice(three)


def test_a_stop_leaves_nothing_half_done_and_says_what_was(three: Hands) -> None:
    three.press(Qt.Key.Key_A, CTRL)
    three.press(Qt.Key.Key_F7)
    line = page(three).bulk
    assert line.going
    assert line.label.text() == "Check: 0 of 3"
    assert three.cursor is line.stop
    three.press(Qt.Key.Key_Space)
    ended(three)
    assert "not begun: 2" in notice(three)
    assert len(page(three).chosen()) + three.program.office.application.folders()["ready"] == 3


def test_who_types_elsewhere_meanwhile_keeps_the_cursor(three: Hands) -> None:
    three.press(Qt.Key.Key_A, CTRL)
    three.press(Qt.Key.Key_F7)
    three.press(Qt.Key.Key_F, CTRL)
    three.type("кра")
    ended(three)
    assert three.cursor is page(three).filter.lines["text"]
    assert page(three).filter.lines["text"].text() == "кра"


def test_escape_stops(three: Hands) -> None:
    three.press(Qt.Key.Key_A, CTRL)
    three.press(Qt.Key.Key_F7)
    three.press(Qt.Key.Key_Escape)
    ended(three)
    assert "not begun" in notice(three)


def test_one_thing_goes_on_at_a_time(three: Hands) -> None:
    three.press(Qt.Key.Key_A, CTRL)
    three.press(Qt.Key.Key_F7)
    three.program.office.do("archive")
    assert "already" in notice(three)
    ended(three)


def test_new_from_this_takes_the_line_of_the_cursor(three: Hands) -> None:
    three.press(Qt.Key.Key_Down)
    was = page(three).declaration
    assert was is not None
    three.press(Qt.Key.Key_N, CTRL | SHIFT)
    three.rest()
    row = three.view.desk.row()
    assert (row.parent_id, row.relation, row.state) == (was.id, "copy", "draft")
