# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases that prove rules: each opens the good sample, changes it as a user would, and says what must be found.

A case is a `[[case]]` in a file under `cases/` beside `rules/` (docs/handbook/add-a-rule.md tells its keys).
A place is written `header.date`, `item[2].gross_mass`, `item[1].container[1].number`; within the brackets
stands a position from 1, `*` for every row, or `kind=03011` for the rows with that value. `sample` names another good
sample than that of the import. The neutral cases and those
of the Union are proved with Kazakhstan; every other country proves the cases of its own folder with its own sample.
The cases of a rule set are proved with every country that takes it, unless they name theirs (`profiles`); there
`sample = "transit"` is the country's own sample of that name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as File
from typing import Any

from swclient.base import paths
from swclient.catalogue.loader import load_profile, profile_codes, read_toml
from swclient.catalogue.profile import Profile
from swclient.document.path import SINGLE, Path
from swclient.engine.finding import Finding
from swclient.engine.session import Session
from tests.declarations import opened

SAMPLES = paths.shipped("resources") / "samples"
SETS = paths.shipped("resources") / "catalogue" / "sets"
FIRST = "KZ"
_STEP = re.compile(r"(\w+)(?:\[([^\]]+)\])?")


@dataclass(frozen=True)
class Case:
    """One case as data."""

    rule: str
    name: str
    trips: bool
    set: Mapping[str, str] = field(default_factory=dict)
    add: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    copies: Mapping[str, int] = field(default_factory=dict)
    at: str = ""
    profile: str = FIRST
    sample: str = ""
    profiles: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The case by country, rule and name."""
        return f"{self.profile}-{self.rule}-{self.name.replace(' ', '_')}"


@cache
def kazakhstan() -> Profile:
    """The profile that is proved here."""
    return load_profile("KZ")


@cache
def proved() -> tuple[str, ...]:
    """Every country that has a good sample."""
    return tuple(code for code in profile_codes() if sample_of(code) is not None)


def sample_of(code: str) -> dict[str, Any] | None:
    """The good sample of an import into a country, None while there is none."""
    for file in sorted(SAMPLES.glob(f"{code.lower()}-import-*.json")):
        if "." not in file.stem:  # others hold only what a declarant adds
            body: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            return body
    return None


@cache
def cases(code: str = FIRST) -> tuple[Case, ...]:
    """Every case that a country proves: of the first one also its parents' and the neutral ones."""
    profile = load_profile(code)
    return tuple(
        Case(**{**row, "remove": tuple(row.get("remove", ())), "profile": code})
        for folder in (reversed(profile.folders) if code == FIRST else profile.folders[:1])
        for row in cases_in(folder)
    ) + tuple(
        Case(**{**row, "remove": tuple(row.get("remove", ())), "profile": code})
        for folder in sets_of(profile)
        for row in cases_in(folder)
        if code in row.get("profiles", (code,)) and stands_in(folder, profile.rules.get(row["rule"], {}))
    )


def cases_in(folder: File) -> list[dict[str, Any]]:
    """The cases of a folder as they are written."""
    return [row for file in sorted((folder / "cases").glob("*.toml")) for row in read_toml(file)["case"]]


def sets_of(profile: Profile) -> list[File]:
    """The folders of the rule sets that a profile takes."""
    return [SETS / name for name in profile.facts.get("rule_sets", ())]


def stands_in(folder: File, rule: Mapping[str, Any]) -> bool:
    """Whether a rule of a profile is the one of a folder, not one that a country says itself."""
    return File(rule.get("_file", "")).parent.parent == folder


def every_case() -> tuple[Case, ...]:
    """The cases of all countries."""
    return tuple(case for code in proved() for case in cases(code))


@cache
def _sample(code: str, name: str = "") -> dict[str, Any]:
    if name and not (SAMPLES / f"{name}.json").is_file():
        (file,) = SAMPLES.glob(f"{code.lower()}-{name}-*.json")
        name = file.stem
    body = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")) if name else sample_of(code)
    assert body is not None, code
    return dict(body)


def good(code: str = FIRST, name: str = "") -> Session:
    """The good sample of an import, or the one of a name, opened on its day."""
    return opened(deepcopy(_sample(code, name)))


def edited(case: Case) -> Session:
    """The good sample with the changes of a case, followed to their end."""
    body = deepcopy(_sample(case.profile, case.sample))
    for place, times in case.copies.items():
        table, position = place.rstrip("]").split("[")
        body[table] += [body[table][int(position) - 1]] * times
    session = opened(body)
    for table, row in [found for place in case.remove for found in rows_at(session, place)]:
        session.remove_row(table, row)
    for place, text in case.set.items():
        type_in(session, place, text)
    for place, records in case.add.items():
        _add(session, place, records)
    session.settle()
    return session


def type_in(session: Session, place: str, text: str) -> None:
    """Type a text at every place that is meant."""
    owner, _, name = place.rpartition(".")
    found = list(rows_at(session, owner))
    assert found, f"{place} is nowhere in the sample"
    for table, row in found:
        session.type_in(Path(table, row, name), text)


def path_at(session: Session, place: str) -> Path:
    """The one path that a place means."""
    owner, _, name = place.rpartition(".")
    ((table, row),) = rows_at(session, owner)
    return Path(table, row, name)


def rows_at(session: Session, place: str) -> Iterator[tuple[str, int]]:
    """The rows that a place means, as section and number."""
    found: list[tuple[str, int | None]] = [("", None)]
    for step in place.split("."):
        match = _STEP.fullmatch(step)
        assert match is not None, place
        table, which = match.groups()
        if not session.profile.tables[table].many:
            found = [(table, SINGLE)]
        else:
            found = [(table, row) for _, parent in found for row in _chosen(session, table, parent, which)]
    yield from ((table, row) for table, row in found if row is not None)


def _chosen(session: Session, table: str, parent: int | None, which: str) -> list[int]:
    rows = [row.id for row in session.declaration.tables[table].values() if row.parent == parent]
    if which == "*":
        return rows
    name, is_value, value = which.partition("=")
    if is_value:
        return [row for row in rows if str(session.value(Path(table, row, name))) == value]
    return rows[int(which) - 1 : int(which)]


def _add(session: Session, place: str, records: list[dict[str, Any]]) -> None:
    owner, _, table = place.rpartition(".")
    parents: list[int | None] = [row for _, row in rows_at(session, owner)] if owner else [None]
    for parent in parents:
        for record in records:
            row = session.add_row(table, parent)
            for name, text in record.items():
                session.type_in(Path(table, row, name), text)


def findings_of(session: Session, code: str) -> list[Finding]:
    """What the written rule of a code has to say; implied rules of the same code are left out."""
    say = session.profile.rules[code]["say"]
    return [each for each in session.findings() if each.code == code and each.message.msgid == say]
