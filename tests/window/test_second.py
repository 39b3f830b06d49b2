# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two programs on one store: the second window looks, says so, and takes over when the first one is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from swclient.base.errors import UserError
from swclient.document.path import SINGLE
from swclient.document.path import Path as FieldPath
from swclient.workflow.bootstrap import open_application
from ui import actions
from ui.app import Program

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

_FIRST = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.app import Program
app = QApplication([])
program = Program(app)
program.window.show()
def look():
    if program.failed:
        sys.exit(1)
    if "ready" in program.marks:
        program.office.open_sample()
        program.office.application.store.flush()
        print(program.window.view.desk.id, flush=True)
    else:
        QTimer.singleShot(10, look)
look()
app.exec()
"""
REFERENCE = FieldPath("header", SINGLE, "reference")


class First:
    """A window in a process of its own, with the sample open."""

    def __init__(self) -> None:
        told = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _FIRST], stdout=subprocess.PIPE, text=True, env=told, cwd=Path(__file__).parents[2]
        )
        assert self.process.stdout is not None
        self.declaration = self.process.stdout.readline().strip()
        assert self.declaration

    def kill(self) -> None:
        """Kill it without a word."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def first(home: Path) -> Iterator[First]:
    made = First()
    yield made
    made.kill()


@pytest.fixture
def second(first: First, qapp: QApplication, qtbot: QtBot) -> Iterator[Program]:
    made = Program(qapp)
    made.window.show()
    qtbot.waitUntil(lambda: "ready" in made.marks)
    yield made
    made.window.close()
    made.window.deleteLater()


def test_a_second_window_says_who_works_and_changes_nothing(first: First, second: Program) -> None:
    office = second.office
    office.show_folder("drafts")
    line = office.looking.line
    assert line is not None
    assert not line.isHidden()
    assert str(first.process.pid) in line.label.text()
    assert [row.id for row in office.application.worklist()] == [first.declaration]
    for act, action in office.actions:
        if act.id in actions.WRITES:
            assert not action.isEnabled(), act.id
            assert str(first.process.pid) in action.toolTip()
    assert not any(button.isEnabled() for button in office.worklist.buttons.values())
    office.do("sample")
    assert len(office.application.worklist()) == 1
    assert str(first.process.pid) in office.worklist.notice.label.text()
    with pytest.raises(UserError, match="reading only"):
        office.application.open_sample()


def test_an_open_draft_is_shown_and_not_typed_into(first: First, second: Program) -> None:
    office = second.office
    office.open(first.declaration)
    view = second.window.view
    session = view.stage.session
    assert session.read_only
    assert not view.line.buttons["submit"].isEnabled()
    with pytest.raises(UserError, match="Another window"):
        session.type_in(REFERENCE, "from the second")
    assert not view.desk.may("submit")[0]
    assert view.desk.print_pdf().startswith(b"%PDF")


def test_trying_again_while_the_first_is_there_changes_nothing(first: First, second: Program) -> None:
    second.office.open(first.declaration)
    second.office.looking.line.button.click()
    assert second.office.application.store.read_only
    assert second.window.view.desk.id == first.declaration
    assert second.window.view.stage.session.read_only
    assert str(first.process.pid) in second.office.looking.line.label.text()


def test_it_takes_over_when_the_first_was_killed(first: First, second: Program, home: Path) -> None:
    office = second.office
    office.open(first.declaration)
    first.kill()
    office.looking.line.button.click()
    assert office.looking.line is None
    assert office.looking.why == ""
    assert second.window.view.desk.id == first.declaration
    second.window.view.stage.session.type_in(REFERENCE, "TAKEN-OVER-1")
    second.window.view.desk.close()
    office.application.store.flush()
    assert not any(button.toolTip() for button in office.worklist.cards.values())
    assert office.actions["new"].isEnabled()
    office.new()
    reading = open_application()
    assert len(reading.worklist()) == 2
    assert reading.open(first.declaration).session.live.singles["header"].values["reference"] == "TAKEN-OVER-1"
    reading.close()


def test_a_window_opens_for_writing_after_a_killed_one(first: First, qapp: QApplication, home: Path) -> None:
    first.kill()
    with_claim = open_application(window=True)
    assert with_claim.holding.looking is None
    assert not with_claim.store.read_only
    with_claim.new_draft()
    with_claim.close()


def test_a_command_leaves_the_drafts_of_an_open_window_alone(first: First) -> None:
    command = open_application()
    theirs = command.open(first.declaration)
    with pytest.raises(UserError, match=str(first.process.pid)):
        theirs.session.type_in(REFERENCE, "from a command")
    ours = command.new_draft()
    command.open(ours).session.type_in(REFERENCE, "OURS-1")
    command.close()
    again = open_application()
    assert {row.id for row in again.worklist()} == {first.declaration, ours}
    assert len(again.store.history(first.declaration)) == 1, "closing must not save a draft that another may type into"
    again.close()


def test_the_registers_can_be_looked_at_and_not_changed(first: First, second: Program) -> None:
    office = second.office
    office.show_folder("registers")
    page = second.window.room
    page.asked.emit("new")
    assert str(first.process.pid) in page.notice.label.text()
    assert not page.buttons["new"].isEnabled()
    office.open(first.declaration)
    second.window.view.go_to_field("consignee.name", None)
    office.do("keep_register")
    office.do("fill_register")
    assert office.application.store.registers.count() == 0
    assert office.registers.registers.listed() == ()
