# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A keyboard without a mouse: presses reach the window through the X server, and each is counted by its kind."""

from __future__ import annotations

import subprocess
from collections import Counter

from tests.robots.plan import GO, TEXT, VERB, Press

_DELAY = "3"  # milliseconds between two keys
_AT_ONCE = 40  # presses handed over in one go
_NAMED = {".": "period", "/": "slash"}
_FIRST_CYRILLIC, _LAST_CYRILLIC = "\u0400", "\u04ff"


class Keyboard:
    """Keys that go to whichever window has the cursor.

    Attributes:
        counted: keys by kind: characters of values, keys that go on, verbs. A combination counts once.
        changes: how often the fingers change between the Latin and the Cyrillic board.
    """

    def __init__(self, env: dict[str, str]) -> None:
        self._env = env
        self.counted: Counter[str] = Counter({TEXT: 0, GO: 0, VERB: 0})
        self.changes = 0
        self._cyrillic = False

    def press(self, presses: list[Press]) -> None:
        """Press one after another."""
        for start in range(0, len(presses), _AT_ONCE):
            words: list[str] = []
            for each in presses[start : start + _AT_ONCE]:
                words += self._order(each)
            subprocess.run(["xdotool", *words], env=self._env, check=True)

    def go(self, *keys: str) -> None:
        """Press keys that go somewhere."""
        self.press([Press(GO, key) for key in keys])

    def verb(self, *keys: str) -> None:
        """Press keys that do something."""
        self.press([Press(VERB, key) for key in keys])

    def _order(self, each: Press) -> list[str]:
        self.counted[each.kind] += len(each.what) if each.kind == TEXT else 1
        if each.kind != TEXT:
            return ["key", "--delay", _DELAY, _NAMED.get(each.what, each.what)]
        for letter in each.what:
            cyrillic = _FIRST_CYRILLIC <= letter <= _LAST_CYRILLIC
            if letter.isalpha() and cyrillic != self._cyrillic:
                self.changes += 1
                self._cyrillic = cyrillic
        return ["type", "--delay", _DELAY, "--args", "1", "--", each.what]
