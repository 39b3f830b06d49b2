# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which editor a field gets: by its kind, its list and the lines it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .code import CodeEditor
from .day import DayEditor
from .figure import FigureEditor, GivenEditor
from .flag import FlagEditor
from .lines import LinesEditor
from .text import TextEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from swclient.catalogue.field import Field

Editor = TextEditor | CodeEditor | DayEditor | FigureEditor | GivenEditor | FlagEditor | LinesEditor

# Every kind of the catalogue has its face; a test says if one lacks it.
FACES: dict[str, type[Editor]] = {
    "charges": GivenEditor,
    "code": CodeEditor,
    "container": TextEditor,
    "count": FigureEditor,
    "date": DayEditor,
    "digits": TextEditor,
    "flag": FlagEditor,
    "mass": FigureEditor,
    "money": FigureEditor,
    "quantity": FigureEditor,
    "rate": FigureEditor,
    "tax_id": TextEditor,
    "text": TextEditor,
    "totals": GivenEditor,
}


def make_editor(field: Field, parent: QWidget | None = None, lines: int = 1) -> Editor:
    """Return the editor for a field; `lines` above one gives words room to run on."""
    if lines > 1:
        return LinesEditor(parent)
    if field.list_name:
        return CodeEditor(parent)
    return FACES[field.kind.name](parent)
