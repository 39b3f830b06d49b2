# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window remembers between two starts: language, theme, its size, its splitters, what was open.

Kept beside the store as lines of `name = value`, which are read before the first paint without loading anything. A
file that cannot be read is as good as none: nothing here is worth more than a click.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE = "window.conf"


class Memory:
    """A few named values: words, and rows of whole numbers."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._held: dict[str, str] = {}
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return
        for line in lines:
            name, sign, value = line.partition("=")
            if sign:
                self._held[name.strip()] = value.strip()

    def text(self, name: str, default: str = "") -> str:
        """Return a remembered word."""
        return self._held.get(name, default)

    def numbers(self, name: str) -> list[int]:
        """Return remembered sizes, empty for none."""
        words = self._held.get(name, "").split()
        return [int(word) for word in words] if all(word.isdecimal() for word in words) else []

    def keep(self, **values: str | list[int]) -> None:
        """Remember values, and write them down whole or not at all."""
        fresh = {name: value if isinstance(value, str) else " ".join(map(str, value)) for name, value in values.items()}
        if all(self._held.get(name) == value for name, value in fresh.items()):
            return
        self._held.update(fresh)
        beside = self._file.with_suffix(".new")
        try:
            beside.write_text("".join(f"{name} = {value}\n" for name, value in self._held.items()), encoding="utf-8")
            beside.replace(self._file)
        except OSError:  # a full disk must not stop the typing
            return
