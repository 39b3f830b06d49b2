# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of files that came from elsewhere, made safe to write on any system and honest to read."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

NAMELESS = "file"
_MOST = 150  # bytes in UTF-8: the system allows 255, and a number and the ending of a half-written file come on top
_SUFFIX = 16  # characters of an ending that is kept when the name is cut
_SIGNS = re.compile(r'[<>:"|?*]')
_PARTS = re.compile(r"[/\\]")
_BLANKS = re.compile(r"\s+")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ .]*$", re.IGNORECASE)


def safe_name(name: str) -> str:
    """Return the name of a file without anything that leads elsewhere, hides something or is refused by a system.

    No part of a path; no control characters and none that turn the direction of writing or are not seen; no sign that
    Windows refuses, none of its reserved names; no dot or blank at either end; at most 150 bytes, the ending kept.
    """
    bare = _PARTS.split(name)[-1]
    seen = "".join(sign for sign in unicodedata.normalize("NFC", bare) if _seen(sign))
    clean = _ends(_BLANKS.sub(" ", _SIGNS.sub("_", seen)))
    stem, dot, rest = clean.partition(".")
    if _RESERVED.match(stem):
        clean = f"_{stem}{dot}{rest}"
    return _cut(clean) or NAMELESS


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name that is not among those taken, whatever the case of its letters: `list (2).pdf`."""
    used = {each.casefold() for each in taken}
    path, number, found = PurePath(name), 1, name
    while found.casefold() in used:
        number += 1
        found = f"{path.stem} ({number}){path.suffix}"
    return found


def _seen(sign: str) -> bool:
    return sign.isspace() or not unicodedata.category(sign).startswith("C")


def _ends(name: str) -> str:
    return name.strip(" .")


def _cut(name: str) -> str:
    if len(name.encode()) <= _MOST:
        return name
    suffix = PurePath(name).suffix
    suffix = suffix if len(suffix) <= _SUFFIX else ""
    room = _MOST - len(suffix.encode())
    stem = name.removesuffix(suffix).encode()[:room].decode("utf-8", "ignore")
    return _ends(stem) + suffix
