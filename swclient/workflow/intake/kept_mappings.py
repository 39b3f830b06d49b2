# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mappings that a person looked over, kept for the supplier and the layout that they were made for.

Each is a file of the folder `mappings` in the data folder: `SUPPLIER-LAYOUT.mapping.json`, both as hashes. The next
file of the same supplier and layout is read with it; else the newest of that supplier, else that of the layout.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from swclient.base.errors import UserError
from swclient.base.log import log

if TYPE_CHECKING:
    from swclient.exchange.mapping import Mapping

FOLDER = "mappings"
SUFFIX = ".mapping.json"
_NOBODY = "0"


class Sender(NamedTuple):
    """Whom a file comes from and what it looks like: name and tax number of the supplier, hash of the layout."""

    name: str
    tax_id: str
    layout: str

    @property
    def key(self) -> str:
        """What the supplier is known by: the tax number where there is one, else the name."""
        known = "".join((self.tax_id or self.name).casefold().split())
        return sha256(known.encode()).hexdigest()[:16] if known else _NOBODY

    @property
    def file(self) -> str:
        """What a mapping for it is kept as."""
        return f"{self.key}-{self.layout or _NOBODY}{SUFFIX}"


class Kept(NamedTuple):
    """A mapping that was kept, and whether it was for this very supplier and layout."""

    mapping: Mapping
    why: str  # `same`, `supplier`, `layout`


def find(home: Path | None, sender: Sender) -> list[Kept]:
    """Return the kept mappings that may fit a file, the likeliest first; one that cannot be read is passed over."""
    if home is None:
        return []
    folder = home / FOLDER
    wanted = [("same", [folder / sender.file])]
    if sender.key != _NOBODY:
        wanted.append(("supplier", _newest(folder, f"{sender.key}-*{SUFFIX}")))
    if sender.layout:
        wanted.append(("layout", _newest(folder, f"*-{sender.layout}{SUFFIX}")))
    found: list[Kept] = []
    seen: set[Path] = set()
    for why, files in wanted:
        for file in files:
            if file not in seen and file.is_file():
                seen.add(file)
                found += [Kept(mapping, why)] if (mapping := _read(file)) is not None else []
    return found


def _newest(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern), key=lambda file: file.stat().st_mtime_ns, reverse=True)


def _read(file: Path) -> Mapping | None:
    from swclient.exchange.mapping import load_mapping

    try:
        return load_mapping(file)
    except UserError as error:
        log.warning("A kept mapping cannot be read: %s", error)
        return None


def keep(home: Path | None, sender: Sender, mapping: Mapping) -> None:
    """Keep a mapping for the next file of its kind; a full disk costs the memory, not the import."""
    from swclient.exchange.mapping import save_mapping

    if home is None:
        return
    try:
        (home / FOLDER).mkdir(parents=True, exist_ok=True)
        save_mapping(mapping, home / FOLDER / sender.file)
    except OSError as error:
        log.warning("A mapping could not be kept: %s", error)
