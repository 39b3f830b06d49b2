# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window has the store copied by itself, tells quietly how it stands, and says what is wrong."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.store.backups import making
from swclient.store.backups.shelf import copies_in
from swclient.store.backups.verifying import verify
from swclient.workflow.application import Application
from tests.window.hands import Hands
from ui.app import Program
from ui.watch import copies as copy_watch

if TYPE_CHECKING:
    import pytest
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def told(hands: Hands) -> str:
    return hands.window.rail.copies.accessibleName()


def look(hands: Hands) -> None:
    """Take a look as the clock would, and wait until the window has heard of it."""
    heard: list[object] = []
    backups = hands.program.office.application.backups
    backups.told.connect(heard.append)
    hands.program.office.copies.look()
    hands.qtbot.waitUntil(lambda: bool(heard))
    backups.told.disconnect(heard.append)


def test_the_clock_of_the_copies_runs_from_the_start(hands: Hands) -> None:
    timer = hands.program.office.copies.timer
    assert timer.isActive()
    assert timer.interval() == copy_watch.FIRST_MS
    look(hands)
    assert timer.interval() == copy_watch.EVERY_MS


def test_what_is_in_no_copy_is_copied_and_told_on_the_rail(sample: Hands, home: Path) -> None:
    look(sample)
    (copy,) = copies_in(home / "backups")
    assert verify(copy.file).good
    assert told(sample).startswith("Last copied ")
    assert "behind" not in told(sample)
    sample.go_to("header.reference")
    sample.type("AB")
    sample.program.office.application.store.flush()
    look(sample)
    assert "edits behind" in told(sample)
    assert len(copies_in(home / "backups")) == 1


def test_nothing_is_told_while_there_is_nothing_to_copy(hands: Hands, home: Path) -> None:
    look(hands)
    assert told(hands) == ""
    assert copies_in(home / "backups") == ()


def test_typing_goes_on_while_a_copy_is_made(sample: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, reached = threading.Event(), threading.Event()
    honest = making.copy_pages

    def slow(*given: object) -> None:
        reached.set()
        gate.wait(10)
        honest(*given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(making, "copy_pages", slow)
    sample.program.office.copies.look()
    sample.qtbot.waitUntil(reached.is_set)
    sample.go_to("header.reference")
    sample.type("TYPED")
    view = sample.view
    sample.qtbot.waitUntil(lambda: not view.desk.saving.pending)
    assert not isinstance(view.desk.saving.last, BaseException)
    gate.set()
    sample.qtbot.waitUntil(lambda: "edits behind" in told(sample))


def test_a_copy_that_cannot_be_made_is_said_once_and_stays_on_the_rail(sample: Hands, home: Path) -> None:
    (home / "backups").write_text("in the way")
    look(sample)
    assert "Not copied; " in told(sample)
    assert "backups" in sample.window.rail.copies.toolTip()
    assert "was not copied" in sample.view.line.notice.label.text()
    sample.view.line.notice.hide()
    look(sample)
    assert not sample.view.line.notice.isVisible()


def test_a_damaged_store_is_named_in_the_window(qapp: QApplication, qtbot: QtBot, sample: Hands, home: Path) -> None:
    sample.window.close()
    connection = sqlite3.connect(home / "declarations.db")
    connection.execute("UPDATE change_log SET record = replace(record, 'created', 'cheated') WHERE sequence = 1")
    connection.commit()
    connection.close()
    again = Program(qapp)
    again.window.show()
    qtbot.waitUntil(lambda: "ready" in again.marks)
    hands = Hands(again, qtbot)
    qtbot.waitUntil(lambda: "altered at record 1" in hands.view.line.notice.label.text())
    look(hands)
    assert "Not copied; " in told(hands)
    assert "damaged" in hands.window.rail.copies.toolTip()
    again.window.close()
    again.window.deleteLater()


def test_a_file_that_is_no_store_is_named_in_the_window_and_left_alone(
    qapp: QApplication, qtbot: QtBot, home: Path
) -> None:
    home.mkdir()
    (home / "declarations.db").write_bytes(b"somebody's letter " * 100)
    program = Program(qapp)
    program.window.show()
    qtbot.waitUntil(lambda: program.window.hindrance is not None)
    label = program.window.hindrance
    assert label is not None
    assert label.isVisible()
    assert "declarations.db is not a store" in label.text()
    assert "backup restore latest" in label.text()
    assert program.failed
    program.window.close()
    program.window.deleteLater()
    assert (home / "declarations.db").read_bytes() == b"somebody's letter " * 100


def test_the_clock_stops_when_the_window_closes(sample: Hands) -> None:
    sample.window.close()
    assert not sample.program.office.copies.timer.isActive()


def test_the_narrow_rail_has_no_line(sample: Hands) -> None:
    look(sample)
    assert sample.window.rail.copies.isVisible()
    sample.window.toggle_rail()
    assert not sample.window.rail.copies.isVisible()


def test_closing_does_not_wait_for_a_copy(home: Path, tmp_path: Path) -> None:
    application = Application(tmp_path / "other")
    application.new_draft()
    stopped: Callable[[], bool] = application.backups._stop.is_set
    application.backups.look(first=True)
    application.close()
    assert stopped()
    assert not list((tmp_path / "other" / "backups").glob("*.part*"))
