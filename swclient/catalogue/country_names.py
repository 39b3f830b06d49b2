# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the countries of the profiles are called, told without loading a profile."""

from __future__ import annotations

from pathlib import Path

from swclient.base import paths
from swclient.catalogue.loader import read_toml


def names_of_profile(code: str, root: Path | None = None) -> dict[str, str]:
    """Return what a profile's country is called, by language, without loading the profile."""
    home = (root or paths.shipped("resources")) / "profiles"
    return {str(each): str(name) for each, name in read_toml(home / code / "profile.toml").get("name", {}).items()}
