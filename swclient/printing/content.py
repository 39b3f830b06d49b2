# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into a box: a field as it is stored, or what a composer makes of several fields.

A placement row names a field (`item.gross_mass`) or a composer (`@party`). Composers are plain functions registered
here by name; they return one line, paragraphs, or a table, and know nothing of paper.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from swclient.base.decimals import plain, trimmed
from swclient.base.errors import DataError, UserError
from swclient.catalogue.codelist import Entry
from swclient.catalogue.kinds.base import Kind
from swclient.catalogue.profile import Profile
from swclient.document.path import Path
from swclient.document.snapshot import Record, Snapshot

OWN, BOTH, SUPPLIER = "own", "both", "supplier"
DESCRIPTIONS = (OWN, BOTH, SUPPLIER)
"""Of goods: as they are declared, in the supplier's language too, or in that alone where there is one."""


class Table(NamedTuple):
    """Rows of cells, and a last row that stands at the foot."""

    rows: Sequence[tuple[str, ...]]
    foot: tuple[str, ...] = ()


Content = str | list[str] | Table
Composer = Callable[["Case", Record, str], Content]

COMPOSERS: dict[str, Composer] = {}


def composer(name: str) -> Callable[[Composer], Composer]:
    """Register a function under the name that placement rows use, without the `@`."""

    def keep(function: Composer) -> Composer:
        COMPOSERS[name] = function
        return function

    return keep


@dataclass
class Case:
    """All that composers may look at: the declaration, the profile, the print language, and where we are.

    Attributes:
        language: print language, independent of the language on screen.
        registration: number that customs gave, empty before.
        sheet: number of the sheet being drawn, from 1.
        sheet_items: goods items on it.
        descriptions: which of an item's two descriptions are printed, one of `DESCRIPTIONS`.
        unconfirmed: whether something was printed that its source does not confirm; the sheet tells it at its foot.
    """

    snapshot: Snapshot
    profile: Profile
    language: str = "ru"
    registration: str = ""
    descriptions: str = OWN
    sheet: int = 1
    sheet_items: Sequence[Record] = ()
    unconfirmed: bool = False
    _children: dict[str, dict[int | None, list[Record]]] = field(default_factory=dict)
    _names: dict[tuple[str, str], Entry | None] = field(default_factory=dict)
    _words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _halves: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.header = self.snapshot.one("header")
        self.items = self.snapshot.many("item")
        self._words = read_words(self.profile)
        for name, rows in self.snapshot.tables.items():
            under: dict[int | None, list[Record]] = {}
            for row in rows:
                under.setdefault(row.parent, []).append(row)
            self._children[name] = under

    def under(self, table: str, row: Record | None) -> list[Record]:
        """Return the child rows of a row, in order; without a row those that stand for the whole declaration."""
        return self._children[table].get(row.id if row else None, [])

    def entry(self, field_id: str, code: object) -> Entry | None:
        """Return what the code list of a field says of a code on the day of the declaration."""
        key = (field_id, str(code))
        if key not in self._names:
            codes = self.profile.code_list(self.profile.fields[field_id].list_name)
            self._names[key] = codes.get(str(code)) if codes and code is not None else None
        return self._names[key]

    def name(self, field_id: str, code: object) -> str:
        """Return the name of a code in the print language, the one made for the form before all; empty when unknown."""
        entry = self.entry(field_id, code)
        if entry is None:
            return ""
        return (entry.more.get("form_name") if self.language == "ru" else "") or entry.name(self.language)

    def described(self, item: Record) -> str:
        """Return how goods are described in the languages wished for; the one there is where the other is blank."""
        own, foreign = show(item.values.get("description")), show(item.values.get("description_foreign"))
        if self.descriptions == BOTH:
            return joined(" / ", *dict.fromkeys((own, foreign)))
        return (foreign or own) if self.descriptions == SUPPLIER else own

    def number_of(self, item: Record) -> int:
        """Return the number of an item: its own, else its place in the declaration."""
        number = item.get("number")
        return number if isinstance(number, int) else self.items.index(item) + 1

    def path_of(self, field_id: str, item: Record | None) -> Path | None:
        """Return the path of a field as seen from a box: of the item, of its first child row, or of a section."""
        table, _, name = field_id.partition(".")
        if not table:
            return None
        if table == "item" and item is not None:
            return Path(table, item.id, name)
        child = item is not None and self.profile.tables[table].parent
        rows = self.under(table, item) if child else self.snapshot.many(table)
        return Path(table, rows[0].id, name) if rows else None

    def say(self, key: str, **values: object) -> str:
        """Return words of the form in the print language, Russian where it has none, places filled in."""
        words = self._words.get(key, {})
        text = words.get(self.language) or words.get("ru", "")
        for name, value in values.items():
            text = text.replace("{" + name + "}", show(value))
        return text

    def around(self, key: str, value: object) -> str:
        """Return words with one place filled in: `say`, quicker, for what stands in every item."""
        found = self._halves.get(key)
        if found is None:
            before, _, rest = self.say(key).partition("{")
            found = self._halves[key] = (before, rest.partition("}")[2])
        return found[0] + show(value) + found[1]


def read_words(profile: Profile) -> dict[str, dict[str, str]]:
    """Return the words that forms put between values, a country's own over those it inherits."""
    merged: dict[str, dict[str, str]] = {}
    for folder in reversed(profile.folders):
        path = folder / "print" / "words.toml"
        if path.is_file():
            for key, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
                merged.setdefault(key, {}).update(words)
    if not merged:
        raise UserError("The profile {profile} has no words for its forms.", profile=profile.code)
    return merged


def show(value: object) -> str:
    """Return a value as forms show it: no grouping, point for decimals, day.month.year."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    return plain(value) if isinstance(value, Decimal) else str(value)


def show_trimmed(value: object) -> str:
    """Return a figure without zeros at its end (masses, quantities, rates)."""
    return trimmed(value) if isinstance(value, Decimal) else show(value)


def shower(kind: Kind) -> Callable[[Any], str]:
    """Return how values of a kind are shown: money keeps its cents, other figures lose idle zeros."""
    return show_trimmed if kind.numeric and kind.name != "money" else show


def bind(value: str, of: str, profile: Profile) -> Callable[[Case, Record], Content]:
    """Return the function that makes the content of a slot: of a field, or a composer with what it is asked about.

    Raises:
        DataError: there is no such composer.
    """
    if value.startswith("@"):
        made = COMPOSERS.get(value[1:])
        if made is None:
            raise DataError(
                "There is no composer “{name}”; known are {known}",
                file="print",
                row=value,
                name=value[1:],
                known=", ".join(sorted(COMPOSERS)),
            )
        return lambda case, record: made(case, record, of)
    table, _, name = value.partition(".")
    as_text = shower(profile.fields[value].kind)
    if table in {"header", "item"}:
        return lambda _case, record: as_text(record.values.get(name))
    return lambda case, _record: as_text(case.snapshot.one(table).get(name))


def joined(separator: str, *parts: str) -> str:
    """Return the parts that are not empty, joined.

    >>> joined(", ", "a", "", "b")
    'a, b'
    """
    return separator.join(part for part in parts if part)
