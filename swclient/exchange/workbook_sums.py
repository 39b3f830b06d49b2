# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the totals row of a supplier's table with what its lines add up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.exchange.workbook_body import CellProblem
from swclient.exchange.workbook_file import Broken, Cell
from swclient.exchange.workbook_layout import Placed
from swclient.exchange.workbook_numbers import CellError
from swclient.exchange.workbook_values import Said, read_value
from swclient.exchange.workbook_words import Words

_SINGLE = frozenset({"mass", "money"})  # totals that are read as their column is; the others as a bare figure


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A figure of a totals row.

    Attributes:
        sheet: name of the sheet.
        cell: address of the figure.
        caption: what stands over its column.
        field: catalogue id of the column's field; empty when it has none.
        said: the figure.
        found: what the lines add up to; None when not every line could be added.
    """

    sheet: str
    cell: str
    caption: str
    field: str
    said: Decimal
    found: Decimal | None

    @property
    def agrees(self) -> bool | None:
        """Whether both are equal; None when they could not be compared."""
        return None if self.found is None else self.said == self.found


@dataclass
class Sums:
    """The sums of one table's columns, by place."""

    figures: dict[int, list[Said]] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)

    def add(self, place: int, cell: Cell, said: Said | None) -> None:
        """Add a line's figure; a cell that gave none makes the sum of its column unknown."""
        if said is None:
            return
        if said.figure is None:
            self.lost.add(place)
        else:
            self.figures.setdefault(place, []).append(said)

    def total(self, place: int) -> Decimal | None:
        """Return the sum of a column; None where a figure is lost or the units differ."""
        figures = self.figures.get(place, [])
        if place in self.lost or len({said.unit for said in figures}) > 1:
            return None
        return sum((said.figure for said in figures if said.figure is not None), Decimal(0))

    def compare(
        self, placed: Placed, row: int, words: Words, decimal: str
    ) -> tuple[list[TotalCheck], list[CellProblem]]:
        """Compare every figure of a totals row; a difference, or a figure that cannot be read, is a problem."""
        checks: list[TotalCheck] = []
        problems: list[CellProblem] = []
        for column, place in placed.columns:
            cell = placed.sheet.cell(row, place)
            name = column.fields[0] if column.fields else ""
            if (place not in self.figures and place not in self.lost) or cell.value is None:
                continue
            try:
                reads = column.reads if column.reads in _SINGLE else "number"
                said = _figure(cell, reads, words, decimal)
            except CellError as error:
                problems.append(CellProblem(cell.sheet, cell.address, cell.text, error.reason, name))
                continue
            found = self.total(place)
            caption = placed.captions.get(place, "")
            checks.append(TotalCheck(cell.sheet, cell.address, caption, name, said, found))
            if checks[-1].agrees is False:
                reason = Message(
                    "the totals row says {said}, the lines add up to {found}",
                    {"said": said, "found": found},
                )
                problems.append(CellProblem(cell.sheet, cell.address, cell.text, reason, name))
        return checks, problems


def _figure(cell: Cell, reads: str, words: Words, decimal: str) -> Decimal:
    if cell.value is None or isinstance(cell.value, Broken):
        raise CellError(N_("Excel shows no value here"))
    figure = read_value(cell.value, reads, words, decimal).figure
    if figure is None:
        raise CellError(N_("not a figure"))
    return figure
