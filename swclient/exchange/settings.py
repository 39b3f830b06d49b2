# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a profile says about its messages: exchange.toml of the country laid over that of its parents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from swclient.base.errors import DataError, UserError
from swclient.base.i18n import N_
from swclient.catalogue.loader import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from swclient.catalogue.profile import Profile

FILE = "exchange.toml"


@dataclass(frozen=True, slots=True)
class MessageFormat:
    """One kind of message that a profile can write and read.

    Attributes:
        name: how people name it: `eaeu-dt`.
        title: its official title.
        root: local name of the root element.
        version: version of the album of formats.
        skeleton: the sample-shaped file that both directions follow.
        envelope: the sample-shaped file of the container around it; None where the message goes by itself.
        envelope_root: local name of the container's root, empty where there is none.
        parameters: further values that the skeleton may name as `$word`.
        not_carried: fields that the message has no place for, with the reason.
        loose: whether every office writes a variant of its own, so that names and blanks are read loosely.
        otherwise: the reason for every other field that stands nowhere in the skeleton; empty where all are listed.
        only_first: sections of which the message takes the first row only.
    """

    name: str
    title: str
    root: str
    version: str
    skeleton: Path
    envelope: Path | None
    envelope_root: str
    parameters: Mapping[str, tuple[str, ...]]
    not_carried: Mapping[str, str]
    loose: bool = False
    only_first: tuple[str, ...] = ()
    otherwise: str = ""


_read: dict[tuple[Path, ...], dict[str, MessageFormat]] = {}


def message_formats(profile: Profile) -> dict[str, MessageFormat]:
    """Return the messages that a profile knows, by name; read once and kept.

    Raises:
        DataError: a file that exchange.toml names is missing, or a key is.
    """
    if profile.folders not in _read:
        _read[profile.folders] = _read_formats(profile)
    return _read[profile.folders]


def _read_formats(profile: Profile) -> dict[str, MessageFormat]:
    rows: dict[str, dict[str, Any]] = {}
    source: dict[str, Path] = {}
    for folder in reversed(profile.folders):
        path = folder / FILE
        if path.is_file():
            for name, row in read_toml(path).get("message", {}).items():
                rows[name] = _laid_over(rows.get(name, {}), row)
                source[name] = path
    return {name: _format(profile, name, row, source[name]) for name, row in rows.items()}


def _laid_over(under: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with a country's own over it; parameters and reasons are joined, not replaced."""
    inner = {key: {**under.get(key, {}), **told} for key, told in row.items() if isinstance(told, dict)}
    return {**under, **row, **inner}


def message_format(profile: Profile, name: str) -> MessageFormat:
    """Return one kind of message of a profile.

    Raises:
        UserError: the profile does not know it.
    """
    found = message_formats(profile)
    if name not in found:
        raise UserError(
            N_("The profile {profile} has no message “{name}”; it has {known}."),
            profile=profile.code,
            name=name,
            known=", ".join(sorted(found)) or "-",
        )
    return found[name]


def _format(profile: Profile, name: str, row: Mapping[str, Any], source: Path) -> MessageFormat:
    missing = {"title", "root", "version", "skeleton"} - set(row)
    if missing:
        raise DataError("Missing keys {keys}", file=source, row=name, keys=", ".join(sorted(missing)))
    parameters = {
        key: tuple(str(each) for each in (value if isinstance(value, list) else [value]))
        for key, value in row.get("parameters", {}).items()
    }
    return MessageFormat(
        name,
        row["title"],
        row["root"],
        row["version"],
        _file(profile, row["skeleton"], source, name),
        _file(profile, row["envelope"], source, name) if "envelope" in row else None,
        row.get("envelope_root", ""),
        parameters,
        _each_field(profile, row.get("not_carried", {})),
        bool(row.get("loose")),
        tuple(row.get("only_first", ())),
        row.get("otherwise", ""),
    )


def _each_field(profile: Profile, reasons: Mapping[str, str]) -> dict[str, str]:
    """Return a reason for each field; `tir.*` speaks for a whole section."""
    whole = {name.removesuffix(".*"): reason for name, reason in reasons.items() if name.endswith(".*")}
    told = {each.id: whole[each.table] for each in profile.fields.values() if each.table in whole and not each.derived}
    return told | {name: reason for name, reason in reasons.items() if not name.endswith(".*")}


def _file(profile: Profile, name: str, source: Path, row: str) -> Path:
    path = profile.find(name)
    if path is None:
        raise DataError("There is no file {name}", file=source, row=row, name=name)
    return path
