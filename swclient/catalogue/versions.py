# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which versions of a country's data are there, and which of them judges a declaration of a day.

Beside the folder that came with the program stand versions that came as reference packs (`swclient.packs` installs
them): `packs/XX/VERSION/` in the user's data folder, each with its `manifest.json`. A version with a `profile.toml` is
whole and stands in place of the shipped folder; one without (a tariff, say) lies over what is below it. The law of a
day is the latest whole version in force on it, with every later partial version laid over it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from swclient.base import paths
from swclient.base.errors import UserError
from swclient.base.i18n import N_

MANIFEST = "manifest.json"
WHOLE = "profile.toml"
VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}", re.ASCII)
_ALTERED = N_(
    "The reference pack {country} {version} is not as it was installed: {file} was altered. Install the pack again."
)


@dataclass(frozen=True, slots=True)
class Version:
    """One installed version of a country's data.

    Attributes:
        whole: it stands in place of the shipped folder; otherwise it lies over it.
        digest: SHA-256 of its manifest, which holds the digests of its files.
    """

    country: str
    version: str
    valid_from: date
    folder: Path
    whole: bool
    digest: str


@dataclass(frozen=True, slots=True)
class Stack:
    """What judges: a whole version (None: the one that came with the program), and what lies over it, oldest first."""

    base: Version | None = None
    over: tuple[Version, ...] = ()

    @property
    def versions(self) -> tuple[Version, ...]:
        """All installed versions in it, the lowest first."""
        return (*((self.base,) if self.base else ()), *self.over)

    def name(self, shipped: str) -> str:
        """Return what the stack is called: `2026.11`, or `2026.11+2026.12` with something laid over it."""
        below = self.base.version if self.base else shipped
        return f"{below}+{self.over[-1].version}" if self.over else below


def shelf() -> Path:
    """Return the folder of installed packs; it need not exist."""
    return paths.user_data() / "packs"


def order(version: str) -> tuple[int, ...]:
    """Return a key by which versions are older and newer.

    >>> order("2026.9") < order("2026.11") < order("2026.11.1")
    True
    """
    return tuple(int(part) for part in version.split("."))


def installed(country: str, home: Path | None = None) -> tuple[Version, ...]:
    """Return the installed versions of a country, the oldest first; what is half there is not among them."""
    folder = (home or shelf()) / country
    if not folder.is_dir():
        return ()
    found = [read_version(each) for each in folder.iterdir() if VERSION.fullmatch(each.name)]
    return tuple(sorted((each for each in found if each), key=lambda each: order(each.version)))


def read_version(folder: Path) -> Version | None:
    """Return the version in a folder, None when it has no manifest that can be read."""
    try:
        content = (folder / MANIFEST).read_bytes()
        told: dict[str, Any] = json.loads(content)
        day = date.fromisoformat(told["valid_from"])
        country, version = str(told["country"]), str(told["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Version(country, version, day, folder, (folder / WHOLE).is_file(), hashlib.sha256(content).hexdigest())


def on_day(versions: tuple[Version, ...], day: date, shipped: tuple[str, date | None]) -> Stack:
    """Return what judges a declaration of a day.

    Args:
        versions: the installed ones, oldest first.
        day: of the declaration.
        shipped: version and first day of the folder that came with the program; a newer program hides older whole
            packs, but never a partial one: a tariff that the user installed is worth more than our sample.
    """
    good = [each for each in versions if each.valid_from <= day]
    base = next((each for each in reversed(good) if each.whole), None)
    low = order(base.version) if base else ()
    over = tuple(each for each in good if not each.whole and order(each.version) > low)
    newer, begins = shipped
    hidden = VERSION.fullmatch(newer) and order(newer) > low and (begins is None or begins <= day)
    return Stack(None if hidden else base, over)


def of_name(versions: tuple[Version, ...], name: str) -> Stack:
    """Return the stack that a declaration was made with; what is no longer there is left out of it."""
    below, _, top = name.partition("+")
    base = next((each for each in versions if each.whole and each.version == below), None)
    if not VERSION.fullmatch(top):
        return Stack(base)
    lowest = max((each for each in versions if each.whole and order(each.version) < order(top)), key=_age, default=None)
    low = order(lowest.version) if lowest else ()
    return Stack(base, tuple(each for each in versions if not each.whole and low < order(each.version) <= order(top)))


def _age(version: Version) -> tuple[int, ...]:
    return order(version.version)


def must_be_intact(version: Version) -> None:
    """Hold every file of a version against its manifest.

    Raises:
        UserError: a file was altered or is gone since the pack was installed.
    """
    told = json.loads((version.folder / MANIFEST).read_bytes())
    for row in told["files"]:
        try:
            digest = hashlib.sha256((version.folder / row["path"]).read_bytes()).hexdigest()
        except OSError:
            digest = ""
        if digest != row["sha256"]:
            raise UserError(_ALTERED, country=version.country, version=version.version, file=row["path"])
