# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files a pack may hold: data of a country folder under plain names, and nothing that could land elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

from swclient.base.errors import UserError
from swclient.base.i18n import N_

MAX_FILES = 1_000
MAX_FILE = 64 * 1024 * 1024
MAX_TOTAL = 256 * 1024 * 1024

_ROOT_FILES = frozenset(
    {
        "profile.toml",
        "boxes.toml",
        "pages.toml",
        "help.toml",
        "rates.toml",
        "exchange_rates.csv",
        "exchange.toml",
        "permits.toml",
        "tax.toml",
    }
)
_FOLDERS = {
    "lists": ".csv",
    "tariff": ".csv",
    "rules": ".toml",
    "print": ".toml",
    "message": ".xml",
}
_LEFT_OUT = frozenset({"cases"})  # how the rules are tested; a user has no need of them
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.ASCII | re.IGNORECASE)
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_STRANGE = N_("{file} is not a file of a country folder; a pack holds lists, rules, tariff, rates and forms.")
_NONE = N_("There is nothing in {folder} that a pack could hold.")
_UNREADABLE = N_("{file} cannot be read: {reason}")


def may_hold(path: str) -> bool:
    """Tell whether a path within a pack is one of a country folder: no way out, nothing that a system takes amiss."""
    parts = path.split("/")
    if not all(_NAME.fullmatch(part) and not _RESERVED.fullmatch(part) and not part.endswith(".") for part in parts):
        return False
    if len(parts) == 1:
        return path in _ROOT_FILES
    return len(parts) == 2 and path.endswith(_FOLDERS.get(parts[0], "\0"))  # noqa: PLR2004 - a folder and a file


def is_hostile(path: str, data: bytes) -> bool:
    """Tell whether a file holds what no data needs: document types and entities of XML, NUL characters."""
    return b"\0" in data or (path.endswith(".xml") and bool(_DECLARES.search(data)))


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a country folder by their paths in a pack.

    Raises:
        UserError: the folder cannot be read, is empty, or holds what a pack cannot.
    """
    found: dict[str, bytes] = {}
    try:
        for file in sorted(folder.rglob("*")):
            path = file.relative_to(folder).as_posix()
            if not file.is_file() or path.split("/")[0] in _LEFT_OUT or file.name.startswith((".", "manifest.")):
                continue
            if file.is_symlink() or not may_hold(path):
                raise UserError(_STRANGE, file=path)
            found[path] = file.read_bytes()
    except OSError as error:
        raise UserError(_UNREADABLE, file=str(folder), reason=error.strerror or str(error)) from error
    if not found:
        raise UserError(_NONE, folder=str(folder))
    return found
