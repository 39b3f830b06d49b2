# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Colours, sizes and the type face: the only module that knows a colour by its number.

Two themes, light and dark, chosen by the system or by the user. Widgets paint with `colours()`, or through the
palette, whose spare roles carry what Qt has no name for: `BrightText` error, `LinkVisited` warning, `Link` accent,
`PlaceholderText` muted, `Mid` line, `AlternateBase` panel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from swclient.base import paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

# One face in two files: what the first paint needs, and all of it, Chinese too, which takes its turn right behind.
FAMILIES = ("SWC Sans UI", "SWC Sans")
# The grid of 4 px: gaps, and the heights that everything is built from.
XS, S, M, L, XL = 4, 8, 12, 16, 24
ROW = 28  # as the density in force says, see `choose_density`
CAPTION_ROW = 18
CORNER = 4
BAR = 3
# Heights of a row and of the caption over it, by what the user wishes.
DENSITIES = {"compact": (24, 16), "normal": (28, 18), "comfortable": (34, 20)}
# The type scale, in device-independent pixels.
CAPTION, BODY, TITLE, BIG = 11, 13, 15, 20


class Colours(NamedTuple):
    """The roles of a theme."""

    paper: QColor
    panel: QColor
    field: QColor
    ink: QColor
    muted: QColor
    line: QColor
    accent: QColor
    on_accent: QColor
    select: QColor
    hover: QColor
    error: QColor
    warning: QColor
    good: QColor


def _colours(*names: str) -> Colours:
    return Colours(*(QColor(name) for name in names))


LIGHT = _colours(
    "#FBFBF9",
    "#F1F1EE",
    "#FFFFFF",
    "#1B1F23",
    "#5B646D",
    "#D7D7D2",
    "#0B5F6A",
    "#FFFFFF",
    "#D8E9EA",
    "#E7E7E2",
    "#A8201A",
    "#8A5800",
    "#1E6B3A",
)
DARK = _colours(
    "#15181B",
    "#1D2125",
    "#1F2429",
    "#E6E8EA",
    "#9AA4AE",
    "#333A41",
    "#5CC2CF",
    "#0E1B1D",
    "#1F3D42",
    "#2A3036",
    "#FF8A80",
    "#F0B35A",
    "#7BD49A",
)
# What stands on what; a test holds each pair to 4.5:1.
PAIRS = (
    *(
        (front, ground)
        for front in ("ink", "muted", "accent", "error", "warning", "good")
        for ground in ("paper", "panel", "field")
    ),
    ("ink", "select"),
    ("ink", "hover"),
    *((front, ground) for front in ("muted", "error", "warning", "good") for ground in ("select", "hover")),
    ("accent", "select"),
    ("on_accent", "accent"),
)

_state = {"colours": LIGHT, "wish": "system"}


def colours() -> Colours:
    """Return the roles of the theme in force."""
    now = _state["colours"]
    return now if isinstance(now, Colours) else LIGHT


def is_dark() -> bool:
    """Tell whether the dark theme is in force."""
    return colours() is DARK


def wish() -> str:
    """Return what the user asked for: `system`, `light` or `dark`."""
    return str(_state["wish"])


def choose_density(asked: str) -> None:
    """Have rows as high as the user wishes, `normal` for what is none of `DENSITIES`; see `parts.density` for live."""
    global ROW, CAPTION_ROW
    ROW, CAPTION_ROW = DENSITIES.get(asked, DENSITIES["normal"])


def font(size: int = BODY, *, bold: bool = False) -> QFont:
    """Return the program's face in a size of the type scale."""
    made = QFont(FAMILIES)
    made.setPixelSize(size)
    made.setBold(bold)
    return made


def load_first_faces() -> None:
    """Make known to Qt what the first paint is written with; without it Qt takes a face of the system."""
    _load_family("SWCSansUI")


def load_all_letters() -> None:
    """Make the whole face known to Qt: from now on Chinese is written in it too."""
    _load_family("SWCSans")


def _load_family(file: str) -> None:
    try:
        folder = paths.shipped("resources") / "fonts"
    except FileNotFoundError:
        return
    for weight in ("Regular", "Bold"):
        path = folder / f"{file}-{weight}.ttf"
        if path.is_file():
            QFontDatabase.addApplicationFont(str(path))


def choose(app: QApplication, asked: str) -> None:
    """Put a theme in force: `system` follows the desktop, `light` and `dark` do not."""
    _state["wish"] = asked
    dark = asked == "dark" or (asked == "system" and _system_is_dark(app))
    _state["colours"] = DARK if dark else LIGHT
    app.setPalette(palette(colours()))


def follow_system(app: QApplication, changed: Callable[[], None]) -> None:
    """Change with the desktop while the user wishes so, and say so."""

    def follow() -> None:
        if wish() == "system":
            choose(app, "system")
            changed()

    app.styleHints().colorSchemeChanged.connect(follow)


def _system_is_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def palette(theme: Colours) -> QPalette:
    """Return a theme as Qt's palette."""
    role = QPalette.ColorRole
    made = QPalette(theme.ink, theme.paper, theme.field, theme.line, theme.line, theme.ink, theme.field)
    for name, colour in (
        (role.Window, theme.paper),
        (role.WindowText, theme.ink),
        (role.Base, theme.field),
        (role.AlternateBase, theme.panel),
        (role.Text, theme.ink),
        (role.Button, theme.panel),
        (role.ButtonText, theme.ink),
        (role.PlaceholderText, theme.muted),
        (role.Mid, theme.line),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.ToolTipBase, theme.panel),
        (role.ToolTipText, theme.ink),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.warning),
        (role.BrightText, theme.error),
        (role.Accent, theme.accent),
    ):
        made.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, theme.muted)
    return made


def contrast(front: QColor, ground: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(front), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    bends = [c / 12.92 if c <= _KNEE else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * bends[0] + 0.7152 * bends[1] + 0.0722 * bends[2]


_KNEE = 0.04045
