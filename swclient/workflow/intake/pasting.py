# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A pasted block before it is taken: which column goes where, what each cell would change, and what is doubtful.

Nothing is changed until `take`, which is one step of undo. A cell that cannot be read is kept as it stands in the
block and marked by the document, as one typed by hand is; an empty cell takes nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as File
from typing import NamedTuple

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.field import Field
from swclient.catalogue.kinds import KindError
from swclient.document.path import SINGLE, Path
from swclient.document.value import Unread
from swclient.engine.session import Session
from swclient.exchange.workbook_numbers import CellError
from swclient.exchange.workbook_values import read_value
from swclient.exchange.workbook_words import Words, load_words
from swclient.workflow.intake.paste_columns import (
    PastedColumn,
    column_for,
    columns_by_heading,
    columns_by_place,
    keep_choices,
    load_choices,
    takes_cells,
)

_FIGURES = {"mass", "money", "number", "quantity"}
_DECIMALS = re.compile(r"\d([.,])\d{1,2}(?!\d)")  # one or two digits behind it: no sign of thousands


class Target(NamedTuple):
    """Where a block goes.

    Attributes:
        table: the section.
        rows: numbers of the rows from the cursor on, in the order on show.
        names: fields of the columns from the cursor on.
        under: the row that new rows stand under.
    """

    table: str
    rows: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    under: int | None = None


@dataclass(frozen=True, slots=True)
class PastedCell:
    """What one cell would change.

    Attributes:
        line: which line of the block, from 0.
        row: number of the row that it goes to, None for a new one.
        field: name of the field.
        before: text that stands there now, empty for nothing.
        after: text that would stand there.
        doubt: why it should be looked at, None where all is well.
    """

    line: int
    row: int | None
    field: str
    before: str
    after: str
    doubt: Message | None = None


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What taking a block would do: cells that differ, how many rows come, how many lines of the block are none."""

    cells: tuple[PastedCell, ...]
    new_rows: int
    strays: int

    @property
    def changed(self) -> int:
        """How many cells of rows that are there change."""
        return sum(cell.row is not None for cell in self.cells)

    @property
    def doubtful(self) -> tuple[PastedCell, ...]:
        """The cells that should be looked at."""
        return tuple(cell for cell in self.cells if cell.doubt is not None)


class Pasting:
    """A block on its way into the rows of a section.

    Attributes:
        columns: what each column of the block goes to.
        headed: whether the block has headings.
        as_new: whether its lines become new rows, instead of going over those from the cursor on.
    """

    def __init__(
        self, session: Session, block: Sequence[Sequence[str]], target: Target, home: File | None = None
    ) -> None:
        """Look at a block of texts, line by line; `home` is the data folder, where choices are kept, None for none."""
        self.session, self.target, self.home = session, target, home
        table = self.table = target.table
        self._wide = max(map(len, block), default=0)
        self._fields = session.profile.table_fields(table)
        headed = columns_by_heading(block, session.profile, table, load_choices(home, table))
        self.headed = headed is not None
        self._strays = headed.strays if headed is not None else 0
        self.columns = headed.columns if headed else columns_by_place(target.names, self._wide, session.profile, table)
        self._lines = [block[n] for n in headed.rows] if headed else [line for line in block if any(line)]
        self.as_new = False
        self._chosen: dict[str, str] = {}
        self._plan: PastePlan | None = None
        self._sign: str | None = None

    @property
    def lines(self) -> int:
        """How many lines of the block become rows."""
        return len(self._lines)

    def sample(self, place: int) -> str:
        """Return the first text of a column, to know it by."""
        return next((line[place].strip() for line in self._lines if place < len(line) and line[place].strip()), "")

    def choices(self) -> list[Field]:
        """Return the fields that a column can go to."""
        return [each for each in self._fields.values() if takes_cells(each)]

    def choose(self, place: int, name: str) -> None:
        """Have a column go to another field, empty for none; a column that went there before is left out."""
        wanted = column_for(self._fields.get(name), place, self.columns[place].caption)
        if not self.headed:
            wanted = replace(wanted, fields=wanted.fields[:1], beside=())
        for column in self.columns:
            if column.place == place:
                self._set(wanted)
            elif set(column.fields[:1]) & set(wanted.fields[:1]):
                self._set(PastedColumn(column.place, column.caption))

    def _set(self, column: PastedColumn) -> None:
        self.columns = (*self.columns[: column.place], column, *self.columns[column.place + 1 :])
        if column.caption:
            self._chosen[column.caption] = column.fields[0] if column.fields else ""
        self._plan = self._sign = None

    def set_new(self, *, as_new: bool) -> None:
        """Have the lines become new rows, or go over the rows from the cursor on."""
        self.as_new = as_new
        self._plan = None

    def forget_plan(self) -> None:
        """Look anew when next asked: the declaration has changed."""
        self._plan = None

    def plan(self) -> PastePlan:
        """Return what taking it would do; looked at once for each choice."""
        if self._plan is None:
            targets = () if self.as_new else self.target.rows
            new = max(0, len(self._lines) - len(targets))
            self._plan = PastePlan(tuple(self._cells(targets)), new, self._strays)
        return self._plan

    def _cells(self, targets: Sequence[int]) -> Iterator[PastedCell]:
        words = load_words()
        for number, line in enumerate(self._lines):
            row = targets[number] if number < len(targets) else None
            found: dict[str, PastedCell] = {}  # a unit may stand beside the figure and in a column of its own
            for column in self.columns:
                text = line[column.place].strip() if column.place < len(line) else ""
                if text and column.fields:
                    found.update({cell.field: cell for cell in self._differing(number, row, column, text, words)})
            yield from found.values()

    def _differing(
        self, number: int, row: int | None, column: PastedColumn, text: str, words: Words
    ) -> Iterator[PastedCell]:
        texts, doubt = self._read(column, text, words)
        for name, after in zip(column.fields, texts, strict=False):
            field = self._fields[name]
            if not after:
                continue
            try:
                value = field.kind.parse(after)
            except KindError as error:
                value, doubt = Unread(after), doubt or error.message
            path = Path(self.table, row, name) if row is not None else None
            before = self.session.declaration.value(path) if path is not None else None
            if before != value or type(before) is not type(value):
                told = after if isinstance(value, Unread) else field.kind.edit(value)
                yield PastedCell(number, row, name, self._text(path, field), told, doubt)

    def _text(self, path: Path | None, field: Field) -> str:
        if path is None:
            return ""
        held = self.session.declaration.value(path)
        shown = self.session.value(path) if held is None else held
        if shown is None:
            return ""
        return str(shown) if isinstance(shown, Unread) else field.kind.edit(shown)

    def _read(self, column: PastedColumn, text: str, words: Words) -> tuple[tuple[str, ...], Message | None]:
        """Return the texts for a column's fields, and what is doubtful about them."""
        if not column.reads:
            return (text,), None
        try:
            said = read_value(text, column.reads, words, self._decimal())
        except CellError as error:
            return error.keep or (text,), error.reason
        if len(said.rows) != 1:
            return (text,), None
        texts = said.rows[0]
        beside = [each for each in texts[len(column.fields) :] if each and each not in self._known(column)]
        if beside:
            told = {"text": " ".join(beside)}
            return texts, Message(N_("“{text}” beside the figure is not taken over"), told)
        return texts, said.doubt

    def _decimal(self) -> str:
        """Return the decimal sign of the block's figures where they all use one, empty where they do not say."""
        if self._sign is None:
            places = [column.place for column in self.columns if column.reads in _FIGURES]
            texts = (line[place] for line in self._lines for place in places if place < len(line))
            signs = {sign for text in texts for sign in _DECIMALS.findall(text)}
            self._sign = signs.pop() if len(signs) == 1 else ""
        return self._sign

    def _known(self, column: PastedColumn) -> set[str]:
        """Return what stands already in the fields that a part of a column tells again."""
        parts = (field_id.partition(".") for field_id in column.beside)
        return {str(self.session.value(Path(table, SINGLE, name))) for table, _sign, name in parts}

    def take(self) -> list[int]:
        """Put the block into the declaration as one step; return the rows that it went to, in its own order.

        Raises:
            UserError: the section holds no more rows, or the declaration is signed; nothing was changed.
        """
        plan = self.plan()
        rows: list[int] = [] if self.as_new else list(self.target.rows[: len(self._lines)])
        label = Message(N_("Paste {rows} × {columns} cells"), {"rows": len(self._lines), "columns": self._wide})
        with self.session.step(label):
            for _each in range(plan.new_rows):
                rows.append(self.session.add_row(self.table, self.target.under))
            for cell in plan.cells:
                self.session.type_in(Path(self.table, rows[cell.line], cell.field), cell.after)
        keep_choices(self.home, self.table, self._chosen)
        return rows
