# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The note beside an encrypted store that says with which key it is: it names keys by their ids and holds none.

It is `<store>.cipher`; a copy's own note says the same.
"""

from __future__ import annotations

import json
from pathlib import Path

from swclient.base.files import replace_file


def note_file(store: Path) -> Path:
    """Return where the note of an encrypted store lies, which says with which key it is."""
    return store.with_name(f"{store.name}.cipher")


def noted(file: Path) -> tuple[str, ...]:
    """Return the ids of the keys that a file may be encrypted with, as notes beside it say; none for a plain one."""
    for ending in (".cipher", ".json"):
        try:
            told = json.loads(file.with_name(f"{file.name}{ending}").read_text(encoding="utf-8"))
            if told.get("key"):
                return tuple(str(told["key"]).split())
        except (OSError, ValueError, AttributeError):
            continue
    return ()


def write_note(store: Path, *ids: str) -> None:
    """Note which keys a store may be encrypted with, whole or not at all; none = it is not."""
    target = note_file(store)
    if not ids:
        target.unlink(missing_ok=True)
        return
    told = {"cipher": "SQLCipher 4", "key": " ".join(dict.fromkeys(ids))}
    replace_file(target, json.dumps(told).encode(), private=True)
