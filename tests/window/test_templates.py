# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates by hand: saved, found, used, renamed, removed and brought back, all from the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.window.hands import CTRL, SHIFT, Hands
from ui.pages.worklist import WorklistPage


def save(hands: Hands, name: str) -> None:
    hands.press(Qt.Key.Key_S, CTRL | SHIFT)
    hands.type(name)
    hands.press(Qt.Key.Key_Return)


def folder(hands: Hands) -> WorklistPage:
    """The list of templates, come to by its key."""
    if hands.window.view is not None or hands.program.office.worklist.folder != "templates":
        hands.press(Qt.Key.Key_T, CTRL)
    hands.rest()
    return hands.program.office.worklist


def lines(hands: Hands) -> list[str]:
    model = folder(hands).list.model()
    return [str(model.index(row, 0).data()).split(",")[0] for row in range(model.rowCount())]


def notice(hands: Hands) -> str:
    view = hands.window.view
    shown = view.line.notice if view is not None else hands.program.office.worklist.notice
    return shown.label.text() if shown.isVisible() else ""


def verbs(hands: Hands) -> set[str]:
    return {name for name, button in folder(hands).buttons.items() if button.isVisible()}


def test_a_declaration_is_saved_as_a_template_under_a_typed_name(sample: Hands) -> None:
    box = sample.go_to("header.reference")
    save(sample, "Valves")
    assert "“Valves” saved" in notice(sample)
    assert sample.box is box
    assert sample.window.rail.buttons["templates"].accessibleName() == "Templates: 1"
    assert sample.session.look(sample.header("reference")).text == "TRAINING-2026-0001"


def test_a_name_is_offered_and_escape_saves_nothing(sample: Hands) -> None:
    sample.go_to("header.reference")
    sample.press(Qt.Key.Key_S, CTRL | SHIFT)
    question = sample.view.line.question
    assert question.line.text() == "ИМ 40 · Urumqi Lantern Bay Sample Trading Co., Ltd."
    assert question.line.selectedText() == question.line.text()
    sample.press(Qt.Key.Key_Escape)
    assert not question.isVisible()
    assert sample.box.field.id == "header.reference"
    assert sample.program.office.application.templates.listed() == ()


def test_an_empty_name_is_refused_and_the_question_stays(sample: Hands) -> None:
    save(sample, " ")
    assert "1 to 120" in notice(sample)
    assert sample.view.line.question.isVisible()
    sample.type("Valves")
    sample.press(Qt.Key.Key_Return)
    assert not sample.view.line.question.isVisible()
    assert lines(sample) == ["Valves"]


def test_ctrl_z_in_the_question_is_its_own(sample: Hands) -> None:
    sample.go_to("header.reference")
    sample.type("Q")
    sample.press(Qt.Key.Key_S, CTRL | SHIFT)
    sample.type("Abc")
    sample.press(Qt.Key.Key_Z, CTRL)
    assert sample.session.look(sample.header("reference")).text == "Q"


def test_enter_on_a_template_makes_a_declaration_of_today(sample: Hands) -> None:
    first = sample.view.desk.id
    save(sample, "Valves")
    assert lines(sample) == ["Valves"]
    assert sample.cursor is folder(sample).list
    sample.press(Qt.Key.Key_Return)
    sample.rest()
    assert sample.view.desk.id != first
    assert len(sample.session.rows("item")) == 12
    assert sample.session.look(sample.header("reference")).text == ""
    today = sample.program.office.application.today()
    assert sample.session.look(sample.header("date")).text == today.isoformat()
    assert "“Valves”" in notice(sample)


def test_the_search_makes_a_declaration_of_a_template_by_its_name(sample: Hands) -> None:
    first = sample.view.desk.id
    save(sample, "Обувь из Гуанчжоу")
    sample.press(Qt.Key.Key_K, CTRL)
    sample.type("гуанч")
    assert [hit.words for hit in sample.window.top.search.hits] == ["New from template: Обувь из Гуанчжоу"]
    sample.press(Qt.Key.Key_Return)
    assert sample.view.desk.id != first


@pytest.mark.parametrize("words", ["save as template", "new from template"])
def test_the_verbs_are_found_by_search(sample: Hands, words: str) -> None:
    sample.press(Qt.Key.Key_K, CTRL)
    sample.type(words)
    assert words in [hit.words.casefold() for hit in sample.window.top.search.hits]


def test_f2_renames_and_a_taken_name_is_refused(sample: Hands) -> None:
    save(sample, "Valves")
    save(sample, "Taps")
    assert lines(sample) == ["Taps", "Valves"]
    sample.press(Qt.Key.Key_F2)
    sample.type("valves")
    sample.press(Qt.Key.Key_Return)
    assert "already" in notice(sample)
    sample.type("Cocks")
    sample.press(Qt.Key.Key_Return)
    assert lines(sample) == ["Valves", "valvesCocks"]


def test_del_removes_and_nothing_is_lost(sample: Hands) -> None:
    save(sample, "Valves")
    assert verbs(sample) == {"new_from_template", "rename_template", "remove_template"}
    sample.press(Qt.Key.Key_Delete)
    sample.rest()
    assert "can be brought back" in notice(sample)
    assert sample.window.rail.buttons["templates"].accessibleName() == "Templates: 0"
    assert verbs(sample) == {"restore_template"}
    sample.press(Qt.Key.Key_T, CTRL)
    assert "bring it back first" in notice(sample)
    sample.press(Qt.Key.Key_Return)
    sample.rest()
    assert "in use again" in notice(sample)
    assert sample.window.rail.buttons["templates"].accessibleName() == "Templates: 1"


def test_verbs_of_templates_are_offered_where_one_is_chosen_only(sample: Hands) -> None:
    acts = sample.program.office.actions
    save(sample, "Valves")
    assert not acts["remove_template"].isEnabled()
    folder(sample)
    assert acts["remove_template"].isEnabled()
    assert not acts["restore_template"].isEnabled()
    assert not acts["save_template"].isEnabled()
    sample.program.office.show_folder("drafts")
    assert not acts["remove_template"].isEnabled()
    assert verbs_of_drafts(sample) == {"new", "workbook", "sample", "put_in_bin"}


def verbs_of_drafts(hands: Hands) -> set[str]:
    return {name for name, button in hands.program.office.worklist.buttons.items() if button.isVisible()}


def test_del_and_f2_in_another_folder_touch_no_template(sample: Hands) -> None:
    save(sample, "Valves")
    sample.program.office.show_folder("drafts")
    sample.press(Qt.Key.Key_Delete)
    sample.press(Qt.Key.Key_F2)
    assert [row.name for row in sample.program.office.application.templates.listed()] == ["Valves"]
    assert sample.program.office.application.folders()["bin"] == 1
    assert not sample.program.office.worklist.question.isVisible()


def test_without_templates_the_folder_says_how_one_comes_about(hands: Hands) -> None:
    page = folder(hands)
    assert "Save as template" in page.lead.text()
    assert not any(card.isVisible() for card in page.cards.values())
    assert hands.cursor is hands.window.rail.buttons["templates"]


def test_the_folder_speaks_the_language_in_force(sample: Hands) -> None:
    save(sample, "Valves")
    page = folder(sample)
    assert "saved under KZ" in str(page.list.model().index(0, 0).data())
    assert page.list.accessibleName() == "Templates"
