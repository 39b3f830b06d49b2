# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The goods table of the real window: 500 x 12 cells of a spreadsheet looked at, taken and undone; items grouped.

By the clock on the wall, from the key to a painted window that has followed every change to its end.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from swclient.document.body import to_body
from tests.bench.figures import Figure
from tests.bench.timing import Series, in_turns

if TYPE_CHECKING:
    from ui.app import Program

ROWS = 500
PASTE = 2000.0  # milliseconds, for pasting and undoing together: the issue's own
GROUP = 1000.0
HEADS = (
    "HS code", "Description", "Origin", "Gross weight", "Net weight", "Amount", "Article", "Quantity", "Unit", "Brand",
    "Manufacturer", "Supplementary quantity",
)  # fmt: skip
_GOODS = 3
_LONGEST = 60  # seconds


def block(rows: int = ROWS) -> str:
    """Return what a spreadsheet puts on the clipboard: a heading and so many lines of twelve cells."""
    lines = [
        ("8481808199", f"Valve {n}", "China", f"{n},5", str(n), f"{n}00.00", f"A-{n}", f"{n} pcs", "pcs", "B", "M", "3")
        for n in range(1, rows + 1)
    ]
    return "".join("\t".join(line) + "\n" for line in (HEADS, *lines))


def measure(told: argparse.Namespace) -> list[Figure]:
    """Paste, undo and group in one window, as often as asked."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("SWCLIENT_HOME", home)
        table = _Table()
        found = in_turns(
            {"paste": table.paste, "undo": table.undo, "again": table.paste, "group": table.group, "back": table.back},
            max(told.rounds // 3, 1),
            waits=True,
        )
        table.program.window.close()
    return _figures(table, found)


def _figures(table: _Table, found: dict[str, Series]) -> list[Figure]:
    both = [one + other for one, other in zip(found["paste"].values, found["undo"].values, strict=True)]
    spread = found["paste"].told("paste") | found["undo"].told("undo")
    cells = ROWS * len(HEADS)
    paste = Figure("grid.paste and undo", "ms", max(both), spread=spread | {"cells": cells}).at_most(PASTE)
    group = Figure("grid.group", "ms", found["group"].median, spread=found["group"].told("group")).at_most(GROUP)
    proved = f"{cells} cells taken, the same bytes after undo"
    return [paste.right(table.wrong, proved), group.right(table.wrong, f"{ROWS} items become {table.grouped}")]


class _Table:
    """The goods page of the open sample."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication

        from ui.app import Program

        self.program: Program = Program(QApplication([]))
        self.program.window.show()
        self.wrong: list[str] = []
        self.grouped = 0
        self._until(lambda: "ready" in self.program.marks)
        self.program.office.open_sample()
        view: Any = self.program.window.view
        view.show_page(_GOODS)
        self.view, self.page, self.session = view, view.stack.currentWidget(), view.stage.session
        self._start = self._content()
        self._pasted = ""
        QApplication.clipboard().setText(block())

    def _content(self) -> str:
        return json.dumps(to_body(self.session.declaration), ensure_ascii=False)

    def _until(self, so: Callable[[], bool]) -> None:
        from PySide6.QtWidgets import QApplication

        begun = monotonic()
        while not so():
            QApplication.processEvents()
            if monotonic() - begun > _LONGEST:
                raise TimeoutError("the window did not come to rest")

    def _rest(self) -> None:
        """Follow to the end, and paint."""
        self._until(lambda: self.view.stage.at_rest)
        self.program.window.grab()

    def _check(self, *, holds: bool, words: str) -> None:
        if not holds:
            self.wrong.append(words)

    def paste(self) -> None:
        """Paste over all items, look, and take."""
        grid = self.page.list
        grid.setFocus()
        grid.go_to(self.session.rows("item")[0], "code")
        grid.paste()
        self._check(holds=self.page.pasting.isVisible(), words="the block was not looked at")
        self.page.pasting.take()
        self._rest()
        self._check(holds=len(self.session.rows("item")) == ROWS, words="rows are missing")
        self._check(holds=self._content() != self._start, words="control: nothing was pasted")
        self._pasted = self._content()

    def undo(self) -> None:
        """Take it back with one step."""
        self.session.undo()
        self._rest()
        self._check(holds=self._content() == self._start, words="undone it is not what it was")

    def group(self) -> None:
        """Put together what is alike."""
        self.page.grouping.start()
        self.page.grouping.take()
        self._rest()
        self.grouped = len(self.session.rows("item"))
        self._check(holds=self.grouped < ROWS, words="nothing was grouped")

    def back(self) -> None:
        """Take grouping and pasting back."""
        self.session.undo()
        self._check(holds=self._content() == self._pasted, words="ungrouped it is not what it was")
        self.session.undo()
        self._rest()
        self._check(holds=self._content() == self._start, words="undone it is not what it was")
