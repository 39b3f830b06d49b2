# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What settings choose among where the table does not say it (languages, countries), and what can only be read."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from swclient.base.i18n import N_, _, available, language
from swclient.base.messages import Message
from swclient.workflow.registers.beginning import roles

from ..words import OWN_NAMES

if TYPE_CHECKING:
    from .own import Choices

_YEARS = N_("{country}: {n} years ({source})")
_UNKNOWN = N_("{country}: for ever, since no time is known")


def choices(identity: str) -> Choices:
    """Return values and words of a setting's choices, the shipped one first."""
    if identity == "language":
        return (("", N_("As the system")), *((code, OWN_NAMES.get(code, code)) for code in available()))
    if identity == "print_language":
        return _print_languages()
    if identity == "role":
        return (("", _("Not chosen")), *((role.id, _(role.label)) for role in roles().values()))
    return _countries(language())


@lru_cache(maxsize=1)
def _print_languages() -> Choices:
    from swclient.workflow.printing import print_languages

    return tuple((code, OWN_NAMES.get(code, code)) for code in print_languages())


@lru_cache(maxsize=16)
def _countries(spoken: str) -> Choices:
    from swclient.catalogue.loader import default_profile, profile_codes

    first = default_profile()
    codes = sorted(profile_codes(), key=lambda code: (code != first, code))
    return tuple((code, f"{code}  {_name(code, spoken)}") for code in codes)


def _name(code: str, spoken: str) -> str:
    from swclient.catalogue.country_names import names_of_profile

    names = names_of_profile(code)
    return names.get(spoken) or names.get("en") or code


def shown(_identity: str, country: str) -> str:
    """Return for how long a country has declarations kept, and who says so."""
    from swclient.catalogue.loader import load_profile
    from swclient.workflow.life.clocks import limit_of

    limit = limit_of(load_profile(country), "retention", datetime.now(UTC).date())
    told: dict[str, object] = {"country": _name(country, language())}
    if limit is None:
        return Message(_UNKNOWN, told).text()
    return Message(_YEARS, {**told, "n": int(limit.row.value), "source": limit.row.source}).text()
