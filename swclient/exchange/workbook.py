# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a supplier's workbook through a mapping into a draft in our own format.

What it says is taken, nothing is guessed, and a cell that cannot be read is reported by sheet, address and reason while
its text stays in the draft as it stands. Nothing in a workbook is ever carried out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from swclient.base.errors import UserError
from swclient.base.messages import Message
from swclient.exchange.mapping import Column, Label, Mapping, Table
from swclient.exchange.workbook_body import CellProblem, Draft, Record
from swclient.exchange.workbook_file import Broken, Cell, Sheet, Tick, open_workbook
from swclient.exchange.workbook_items import Items
from swclient.exchange.workbook_layout import (
    Lines,
    Placed,
    find_labels,
    find_table,
    fits,
    walk_lines,
)
from swclient.exchange.workbook_numbers import CellError
from swclient.exchange.workbook_reading import WorkbookReading
from swclient.exchange.workbook_sums import Sums, TotalCheck
from swclient.exchange.workbook_values import Said, read_value
from swclient.exchange.workbook_words import Words, load_words

__all__ = ["CellProblem", "TotalCheck", "WorkbookReading", "read_sheets", "read_workbook"]

_ROWS = frozenset({"packages", "containers"})  # readers that give rows under an item, not one value
# A merged cell over several lines says the same of each, but its figure is one figure.
_FIGURES = frozenset({"mass", "money", "number", "packages", "quantity"})


def read_workbook(source: Path | bytes, mapping: Mapping) -> WorkbookReading:
    """Read a workbook through a mapping.

    Args:
        source: an .xlsx file, or its bytes.
        mapping: what stands where.

    Returns:
        The draft, and everything that the reading could not make out.

    Raises:
        UserError: no workbook, one beyond the caps (20 MB, 100,000 rows), or one without the mapping's first table.
    """
    return read_sheets(open_workbook(source), mapping)


def read_sheets(sheets: Sequence[Sheet], mapping: Mapping, tick: Tick | None = None) -> WorkbookReading:
    """Read an opened workbook through a mapping; see `read_workbook`.

    `tick` is told how many rows of all were read, and may raise to stop.
    """
    return _Reading(sheets, mapping, load_words(), tick).run()


class _Reading:
    """One reading: the sheets, the words, and the draft that grows."""

    def __init__(self, sheets: Sequence[Sheet], mapping: Mapping, words: Words, tick: Tick | None = None) -> None:
        self.tick, self.done, self.whole = tick, 0, 0
        self.sheets = sheets
        self.mapping = mapping
        self.words = words
        self.draft = Draft()
        self.items = Items(self.draft, words)
        self.totals: list[TotalCheck] = []

    def run(self) -> WorkbookReading:
        placed = [found for n, table in enumerate(self.mapping.tables) if (found := self._place(table, first=n == 0))]
        lines = [walk_lines(table, self.words) for table in placed]
        if not lines[0].rows:
            raise UserError(
                "There is no goods line under the captions on sheet “{sheet}”.",
                sheet=placed[0].sheet.name,
            )
        self.whole = sum(len(each.rows) for each in lines)
        self._labels(placed, lines)
        for number, (table, rows) in enumerate(zip(placed, lines, strict=True)):
            self._currency_in_captions(table)
            self._table(table, rows, first=number == 0)
        self._cost_currencies()
        left = tuple(f"{table.sheet.name}: {text}" for table in placed for text in _left(table))
        return WorkbookReading(
            {key: value for key, value in self.draft.body.items() if value},
            tuple(self.draft.problems),
            len(lines[0].rows),
            tuple(self.totals),
            self.draft.origins,
            left,
        )

    # ---- tables ----------------------------------------------------------------------------------------------------

    def _place(self, table: Table, *, first: bool) -> Placed | None:
        placed = find_table(self.sheets, table)
        captions = ", ".join(column.captions[0] for column in table.columns)
        if placed is None and first:
            raise UserError(
                "No sheet has a table with the captions that the mapping “{name}” looks for: {captions}.",
                name=self.mapping.name,
                captions=captions,
            )
        if placed is None:
            reason = Message("no sheet has a table with the captions {captions}", {"captions": captions})
            self.draft.problems.append(CellProblem("", "", "", reason))
            return None
        for column in table.columns:
            if not any(column is found for found, _ in placed.columns):
                cell = placed.sheet.cell(placed.top, 0)
                reason = Message("no column is captioned {caption}", {"caption": column.captions[0]})
                self.draft.problem(cell, reason, column.fields[0] if column.fields else "")
        return placed

    def _table(self, placed: Placed, lines: Lines, *, first: bool) -> None:
        sums = Sums()
        for row in lines.strays:
            filled = next(c for n in range(placed.sheet.width) if (c := placed.sheet.cell(row, n)).value is not None)
            self.draft.problem(filled, Message("this row was not read: it is no goods line"))
        for row in lines.rows:
            record = self.items.of_line(placed, row, first=first)
            for column, place in placed.columns:
                cell = self._line_cell(placed, lines, row, (column, place), record)
                said = self._read(cell, column, record)
                if said is not None:
                    self._put(record, column, said, cell)
                if column.reads in _FIGURES and cell.value is not None:
                    sums.add(place, cell, said)
            self.done += 1
            if self.tick is not None:
                self.tick(self.done, self.whole)
        if lines.totals is not None:
            checks, problems = sums.compare(placed, lines.totals, self.words, self.mapping.decimal)
            self.totals += checks
            self.draft.problems += problems

    def _line_cell(self, placed: Placed, lines: Lines, row: int, spot: tuple[Column, int], record: Record) -> Cell:
        """Return what a line's cell shows; a figure merged over several lines is given to the first and reported."""
        column, place = spot
        cell = placed.sheet.cell(row, place)
        above, beside = placed.sheet.merged.get((row, place), (row, place))
        below = placed.sheet.merged.get((row + 1, place)) == (row, place) and row + 1 in lines.rows
        if column.reads in _FIGURES:
            if below and cell.value is not None:
                reason = Message("stands for several lines; it was given to the first of them")
                self.draft.problem(cell, reason, column.fields[0] if column.fields else "", record.item)
            return cell
        return placed.sheet.cell(above, place) if beside == place and placed.first <= above < row else cell

    # ---- single values ---------------------------------------------------------------------------------------------

    def _labels(self, placed: Sequence[Placed], lines: Sequence[Lines]) -> None:
        tables = list(zip(placed, lines, strict=True))
        # What the invoice says comes before what other sheets repeat: sheets with tables first, in the mapping's order.
        names = dict.fromkeys([*(table.sheet.name for table in placed), *(sheet.name for sheet in self.sheets)])
        sheets = {sheet.name: sheet for sheet in self.sheets}
        for sheet in map(sheets.__getitem__, names):
            here = [(table, rows) for table, rows in tables if table.sheet is sheet]
            taken = [range(table.top, max(rows.last + 1, table.first)) for table, rows in here]
            # A table may have been found on a sheet that has another name now: its labels went with it.
            known_as = {table.table.sheets for table, _ in here}
            wanted = [
                label for label in self.mapping.labels if label.sheets in known_as or fits(sheet.name, label.sheets)
            ]
            for label, _, cell in find_labels(sheet, wanted, taken):
                self._label(label, cell)

    def _label(self, label: Label, cell: Cell) -> None:
        section = label.fields[0].partition(".")[0]
        record = self.draft.marked(section, label.row) if label.row else self.draft.single(section)
        said = self._read(cell, label, record)
        if said is not None:
            self._put(record, label, said, cell)

    def _currency_in_captions(self, placed: Placed) -> None:
        for column, place in placed.columns:
            codes = {
                self.words.currencies[word]
                for word in placed.captions.get(place, "").split()
                if word in self.words.currencies
            }
            if "header.currency" in column.fields and len(codes) == 1:
                self.draft.say(
                    self.draft.single("header"),
                    "header.currency",
                    codes.pop(),
                    placed.sheet.cell(placed.top, place),
                )

    def _cost_currencies(self) -> None:
        """Give amounts that name no currency the one of the invoice."""
        currency = self.draft.body.get("header", {}).get("currency")
        for row in self.draft.body.get("cost", []) if currency else []:
            if row.get("amount"):
                row.setdefault("currency", currency)

    # ---- one cell --------------------------------------------------------------------------------------------------

    def _read(self, cell: Cell, part: Column | Label, record: Record) -> Said | None:
        """Read a cell; what cannot be read is reported, and its text is kept in the field it was meant for."""
        field_id = part.fields[0] if part.fields else ""
        value = cell.value
        if value is None or (isinstance(value, str) and value.strip().casefold() in self.words.phrases["nothing"]):
            return None
        if isinstance(value, Broken):
            self.draft.problem(cell, value.reason, field_id, record.item)
            return Said(((value.text,),))
        try:
            said = read_value(value, part.reads, self.words, self.mapping.decimal)
        except CellError as error:
            self.draft.problem(cell, error.reason, field_id, record.item)
            return Said((error.keep or (cell.text,),))
        if said.doubt is not None:
            self.draft.problem(cell, said.doubt, field_id, record.item)
        return said

    def _put(self, record: Record, part: Column | Label, said: Said, cell: Cell) -> None:
        if not part.fields:
            return
        if part.reads in _ROWS and isinstance(part, Column):
            self.draft.say_rows(record, part.fields, said.rows, cell)
            return
        home = record.where.partition("[")[0]
        for field_id, text in zip(part.fields, said.rows[0], strict=False):
            section = field_id.partition(".")[0]
            target = record if section == home else self.draft.single(section)
            self.draft.say(target, field_id, text, cell, getattr(part, "join", ""))


def _left(placed: Placed) -> list[str]:
    taken = {place for _, place in placed.columns}
    return [text for place, text in placed.captions.items() if place not in taken]
