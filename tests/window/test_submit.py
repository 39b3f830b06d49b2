# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Submitting from the window does what the demo does: signed, sent, answered, released, archived."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.window.hands import CTRL, SHIFT, Hands
from ui.pages.declaration import TIMELINE


def pay_when_due(sample: Hands) -> None:
    """Wait until customs asks for payment, see what is due, and pay it with one key."""
    desk = sample.view.desk
    sample.qtbot.waitUntil(lambda: str(desk.state) == "payment_due", timeout=120_000)
    sample.rest()
    page = sample.view.page(TIMELINE)
    assert "1010" in page.lines.text()
    assert page.buttons["pay"].isEnabled()
    assert not page.buttons["reply"].isEnabled()
    assert "cannot be done" in page.buttons["reply"].toolTip()
    sample.press(Qt.Key.Key_P, CTRL | SHIFT)


@pytest.mark.slow
def test_the_sample_goes_from_the_window_to_release(sample: Hands) -> None:
    sample.press(Qt.Key.Key_Return, CTRL | SHIFT)
    desk = sample.view.desk
    assert sample.view.tabs.currentIndex() == TIMELINE
    pay_when_due(sample)
    sample.qtbot.waitUntil(lambda: str(desk.state) == "archived", timeout=120_000)
    sample.rest()
    titles = [row.title for row in desk.timeline()]
    assert "Released (decision 10)" in titles
    page = sample.view.page(TIMELINE)
    assert page.list.model().rowCount() == len(titles)
    raws = [row.raw for row in desk.timeline() if row.raw]
    assert len(raws) >= 4
    page.list.setCurrentIndex(page.list.model().index(next(n for n, row in enumerate(desk.timeline()) if row.raw), 0))
    assert page.raw.toPlainText()
    assert sample.window.rail.buttons["archived"].accessibleName() == "Archived: 1"


@pytest.mark.slow
def test_a_submitted_declaration_can_be_read_and_not_changed(sample: Hands) -> None:
    sample.press(Qt.Key.Key_Return, CTRL | SHIFT)
    desk = sample.view.desk
    pay_when_due(sample)
    sample.qtbot.waitUntil(lambda: str(desk.state) == "archived", timeout=120_000)
    before = sample.session.look(sample.header("reference")).text
    box = sample.go_to("header.reference")
    sample.type("X")
    assert box.editor.isReadOnly()
    assert sample.session.look(sample.header("reference")).text == before
    sample.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert sample.view.desk.id != desk.id
    assert str(sample.view.desk.state) == "draft"


def test_errors_bar_the_way_and_are_told_in_place(sample: Hands) -> None:
    sample.go_to("item.net_mass", 2)
    sample.type("999999")
    sample.rest()
    sample.press(Qt.Key.Key_Return, CTRL | SHIFT)
    assert "bars the way" in sample.view.line.notice.label.text()
    assert str(sample.view.desk.state) == "draft"
