# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which registers of their own users may keep, and which fields of a profile each holds: `resources/registers.toml`.

Records of one kind have the same fields (a consignee may be the exporter of the next declaration), so an entry is kept
under the field ids of the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from swclient.base import paths
from swclient.base.errors import DataError
from swclient.base.i18n import N_
from swclient.catalogue.folding import fold, words
from swclient.catalogue.loader import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile

FILE = "registers.toml"
LONGEST_NAME = 120
_GIVEN = {"charges", "totals"}


@dataclass(frozen=True, slots=True)
class Register:
    """One kind of register.

    Attributes:
        kind: its name for programs.
        label: what people call it, a msgid.
        icon: name in the family of icons.
        records: sections that an entry fills one at a time; it is kept under the field ids of the first.
        beside: sections that stand once and are filled together with one of `records`.
        names: names of fields that an entry is called by, in order.
        rows: how the boxes of an entry stand, as pages say it: `exporter.country:4 exporter.postcode:3`.
        leave: names of fields that no entry holds.
        take: names of fields that it holds although they are marked `once`.
    """

    kind: str
    label: str
    icon: str
    records: tuple[str, ...]
    beside: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    leave: frozenset[str] = frozenset()
    take: frozenset[str] = frozenset()

    def holds(self, field: Field) -> bool:
        """Whether a field of one of its records is part of an entry."""
        if field.table not in {*self.records, *self.beside} or field.name in self.leave or not field.shown:
            return False
        return field.name in self.take or not (field.derived or field.once != "never" or field.kind.name in _GIVEN)

    def fields(self, profile: Profile) -> tuple[Field, ...]:
        """Return the fields of an entry in a profile, those of the record first."""
        found: dict[str, Field] = {}
        for record in self.records:
            for field in profile.table_fields(record).values() if record in profile.tables else ():
                home = profile.fields.get(self.home(field.id))
                if self.holds(field) and home is not None:
                    found.setdefault(home.id, home)
        for record in self.beside:
            fields = profile.table_fields(record).values() if record in profile.tables else ()
            found.update((field.id, field) for field in fields if self.holds(field))
        return tuple(found.values())

    def home(self, field_id: str) -> str:
        """Return the id under which an entry keeps a field.

        >>> registers()["parties"].home("consignee.name")
        'exporter.name'
        """
        table, _dot, name = field_id.partition(".")
        return f"{self.records[0]}.{name}" if table in self.records else field_id

    def name_of(self, values: Mapping[str, str]) -> str:
        """Return what an entry of these values (by id) is called; empty where nothing names it."""
        places = [f"{table}.{name}" for name in self.names for table in (self.records[0], *self.beside)]
        told = (" ".join(values[place].split()) for place in places if place in values)
        return " · ".join(each for each in told if each)[:LONGEST_NAME]


@cache
def registers(file: Path | None = None) -> dict[str, Register]:
    """Return the kinds of registers by name, in the order of the file.

    Raises:
        DataError: the file says something that no register has.
    """
    place = file or paths.shipped("resources") / FILE
    found = {}
    for kind, told in read_toml(place).items():
        lists: dict[str, Any] = {key: tuple(told.pop(key, ())) for key in ("records", "beside", "names", "rows")}
        lists |= {key: frozenset(told.pop(key, ())) for key in ("leave", "take")}
        try:
            found[kind] = Register(kind, **told, **lists)
        except TypeError as error:
            raise DataError(
                N_("A register has a label, an icon, records, names: {reason}"), file=place, row=kind, reason=str(error)
            ) from error
    return found


def kinds_of(table: str) -> tuple[Register, ...]:
    """Return the registers that can fill a section, those that are made for it first."""
    every = registers().values()
    return (*(each for each in every if table in each.records), *(each for each in every if table in each.beside))


def searchable(values: Mapping[str, str]) -> str:
    """Return the words by which an entry of these values is found, a line each, as they are written."""
    return "\n".join(" ".join(each.split()) for each in values.values())


def hint(name: str, search: str) -> str:
    """Return what tells an entry from others: its words but those that its name says already.

    >>> hint("Alpha", searchable({"exporter.name": "Alpha", "exporter.tax_id": "123456789012"}))
    '123456789012'
    """
    return " · ".join([each for each in search.split("\n") if len(each) > 1 and each not in name][:4])


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return fold(text)


def meets(search: str, text: str) -> bool:
    """Whether an entry of these words has every word of a text, beginnings and parts of words included.

    >>> meets("Алматы", "алма"), meets("Almaty", "osh")
    (True, False)
    """
    held, folded = _folded(search), fold(text).strip()
    return folded in held or all(word in held for word in words(folded))
