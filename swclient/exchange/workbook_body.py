# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a workbook says, gathered in the shape of our own format, with the cell that every value came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from swclient.base.messages import Message
from swclient.document.body import FORMAT, VERSION
from swclient.exchange.workbook_file import Cell
from swclient.exchange.workbook_words import plain_words


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that could not be read, or whose reading should be looked at.

    Attributes:
        sheet: name of the sheet; empty when a whole sheet was not found.
        cell: address, `E14`.
        text: what stands in it.
        reason: why it could not be read.
        field: catalogue id of the field it was meant for; empty when it has none.
        item: the goods item from 1; 0 when it is of the whole declaration.
    """

    sheet: str
    cell: str
    text: str
    reason: Message
    field: str = ""
    item: int = 0

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell} “{self.text}”: {self.reason.text()}"


@dataclass(slots=True)
class Record:
    """One row of the draft: its values, what people call it (`item[3]`), and the goods item it is or stands under."""

    where: str
    values: dict[str, Any]
    item: int = 0


@dataclass
class Draft:
    """Takes what cells say, never twice differently: the second of two different values becomes a problem."""

    body: dict[str, Any] = field(default_factory=lambda: {"format": FORMAT, "version": VERSION})
    origins: dict[str, str] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)

    def single(self, section: str) -> Record:
        """Return the record of a section that stands once."""
        return Record(section, self.body.setdefault(section, {}))

    def marked(self, section: str, marks: Sequence[tuple[str, str]]) -> Record:
        """Return the row of a repeating section that bears the marks, made if need be."""
        rows: list[dict[str, Any]] = self.body.setdefault(section, [])
        for number, row in enumerate(rows, 1):
            if all(row.get(key) == value for key, value in marks):
                return Record(f"{section}[{number}]", row)
        rows.append(dict(marks))
        return Record(f"{section}[{len(rows)}]", rows[-1])

    def new_item(self) -> Record:
        """Return a further goods item."""
        items: list[dict[str, Any]] = self.body.setdefault("item", [])
        items.append({})
        return Record(f"item[{len(items)}]", items[-1], len(items))

    def say(self, record: Record, field_id: str, text: str, cell: Cell, join: str = "") -> None:
        """Put a value into a field, unless another cell has said something else.

        Args:
            record: where the field is.
            field_id: catalogue id; its section is that of the record.
            text: the value; nothing happens when it is empty.
            cell: where it stands.
            join: text to put between this value and an earlier one; empty: they must agree.
        """
        name = field_id.partition(".")[2]
        path = f"{record.where}.{name}"
        if not text:
            return
        held = record.values.get(name)
        if held is None or (join and plain_words(held) != plain_words(text)):
            record.values[name] = text if held is None else held + join + text
            self.origins[path] = f"{self.origins[path]} + {_where(cell)}" if held is not None else _where(cell)
        elif plain_words(held) != plain_words(text):
            reason = Message(
                "says {here}, but {there} says {held}, which was kept",
                {"here": text, "there": self.origins.get(path, ""), "held": held},
            )
            self.problem(cell, reason, field_id, record.item)

    def say_rows(self, record: Record, fields: Sequence[str], rows: Sequence[Sequence[str]], cell: Cell) -> None:
        """Put rows under a goods item: its packages, its containers."""
        section = fields[0].partition(".")[0]
        names = [field_id.partition(".")[2] for field_id in fields]
        made = [
            given for row in rows if (given := {name: text for name, text in zip(names, row, strict=False) if text})
        ]
        held = record.values.get(section)
        if not made:
            return
        if held is None:
            record.values[section] = made
            for number, row in enumerate(made, 1):
                place = f"{record.where}.{section}[{number}]"
                self.origins.update({f"{place}.{name}": _where(cell) for name in row})
        elif held != made:
            place = f"{record.where}.{section}[1]."
            there = next((cell for path, cell in self.origins.items() if path.startswith(place)), "")
            self.problem(
                cell,
                Message("says something else than {there}, which was kept", {"there": there}),
                fields[0],
                record.item,
            )

    def problem(self, cell: Cell, reason: Message, field_id: str = "", item: int = 0) -> None:
        """Note a cell that should be looked at."""
        self.problems.append(CellProblem(cell.sheet, cell.address, cell.text, reason, field_id, item))


def _where(cell: Cell) -> str:
    return f"{cell.sheet}!{cell.address}"
