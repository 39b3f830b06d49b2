# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody who cannot see is told to do with a paper, by nothing but names, in some language.

`python -m tests.robots.naming 2 en ru` writes the errands for two items in English and Russian as JSON; the names are
read from a window that speaks these languages in turn, on no screen. `listener.py` carries them out.
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
from tests.robots.paper import PROFILE, WRONG, paper, rows_of, with_slips
from tests.robots.screen import settle_in

if TYPE_CHECKING:
    from ui.forms.grid import Grid
    from ui.pages.declaration import DeclarationPage

ROOT = File(__file__).resolve().parents[2]
Errand = list[str]


def errands(items: int, *languages: str) -> dict[str, list[Errand]]:
    """Return the errands for a paper of some items, by language."""
    with tempfile.TemporaryDirectory() as home:
        settle_in(File(home))
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "SWCLIENT_HOME": home}
        order = [sys.executable, "-m", "tests.robots.naming", str(items), *languages]
        done = subprocess.run(order, env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    told: dict[str, list[Errand]] = json.loads(done.stdout.splitlines()[-1])
    return told


class Namer:
    """Says box by box and cell by cell what is to be done."""

    def __init__(self, view: DeclarationPage, body: dict[str, Any]) -> None:
        self._view, self._body = view, body
        self.told: list[Errand] = []

    def whole(self) -> list[Errand]:
        """Return the errands for the whole paper."""
        from PySide6.QtWidgets import QApplication

        from ui.pages.declaration import PAGES

        for index, kind in enumerate(PAGES):
            if self._view.tabs.isTabVisible(index):
                self._view.show_page(index)
                QApplication.processEvents()  # a page tells its boxes apart once it stands
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
        for number, row in enumerate(rows):
            self._add(grid)
            named = [field.name for field in grid.cells.fields if field.name in row]
            self.told += [self._cell(grid, number, name, row[name]) for name in named]

    @staticmethod
    def _cell(grid: Grid, row: int, name: str, text: str) -> Errand:
        from PySide6.QtCore import Qt

        place = [field.name for field in grid.cells.fields].index(name)
        column = grid.cells.headerData(place, Qt.Orientation.Horizontal)
        about = {"column": column, "row": str(row + 1), "table": grid.accessibleName()}
        line = Message(N_("{column}, row {row}: {table}"), about).text()
        return ["cell", grid.accessibleName(), str(row), str(column), line, text]

    def last(self, body: dict[str, Any]) -> list[Errand]:
        """Return what comes after the typing: check, hear, submit in vain, mend, submit, pay."""
        from ui import actions
        from ui.pages.declaration import PAGES
        from ui.words import state_words

        names = [kind.NAME for kind in PAGES]
        goods: Any = self._view.page(names.index("goods"))
        right = self._cell(goods.list, 0, WRONG, body["item"][0][WRONG])
        check, submit, pay = (["press", _(actions.BY_ID[each].label)] for each in ("check", "submit", "pay"))
        turn = ["page", self._view.tabs.tabText(names.index("goods"))]
        tried = [check, ["hear"], submit, ["reads", state_words("draft")], ["hear"]]
        return [*tried, turn, right, check, ["mend", "P007"], check, ["hear"], submit, pay]

    def _add(self, grid: Grid) -> None:
        self.told.append(["press", f"{_('Add')}: {grid.accessibleName()}"])


def _worked_out(body: dict[str, Any], languages: list[str]) -> dict[str, list[Errand]]:
    from PySide6.QtWidgets import QApplication

    from ui import actions
    from ui.app import Program

    app = QApplication([])
    program = Program(app)
    program.window.show()
    while "ready" not in program.marks:
        app.processEvents()
    assert program.office is not None
    program.office.open(program.office.application.new_draft(PROFILE))
    view = program.window.view
    assert view is not None
    view.stage.session.add_row("item")
    told = {}
    for language in languages:
        program.office.speak(language)
        app.processEvents()
        namer = Namer(view, with_slips(body))
        told[language] = [["press", _(actions.BY_ID["new"].label)], *namer.whole(), *namer.last(body)]
    program.window.close()
    return told


def main(words: list[str]) -> None:
    """Write the errands down."""
    items, *languages = words
    sys.stdout.write(json.dumps(_worked_out(paper(int(items)), languages)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
