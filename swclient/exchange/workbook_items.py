# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which goods item a line of a supplier's table is: lines of different sheets are brought together."""

from __future__ import annotations

from swclient.base.messages import Message
from swclient.exchange.workbook_body import Draft, Record
from swclient.exchange.workbook_file import Broken
from swclient.exchange.workbook_layout import Placed
from swclient.exchange.workbook_numbers import CellError
from swclient.exchange.workbook_values import read_value
from swclient.exchange.workbook_words import Words, plain_words

_LINE = "line"
_ARTICLE = "article"
_Key = tuple[str, str]


class Items:
    """The items of a draft by line number and by article."""

    def __init__(self, draft: Draft, words: Words) -> None:
        self._draft = draft
        self._words = words
        self._items: dict[_Key, Record] = {}

    def of_line(self, placed: Placed, row: int, *, first: bool) -> Record:
        """Return the item of a line: a new one in the first table, the one of that line or article in others."""
        keys = self._keys(placed, row)
        held = next((self._items[key] for key in keys if key in self._items), None)
        if held is not None and not first:
            return held
        record = self._draft.new_item()
        cell = placed.sheet.cell(row, placed.columns[0][1])
        if not first:
            reason = Message("this line has no partner in the first table; it became an item of its own")
            self._draft.problem(cell, reason, "", record.item)
        elif any(key in self._items for key in keys if key[0] == _LINE):
            self._draft.problem(cell, Message("this line number stands twice"), "", record.item)
        for key in keys:
            self._items.setdefault(key, record)
        return record

    def _keys(self, placed: Placed, row: int) -> list[_Key]:
        """Return what a line is known by, its number before its article."""
        found: list[_Key] = []
        for column, place in placed.columns:
            value = placed.sheet.cell(row, place).value
            if value is None or isinstance(value, Broken):
                continue
            if column.reads == _LINE:
                try:
                    found.append((_LINE, read_value(value, _LINE, self._words, "").rows[0][0]))
                except CellError:
                    continue  # reported when the cell itself is read
            elif "item.article" in column.fields:
                found.append((_ARTICLE, plain_words(str(value))))
        return sorted(found, key=lambda key: key[0] != _LINE)
