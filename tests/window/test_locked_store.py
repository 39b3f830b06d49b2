# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store that wants its recovery key is opened in the window, and the work is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from swclient.store.backups.recasting import recast
from swclient.store.vault import keys
from swclient.workflow.bootstrap import open_application
from ui.app import Program

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def locked(home: Path) -> keys.Key:
    """An encrypted store with the sample in it, whose key this computer has not."""
    pytest.importorskip("sqlcipher3", reason="the part “encryption” is not installed")
    application = open_application()
    application.open_sample()
    application.close()
    key = keys.new_key()
    recast(home / "declarations.db", key)
    keys.let_go()
    return key


def test_the_recovery_key_opens_the_store_in_the_window(
    qapp: QApplication, qtbot: QtBot, home: Path, locked: keys.Key
) -> None:
    program = Program(qapp)
    program.window.show()
    qtbot.waitUntil(lambda: program.opening is not None)
    assert program.window.hindrance is not None
    assert "is encrypted" in program.window.hindrance.text()
    assert program.opening.label.text() == "Recovery key"
    assert program.opening.buttons["answer"].text() == "Open"
    wrong = keys.written(locked)
    program.opening.line.setText(("1" if wrong[0] != "1" else "2") + wrong[1:])
    program.opening.answer()
    qtbot.waitUntil(lambda: "Group 1 of the recovery key" in program.window.hindrance.text())
    program.opening.line.setText(keys.written(locked).lower())
    program.opening.answer()
    qtbot.waitUntil(lambda: "ready" in program.marks)
    assert program.window.hindrance is None
    assert not program.failed
    assert len(program.office.application.worklist()) == 1
    program.window.close()
    program.window.deleteLater()
    keys.let_go()
