# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What taking a workbook over would do to a declaration, row by row, before it is done; then done as one step of undo.

Nothing is removed but by `replace`, which names every item that goes. A value that stands there already is typed over
only where the file says another one, and the plan tells both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.kinds import KindError
from swclient.catalogue.loader import default_profile
from swclient.document.path import SINGLE, Path
from swclient.document.value import Unread
from swclient.engine.session import Session
from swclient.workflow.drafts import drafting
from swclient.workflow.intake.importing import HEAD_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from swclient.workflow.intake.importing import Doubt, Imported

WAYS = ("append", "goods", "number", "replace")
"""Lines become new items; are met by code and description; by their number; or stand in for all items there are."""

_NO_ROOM = N_(
    "There is room for {n} goods items in one declaration; with this file there would be {m}. Nothing was changed."
    " Part the file."
)


def blank(today: Callable[[], date]) -> Session:
    """Return an empty declaration of the user's profile that is kept nowhere, to hold a file against."""
    return drafting.session_of(drafting.new_declaration(default_profile(), today()), today)


@dataclass(slots=True)
class PlannedRow:
    """One row that the file tells of.

    Attributes:
        table: its section.
        row: its number in the declaration, None for a new one.
        place: what the reading calls it, `item[3].package[1]`.
        texts: what the file says, by name of the field.
        changes: name, text before and text after of what differs.
        under: rows under it.
    """

    table: str
    row: int | None
    place: str
    texts: dict[str, str]
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    under: list[PlannedRow] = field(default_factory=list)

    def walk(self) -> Iterator[PlannedRow]:
        """Yield the row and all under it."""
        yield self
        for each in self.under:
            yield from each.walk()

    @property
    def changed(self) -> bool:
        """Whether anything of it or under it differs."""
        return any(each.changes or each.row is None for each in self.walk())


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What taking a file over would do.

    Attributes:
        rows: rows of all sections, as the file has them; items among them.
        gone: numbers of the items that are removed.
        doubts: cells kept as they stand in the file, and marked.
    """

    rows: tuple[PlannedRow, ...]
    gone: tuple[int, ...]
    doubts: tuple[Doubt, ...]

    @property
    def items(self) -> list[PlannedRow]:
        """The goods items of the file."""
        return [each for each in self.rows if each.table == "item"]

    @property
    def new(self) -> int:
        """How many items come."""
        return sum(each.row is None for each in self.items)

    @property
    def changed(self) -> int:
        """How many items that are there change."""
        return sum(each.row is not None and each.changed for each in self.items)


class Importing:
    """A read file on its way into a declaration.

    Attributes:
        way: one of `WAYS`.
    """

    def __init__(self, session: Session, imported: Imported, way: str = "append") -> None:
        self.session, self.imported, self.way = session, imported, way

    def plan(self) -> ImportPlan:
        """Look what taking it over would do now."""
        rows: list[PlannedRow] = []
        for table, content in self.imported.body.items():
            if table in HEAD_KEYS:
                continue
            if isinstance(content, dict):
                rows.append(self._planned(table, SINGLE, content, table))
            elif table == "item":
                rows += self._items(content)
            else:
                rows += self._others(table, None, content, "")
        gone = tuple(self.session.rows("item")) if self.way == "replace" else ()
        return ImportPlan(tuple(rows), gone, self.imported.doubts)

    # -- which row is meant

    def _items(self, content: list[dict[str, Any]]) -> Iterator[PlannedRow]:
        there = list(self.session.rows("item"))
        known: dict[tuple[str, str], list[int]] = {}
        for held in there if self.way == "goods" else ():
            known.setdefault(self._goods(held), []).append(held)
        for number, record in enumerate(content):
            row: int | None = None
            if self.way == "number" and number < len(there):
                row = there[number]
            elif self.way == "goods":
                alike = known.get((_code(str(record.get("code", ""))), _plain(str(record.get("description", "")))))
                row = alike.pop(0) if alike else None
            yield self._planned("item", row, record, f"item[{number + 1}]")

    def _goods(self, row: int) -> tuple[str, str]:
        code, text = (self.session.look(Path("item", row, name)).text for name in ("code", "description"))
        return _code(code), _plain(text)

    def _others(self, table: str, parent: int | None, content: list[dict[str, Any]], above: str) -> list[PlannedRow]:
        """Meet rows of a repeating section: one that says the same, else (unless appended) one of the same kind."""
        free = [each for each, held in self.session.declaration.tables[table].items() if held.parent == parent]
        found = []
        for number, record in enumerate(content, 1):
            row: int | None = next((each for each in free if self._says(table, each, record)), None)
            if row is None and (self.way != "append" or parent is not None):
                kind = record.get("kind")
                row = next((each for each in free if self.session.look(Path(table, each, "kind")).text == kind), None)
            if row is not None:
                free.remove(row)
            found.append(self._planned(table, row, record, f"{above}{table}[{number}]"))
        return found

    def _says(self, table: str, row: int, record: dict[str, Any]) -> bool:
        return not any(self._differs(Path(table, row, name), str(text)) for name, text in record.items())

    def _planned(self, table: str, row: int | None, record: dict[str, Any], place: str) -> PlannedRow:
        texts = {name: str(text) for name, text in record.items() if not isinstance(text, list)}
        planned = PlannedRow(table, row, place, texts)
        for name, text in texts.items():
            path = Path(table, row, name) if row is not None else None
            if path is None or self._differs(path, text):
                planned.changes.append((name, self.session.look(path).text if path is not None else "", text))
        for name, content in record.items():
            if isinstance(content, list):
                planned.under += (
                    self._others(name, row, content, f"{place}.")
                    if row is not None
                    else [self._planned(name, None, each, f"{place}.{name}[{n}]") for n, each in enumerate(content, 1)]
                )
        return planned

    def _differs(self, path: Path, text: str) -> bool:
        try:
            value = self.session.profile.fields[path.field_id].kind.parse(text)
        except KindError:
            value = Unread(text)
        held = self.session.declaration.value(path)
        return held != value or type(held) is not type(value)

    # -- doing it

    def refuse_what_has_no_room(self, plan: ImportPlan) -> None:
        """Refuse a plan after which there would be more items than a declaration holds.

        Raises:
            UserError: there would.
        """
        room = self.session.profile.tables["item"].max
        after = len(self.session.rows("item")) - len(plan.gone) + plan.new
        if room and after > room:
            raise UserError(_NO_ROOM, n=room, m=after)

    def take(self) -> ImportPlan:
        """Do it as one step of undo, and return what was done.

        Raises:
            UserError: the declaration is signed, or has no room for so many items; nothing was changed.
        """
        plan = self.plan()
        self.refuse_what_has_no_room(plan)
        rows: dict[str, int] = {}
        with self.session.step(Message(N_("Import {name}"), {"name": self.imported.name})):
            for row in plan.gone:
                self.session.remove_row("item", row)
            for planned in plan.rows:
                self._put(planned, None, rows)
        self._name_sources(rows)
        self.session.settle()
        return plan

    def _put(self, planned: PlannedRow, parent: int | None, rows: dict[str, int]) -> None:
        row = self.session.add_row(planned.table, parent) if planned.row is None else planned.row
        rows[planned.place] = row
        for name, _before, after in planned.changes:
            self.session.type_in(Path(planned.table, row, name), after)
        for each in planned.under:
            self._put(each, row, rows)

    def _name_sources(self, rows: dict[str, int]) -> None:
        for place, cell in self.imported.origins.items():
            above, _dot, name = place.rpartition(".")
            table = re.sub(r"\[\d+\]$", "", above).rpartition(".")[2]
            if above in rows and f"{table}.{name}" in self.session.profile.fields:
                self.session.sources[Path(table, rows[above], name)] = f"{self.imported.name} {cell}"


def _code(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
