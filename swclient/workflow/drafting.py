# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes sessions of declarations: new ones by profile, stored ones with their journal replayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from swclient.catalogue.loader import load_profile
from swclient.catalogue.profile import Profile
from swclient.catalogue.reference import Reference
from swclient.document.body import from_body
from swclient.document.declaration import Declaration
from swclient.document.history import History
from swclient.document.journal import change_from_data, whole_from_data
from swclient.document.path import SINGLE, Path
from swclient.engine.session import Session
from swclient.tariff.formulary import formulary

_references: dict[int, Reference] = {}


def reference_of(profile: Profile) -> Reference:
    """Return the rates, lists and tariff of a profile, made once."""
    return _references.setdefault(id(profile), Reference(profile))


def session_of(declaration: Declaration, today: Callable[[], date] = date.today) -> Session:
    """Open a declaration for looking and typing."""
    return Session(declaration, formulary(), reference_of(declaration.profile), today)


def session_of_body(body: dict[str, Any], profile: str = "", today: Callable[[], date] = date.today) -> Session:
    """Open a declaration given in our exchange format; `profile` overrides the one it names."""
    code = profile or str(body.get("profile", ""))
    return session_of(from_body(body, load_profile(code)), today)


def new_declaration(profile_code: str, day: date) -> Declaration:
    """Return an empty declaration with what the profile fills in for a new one (`[new]` in profile.toml)."""
    profile = load_profile(profile_code)
    declaration = Declaration(profile)
    for field_id, text in profile.facts.get("new", {}).items():
        put(declaration, field_id, str(text))
    put(declaration, "header.date", day.isoformat())
    put(declaration, "person.date", day.isoformat())
    return declaration


def put(declaration: Declaration, field_id: str, text: str) -> None:
    """Put a text into a section that stands once, outside any history."""
    table, _, name = field_id.partition(".")
    value = declaration.profile.fields[field_id].kind.load(text)
    if value is not None:
        declaration.tables[table][SINGLE].values[name] = value


def restored(
    body: Mapping[str, Any],
    steps: Sequence[Mapping[str, Any]],
    today: Callable[[], date] = date.today,
) -> Session:
    """Open a stored declaration: its snapshot, and the journal's steps after it replayed."""
    profile = load_profile(str(body["profile"]))
    declaration = whole_from_data(body, profile)
    history = History(declaration)
    for step in steps:
        history.replay([change_from_data(each, profile) for each in step["changes"]])
    session = session_of(declaration, today)
    for text, source in (body.get("sources") or {}).items():
        table, row, field = text.split(" ")
        session.sources[Path(table, int(row), field)] = source
    return session
