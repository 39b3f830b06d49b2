# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bin by hand: Delete moves a draft there, Ctrl+Z and Enter bring it back, a second Delete asks once; no mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from swclient.store.values import Move
from tests.window.hands import CTRL, Hands
from tests.window.test_templates import notice
from ui.pages.worklist import WorklistPage


@pytest.fixture
def drafts(sample: Hands) -> Hands:
    """Hands on the folder of drafts, in which the sample lies; it is open behind it."""
    sample.press(Qt.Key.Key_L, CTRL)
    sample.rest()
    return sample


def page(hands: Hands) -> WorklistPage:
    return hands.program.office.worklist


def settled(hands: Hands) -> WorklistPage:
    QApplication.processEvents()
    QApplication.processEvents()
    return page(hands)


def counts(hands: Hands) -> tuple[int, int]:
    settled(hands)
    found = hands.program.office.application.folders()
    return found["drafts"], found["bin"]


def verbs(hands: Hands) -> set[str]:
    return {name for name, button in settled(hands).buttons.items() if button.isVisible()}


def into_bin(hands: Hands) -> None:
    """Delete the chosen draft and go to the folder of the bin by its keys in the rail."""
    hands.press(Qt.Key.Key_Delete)
    settled(hands)
    hands.window.rail.setFocus()
    for _step in range(list(hands.window.rail.buttons).index("bin")):
        hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    assert settled(hands).folder == "bin"


def test_delete_moves_a_draft_to_the_bin_and_says_so_quietly(drafts: Hands) -> None:
    drafts.press(Qt.Key.Key_Delete)
    assert counts(drafts) == (0, 1)
    assert "moved to the bin" in notice(drafts)
    assert not page(drafts).question.isVisible()
    assert drafts.window.rail.buttons["bin"].accessibleName() == "Bin: 1"


def test_ctrl_z_takes_it_back_where_it_was(drafts: Hands) -> None:
    drafts.press(Qt.Key.Key_Delete)
    settled(drafts)
    assert "undo" in verbs(drafts)
    drafts.press(Qt.Key.Key_Z, CTRL)
    assert counts(drafts) == (1, 0)
    assert "taken back" in notice(drafts)
    assert "undo" not in verbs(drafts)


def test_ctrl_z_of_the_open_declaration_stays_its_own(drafts: Hands) -> None:
    drafts.press(Qt.Key.Key_Delete)
    drafts.program.office.new()
    drafts.rest()
    drafts.press(Qt.Key.Key_Z, CTRL)
    assert counts(drafts) == (1, 1)


def test_enter_in_the_bin_takes_it_back(drafts: Hands) -> None:
    into_bin(drafts)
    assert verbs(drafts) >= {"take_back", "purge"}
    drafts.press(Qt.Key.Key_Return)
    assert counts(drafts) == (1, 0)
    assert drafts.window.view is None


def test_delete_in_the_bin_asks_once_and_escape_keeps_it(drafts: Hands) -> None:
    into_bin(drafts)
    drafts.press(Qt.Key.Key_Delete)
    question = page(drafts).question
    assert question.isVisible()
    assert "for ever" in question.label.text()
    assert not question.line.isVisible()
    drafts.press(Qt.Key.Key_Escape)
    assert not question.isVisible()
    assert counts(drafts) == (0, 1)
    drafts.press(Qt.Key.Key_Delete)
    drafts.press(Qt.Key.Key_Return)
    assert counts(drafts) == (0, 0)
    assert "deleted for ever" in notice(drafts)
    assert drafts.program.office.application.store.health.ok


def test_a_question_after_that_has_its_line_again(drafts: Hands) -> None:
    into_bin(drafts)
    drafts.press(Qt.Key.Key_Delete)
    drafts.press(Qt.Key.Key_Escape)
    page(drafts).question.ask("Name", "x", lambda _words: True)
    assert page(drafts).question.line.isVisible()


def test_an_open_declaration_is_shut_first_with_what_was_typed(sample: Hands) -> None:
    sample.go_to("header.reference")
    sample.type("LAST-WORDS")
    declaration = sample.view.desk.id
    sample.program.office.do("put_in_bin")
    assert counts(sample) == (0, 1)
    assert sample.window.view is None
    office = sample.program.office
    office.application.bin.back(declaration)
    office.open(declaration)
    sample.rest()
    assert sample.session.look(sample.header("reference")).text == "LAST-WORDS"


def test_what_was_signed_is_refused_with_the_reason(drafts: Hands) -> None:
    application = drafts.program.office.application
    (row,) = application.worklist("drafts")
    application.store.move_state(Move(row.id, "draft", "rejected"))
    drafts.program.office.show_folder("needs_you")
    drafts.press(Qt.Key.Key_Delete)
    assert "kept for 5 years" in notice(drafts)
    assert counts(drafts) == (0, 0)
    assert application.folders()["needs_you"] == 1


def test_the_palette_offers_what_can_be_done(drafts: Hands) -> None:
    offered = {act.id for act, action in drafts.program.office.actions if action.isEnabled()}
    assert "put_in_bin" in offered
    assert not offered & {"take_back", "purge", "undo"}
    into_bin(drafts)
    offered = {act.id for act, action in drafts.program.office.actions if action.isEnabled()}
    assert offered >= {"take_back", "purge", "undo"}
    assert "put_in_bin" not in offered
