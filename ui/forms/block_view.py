# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A table whose cells are copied, pasted, filled down and cleared in blocks; each block is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView, QWidget

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.path import Path

from .blocks import read_block, write_block
from .grid_model import GridModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from swclient.workflow.intake.pasting import Pasting

    from .stage import Stage

_LOOKED_AT = 2  # lines: one alone has no heading
_STRAIGHT_IN = 50  # lines that go in at once where they stand within the table


class BlockView(QTableView):
    """Rows of one section in blocks.

    Attributes:
        table: the section.
        cells: its rows as a table.
    """

    def __init__(self, stage: Stage, table: str, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.table = table
        self.previewed: Callable[[Pasting], object] | None = None  # shows a block before it is taken
        self.cells = GridModel(stage.session, table, columns, self)
        self.setModel(self.cells)

    def _span(self) -> tuple[int, int, int, int]:
        chosen = self.selectedIndexes() or [self.currentIndex()]
        rows, columns = [each.row() for each in chosen], [each.column() for each in chosen]
        return min(rows), min(columns), max(rows), max(columns)

    def copy(self) -> None:
        """Put the selected block on the clipboard, as typed."""
        if not self.currentIndex().isValid():
            return
        top, left, bottom, right = self._span()
        cells = [
            [self.cells.look(self.cells.index(row, column)).text for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]
        QGuiApplication.clipboard().setText(write_block(cells))

    def paste(self) -> None:
        """Put the clipboard's block at the current cell as one step; rows that are missing are added.

        What a cell cannot read stays in it as it was, marked: nothing is dropped.
        """
        block = read_block(QGuiApplication.clipboard().text())
        planned = self._planned(block)
        if planned is not None and self.previewed is not None:
            self.previewed(planned)
        else:
            self.paste_block(block)

    def _planned(self, block: Sequence[Sequence[str]]) -> Pasting | None:
        """Return a block that is to be looked at before it is taken: under headings, wider than the table, or long."""
        session = self.stage.session
        if self.previewed is None or len(block) < _LOOKED_AT or session.read_only:
            return None
        from swclient.workflow.intake.pasting import (  # reads the words of suppliers: not before it is needed
            Pasting,
            Target,
        )

        top, left = max(self.currentIndex().row(), 0), max(self.currentIndex().column(), 0)
        names = tuple(field.name for field in self.cells.fields[left:])
        target = Target(self.table, tuple(self.cells.rows[top:]), names, self.cells.under)
        planned = Pasting(session, block, target, self.stage.home)
        wide = max(len(line) for line in block)
        return planned if planned.headed or wide > len(names) or len(block) > _STRAIGHT_IN else None

    def paste_block(self, block: Sequence[Sequence[str]]) -> None:
        """Put a block of texts at the current cell."""
        if not block:
            return
        wide = max(len(line) for line in block)
        label = Message(N_("Paste {rows} × {columns} cells"), {"rows": len(block), "columns": wide})
        top = max(self.currentIndex().row(), 0)
        left = max(self.currentIndex().column(), 0)

        def put() -> None:
            with self.stage.session.step(label):
                self._put(block, top, left)

        if self.stage.attempt(put):
            last = self.cells.index(top + len(block) - 1, min(left + wide, len(self.cells.fields)) - 1)
            self.setCurrentIndex(self.cells.index(top, left))
            flags = QItemSelectionModel.SelectionFlag.Select
            self.selectionModel().select(QItemSelection(self.cells.index(top, left), last), flags)

    def _put(self, block: Sequence[Sequence[str]], top: int, left: int) -> None:
        session = self.stage.session
        rows = list(self.cells.rows)
        while len(rows) < top + len(block):
            rows.append(session.add_row(self.table, self.cells.under))
        for line, row in zip(block, rows[top:], strict=False):
            for field, text in zip(self.cells.fields[left:], line, strict=False):
                if field.kind.name not in {"charges", "totals"}:
                    session.type_in(Path(self.table, row, field.name), text)

    def fill_down(self) -> None:
        """Copy the top row of the selection into those below it; of a single cell, the one above into it."""
        if not self.currentIndex().isValid():
            return
        top, left, bottom, right = self._span()
        source = top if bottom > top else top - 1
        if source < 0:
            return

        def fill() -> None:
            with self.stage.session.step(Message(N_("Fill down"))):
                for column in range(left, right + 1):
                    text = self.cells.look(self.cells.index(source, column)).text
                    for place in range(source + 1, bottom + 1):
                        self.stage.session.type_in(self.cells.path(self.cells.index(place, column)), text)

        self.stage.attempt(fill)

    def clear_cells(self) -> None:
        """Take away what was typed into the selected cells, as one step."""
        paths = [self.cells.path(index) for index in self.selectedIndexes()]

        def clear() -> None:
            with self.stage.session.step(Message(N_("Clear {n} cells"), {"n": len(paths)})):
                for path in paths:
                    self.stage.session.clear(path)

        self.stage.attempt(clear)
