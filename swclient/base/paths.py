# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things are: what came with the program, and what belongs to the user.

No other module asks for the home folder or reads environment variables for paths.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return a folder that came with the program: in the package when installed, beside it in a checkout.

    Raises:
        FileNotFoundError: there is no such folder in either place.
    """
    for base in (_PACKAGE, _PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(name)


def user_data() -> Path:
    """Return the user's data folder, made if need be; `SWCLIENT_HOME` moves it (portable use, tests)."""
    moved = os.environ.get("SWCLIENT_HOME")
    home = Path(moved) if moved else _usual_home()
    home.mkdir(parents=True, exist_ok=True)
    return home


def _usual_home() -> Path:
    """Return where the platform wants a program's data; on Linux that is one rule, told here to start sooner."""
    if sys.platform == "linux":
        shared = os.environ.get("XDG_DATA_HOME", "").strip()
        home = (Path(shared) if shared else Path.home() / ".local" / "share") / "swclient"
    else:
        from platformdirs import user_data_path

        home = user_data_path("swclient", appauthor=False)
    return home


def desktop_settings() -> Path:
    """Return where a desktop on Linux keeps what its user wishes of all programs."""
    shared = os.environ.get("XDG_CONFIG_HOME", "").strip()
    return Path(shared) if shared else Path.home() / ".config"


def wished_store() -> str:
    """Return the address of the store that the environment asks for (`SWCLIENT_STORE`); empty for the user's own."""
    return os.environ.get("SWCLIENT_STORE", "").strip()


def store_file() -> Path:
    """Return where the user's declarations are kept."""
    return user_data() / "declarations.db"
