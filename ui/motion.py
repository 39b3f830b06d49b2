# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether anything on the screen moves by itself: the cursor that blinks, menus, lists and hints that slide or fade.

Nothing of our own moves: what does is Qt's. `system` asks the desktop what its user wishes; a desktop that cannot be
asked is taken to wish for no change.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from swclient.base import paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

WISHES = ("system", "still", "moving")
_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
_CLIENT_AREA_ANIMATION = 0x1042  # SPI_GETCLIENTAREAANIMATION
_first: dict[object, int] = {}  # as Qt and the platform had it when the program began


def choose(app: QApplication, asked: str) -> None:
    """Put a wish in force: `still` has nothing move, `moving` lets it, `system` does as the desktop does."""
    hints = app.styleHints()
    if not _first:
        _first.update({effect: app.isEffectEnabled(effect) for effect in _EFFECTS})
        _first["blink"] = hints.cursorFlashTime()
    still = is_still(asked)
    for effect in _EFFECTS:
        app.setEffectEnabled(effect, not still and bool(_first[effect]))
    hints.setCursorFlashTime(0 if still else _first["blink"])


def is_still(asked: str) -> bool:
    """Tell whether nothing is to move under a wish."""
    return asked == "still" or (asked != "moving" and system_is_still())


def system_is_still() -> bool:
    """Tell whether the desktop's user wishes for no motion, as far as the desktop can be asked."""
    if sys.platform == "win32":
        return _windows_is_still()
    told = os.environ.get("GTK_ENABLE_ANIMATIONS", "")
    return told == "0" if told else any(_says_still(folder) for folder in ("gtk-4.0", "gtk-3.0"))


def _says_still(folder: str) -> bool:
    """Read the file in which desktops tell programs of any kit what their user wishes."""
    from configparser import ConfigParser, Error

    read = ConfigParser(interpolation=None, strict=False)
    try:
        read.read(paths.desktop_settings() / folder / "settings.ini", encoding="utf-8")
    except (OSError, ValueError, Error):
        return False
    return read.get("Settings", "gtk-enable-animations", fallback="1").strip().casefold() in {"0", "false"}


def _windows_is_still() -> bool:
    import ctypes

    answer = ctypes.c_int(1)
    windll = getattr(ctypes, "windll", None)
    if windll is None:
        return False
    windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(answer), 0)
    return not answer.value
