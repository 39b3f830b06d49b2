# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the catalogue and a profile's folder, and refuses what does not fit, by file and row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

from swclient.base import paths
from swclient.base.errors import DataError, UserError
from swclient.catalogue.field import Field, TableSpec
from swclient.catalogue.kinds import KINDS, make_kind
from swclient.catalogue.layout import FILE as PAGES_FILE
from swclient.catalogue.layout import Layout, make_layout
from swclient.catalogue.profile import Profile
from swclient.catalogue.versions import WHOLE, Stack, Version, installed, must_be_intact, of_name, on_day, shelf

# Keys of a row that a field takes over as they stand.
_PLAIN = ("label", "group", "box", "wco", "need", "need_code", "derived", "differs", "law", "list", "once", "shown")
_ROW = {*_PLAIN, "kind", "title"}
_NATIONAL = _ROW | {"max"}
_TABLE = {"label", "many", "parent", "loose", "as", "quiet", "max", "once"}


def profile_codes(root: Path | None = None) -> tuple[str, ...]:
    """Return the profiles that a declaration can be made in (those with a country)."""
    home = (root or paths.shipped("resources")) / "profiles"
    folders = sorted(home.iterdir()) if home.is_dir() else []
    found = [folder.name for folder in folders if (folder / "profile.toml").is_file()]
    return tuple(code for code in found if read_toml(home / code / "profile.toml").get("country"))


def default_profile(root: Path | None = None) -> str:
    """Return the profile that holds until the user chooses another."""
    return str(read_toml((root or paths.shipped("resources")) / "defaults.toml")["profile"])


def load_profile(code: str, root: Path | None = None, *, day: date | None = None, version: str = "") -> Profile:
    """Return a profile, made once and kept: as it came with the program, unless a day or a version is asked for.

    Args:
        code: its folder.
        root: the folder of catalogue and profiles, when it is not the one that came with the program.
        day: of the declaration to be judged; reference packs that are in force on it count.
        version: `Profile.version` of what a declaration was made with; what is no longer there is done without.

    Raises:
        UserError: there is no profile of that code, or a reference pack was altered since it was installed.
        DataError: a file of it is broken; says which, where and what would be right.
    """
    home = root or paths.shipped("resources")
    return _load(code, home, stacks_of(code, home, day, version) if day or version else ())


Stacks = tuple[tuple[str, Stack], ...]


def stacks_of(code: str, root: Path, day: date | None, version: str = "", staged: Version | None = None) -> Stacks:
    """Return which installed versions of a profile and of its parents judge a declaration: of a day, or by name.

    Args:
        code: the profile.
        root: the folder of catalogue and profiles.
        day: of the declaration; counts when no version is named.
        version: `Profile.version` of what a declaration was made with.
        staged: a version that is looked at as if it were installed.
    """
    if staged is None and not shelf().is_dir():
        return ()
    named = dict(part.rpartition(":")[::2] for part in version.split(";"))
    found = []
    for name, folder in _shipped_chain(code, root):
        versions = installed(name)
        if staged is not None and staged.country == name:
            versions = (*(each for each in versions if each.version != staged.version), staged)
        if not versions:
            continue
        facts = read_toml(folder / WHOLE)
        if version:
            stack = of_name(versions, named.get("" if name == code else name, ""))
        else:
            stack = on_day(versions, day or date.min, (str(facts.get("version", "")), facts.get("in_force")))
        if stack.versions:
            found.append((name, stack))
    return tuple(found)


def load_stacked(code: str, root: Path, stacks: Stacks) -> Profile:
    """Return a profile made of installed versions, as `stacks_of` tells them; made once and kept."""
    return _load(code, root, stacks)


@lru_cache(maxsize=32)
def _load(code: str, root: Path, stacks: Stacks) -> Profile:
    chain, version = _chain(code, root, dict(stacks))
    tables = _tables(root / "catalogue" / "tables.toml")
    fields: dict[str, dict[str, Any]] = {}
    for file in sorted((root / "catalogue").glob("fields*.toml")):
        _take_fields(file, fields, tables)
    rules: dict[str, dict[str, Any]] = {}
    rates: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for folder in reversed(chain):
        if (folder / WHOLE).is_file():
            facts.update(read_toml(folder / WHOLE))
    rules.update(_rules(root / "catalogue"))
    rules.update(_rule_sets(facts, root, chain))
    for folder in reversed(chain):
        if (folder / "boxes.toml").is_file():
            _lay_over(folder / "boxes.toml", fields, tables)
        rules.update(_rules(folder))
        if (folder / "rates.toml").is_file():
            rates.update(read_toml(folder / "rates.toml"))
    for gone in facts.get("ignore_rules", ()):
        rules.pop(gone, None)
    _hide(facts.get("hide_sections", ()), fields)
    by_form = bool(facts.get("named_by_form"))
    made = {key: _make(key, row, tables, by_form=by_form) for key, row in fields.items()}
    folders = (*chain, root / "catalogue")
    own = next((folder / PAGES_FILE for folder in folders if (folder / PAGES_FILE).is_file()), None)
    layout = make_layout(read_toml(own), own, made, tables) if own else Layout()
    told = version or str(facts.get("version", ""))
    return Profile(code, told, facts, tables, made, rules, rates, folders, layout)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        DataError: it cannot be read, with the line.
    """
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError("This file cannot be read: {reason}", file=path, reason=str(error)) from error


def _shipped_chain(code: str, root: Path) -> list[tuple[str, Path]]:
    """Return the folders that came with the program: the profile's, then its parents'."""
    chain: list[tuple[str, Path]] = []
    name = code
    while name:
        folder = root / "profiles" / name
        if not (folder / WHOLE).is_file():
            known = ", ".join(profile_codes(root))
            raise UserError("There is no profile “{code}”; there are {known}.", code=name, known=known)
        chain.append((name, folder))
        name = str(read_toml(folder / WHOLE).get("parent", ""))
    return chain


def _chain(code: str, root: Path, stacks: dict[str, Stack]) -> tuple[list[Path], str]:
    """Return the folders of data, those that count first first, and what the whole is called."""
    chain: list[Path] = []
    names: list[str] = []
    for name, folder in _shipped_chain(code, root):
        stack = stacks.get(name, Stack())
        for version in stack.versions:
            must_be_intact(version)
        chain += [version.folder for version in reversed(stack.over)]
        chain.append(stack.base.folder if stack.base else folder)
        told = stack.name(str(read_toml(folder / WHOLE).get("version", "")))
        if name == code or stack.versions:
            names.append(told if name == code else f"{name}:{told}")
    return chain, ";".join(names)


def _tables(path: Path) -> dict[str, TableSpec]:
    tables: dict[str, TableSpec] = {}
    for record, row in read_toml(path).items():
        if set(row) - _TABLE:
            raise DataError("Unknown keys {keys}", file=path, row=record, keys=", ".join(set(row) - _TABLE))
        for name, label in row.get("as", {record: row.get("label", record)}).items():
            tables[name] = TableSpec(
                name,
                label,
                row.get("many", False),
                row.get("parent", ""),
                row.get("loose", False),
                record,
                row.get("max", 0),
                name in row.get("quiet", ()),
                row.get("once", False),
            )
    return tables


def _take_fields(path: Path, rows: dict[str, dict[str, Any]], tables: dict[str, TableSpec]) -> None:
    """Take up the rows of a file; a row of one role of a record says what differs for that role."""
    for key, row in read_toml(path).items():
        _check_row(path, key, row, _ROW)
        record, _, name = key.partition(".")
        sections = [spec for spec in tables.values() if spec.record == record]
        if not sections and key in rows:
            rows[key] = {**rows[key], "shown": True, **row}
            continue
        if not sections:
            raise DataError("No section is described by “{record}”", file=path, row=key, record=record)
        for spec in sections:
            quiet = {"shown": False} if spec.quiet else {}
            rows[f"{spec.name}.{name}"] = {**row, **quiet, "_file": str(path)}


def _lay_over(path: Path, rows: dict[str, dict[str, Any]], tables: dict[str, TableSpec]) -> None:
    for key, row in read_toml(path).items():
        _check_row(path, key, row, _NATIONAL)
        if key not in rows and ("kind" not in row or key.partition(".")[0] not in tables):
            raise DataError(
                "A field that the catalogue does not know must have a kind and a known section",
                file=path,
                row=key,
            )
        rows[key] = {**rows.get(key, {}), **row, "_file": str(path)}


def _hide(sections: Sequence[str], rows: dict[str, dict[str, Any]]) -> None:
    """Leave out the sections that a country does not ask for."""
    for key, row in rows.items():
        if key.partition(".")[0] in sections:
            row["shown"] = False


def _check_row(path: Path, key: str, row: Any, known: set[str]) -> None:
    if not isinstance(row, dict):
        raise DataError("A row must be a table of keys", file=path, row=key)
    if set(row) - known:
        raise DataError("Unknown keys {keys}", file=path, row=key, keys=", ".join(sorted(set(row) - known)))


def _make(key: str, row: dict[str, Any], tables: dict[str, TableSpec], *, by_form: bool) -> Field:
    table, _, name = key.partition(".")
    spec = str(row.get("kind", ""))
    if spec.partition(":")[0] not in KINDS:
        raise DataError(
            "Unknown kind “{kind}”; known are {known}",
            file=row["_file"],
            row=key,
            kind=spec,
            known=", ".join(sorted(KINDS)),
        )
    try:
        kind = make_kind(spec)
    except ValueError:
        raise DataError("The argument of kind “{kind}” does not fit", file=row["_file"], row=key, kind=spec) from None
    plain = {name: row[name] for name in _PLAIN if name in row}
    if tables[table].once:
        plain.setdefault("once", "always")
    return Field(id=key, table=table, name=name, kind=kind, titles=row.get("title", {}), by_form=by_form, **plain)


def _rules(folder: Path) -> dict[str, dict[str, Any]]:
    rules: dict[str, dict[str, Any]] = {}
    for path in sorted((folder / "rules").glob("*.toml")) if (folder / "rules").is_dir() else []:
        for code, row in read_toml(path).items():
            if code in rules:
                raise DataError("The rule {code} stands twice", file=path, row=code, code=code)
            rules[code] = {**row, "_file": str(path)}
    return rules


def _rule_sets(facts: Mapping[str, Any], root: Path, chain: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """Return the rules of the sets that a profile takes: what several countries say in the same words."""
    home = root / "catalogue" / "sets"
    known = sorted(folder.name for folder in home.glob("*"))
    rules: dict[str, dict[str, Any]] = {}
    for name in facts.get("rule_sets", ()):
        if name not in known:
            raise DataError(
                "There is no rule set “{name}”; known are {known}",
                file=_who_says("rule_sets", chain),
                row="rule_sets",
                name=name,
                known=", ".join(known),
            )
        for code, row in _rules(home / name).items():
            if code in rules:
                raise DataError("The rule {code} stands twice", file=row["_file"], row=code, code=code)
            rules[code] = row
    for code, law in facts.get("rule_laws", {}).items():
        if code not in rules:
            file = _who_says("rule_laws", chain)
            raise DataError("No rule set that is taken has the rule {code}", file=file, row=code, code=code)
        rules[code]["law"] = law
    return rules


def _who_says(fact: str, chain: Sequence[Path]) -> Path:
    """Return the profile.toml that says a fact: the country's own before its parents'."""
    said = [folder / WHOLE for folder in chain if (folder / WHOLE).is_file()]
    return next(file for file in said if fact in read_toml(file))
