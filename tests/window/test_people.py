# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Warnings that may stand, the first wrong box, who changed what, and the second person: all by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.window.hands import CTRL, SHIFT, Hands
from ui.pages.declaration import PAGES, TIMELINE

WHY = "The supplier gave a test price"
ANNA, BORIS = "Anna", "Boris"


def cheap(sample: Hands) -> None:
    """Type a price a kilogram that is unusual for the goods."""
    sample.go_to("item.price", 1)
    sample.type("1.25")
    sample.rest()


def answer(sample: Hands, words: str) -> None:
    """Answer the question that stands over the page."""
    assert sample.cursor is sample.view.line.question.line
    sample.view.line.question.line.selectAll()
    sample.type(words)
    sample.press(Qt.Key.Key_Return)


def work_as(sample: Hands, name: str) -> None:
    """Change the person through the search field."""
    sample.press(Qt.Key.Key_K, CTRL)
    sample.type("Work as")
    sample.press(Qt.Key.Key_Return)
    answer(sample, name)


def test_a_warning_is_acknowledged_beside_its_box_and_taken_back(sample: Hands) -> None:
    cheap(sample)
    findings = sample.window.column.findings
    sample.press(Qt.Key.Key_L, CTRL | SHIFT)
    sample.press(Qt.Key.Key_Return)
    assert sample.view.line.question.isVisible(), "without a reason nothing is acknowledged"
    answer(sample, WHY)
    box = sample.box
    sample.rest()
    assert not sample.page().callout.isVisible()
    assert box.level == ""
    assert "(acknowledged)" in box.editor.accessibleDescription()
    last = findings.model.rows[-1]
    assert last.code == "V029"
    assert last.acknowledged is not None
    findings.stand_on("V029")
    assert WHY in findings.what.text()
    assert findings.model.data(findings.model.index(len(findings.model.rows) - 1, 0)).startswith("acknowledged, 42/1")
    sample.press(Qt.Key.Key_L, CTRL | SHIFT)
    sample.rest()
    assert all(each.acknowledged is None for each in findings.model.rows)
    sample.press(Qt.Key.Key_Z, CTRL)
    sample.rest()
    assert any(each.acknowledged is not None for each in findings.model.rows)
    box = sample.go_to("item.price", 1)
    sample.type("1.26")
    sample.rest()
    assert all(each.acknowledged is None for each in findings.model.rows)


def test_an_error_is_not_acknowledged(sample: Hands) -> None:
    sample.go_to("item.net_mass", 2)
    sample.type("999999")
    sample.rest()
    sample.go_to("header.reference")
    sample.window.column.findings.stand_on("G010")
    sample.press(Qt.Key.Key_L, CTRL | SHIFT)
    assert "errors are to be corrected" in sample.view.line.notice.label.text()
    assert not sample.view.line.question.isVisible()
    assert not sample.window.column.findings.let.isVisible()


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_F7, None), (Qt.Key.Key_Return, CTRL | SHIFT)])
def test_the_cursor_goes_to_the_first_wrong_box(sample: Hands, key: Qt.Key, held: Qt.KeyboardModifier | None) -> None:
    sample.go_to("item.net_mass", 2)
    sample.type("999999")
    sample.rest()
    sample.go_to("header.reference")
    sample.press(key, held) if held is not None else sample.press(key)
    assert sample.box.path == sample.window.column.findings.model.rows[0].paths[0]
    assert sample.box.path == sample.item(2, "gross_mass")
    told = sample.view.line.notice.label.text()
    assert "1 error" in told
    assert str(sample.view.desk.state) == "draft"


def test_the_history_of_a_box_tells_who_and_from_what_to_what(sample: Hands) -> None:
    path = sample.header("reference")
    before = sample.session.text_at(path)
    sample.program.office.application.people.work_as(ANNA)
    sample.go_to("header.reference")
    sample.type("A-1")
    sample.rest()
    sample.press(Qt.Key.Key_H, CTRL | SHIFT)
    why = sample.window.column.why
    assert why.heading.text() == "History of the box"
    top = why.tree.topLevelItem(0)
    assert top is not None
    told = [top.child(place).toolTip(0) for place in range(top.childCount())]
    assert told[0].startswith(f"{ANNA}\n{sample.session.text_at(path)}")
    assert before in told[-1]


def test_the_history_tells_what_could_not_be_read_as_it_was_typed(sample: Hands) -> None:
    sample.session.type_in(sample.item(2, "net_mass"), "heavy")
    sample.session.type_in(sample.item(2, "net_mass"), "12.5")
    sample.go_to("item.net_mass", 2)
    sample.press(Qt.Key.Key_H, CTRL | SHIFT)
    top = sample.window.column.why.tree.topLevelItem(0)
    assert top is not None
    told = [top.child(place).toolTip(0) for place in range(top.childCount())]
    assert "before: heavy" in told[0]
    assert "\nheavy" in told[1]


def test_nobody_is_shown_where_one_person_works(sample: Hands) -> None:
    assert not sample.window.top.person.isVisible()


def test_a_second_person_signs_off_before_it_goes_out(sample: Hands) -> None:
    people = sample.program.office.application.people
    work_as(sample, ANNA)
    assert sample.window.top.person.isVisible()
    sample.go_to("header.reference")
    sample.type("T-1")
    sample.rest()
    sample.program.office.settings.put("four_eyes", "on")
    assert people.four_eyes
    sample.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert ANNA in sample.view.line.notice.label.text()
    assert str(sample.view.desk.state) == "draft"
    sample.program.office.do("sign_off")
    assert "changed this declaration last" in sample.view.line.notice.label.text()
    work_as(sample, BORIS)
    sample.press(Qt.Key.Key_K, CTRL)
    sample.type("Sign off")
    sample.press(Qt.Key.Key_Return)
    assert sample.view.line.notice.label.text() == f"Signed off by {BORIS}"
    sample.view.show_timeline()
    QApplication.processEvents()
    page = sample.view.page(TIMELINE)
    assert f"Signed off by {BORIS}" in page.lines.text()
    names = [page.shown.itemText(place) for place in range(page.shown.count())]
    assert f"Changes by {ANNA}" in names
    page.shown.setCurrentIndex(names.index(f"Changes by {ANNA}"))
    assert all(row.detail.startswith(ANNA) for row in page.happenings._rows.rows)
    assert page.happenings._rows.rows
    assert sample.view.desk.may("submit") == (True, None)


@pytest.mark.slow
def test_what_customs_assessed_stands_beside_what_was_worked_out(sample: Hands) -> None:
    page = sample.view.page([each.NAME for each in PAGES].index("payments"))
    sample.press(Qt.Key.Key_Return, CTRL | SHIFT)
    sample.qtbot.waitUntil(lambda: str(sample.view.desk.state) == "payment_due", timeout=120_000)
    sample.view.show_page([each.NAME for each in PAGES].index("payments"))
    sample.rest()
    assert page.assessed.isVisible()
    assert "the same" in page.assessed.accessibleDescription()
    assert "Payment requested" in page.assessed.accessibleName()
    page.assessed.setFocus()
    sample.press(Qt.Key.Key_Space)
    top = sample.window.column.why.tree.topLevelItem(0)
    assert top is not None
    assert top.text(0).startswith("Assessed by customs")
