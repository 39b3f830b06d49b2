# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody who cannot see is told to do with a paper, by nothing but names, in one language.

`python -m tests.robots.naming ru 2 ''` writes the errands for two items in Russian as JSON; the names are read from a window
in that language, of which nobody sees the screen. `listener.py` carries them out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from tests.robots.paper import PROFILE, SLIPS, paper, rows_of
from tests.robots.screen import settle_in

if TYPE_CHECKING:
    from ui.forms.grid import Grid
    from ui.pages.declaration import DeclarationPage

ROOT = File(__file__).resolve().parents[2]
Errand = list[str]


def errands(language: str, items: int, slip: str, home: File) -> list[Errand]:
    """Return the errands for a paper of some items, and make a home that speaks the language."""
    settle_in(home, language)
    with tempfile.TemporaryDirectory() as other:
        settle_in(File(other), language)
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "SWCLIENT_HOME": other}
        order = [sys.executable, "-m", "tests.robots.naming", language, str(items), slip]
        done = subprocess.run(order, env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    told: list[Errand] = json.loads(done.stdout.splitlines()[-1])
    return told


class Namer:
    """Says box by box and cell by cell what is to be done."""

    def __init__(self, view: DeclarationPage, body: dict[str, Any]) -> None:
        self._view, self._body = view, body
        self.told: list[Errand] = []

    def whole(self) -> list[Errand]:
        """Return the errands for the whole paper."""
        from ui.pages.declaration import PAGES

        for index, kind in enumerate(PAGES):
            if self._view.tabs.isTabVisible(index):
                self._view.show_page(index)
                self._page(index, kind.NAME)
        return self.told

    def _page(self, index: int, name: str) -> None:
        room: Any = self._view.page(index)
        self.told.append(["page", self._view.tabs.tabText(index)])
        if name == "goods":
            for number, item in enumerate(self._body["item"], 1):
                self._add(room.list)
                self.told.append(["current", room.list.accessibleName(), str(number)])
                self._boxes(room, "item", item)
                self._tables(room, item)
            return
        for table in dict.fromkeys(box.field.table for box in room.boxes.values()):
            self._boxes(room, table, (rows_of(self._body, table) or [{}])[0])
        self._tables(room, self._body)

    def _boxes(self, room: Any, table: str, wanted: dict[str, Any]) -> None:
        for box in room.boxes.values():
            name, text = box.editor.accessibleName(), wanted.get(box.field.name)
            if box.field.table == table and isinstance(text, str):
                self.told.append(["answer" if box.field.kind.name == "flag" else "set", name, text])

    def _tables(self, room: Any, held: dict[str, Any]) -> None:
        from ui.forms.grid import Grid

        done: set[str] = {"item"}
        for grid in [widget for widget in room.chain if isinstance(widget, Grid)]:
            if grid.table in held and grid.table not in done:
                done.add(grid.table)
                self._rows(grid, rows_of(held, grid.table))

    def _rows(self, grid: Grid, rows: list[dict[str, Any]]) -> None:
        from PySide6.QtCore import Qt

        for number, row in enumerate(rows):
            self._add(grid)
            for place, field in enumerate(grid.cells.fields):
                if field.name in row:
                    column = grid.cells.headerData(place, Qt.Orientation.Horizontal)
                    about = {"column": column, "row": str(number + 1), "table": grid.accessibleName()}
                    line = Message(N_("{column}, row {row}: {table}"), about).text()
                    self.told.append(["cell", grid.accessibleName(), str(number), str(column), line, row[field.name]])

    def _add(self, grid: Grid) -> None:
        self.told.append(["press", f"{_('Add')}: {grid.accessibleName()}"])


def _last(slip: str) -> list[Errand]:
    """Return what comes after the typing: check, hear what is said, mend it, submit, pay."""
    from ui import actions

    check, submit, pay = (_(actions.BY_ID[each].label) for each in ("check", "submit", "pay"))
    mend = [["mend", "P007"], ["press", check]] if slip == "slip" else []
    return [["press", check], ["hear"], *mend, ["hear"], ["press", submit], ["press when possible", pay]]


def _worked_out(language: str, body: dict[str, Any], slip: str) -> list[Errand]:
    from PySide6.QtWidgets import QApplication

    from ui import actions
    from ui.app import Program

    app = QApplication([])
    program = Program(app)
    program.window.show()
    while "ready" not in program.marks:
        app.processEvents()
    assert program.office is not None
    program.office.speak(language)
    program.office.open(program.office.application.new_draft(PROFILE))
    view = program.window.view
    assert view is not None
    view.stage.session.add_row("item")
    app.processEvents()
    told = [["press", _(actions.BY_ID["new"].label)], *Namer(view, body).whole(), *_last(slip)]
    program.window.close()
    return told


def main(words: list[str]) -> None:
    """Write the errands down."""
    language, items, slip = words
    told = _worked_out(language, SLIPS[slip](paper(int(items))), slip)
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
