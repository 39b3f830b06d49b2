# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which keys trained hands press to put a paper into the form, worked out box by box.

Enter goes on while that is shorter than Ctrl+G and a number; what already stands in a box is left alone; what stands in
the item above is copied with one key; what is left is typed. No template and no register is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from swclient.document.path import SINGLE, Path
from tests.robots.paper import rows_of

if TYPE_CHECKING:
    from swclient.engine.session import Session
    from tests.robots.stations import Form, Stop

GO, VERB, TEXT = "go", "verb", "text"


class Press(NamedTuple):
    """One thing that fingers do: `key`, a combination of keys as xdotool names it, or a text."""

    kind: str
    what: str


class Planner:
    """Works the keys out; a session beside it shows what the window shows meanwhile."""

    def __init__(self, form: Form, session: Session, body: dict[str, Any]) -> None:
        self.form, self.session, self.body = form, session, body
        self.presses: list[Press] = []
        self.typed = self.copied = self.found = 0
        self._page = next(iter(form.pages))
        self._place = 0
        self._left_in_table = 0  # cells that Enter still goes through before it leaves the table

    def whole(self) -> list[Press]:
        """Return the presses for the whole paper, from the first box of a new declaration on."""
        done: set[str] = set()
        for page in self.form.pages:
            if page == "goods":
                self._items()
                continue
            for stop in self.form.pages[page]:
                if stop.field:
                    self._box(page, stop)
                elif stop.table in self.body and stop.table not in done:
                    done.add(stop.table)
                    self._table(page, stop, None, rows_of(self.body, stop.table))
        return self.presses

    # -- boxes

    def _box(self, page: str, stop: Stop, row: int = SINGLE, above: dict[str, Any] | None = None) -> None:
        table, _sign, name = stop.field.partition(".")
        wanted = self._item if above is not None else (rows_of(self.body, table) or [{}])[0]
        if name not in wanted or isinstance(wanted[name], list):
            return
        path = Path(table, row, name)
        if self._stands(path, wanted[name]):
            self.found += 1
            return
        self._go(page, stop)
        self._put(path, wanted[name], (above or {}).get(name))

    def _stands(self, path: Path, text: str) -> bool:
        self.session.settle()
        kind = self.session.profile.fields[path.field_id].kind
        return bool(self.session.value(path) == kind.parse(text))

    def _put(self, path: Path, text: str, above: str | None) -> None:
        """Type a value; one key copies it where the same stands above."""
        if above == text and len(text) > 1:
            self._press(VERB, "ctrl+d")
            self.copied += 1
        else:
            self.presses.append(Press(TEXT, text))
            self.typed += 1
        self.session.type_in(path, text)

    def _go(self, page: str, stop: Stop) -> None:
        """Go to a stop the shorter way."""
        place = self.form.pages[page].index(stop)
        target = stop.field or f"{stop.table}.{stop.columns[0]}"
        number = self.form.numbers.get(target, "")
        walk = self._walk(page, place)
        if walk is not None and (not number or walk <= len(number) + 2):
            for _step in range(walk):
                self._press(GO, "Return")
        elif number:
            self._press(GO, "ctrl+g")
            for sign in number:
                self._press(GO, sign)
            self._press(GO, "Return")
        else:
            raise AssertionError(f"no way leads to {target}")
        self._page, self._place, self._left_in_table = page, place, 0

    def _walk(self, page: str, place: int) -> int | None:
        """Return how many times Enter is pressed to come to a stop; None where Enter does not lead there."""
        if page != self._page:
            pages = [*self.form.pages]
            if pages.index(page) != pages.index(self._page) + 1:
                return None
            walk = self._steps(self._page, self._place, len(self.form.pages[self._page]))
            more = self._steps(page, 0, place)
            return None if walk is None or more is None else walk + more
        return self._steps(page, self._place, place) if place >= self._place else None

    def _steps(self, page: str, start: int, end: int) -> int | None:
        between = self.form.pages[page][start + 1 : end] if start < end else ()
        if any(not stop.field and not stop.table for stop in between):
            return None
        if any(stop.table in self.body for stop in between):
            return None  # a table that holds rows is gone through cell by cell
        inside = self._left_in_table if (page, start) == (self._page, self._place) else 0
        return end - start + inside

    # -- tables

    def _table(self, page: str, stop: Stop, parent: int | None, rows: list[dict[str, Any]]) -> None:
        self._go(page, stop)
        above: dict[str, Any] = {}
        for number, row in enumerate(rows):
            self._press(VERB, "ctrl+Return" if number else "ctrl+Insert")
            made = self.session.add_row(stop.table, parent)
            self._row(stop, made, row, above)
            above = row

    def _row(self, stop: Stop, made: int, wanted: dict[str, Any], above: dict[str, Any]) -> None:
        fields = self.session.profile.table_fields(stop.table)
        here = next(place for place, name in enumerate(stop.columns) if not fields[name].derived)
        for place, name in enumerate(stop.columns):
            if name not in wanted or self._stands(path := Path(stop.table, made, name), wanted[name]):
                self.found += name in wanted
                continue
            for _step in range(place - here):
                self._press(GO, "Return")
            here = place
            self._put(path, wanted[name], above.get(name))
        self._left_in_table = len(stop.columns) - 1 - here

    # -- items

    def _items(self) -> None:
        """Put in item by item: codes and figures first, as Ctrl+Enter comes to the code, then what is said in words."""
        stops = self.form.pages["goods"]
        code = next(place for place, stop in enumerate(stops) if stop.field == "item.code")
        self._to_page("goods")
        above: dict[str, Any] = {}
        for wanted in self.body["item"]:
            self._press(VERB, "ctrl+Return")
            made = self.session.add_row("item")
            self._page, self._place, self._left_in_table = "goods", code, 0
            self._item = wanted
            for stop in (*stops[code:], *stops[:code]):
                if stop.field:
                    self._box("goods", stop, made, above)
                elif stop.table != "item" and stop.table in wanted:
                    self._table("goods", stop, made, wanted[stop.table])
            above = wanted

    def _to_page(self, page: str) -> None:
        pages = [*self.form.pages]
        for _step in range(pages.index(page) - pages.index(self._page)):
            self._press(GO, "ctrl+Tab")
        self._page, self._place, self._left_in_table = page, 0, 0

    def _press(self, kind: str, what: str) -> None:
        self.presses.append(Press(kind, what))
