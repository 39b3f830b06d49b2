# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A warning that somebody has looked at and lets stand, with the reason: kept with the declaration, as a value is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from swclient.document.path import Path


class Warned(NamedTuple):
    """Which warning: the public code of its rule, and the boxes that it speaks of."""

    code: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """That a warning was acknowledged.

    Attributes:
        who: local name of the person.
        at: moment, as ISO text with its offset.
        why: the reason, in the person's own words.
        digest: of what the warning said and of the values it spoke of; with other values it counts no more.
    """

    who: str
    at: str
    why: str
    digest: str


def to_data(of: Warned, noted: Acknowledged | None) -> dict[str, Any]:
    """Return an acknowledgement, or that there is none, as JSON-able data."""
    data: dict[str, Any] = {"code": of.code, "paths": [list(path) for path in of.paths]}
    if noted is not None:
        data |= {"who": noted.who, "at": noted.at, "why": noted.why, "digest": noted.digest}
    return data


def from_data(data: Mapping[str, Any]) -> tuple[Warned, Acknowledged | None]:
    """Read back what `to_data` wrote."""
    of = Warned(data["code"], tuple(Path(*each) for each in data["paths"]))
    if "who" not in data:
        return of, None
    return of, Acknowledged(data["who"], data["at"], data["why"], data["digest"])
