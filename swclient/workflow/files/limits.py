# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How large attached files may be on a day, and which kinds run something when they are opened: `attachments.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from swclient.base import paths
from swclient.catalogue.loader import read_toml

if TYPE_CHECKING:
    from datetime import date

FILE = "attachments.toml"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What is in force on a day.

    Attributes:
        file: bytes of one file.
        declaration: bytes of all files of a declaration; the same bytes count once.
        running: endings, lower case and without their dot, of files that run something.
    """

    file: int
    declaration: int
    running: frozenset[str]

    def runs(self, name: str) -> bool:
        """Tell by its name whether a file runs something when it is opened."""
        return PurePath(name).suffix.removeprefix(".").casefold() in self.running


@lru_cache(maxsize=8)
def limits_on(day: date) -> Limits:
    """Return the limits in force on a day; before the first entry those of the first."""
    entries = sorted(read_toml(paths.shipped("resources") / FILE)["limits"], key=lambda each: each["from"])
    entry = next((each for each in reversed(entries) if each["from"] <= day), entries[0])
    return Limits(entry["file_mib"] * MIB, entry["declaration_mib"] * MIB, frozenset(entry["running"]))
