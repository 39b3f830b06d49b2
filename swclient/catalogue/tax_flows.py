# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes from customs to the tax administration of a country, and by when: its tax.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from swclient.base import i18n
from swclient.base.errors import DataError
from swclient.base.working_days import Calendar
from swclient.catalogue.loader import read_toml

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.catalogue.profile import Profile

FILE = "tax.toml"
_FLOW = {"id", "title", "content", "directions", "needs", "begins", "due", "source", "confirmed"}
_DUE = {"day_of_next_month", "days"}
_MONTHS = 12
_LAST_SURE_DAY = 28


@dataclass(frozen=True, slots=True)
class Flow:
    """One thing that is due to the tax administration.

    Attributes:
        titles, contents: by language.
        directions: directions of movement; none for all.
        needs: a field that must be filled in, empty for none.
        begins: from which day it counts: a field, or `registered`.
        day_of_next_month: due on this day of the next month, 0 for no such day.
        days: due so many days after, 0 for no such day.
    """

    id: str
    titles: Mapping[str, str]
    contents: Mapping[str, str]
    directions: tuple[str, ...]
    needs: str
    begins: str
    day_of_next_month: int
    days: int
    source: str
    confirmed: bool

    def due(self, begun: date, calendar: Calendar) -> tuple[date, date] | None:
        """Return the day it is due by rule, and the working day that it is due in fact; None where no day is known."""
        if self.day_of_next_month:
            months = begun.year * _MONTHS + begun.month
            day = date(months // _MONTHS, months % _MONTHS + 1, self.day_of_next_month)
        elif self.days:
            day = begun + timedelta(days=self.days)
        else:
            return None
        return day, calendar.next_working(day)

    def title(self) -> str:
        """Return what it is, in the language in force, else in English."""
        return self.titles.get(i18n.language()) or self.titles.get("en", self.id)

    def content(self) -> str:
        """Return what is handed over, in the language in force, else in English."""
        return self.contents.get(i18n.language()) or self.contents.get("en", "")


@dataclass(frozen=True, slots=True)
class TaxData:
    """What a country says of taxes: its calendar, which payments are of which class, flows, and its invoice if any."""

    calendar: Calendar = field(default_factory=Calendar)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flows: tuple[Flow, ...] = ()
    invoice: Mapping[str, Any] = field(default_factory=dict)

    def is_of(self, kind: str, name: str) -> bool:
        """Tell whether a kind of payment is of a class: fee, duty, excise, vat."""
        return any(
            kind.startswith(code[:-1]) if code.endswith("*") else kind == code for code in self.kinds.get(name, ())
        )


_read: dict[Path, TaxData] = {}


def tax_data(profile: Profile) -> TaxData:
    """Return what a country says of taxes; nothing where its folder is silent.

    Raises:
        DataError: its file has keys that nobody knows, or a day that no month is sure to have.
    """
    path = profile.find(FILE)
    if path is None:
        return TaxData()
    if path not in _read:
        told = read_toml(path)
        kinds = {name: tuple(codes) for name, codes in told.get("kinds", {}).items()}
        flows = tuple(_flow(path, row) for row in told.get("flow", ()))
        _read[path] = TaxData(_calendar(told.get("calendar", {})), kinds, flows, told.get("invoice", {}))
    return _read[path]


def _calendar(row: Mapping[str, Any]) -> Calendar:
    return Calendar(
        frozenset(row.get("weekend", ())),
        frozenset(row.get("every_year", ())),
        frozenset(row.get("days_off", ())),
        frozenset(row.get("working", ())),
        str(row.get("source", "")),
        bool(row.get("confirmed")),
    )


def _flow(path: Path, row: Mapping[str, Any]) -> Flow:
    due = row.get("due", {})
    day = int(due.get("day_of_next_month", 0))
    if set(row) - _FLOW or set(due) - _DUE or not 0 <= day <= _LAST_SURE_DAY:
        raise DataError("A flow has keys that nobody knows, or a day above 28", file=path, row=str(row.get("id", "")))
    return Flow(
        str(row["id"]),
        row["title"],
        row["content"],
        tuple(row.get("directions", ())),
        str(row.get("needs", "")),
        str(row.get("begins", "registered")),
        day,
        int(due.get("days", 0)),
        str(row["source"]),
        bool(row["confirmed"]),
    )
