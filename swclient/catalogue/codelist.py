# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Code lists: code, names by language, and the days between which a code is good.

A list is a CSV file whose first line says where it was taken from and when:
`# source=...; taken=2026-11-01; confirmed=false`. A code is never deleted, it is ended.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from swclient.base import i18n
from swclient.base.errors import DataError
from swclient.base.messages import Message
from swclient.catalogue.cldr import LISTS, CldrNames, key_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a list; `more` holds the list's further columns (unit, rate, group, ...)."""

    code: str
    names: Mapping[str, str]
    valid_from: date | None
    valid_to: date | None
    more: Mapping[str, str]

    def name(self, language: str | None = None) -> str:
        """Return the name in a language: the list's own, the translated one, else in the next best language."""
        wish = language or i18n.language()
        if self.names.get(wish):
            return self.names[wish]
        english = self.names.get(i18n.ENGLISH, "")
        told = i18n.translate(english, wish, i18n.LISTS)
        if told != english:
            return told
        return next((self.names[code] for code in i18n.next_best(wish) if self.names.get(code)), "") or next(
            iter(self.names.values()), ""
        )

    def good_on(self, day: date | None) -> bool:
        """Tell whether the code may be used on a day; without a day, whether it is good now or open-ended."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class EntryName(Message):
    """The name of a code as a place in a text: read in the language of the text around it."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.code, {"entry": entry})

    def text(self, language: str | None = None) -> str:
        """Return the name in the given language, or in the one in force."""
        entry: Entry = self.args["entry"]
        return entry.name(language)


class CodeList:
    """A list of codes with its source."""

    def __init__(
        self,
        name: str,
        entries: Mapping[str, Entry],
        source: str = "",
        taken: str = "",
        *,
        confirmed: bool = False,
    ) -> None:
        self.name = name
        self.entries = entries
        self.source = source
        self.taken = taken
        self.confirmed = confirmed
        self._sorted = sorted(entries)

    def __contains__(self, code: str) -> bool:
        return code in self.entries

    def get(self, code: str | None, day: date | None = None) -> Entry | None:
        """Return the entry of a code that is good on a day, None when there is none."""
        entry = self.entries.get(code or "")
        return entry if entry is not None and (day is None or entry.good_on(day)) else None

    def find(self, text: str, limit: int = 50) -> list[Entry]:
        """Return entries whose code starts with the text or whose name holds it, code matches first."""
        wish = text.strip().casefold()
        starts = [e for e in self.entries.values() if e.code.casefold().startswith(wish)]
        seen = {e.code for e in starts}
        holds = [
            e
            for e in self.entries.values()
            if e.code not in seen and any(wish in name.casefold() for name in e.names.values())
        ]
        return (starts + holds)[:limit]

    def nearest(self, code: str) -> int:
        """Return the position in sorted order at which an unknown code would stand."""
        return min(bisect_left(self._sorted, code), max(len(self._sorted) - 1, 0))

    def sorted(self) -> list[Entry]:
        """Return all entries in the order of their codes."""
        return [self.entries[code] for code in self._sorted]


def read_list(path: Path) -> CodeList:
    """Read a list from its CSV file.

    Raises:
        DataError: no source line, no `code` column, or a code that stands twice for the same days.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        head = stream.readline().strip()
        if not head.startswith("#"):
            raise DataError("The first line must say source, taken and confirmed", file=path, row=1)
        facts = dict(part.strip().split("=", 1) for part in head.lstrip("# ").split(";") if "=" in part)
        rows = csv.DictReader(stream)
        if "code" not in (rows.fieldnames or ()):
            raise DataError("There is no column “code”", file=path, row=2)
        entries: dict[str, Entry] = {}
        for number, row in enumerate(rows, 3):
            entry = _entry(row, path, number)
            if entry.code in entries:
                raise DataError("The code {code} stands twice", file=path, row=number, code=entry.code)
            entries[entry.code] = entry
    return CodeList(
        path.stem,
        entries,
        facts.get("source", ""),
        facts.get("taken", ""),
        confirmed=facts.get("confirmed") == "true",
    )


def _entry(row: dict[str, str], path: Path, number: int) -> Entry:
    try:
        start, end = (date.fromisoformat(row[key]) if row.get(key) else None for key in ("valid_from", "valid_to"))
    except ValueError:
        raise DataError("A day must read year-month-day", file=path, row=number) from None
    names: Mapping[str, str] = {k[5:]: text for k, text in row.items() if k and k.startswith("name_") and text}
    if path.stem in LISTS:
        names = CldrNames(path.stem, key_of(path.stem, row["code"], row), names)
    known = {"code", "valid_from", "valid_to"}
    more = {key: text for key, text in row.items() if key and key not in known and not key.startswith("name_") and text}
    return Entry(row["code"], names, start, end, more)
