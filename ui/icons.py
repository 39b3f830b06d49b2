# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One family of icons, drawn as letters of its font, in any colour and size.

The glyphs are those of Phosphor as the package `qtawesome` carries them. The package itself is not imported: it
would load every family it has (0.2 s); its font and its table of names are read after the first paint. Until
then, or where it is not installed, nothing is drawn: an icon never stands without a word.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

_state = {"family": ""}
_names: dict[str, str] = {}


def load() -> bool:
    """Make the icons drawable; return False where the family is not installed."""
    if _state["family"]:
        return True
    found = find_spec("qtawesome")
    folder = Path(found.origin).parent / "fonts" if found and found.origin else None
    faces = sorted(folder.glob("phosphor-[0-9]*.ttf")) if folder else []
    tables = sorted(folder.glob("phosphor-charmap-*.json")) if folder else []
    if not faces or not tables:
        return False
    number = QFontDatabase.addApplicationFont(str(faces[-1]))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        return False
    import json

    table = json.loads(tables[-1].read_text(encoding="utf-8"))
    _names.update((name, chr(int(code, 16))) for name, code in table.items())
    _state["family"] = families[0]
    return True


def known() -> bool:
    """Tell whether icons can be drawn by now."""
    return bool(_state["family"])


def draw(painter: QPainter, place: QRectF, name: str, colour: QColor, size: int = 16) -> None:
    """Draw an icon in the middle of a place; nothing while the family is not loaded."""
    glyph = _names.get(name)
    if glyph is None:
        return
    painter.save()
    painter.setFont(_face(_state["family"], size))
    painter.setPen(colour)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), glyph)
    painter.restore()


@lru_cache(maxsize=8)
def _face(family: str, size: int) -> QFont:
    face = QFont(family)
    face.setPixelSize(size)
    return face
