# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys as fingers know them, whatever alphabet the keyboard writes.

Qt gives the Cyrillic letter where only a Cyrillic layout is set up, and then Ctrl+C is Ctrl+С to it. The place
of the key decides here: by its scan code where the platform tells one, else by the letter of the usual layout.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

# Places of letters, digits and signs on the board, in the order of their scan codes (set 1, the same as evdev).
_ROWS = ((2, "1234567890-="), (16, "QWERTYUIOP[]"), (30, "ASDFGHJKL;'`"), (44, "ZXCVBNM,./"))
_BY_SCAN = {start + n: letter for start, row in _ROWS for n, letter in enumerate(row)}
# The same places on the Cyrillic boards of our countries.
_CYRILLIC = (
    ("ЙЦУКЕНГШЩЗХЪ", "QWERTYUIOP[]"),
    ("ФЫВАПРОЛДЖЭЁ", "ASDFGHJKL;'`"),
    ("ЯЧСМИТЬБЮ", "ZXCVBNM,."),
    ("ӘІҢҒҰҚҺ", "234590="),  # Kazakh letters where others have digits
    ("ФЦУЖЭНГШҮЗ", "QWERTYUIOP"),  # Mongolian
    ("ЙЫБӨАХРОЛ", "ASDFGHJKL"),
)
_BY_LETTER: dict[str, str] = {}
for _from, _to in reversed(_CYRILLIC):  # the Russian board, listed first, has the last word
    _BY_LETTER.update(zip(_from, _to, strict=True))
_X11_OFFSET = 8
_FIRST_OTHER, _LAST_OTHER = 0x0370, 0x058F  # Greek, Cyrillic, Armenian


def latin(event: QKeyEvent) -> QKeyEvent:
    """Return the event as a Latin board would have sent it, where Ctrl or Alt is held; else the event itself."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if not held or not _FIRST_OTHER <= event.key() <= _LAST_OTHER:
        return event
    letter = _by_place(event.nativeScanCode()) or _BY_LETTER.get(chr(event.key()), "")
    if not letter:
        return event
    return QKeyEvent(QEvent.Type(event.type()), ord(letter), event.modifiers(), "", event.isAutoRepeat())


def _by_place(scan: int) -> str:
    if not scan or sys.platform == "darwin":
        return ""
    offset = _X11_OFFSET if sys.platform.startswith("linux") else 0
    return _BY_SCAN.get(scan - offset, "")


def letter(event: QKeyEvent) -> str:
    """Return the Latin letter at the key's place, whatever alphabet the board writes; empty for any other key."""
    key = event.key()
    found = chr(key) if key < _FIRST_OTHER else ""
    if _FIRST_OTHER <= key <= _LAST_OTHER:
        found = _by_place(event.nativeScanCode()) or _BY_LETTER.get(chr(key), "")
    return found if found.isascii() and found.isalpha() else ""


def combination(event: QKeyEvent) -> QKeyCombination:
    """Return key and modifiers; the keypad's Enter and digits count as the board's."""
    event = latin(event)
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeyCombination(held, key)


def is_enter(event: QKeyEvent) -> bool:
    """Tell whether this is Enter alone, of either kind."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and held == Qt.KeyboardModifier.NoModifier
