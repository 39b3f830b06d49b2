# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real program in a process of its own: it types into a new declaration, or looks at what is open. Killed by a test.

`python -m tests.window.typist type` types letter by letter and prints each text once the window says that it is saved;
`python -m tests.window.typist look` starts, prints what stands in the box, and ends.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from swclient.document.path import SINGLE, Path
from ui.app import Program

BOX = Path("exporter", SINGLE, "name")


def started(app: QApplication) -> Program:
    program = Program(app)
    program.window.show()
    while "ready" not in program.marks:
        app.processEvents()
    return program


def type_on(app: QApplication, program: Program) -> None:
    program.office.new()
    view = program.window.view
    view.jump(BOX)
    for number in range(100_000):
        QTest.keyClicks(QApplication.focusWidget(), chr(97 + number % 26))
        while view.desk.saving.pending:
            app.processEvents()
            time.sleep(0.001)
        print(view.stage.session.look(BOX).text, flush=True)


def main() -> None:
    app = QApplication([])
    program = started(app)
    if sys.argv[1] == "type":
        type_on(app, program)
    program.window.view.jump(BOX)
    print(program.window.view.page(1).boxes["exporter.name"].editor.text(), flush=True)
    program.window.close()


if __name__ == "__main__":
    main()
