# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks codes up as they are typed: in any list of a profile and in its tariff, in nine languages.

`hs` and `tariff` are the Harmonized System to six digits with the profile's own tariff laid over it. An index is made
when its list is first asked (the tariff's takes some tenths of a second, so a window warms it up in the background).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from swclient.base import i18n
from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.cldr import LISTS, cldr_names, key_of
from swclient.catalogue.folding import fold
from swclient.catalogue.hs import hs_codes
from swclient.catalogue.reference import Reference
from swclient.catalogue.wordindex import Group, How, Source, WordIndex, squeezed

if TYPE_CHECKING:
    from swclient.catalogue.codelist import Entry
    from swclient.catalogue.profile import Profile

TARIFF = "tariff"
ALIASES = {
    "hs": TARIFF,
    "packages": "package_kinds",
    "documents": "document_kinds",
    "payments": "payment_kinds",
    "modes": "transport_modes",
    "terms": "incoterms",
}
_ALSO = ("sign_", "alpha3", "numeric", "rec20", "edifact", "form_name")  # columns that people look by
_AROUND = 3  # neighbours shown before and behind
_UNKNOWN = N_("There is no list “{name}”. Known are: {known}.")


class Hit(NamedTuple):
    """One row found.

    Attributes:
        code: as the list writes it.
        name: in the language asked for, else in English, Russian, or whatever there is.
        how: by what it was found.
    """

    code: str
    name: str
    how: How


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code stands or would stand in its list.

    Attributes:
        position: number of the row at which the whole list is opened.
        known: whether the list has the code.
        around: rows before and behind, and for a tariff code the headings above it, in order.
    """

    position: int
    known: bool
    around: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    names: Mapping[str, str]
    valid_from: date | None
    valid_to: date | None
    also: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        for wish in (language, "en", "ru"):
            found = self.names.get(wish)
            if found:
                return found
        return next(iter(self.names.values()), "")

    def good_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class _Shelf:
    """One list with its index."""

    def __init__(self, rows: list[_Row]) -> None:
        self.rows = sorted(rows, key=lambda row: row.code.casefold())
        self._made: dict[tuple[str, How], dict[int, Hit]] = {}
        self.index = WordIndex([Source(row.code, (*row.names.values(), *row.also)) for row in self.rows])

    def known(self, code: str) -> bool:
        return bool(self.rows) and self.index.codes[self.index.nearest(code)] == squeezed(fold(code))

    def hits(self, groups: Iterable[Group], language: str) -> tuple[Hit, ...]:
        """Return rows as they are handed out; each is made once for a language and a way to be found."""
        hits: list[Hit] = []
        for how, numbers in groups:
            made = self._made.setdefault((language, how), {})
            for number in numbers:
                hit = made.get(number)
                if hit is None:
                    row = self.rows[number]
                    hit = made[number] = Hit(row.code, row.name(language), how)
                hits.append(hit)
        return tuple(hits)


class Search:
    """Looks codes up in the lists and the tariff of a profile.

    Attributes:
        profile: whose lists they are.
    """

    def __init__(self, profile: Profile, reference: Reference | None = None) -> None:
        self.profile = profile
        self._reference = reference or Reference(profile)
        self._shelves: dict[str, _Shelf] = {}

    def lists(self) -> tuple[str, ...]:
        """Return the names of all lists that can be asked."""
        found = {path.stem for folder in self.profile.folders for path in (folder / "lists").glob("*.csv")}
        return (TARIFF, *sorted(found))

    def warm(self, list_name: str) -> None:
        """Make the index of a list, so that the first key does not wait for it."""
        self._shelf(list_name).index.prepare()

    def find(
        self,
        list_name: str,
        text: str,
        language: str | None = None,
        limit: int = 50,
        day: date | None = None,
    ) -> tuple[Hit, ...]:
        """Return up to `limit` rows for what is typed so far, the best first; all in order for nothing.

        Args:
            list_name: name of a list, or one of `ALIASES`.
            text: a code, its beginning, or words.
            limit: how many rows at most.
            language: of the names returned; words are found in every language.
            day: rows that are not good on it are left out.

        Raises:
            UserError: the profile has no such list.
        """
        shelf, speech = self._shelf(list_name), language or i18n.language()
        good = None if day is None else lambda number: shelf.rows[number].good_on(day)
        found = shelf.index.find(text, limit, good)
        if not any(numbers for _how, numbers in found) and shelf.index.looks_like_code(text):
            near = [number for number in self._around(shelf, text) if good is None or good(number)]
            found = [(How.NEAR, near[:limit])]
        return shelf.hits(found, speech)

    def nearest(self, list_name: str, code: str, language: str | None = None) -> Place:
        """Return where a code stands, and its neighbours; an unknown one stands where it would.

        Raises:
            UserError: the profile has no such list.
        """
        shelf, speech = self._shelf(list_name), language or i18n.language()
        position = shelf.index.nearest(code)
        around = shelf.hits([(How.NEAR, self._around(shelf, code))], speech)
        return Place(position, shelf.known(code), around)

    @staticmethod
    def _around(shelf: _Shelf, code: str) -> list[int]:
        """Return what stands above a code (8481 above 848180), and its neighbours that begin most like it."""
        index, position = shelf.index, shelf.index.nearest(code)
        first, last = index.kin(code)
        if not last:
            first, last = 0, len(shelf.rows)
        near = range(max(first, position - _AROUND), min(last, position + _AROUND + 1))
        zeros = [] if shelf.known(code) else index.lost_zero(code)[: 2 * _AROUND]
        return zeros or sorted({*index.above(code), *near})

    def _shelf(self, list_name: str) -> _Shelf:
        name = ALIASES.get(list_name, list_name)
        if name not in self._shelves:
            self._shelves[name] = _Shelf(self._tariff_rows() if name == TARIFF else self._list_rows(name))
        return self._shelves[name]

    def _list_rows(self, name: str) -> list[_Row]:
        found = self.profile.code_list(name)
        if found is None:
            raise UserError(_UNKNOWN, name=name, known=", ".join((*ALIASES, *self.lists())))
        return [_row(name, entry) for entry in found.entries.values()]

    def _tariff_rows(self) -> list[_Row]:
        rows = {code: _Row(code, {"en": name}, None, None) for code, name in hs_codes().items()}
        for code in self._reference.tariff_codes():
            names, begin, end = self._reference.tariff_names(code)
            rows[code] = _Row(code, names, begin, end, tuple(rows[code].names.values()) if code in rows else ())
        return list(rows.values())


def _row(list_name: str, entry: Entry) -> _Row:
    also = [text for column, text in entry.more.items() if column.startswith(_ALSO)]
    if list_name in LISTS:
        also += cldr_names(list_name, key_of(list_name, entry.code, entry.more))
    return _Row(entry.code, entry.names, entry.valid_from, entry.valid_to, tuple(also))


_made: dict[int, Search] = {}


def search_of(profile: Profile, reference: Reference | None = None) -> Search:
    """Return the look-up of a profile, made once; a reference that is at hand saves reading the tariff again."""
    if id(profile) not in _made:
        _made[id(profile)] = Search(profile, reference)
    return _made[id(profile)]
