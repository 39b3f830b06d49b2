# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window tells what is overdue, where letters of strangers are, and what customs said beside the boxes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from swclient.document.path import Path
from swclient.store.mail import NewAnswer
from swclient.workflow.life.settling import Step, settle
from tests.window.hands import CTRL, SHIFT, Hands
from ui.pages.declaration import TIMELINE
from ui.pages.entries import late_words, of_declaration


def test_what_is_overdue_is_marked_in_the_worklist(sample: Hands) -> None:
    row = sample.view.desk.row()
    now = datetime.now(UTC)
    late, early = (replace(row, due_at=now + timedelta(hours=hours)) for hours in (-1, 1))
    assert late_words(late)
    assert of_declaration(late, "Paid").late
    assert of_declaration(late, "Paid").facts.startswith("overdue since")
    assert not of_declaration(early, "Paid").late
    assert not of_declaration(row, "Draft").late


def test_letters_of_strangers_have_a_folder_with_the_reason(sample: Hands) -> None:
    office = sample.program.office
    letter = NewAnswer("customs", "nobody's", "x-1", "application/xml", b"<RiskLane><Lane>red</Lane></RiskLane>")
    office.application.store.answers.keep_answer(letter)
    office.refresh()
    assert sample.window.rail.buttons["letters"].accessibleName() == "Letters: 1"
    office.show_folder("letters")
    sample.rest()
    page = office.letters.page
    assert page is not None
    assert "not begun here" in page.happenings.detail.text()
    assert "RiskLane" in page.happenings.raw.toPlainText()
    office.speak("ru")
    sample.rest()
    assert page.happenings.list.model().rowCount() == 1


def test_verbs_that_are_not_possible_say_why(sample: Hands) -> None:
    sample.view.show_page(TIMELINE)
    sample.rest()
    page = sample.view.page(TIMELINE)
    assert page.state.text().startswith("Draft")
    verbs = [button for name, button in page.buttons.items() if name != "sign_off"]  # that one is hidden here
    assert page.buttons["sign_off"].isHidden()
    assert not any(button.isEnabled() for button in verbs)
    assert all("Draft" in button.toolTip() for button in verbs)
    assert not sample.program.office.actions["pay"].isEnabled()


@pytest.mark.slow
def test_what_customs_said_stands_in_the_new_draft_until_its_value_is_changed(sample: Hands) -> None:
    desk, application = sample.view.desk, sample.program.office.application
    total = Path("header", 0, "customs_value_total")
    desk.session.type_in(total, "1.00")
    desk.saving.snapshot().result()
    application.line.lodge(desk.id, desk.session.snapshot(), (), lambda _m: None)
    application.dealings.courier.wake()
    sample.qtbot.waitUntil(lambda: str(desk.state) == "rejected", timeout=120_000)
    sample.rest()
    sample.press(Qt.Key.Key_E, CTRL | SHIFT)
    assert sample.view.desk.id != desk.id
    sample.rest()
    findings = sample.window.column.findings
    findings.settle()
    told = [each.message.text() for each in findings.model.rows if each.code == "TRN-203"]
    assert told
    assert told[0].startswith("Customs said")
    sample.session.clear(total)
    sample.rest()
    findings.settle()
    assert not [each for each in findings.model.rows if each.code == "TRN-203"]


def test_a_state_that_a_crash_left_behind_is_put_right_by_the_next_look(sample: Hands) -> None:
    desk, store = sample.view.desk, sample.program.office.application.store
    settle(store, desk.id, Step("signed", {"container": "c", "document": "d"}, container="c"))
    desk.moved(store.row(desk.id).state)
    sample.rest()
    assert "Signed" in sample.view.line.state.text()
    assert desk.session.read_only
