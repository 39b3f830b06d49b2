# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What answers change is told on the desktop while the window is not looked at: once each, and nothing of one's own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from swclient.store.values import Move
from swclient.workflow.told.news import News
from tests.window.hands import CTRL, SHIFT, Hands
from ui.words import clock


@pytest.fixture
def told(sample: Hands) -> list[News]:
    found: list[News] = []
    sample.program.office.news.show = found.append
    return found


def elsewhere(hands: Hands) -> QWidget:
    other = QWidget()
    hands.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    hands.qtbot.waitUntil(lambda: not hands.window.isActiveWindow())
    return other


def submit(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Return, CTRL | SHIFT)


def come_to(hands: Hands, state: str) -> None:
    hands.qtbot.waitUntil(lambda: str(hands.view.desk.state) == state, timeout=30_000)
    QApplication.processEvents()


def test_each_answer_is_told_once_and_own_steps_are_not(sample: Hands, told: list[News]) -> None:
    declaration = sample.view.desk.id
    submit(sample)
    other = elsewhere(sample)
    come_to(sample, "payment_due")
    words = [news.state.msgid for news in told]
    events = sample.program.office.application.store.events(declaration)
    moved = [event for event in events if event.detail.get("answer") and event.after != event.before]
    assert len(told) == len(moved) > 1
    assert words[-1] == "Payment due"
    assert not {"Signed", "Waiting to be sent", "Sent, answer unknown"} & set(words)
    assert all(news.declaration == declaration and news.title for news in told)
    other.close()


def test_what_is_looked_at_is_not_told_then_nor_later(sample: Hands, told: list[News]) -> None:
    submit(sample)
    come_to(sample, "payment_due")
    assert sample.window.isActiveWindow()
    other = elsewhere(sample)
    sample.program.office.application.heard("state", sample.view.desk.id)
    QApplication.processEvents()
    assert told == []
    other.close()


def test_the_bar_tells_the_queue_and_the_last_contact(sample: Hands) -> None:
    line = sample.window.top.line
    assert (line.accessibleName(), line.accessibleDescription()) == ("offline", "")
    submit(sample)
    come_to(sample, "payment_due")
    sample.program.office.application.heard("connection")
    QApplication.processEvents()
    heard = sample.program.office.application.store.glance.contact()
    assert heard is not None
    assert line.accessibleDescription() == f"last contact {clock(heard)}"
    assert "waiting to be sent" not in line.accessibleName()


def test_what_is_queued_is_counted_in_the_bar(sample: Hands) -> None:
    application = sample.program.office.application
    application.store.move_state(Move(sample.view.desk.id, "draft", "queued"))
    application.heard("connection")
    QApplication.processEvents()
    assert "1 waiting to be sent" in sample.window.top.line.accessibleName()


def test_nothing_is_told_where_nobody_wishes_it(sample: Hands, told: list[News]) -> None:
    sample.program.office.settings.put("news", "off")
    submit(sample)
    other = elsewhere(sample)
    come_to(sample, "payment_due")
    assert told == []
    other.close()
