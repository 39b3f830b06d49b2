# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which agency decides about which permit: permits.toml of a country, dated, with source and whether confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from swclient.base import i18n
from swclient.base.errors import DataError
from swclient.catalogue.dated import Dated
from swclient.catalogue.loader import read_toml

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from swclient.catalogue.profile import Profile

FILE = "permits.toml"
_AGENCY = {"name", "source", "confirmed", "permits"}
_PERMIT = {"kinds", "directions", "goods", "valid_from", "valid_to", "decides_in", "holds", "source", "confirmed"}


@dataclass(frozen=True, slots=True)
class PermitKind(Dated):
    """What one agency decides about.

    Attributes:
        agency: its name, which is the channel of its connection.
        kinds: codes of the kinds of document, the usual one first.
        directions: directions of movement; none for all.
        goods: how commodity codes begin; none for all.
        decides_in: working days that a decision takes.
        holds: days that a permit holds.
    """

    agency: str
    kinds: tuple[str, ...]
    directions: tuple[str, ...]
    goods: tuple[str, ...]
    decides_in: int
    holds: int
    source: str
    confirmed: bool

    def covers(self, code: str) -> bool:
        """Tell whether goods of a commodity code are this agency's."""
        return not self.goods or code.startswith(self.goods)


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of a country: channel, names by language, and what it decides about."""

    channel: str
    names: Mapping[str, str]
    permits: tuple[PermitKind, ...]

    def name(self) -> str:
        """Return the name in the language in force, else in English."""
        return self.names.get(i18n.language()) or self.names.get("en") or self.channel


_read: dict[Path, tuple[Agency, ...]] = {}


def agencies(profile: Profile) -> tuple[Agency, ...]:
    """Return the agencies of a country; none where its folder says nothing of them.

    Raises:
        DataError: its file has keys that nobody knows, or lacks some.
    """
    path = profile.find(FILE)
    if path is None:
        return ()
    if path not in _read:
        _read[path] = tuple(_agency(path, name, row) for name, row in read_toml(path).items())
    return _read[path]


def decider(
    profile: Profile, kinds: tuple[str, ...], codes: tuple[str, ...], asked: tuple[str, date]
) -> Decider | None:
    """Return who decides about a permit and which of the kinds that would do it is; None where nobody is known.

    Args:
        profile: of the declaration.
        kinds: kinds of document that would do, the usual one first.
        codes: commodity codes of the goods; one agency must decide about all of them.
        asked: direction of movement, and the day of the declaration.
    """
    direction, day = asked
    rows = [
        (agency, row)
        for agency in agencies(profile)
        for row in agency.permits
        if row.good_on(day) and (not row.directions or direction in row.directions)
    ]
    fitting = (
        Decider(agency, row, kind)
        for kind in kinds
        for agency, row in rows
        if kind in row.kinds and all(row.covers(code) for code in codes)
    )
    return next(fitting, None)


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides: the agency, the row of its permits, and the kind that is applied for."""

    agency: Agency
    row: PermitKind
    kind: str


def _agency(path: Path, name: str, row: Mapping[str, Any]) -> Agency:
    if set(row) - _AGENCY or not isinstance(row.get("name"), dict):
        raise DataError("An agency has a name by language, permits, source and confirmed", file=path, row=name)
    return Agency(name, row["name"], tuple(_permit(path, name, each) for each in row.get("permits", ())))


def _permit(path: Path, agency: str, row: Mapping[str, Any]) -> PermitKind:
    wrong = set(row) - _PERMIT or not {"kinds", "decides_in", "holds", "source", "confirmed"} <= set(row)
    if wrong:
        raise DataError("A permit has kinds, decides_in, holds, source, confirmed", file=path, row=agency)
    return PermitKind(
        row.get("valid_from"),
        row.get("valid_to"),
        agency,
        tuple(row["kinds"]),
        tuple(row.get("directions", ())),
        tuple(row.get("goods", ())),
        int(row["decides_in"]),
        int(row["holds"]),
        str(row["source"]),
        bool(row["confirmed"]),
    )
