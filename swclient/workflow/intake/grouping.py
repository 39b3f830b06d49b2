# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commercial lines become goods items: those that are alike in all that the form asks of one item are put together.

What must be alike, what is added up and what the lines below an item tell is data (`grouping.toml`). Nothing typed is
lost: figures are summed, differing texts stay on commercial lines, rows under the items move along.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from swclient.base.errors import DataError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.loader import read_toml
from swclient.document.path import SINGLE, Path
from swclient.document.value import Unread
from swclient.engine.session import Session

ITEM, LINE = "item", "line"
FILE = "grouping.toml"


@dataclass(frozen=True, slots=True)
class Group:
    """Items that become one.

    Attributes:
        rows: their row numbers in order; the first stays.
        numbers: the same as they are numbered on the form, from 1.
        sums: what their figures add up to, by field.
    """

    rows: tuple[int, ...]
    numbers: tuple[int, ...]
    sums: Mapping[str, Decimal]


class Grouping:
    """How the items of a declaration would be put together; nothing is changed until `take`.

    Attributes:
        before: how many items there are.
        groups: those that become one, of two items and more, in order.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._fields = session.profile.table_fields(ITEM)
        self._law = self._read_law()
        self._tells_lines = any(field.shown for field in session.profile.table_fields(LINE).values())
        rows = session.rows(ITEM)
        self.before = len(rows)
        found: dict[Hashable, list[int]] = {}
        for row in rows:
            key = self._key(row)
            if key is not None:
                found.setdefault(key, []).append(row)
        place = {row: number for number, row in enumerate(rows, 1)}
        self.groups = tuple(
            Group(tuple(some), tuple(place[row] for row in some), self._sums(some))
            for some in found.values()
            if len(some) > 1
        )

    @property
    def after(self) -> int:
        """How many items there would be."""
        return self.before - sum(len(group.rows) - 1 for group in self.groups)

    def _read_law(self) -> dict[str, Any]:
        file = self.session.profile.find(FILE)
        if file is None:
            raise DataError("A profile must say which items may become one", file=FILE)
        return read_toml(file)

    # -- what is alike

    @cached_property
    def _loose(self) -> set[str]:
        """Fields that may differ within a group."""
        told = self._law["told_by_lines"] if self._tells_lines else ()
        return {*self._law["sums"], *self._law["joined"], *told}

    def _key(self, row: int) -> Hashable | None:
        """Return what items of one group share, None for an item that stays by itself."""
        typed = self.session.declaration.tables[ITEM][row].values
        if any(typed.get(name) is None for name in self._law["needed"]):
            return None
        if any(isinstance(value, Unread) for value in typed.values()):
            return None  # what cannot be read cannot be added or compared
        if any(any(True for _row in self.session.declaration.rows(name, row)) for name in self._law["apart_under"]):
            return None
        alike = tuple(
            (name, self._value(row, field.name))
            for name, field in self._fields.items()
            if name not in self._loose and (name in typed or not (field.derived and field.kind.numeric))
            if field.kind.name not in {"charges", "totals"} and name != "number"
        )
        there = tuple(name in typed for name in self._law["sums"])
        return alike, there, tuple(self._under(name, row) for name in self._law["alike_under"])

    def _value(self, row: int, name: str) -> Hashable:
        value: Hashable = self.session.value(Path(ITEM, row, name))
        return value

    def _under(self, table: str, row: int) -> tuple[Hashable, ...]:
        held = (each.values.items() for each in self.session.declaration.rows(table, row))
        return tuple(sorted(tuple(sorted((name, str(value)) for name, value in values)) for values in held))

    def _sums(self, rows: Sequence[int]) -> dict[str, Decimal]:
        held = self.session.declaration.tables[ITEM]
        found = {}
        for name in self._law["sums"]:
            values = [held[row].values.get(name) for row in rows]
            figures = [Decimal(value) for value in values if isinstance(value, Decimal | int)]
            if figures:
                found[name] = sum(figures, Decimal(0))
        return found

    # -- putting together

    def take(self) -> None:
        """Put the items together, as one step.

        Raises:
            UserError: the declaration is signed.
        """
        with self.session.step(Message(N_("Group {n} items into {m}"), {"n": self.before, "m": self.after})):
            for group in self.groups:
                self._merge(group)

    def _merge(self, group: Group) -> None:
        first, *others = group.rows
        if self._tells_lines:
            for row in group.rows:
                self._tell_line(row, first)
        for name in self._law["joined"]:
            texts = dict.fromkeys(text for row in group.rows if (text := self._text(Path(ITEM, row, name))))
            if len(texts) > 1:
                self.session.type_in(Path(ITEM, first, name), "; ".join(texts))
        self._keep_one_article(group)
        for name, total in group.sums.items():
            self.session.type_in(Path(ITEM, first, name), f"{total:f}")
        for row in others:
            self._move_under(row, first)
            self.session.remove_row(ITEM, row)

    def _keep_one_article(self, group: Group) -> None:
        """Take away the article of an item that now holds several: its lines tell them."""
        path = Path(ITEM, group.rows[0], "article")
        if len({self._text(Path(ITEM, row, "article")) for row in group.rows}) > 1 and self._text(path):
            self.session.clear(path)

    def _tell_line(self, row: int, owner: int) -> None:
        """Give an item that has no commercial lines one that says what it is."""
        if any(True for _each in self.session.declaration.rows(LINE, row)):
            return
        known = self.session.profile.table_fields(LINE)
        texts = {name: self._told(self._source(row, of)) for name, of in self._law[LINE].items() if name in known}
        if not any(texts.get(name) for name in ("article", "description", "quantity", "amount")):
            return
        new = self.session.add_row(LINE, owner)
        for name, text in texts.items():
            if text:
                self.session.type_in(Path(LINE, new, name), text)

    @staticmethod
    def _source(row: int, field_id: str) -> Path:
        table, _sign, name = field_id.partition(".")
        return Path(table, row if table == ITEM else SINGLE, name)

    def _told(self, path: Path) -> str:
        """Return what stands in a box, typed or worked out: a price may follow from a price of one."""
        value = self.session.value(path)
        return "" if value is None else str(self.session.profile.fields[path.field_id].kind.store(value))

    def _text(self, path: Path) -> str:
        field = self.session.profile.fields.get(path.field_id)
        value = self.session.declaration.value(path)
        return "" if value is None or field is None else str(field.kind.store(value))

    def _move_under(self, row: int, owner: int) -> None:
        """Give what stands under one item to another; what must be alike is there already."""
        for name in self._children():
            if name in self._law["alike_under"]:
                continue
            rows = self.session.declaration.tables[name]
            for child in [each.id for each in self.session.declaration.rows(name, row)]:
                self.session.history.move(name, child, list(rows).index(child), owner)

    def _children(self) -> Iterator[str]:
        return (spec.name for spec in self.session.profile.tables.values() if spec.parent == ITEM)
