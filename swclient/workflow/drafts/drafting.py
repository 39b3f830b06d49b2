# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes sessions of declarations: new ones by profile, stored ones with their journal replayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import load_profile
from swclient.catalogue.own_rates import own_rates, stamp_of
from swclient.catalogue.profile import Profile
from swclient.catalogue.reference import Reference
from swclient.document.body import from_body, to_body
from swclient.document.declaration import Declaration
from swclient.document.history import History
from swclient.document.journal import change_from_data, whole_from_data
from swclient.document.path import SINGLE, Path
from swclient.document.provenance import DECLARATION, from_data, mark_all, source_text
from swclient.engine.session import Session
from swclient.tariff.formulary import formulary
from swclient.workflow.drafts.held_rates import HELD, rates_of
from swclient.workflow.states import State, editable

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.store.values import Stored

_ONLY_A_PARENT = N_("Nobody declares in “{code}”: it holds only what its members have in common. Name one of them.")
DATED = ("header.date", "person.date")
"""What a new draft is given the day for."""

_references: dict[int, Reference] = {}
_current: dict[int, tuple[object, Reference]] = {}


def reference_of(profile: Profile, held: Sequence[Mapping[str, Any]] | None = None) -> Reference:
    """Return the rates, lists and tariff of a profile, made once; again when the user's exchange rates have changed.

    Args:
        profile: whose they are.
        held: exchange rates that a declaration was signed with (`held_rates`), instead of the user's present ones.

    Raises:
        UserError: the user's exchange rates cannot be read.
    """
    plain = _references.setdefault(id(profile), Reference(profile))
    if held is not None:
        return plain.with_own(rates_of(held)) if held else plain
    stamp = stamp_of(profile.code)
    if not any(stamp):
        return plain
    if id(profile) not in _current or _current[id(profile)][0] != stamp:
        _current[id(profile)] = stamp, plain.with_own(own_rates(profile.code))
    return _current[id(profile)][1]


def session_of(
    declaration: Declaration,
    today: Callable[[], date] = date.today,
    held: Sequence[Mapping[str, Any]] | None = None,
) -> Session:
    """Open a declaration for looking and typing; `held` are the exchange rates it was signed with."""
    return Session(declaration, formulary(), reference_of(declaration.profile, held), today)


def session_of_body(body: dict[str, Any], profile: str = "", today: Callable[[], date] = date.today) -> Session:
    """Open a declaration given in our exchange format, judged by the law of its date; `profile` overrides its own.

    Raises:
        UserError: there is no such profile, nobody declares in it, or the body is not one of a declaration.
    """
    code = profile or str(body.get("profile", ""))
    header = body.get("header")
    day = day_of(header.get("date") if isinstance(header, dict) else None) or today()
    found = load_profile(code, day=day)
    if not found.facts.get("country"):
        raise UserError(_ONLY_A_PARENT, code=code)
    return session_of(from_body(body, found), today)


def copied(session: Session, name: str, today: Callable[[], date] = date.today) -> Session:
    """Return a draft with what was typed into a declaration; each value tells that it came from it."""
    made = session_of_body(to_body(session.declaration), today=today)
    mark_all(made.sources, source_text(DECLARATION, name))
    return made


def day_of(text: object) -> date | None:
    """Return the date of a declaration from its stored text, None when there is none that can be read."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def new_declaration(profile_code: str, day: date) -> Declaration:
    """Return an empty declaration with what the profile fills in for a new one (`[new]` in profile.toml)."""
    profile = load_profile(profile_code, day=day)
    declaration = Declaration(profile)
    for field_id, text in profile.facts.get("new", {}).items():
        put(declaration, field_id, str(text))
    for field_id in DATED:
        put(declaration, field_id, day.isoformat())
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
    version: str = "",
) -> Session:
    """Open a stored declaration: its snapshot, and the journal's steps after it replayed.

    A draft is judged by the law of its date, which a step may have changed; what was signed, by `version` and by the
    user's exchange rates that are kept in its body.
    """
    code = str(body["profile"])
    profile = load_profile(code, version=version) if version else load_profile(code, day=_stored_day(body) or today())
    declaration = _replayed(body, steps, profile)
    day = declaration.tables["header"][SINGLE].values.get("date")
    if not version and isinstance(day, date) and load_profile(code, day=day) is not profile:
        declaration = _replayed(body, steps, load_profile(code, day=day))
    session = session_of(declaration, today, body.get(HELD, ()) if version else None)
    for path, source in _sources(body, steps).items():
        session.sources[path] = source
    return session


def reopened(store: Store, declaration_id: str, today: Callable[[], date]) -> tuple[Session, Stored, str]:
    """Return a session of a declaration as the store holds it, what was read, and by which version it stays judged.

    That version is empty for a draft, which is judged by the law of its date.
    """
    stored = store.load(declaration_id)
    steps = [change.body for change in stored.changes if not change.whole]
    made_with = str(stored.body.get("profile_version") or stored.row.profile_version)
    version = "" if editable(State(stored.row.state)) else made_with
    return restored(stored.body, steps, today, version), stored, version


def _sources(body: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> dict[Path, str]:
    """Return where the values came from that stand there after the last step."""
    found = from_data(body.get("sources") or {})
    for step in steps:
        for change in step["changes"]:
            if change["do"] == "set":
                found.pop(Path(*change["at"]), None)
        found.update(from_data(step.get("sources") or {}))
    return found


def _replayed(body: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], profile: Profile) -> Declaration:
    declaration = whole_from_data(body, profile)
    history = History(declaration)
    for step in steps:
        history.replay([change_from_data(each, profile) for each in step["changes"]])
    return declaration


def _stored_day(body: Mapping[str, Any]) -> date | None:
    rows = body["tables"].get("header") or [[0, None, {}]]
    return day_of(rows[0][2].get("date"))
