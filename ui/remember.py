# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window remembers between two starts: language, theme, its size, its splitters, what was open.

Kept as a small JSON file beside the store. A file that cannot be read is as good as none: nothing here is worth more
than a click.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FILE = "window.json"


class Memory:
    """A few named values."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._held: dict[str, Any] = {}
        try:
            held = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if isinstance(held, dict):
            self._held = held

    def text(self, name: str, default: str = "") -> str:
        """Return a remembered word."""
        held = self._held.get(name, default)
        return held if isinstance(held, str) else default

    def numbers(self, name: str) -> list[int]:
        """Return remembered sizes, empty for none."""
        held = self._held.get(name)
        good = isinstance(held, list) and all(isinstance(each, int) for each in held)
        return list(held) if good and isinstance(held, list) else []

    def keep(self, **values: object) -> None:
        """Remember values, and write them down whole or not at all."""
        if all(self._held.get(name) == value for name, value in values.items()):
            return
        self._held.update(values)
        fresh = self._file.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(self._held, ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(self._file)
        except OSError:  # a full disk must not stop the typing
            return
