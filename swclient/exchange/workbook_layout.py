# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the tables and the labelled values of a workbook by their words, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase

from swclient.exchange.mapping import Column, Label, Table
from swclient.exchange.workbook_file import Cell, Sheet
from swclient.exchange.workbook_words import Words, needle, plain_words, weight

_SEARCHED_ROWS = 200
_SEARCHED_COLUMNS = 100
_HEADER_ROWS = 3
_NEIGHBOURS = 12
_LONGEST_LABEL = 60
_LEAST_CELLS = 2  # a heading or a goods line has more than one cell
_COLON = re.compile("[:：]")
_Needle = tuple[str, int]  # what to look for in a caption, and how telling it is


@dataclass(frozen=True, slots=True)
class Placed:
    """A table found on a sheet.

    Attributes:
        top: first row of the captions, from 0.
        first: first row after them.
        columns: what was found of the table's columns, each with its place, in the mapping's order.
        captions: what stands over each column of the sheet, in plain words.
    """

    sheet: Sheet
    table: Table
    top: int
    first: int
    columns: tuple[tuple[Column, int], ...]
    captions: dict[int, str]


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of a table: goods lines, rows between them that are none, the totals row if there is one."""

    rows: tuple[int, ...]
    strays: tuple[int, ...]
    totals: int | None

    @property
    def last(self) -> int:
        """The last row that belongs to the table, -1 when it has none."""
        return self.totals if self.totals is not None else max(self.rows, default=-1)


def fits(name: str, patterns: Iterable[str]) -> bool:
    """Tell whether a sheet's name fits one of the patterns, `*` for anything, capitals or not."""
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in patterns)


def find_table(sheets: Sequence[Sheet], table: Table, least: int = 0) -> Placed | None:
    """Find a table on the sheets that its mapping names, else on any other.

    Args:
        sheets: the workbook.
        table: captions of the columns.
        least: how many columns must be there; 0: half of them, and two at least.

    Returns:
        The place where most of its columns are found, None where too few are.
    """
    wished = [sheet for sheet in sheets if fits(sheet.name, table.sheets)]
    others = [sheet for sheet in sheets if not fits(sheet.name, table.sheets)]
    least = least or max(_LEAST_CELLS, (len(table.columns) + 1) // 2)
    for some in (wished, others):
        found = [placed for sheet in some if (placed := _on_sheet(sheet, table)) and len(placed.columns) >= least]
        if found:
            return max(found, key=lambda placed: len(placed.columns))
    return None


def _on_sheet(sheet: Sheet, table: Table) -> Placed | None:
    phrases = [_needles(column) for column in table.columns]
    best: tuple[int, int, dict[int, int]] | None = None
    for top in range(min(len(sheet.rows), _SEARCHED_ROWS)):
        if len(_filled(sheet, top)) < _LEAST_CELLS:
            continue
        for height in range(1, _HEADER_ROWS + 1):
            found = _assign(_captions(sheet, top, height), phrases)
            # Of equals the window of fewest rows, so that no row above becomes a part of the captions.
            if found and (best is None or (len(found), -height) > (len(best[2]), -best[1])):
                best = (top, height, found)
    if best is None:
        return None
    top, height, found = best
    while top and _heads(sheet, top - 1, found, phrases):
        top, height = top - 1, height + 1
    while _continues(sheet, top + height, found, phrases):
        height += 1
    captions = _captions(sheet, top, height)
    found = max(_assign(captions, phrases), found, key=len)  # the first of equals: all rows tell more than one
    columns = tuple((column, found[n]) for n, column in enumerate(table.columns) if n in found)
    return Placed(sheet, table, top, top + height, columns, captions)


def _captions(sheet: Sheet, top: int, height: int) -> dict[int, str]:
    """Return the words over each column, of all heading rows together; what a merged cell repeats counts once."""
    found: dict[int, str] = {}
    for column in range(min(sheet.width, _SEARCHED_COLUMNS)):
        parts: dict[str, None] = {}
        for row in range(top, top + height):
            value = sheet.anchor(row, column).value
            if isinstance(value, str):
                parts[plain_words(value)] = None
        if any(parts):
            found[column] = " ".join(part for part in parts if part)
    return found


def _needles(column: Column) -> list[_Needle]:
    plain = [plain_words(caption) for caption in column.captions]
    return [(needle(phrase), weight(phrase)) for phrase in plain if phrase]


def _assign(captions: dict[int, str], phrases: Sequence[Sequence[_Needle]]) -> dict[int, int]:
    """Give each column of the table the sheet column whose caption tells most of it, each column once."""
    wishes = []
    for place, caption in captions.items():
        text = f" {caption} "
        for number, wanted in enumerate(phrases):
            fit = max((told for phrase, told in wanted if phrase in text), default=0)
            if fit:
                wishes.append((-fit, place, number))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, number in sorted(wishes):
        if number not in found and place not in taken:
            found[number] = place
            taken.add(place)
    return found


def _continues(sheet: Sheet, row: int, found: dict[int, int], phrases: Sequence[Sequence[_Needle]]) -> bool:
    """Tell whether a row below the captions is still a part of them: words only, or captions of their own."""
    if row >= len(sheet.rows):
        return False
    values = [sheet.cell(row, place).value for place in found.values()]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < _LEAST_CELLS or len(texts) < sum(value is not None for value in values):
        return False
    return _heads(sheet, row, found, phrases) or not any(re.search("[0-9]", text) for text in texts)


def _heads(sheet: Sheet, row: int, found: dict[int, int], phrases: Sequence[Sequence[_Needle]]) -> bool:
    """Tell whether a row alone captions half of the columns that were found."""
    return len(_assign(_captions(sheet, row, 1), phrases)) >= max(_LEAST_CELLS, len(found) // 2)


def _filled(sheet: Sheet, row: int) -> list[int]:
    return [column for column in range(sheet.width) if sheet.cell(row, column).value is not None]


def walk_lines(placed: Placed, words: Words) -> Lines:
    """Sort the rows under a table's captions into goods lines, rows that are none, and the totals row."""
    rows: list[int] = []
    strays: list[int] = []
    waiting: list[int] = []
    for row in range(placed.first, len(placed.sheet.rows)):
        filled = _filled(placed.sheet, row)
        if not filled:
            continue
        if _starts_with(placed, row, filled, words.phrases["subtotals"]):
            continue
        if _starts_with(placed, row, filled, words.phrases["totals"]):
            return Lines(tuple(rows), tuple(strays + waiting), row)
        if sum(place in filled for _, place in placed.columns) >= _LEAST_CELLS:
            rows.append(row)
            strays += waiting
            waiting = []
        else:
            waiting.append(row)
    # What stands below the last line of a table without totals are notes, not goods.
    return Lines(tuple(rows), tuple(strays), None)


def _starts_with(placed: Placed, row: int, filled: Sequence[int], phrases: Iterable[str]) -> bool:
    for column, place in placed.columns:
        if column.reads == "line" and isinstance(placed.sheet.cell(row, place).value, Decimal):
            return False
    value = placed.sheet.cell(row, filled[0]).value
    plain = plain_words(value) if isinstance(value, str) else ""
    return any(plain == phrase or plain.startswith(phrase + " ") for phrase in phrases)


def find_labels(sheet: Sheet, labels: Sequence[Label], taken: Sequence[range]) -> Iterator[tuple[Label, Cell, Cell]]:
    """Yield the labels that stand on a sheet, each once, in the order of the sheet.

    Args:
        sheet: where to look.
        labels: what to look for, on whatever sheet.
        taken: rows that belong to tables.

    Yields:
        The label, the cell that it stands in, and the cell of its value.
    """
    wanted = [(label, [plain_words(word) for word in label.words]) for label in labels]
    seen: list[Label] = []
    for row in range(len(sheet.rows)):
        if any(row in rows for rows in taken):
            continue
        for column in _filled(sheet, row):
            label = _label_of(sheet.cell(row, column), wanted)
            value = _beside(sheet, row, column) if label and label not in seen else None
            if label and value:
                seen.append(label)
                yield label, sheet.cell(row, column), value


def _label_of(cell: Cell, wanted: Sequence[tuple[Label, Sequence[str]]]) -> Label | None:
    if not isinstance(cell.value, str):
        return None
    head = _COLON.split(cell.value, maxsplit=1)[0]
    plain = plain_words(head)
    best: tuple[int, Label] | None = None
    for label, words in wanted if len(head) <= _LONGEST_LABEL else ():
        fit = max(
            (weight(word) for word in words if plain == word or plain.startswith(word + " ")),
            default=0,
        )
        if fit and (best is None or fit > best[0]):
            best = (fit, label)
    return best[1] if best else None


def _beside(sheet: Sheet, row: int, column: int) -> Cell | None:
    """Return what stands after the colon in the label's own cell, else in the next filled cell to the right."""
    own = sheet.cell(row, column)
    after = _COLON.split(str(own.value), maxsplit=1)[1:]
    if after and after[0].strip():
        return Cell(sheet.name, row, column, after[0].strip())
    for place in range(column + 1, min(column + 1 + _NEIGHBOURS, sheet.width)):
        cell = sheet.cell(row, place)
        if cell.value is not None:
            is_label = isinstance(cell.value, str) and cell.value.rstrip().endswith((":", "："))
            return None if is_label else cell
    return None
