# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the first start asks, and what the answers do: countries, roles, the user's own firm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from swclient.base import paths
from swclient.base.errors import DataError, UserError
from swclient.base.i18n import N_, next_best
from swclient.catalogue.loader import default_profile, profile_codes, read_toml
from swclient.document.path import SINGLE, Path
from swclient.workflow.drafts import drafting

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from swclient.engine.session import Session
    from swclient.store import Store

SAMPLE = "sample"
"""The relation of a draft that was made of a sample."""
PARTIES = "parties"
_SAME = "same_as_declarant"
_NO_ROLE = N_("A role has label, story, and perhaps fills, same, class: {reason}")


class Country(NamedTuple):
    """A country in which can be declared.

    Attributes:
        code: its profile.
        own: its name in its first language.
        names: its name by language.
        language: its first language.
    """

    code: str
    own: str
    names: dict[str, str]
    language: str

    def called(self, language: str) -> str:
        """Return its name in a language, in the next best one where there is none."""
        return next((self.names[each] for each in (language, *next_best(language)) if each in self.names), self.code)


class Role(NamedTuple):
    """What somebody does with the program.

    Attributes:
        id: name for programs.
        label, story: what it is and what it changes, to be translated.
        fills: records of a new declaration that take the user's own firm.
        same: records that are said to be the same person as the declarant.
        teaches: whether the way to a training office for a class is shown at once.
    """

    id: str
    label: str
    story: str
    fills: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    teaches: bool = False


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Return the countries in which can be declared; reads only the heads of their profiles."""
    home = paths.shipped("resources") / "profiles"
    found = []
    for code in profile_codes():
        told = read_toml(home / code / "profile.toml")
        names, first = dict(told.get("name", {})), str(next(iter(told.get("languages", ())), "en"))
        found.append(Country(code, names.get(first) or names.get("en", code), names, first))
    return tuple(found)


@lru_cache(maxsize=1)
def roles() -> dict[str, Role]:
    """Return the roles by their ids.

    Raises:
        DataError: the file does not fit.
    """
    place = paths.shipped("resources") / "tour" / "roles.toml"
    found = {}
    for name, row in read_toml(place).items():
        told = dict(row)
        fills, same = (tuple(told.pop(key, ())) for key in ("fills", "same"))
        teaches = bool(told.pop("class", False))
        if set(told) != {"label", "story"}:
            raise DataError(_NO_ROLE, file=place, row=name, reason=", ".join(told))
        found[name] = Role(name, told["label"], told["story"], fills, same, teaches)
    return found


def usual_profile(country: str) -> str:
    """Return the profile of new declarations: the chosen country's if there is such a one, else the shipped one."""
    return country if country in profile_codes() else default_profile()


@dataclass(frozen=True, slots=True)
class Habits:
    """What the user has answered, and what it does to new declarations.

    Attributes:
        role: id of a role, empty for none.
        own: number of the user's own firm in the register of parties, empty for none.
    """

    role: str = ""
    own: str = ""

    @property
    def fills(self) -> bool:
        """Whether the own firm stands in new declarations, once it is kept."""
        role = roles().get(self.role)
        return role is not None and bool(role.fills)

    def new_session(self, code: str, today: Callable[[], date], store: Store) -> Session:
        """Return an empty declaration of a profile, with the user's own firm where the role has it."""
        session = drafting.session_of(drafting.new_declaration(code, today()), today)
        self.fill(session, store)
        return session

    def fill(self, session: Session, store: Store) -> int:
        """Fill the user's own firm into a new declaration; return how many boxes."""
        role = roles().get(self.role)
        if not self.own or role is None or not role.fills:
            return 0
        from swclient.workflow.registers.fill import fill, plan

        try:
            entry = store.registers.load(self.own)
        except UserError:
            return 0
        if entry.row.removed_at is not None or entry.row.kind != PARTIES:
            return 0
        for table in role.same:
            if f"{table}.{_SAME}" in session.profile.fields:
                session.type_in(Path(table, SINGLE, _SAME), "1")
        plans = (plan(session, Path(table, SINGLE, "name"), entry) for table in role.fills)
        return sum(fill(session, each) for each in plans)
