# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's window, typed into: tells what was acknowledged, then waits to be killed.

python -m tests.bench.typed_until_killed FORMER NEW
"""

import os
import sys
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ui import app

note = app.Program.mark
former, wanted = sys.argv[1:3]


def mark(program: app.Program, stage: str) -> None:
    """Once everything is there, type."""
    note(program, stage)
    if stage == "ready":
        QTimer.singleShot(0, lambda: type_in(program))


def type_in(program: app.Program) -> None:
    """Put the new text in the place of the former, key by key."""
    lines = [line for line in program.window.findChildren(QLineEdit) if line.isVisible() and line.text() == former]
    view: Any = program.window.view
    view.desk.saving.saved.connect(lambda moment: os.write(1, f"saved {moment}\n".encode()))
    lines[0].setFocus()
    lines[0].selectAll()
    QTest.keyClicks(lines[0], wanted)
    QTest.keyClick(lines[0], Qt.Key.Key_Tab)


app.Program.mark = mark  # type: ignore[assignment,method-assign]  # looks over its shoulder
sys.exit(app.main([]))
