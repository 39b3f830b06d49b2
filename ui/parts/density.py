# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Heights told in rows, so that what is open already follows when the user wishes for denser or looser rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from .. import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QHeaderView, QWidget

_ROWS, _EXTRA, _SECTIONS = "heightInRows", "heightBesidesRows", "sectionsAreRows"


@runtime_checkable
class Laid(Protocol):
    """What lays its children out by hand."""

    def lay_anew(self) -> None:
        """Lay out with the heights in force."""


def fix_rows(widget: QWidget, rows: int = 1, extra: int = 0) -> None:
    """Fix a widget's height to so many rows and so many pixels besides, whatever a row is now or later."""
    widget.setProperty(_ROWS, rows)
    widget.setProperty(_EXTRA, extra)
    widget.setFixedHeight(rows * theme.ROW + extra)


def row_sections(header: QHeaderView) -> None:
    """Have the lines of a table as high as rows are, now and later."""
    header.setProperty(_SECTIONS, True)  # noqa: FBT003 - Qt's own signature
    header.setDefaultSectionSize(theme.ROW)


def choose(asked: str) -> None:
    """Put a density in force, live."""
    from PySide6.QtWidgets import QApplication

    theme.choose_density(asked)
    _follow(QApplication.allWidgets())


def _follow(widgets: Iterable[QWidget]) -> None:
    """Give widgets the heights in force; who lays out by hand does so anew."""
    from PySide6.QtWidgets import QAbstractItemView, QHeaderView

    for widget in widgets:
        rows = widget.property(_ROWS)
        if isinstance(rows, int):
            fix_rows(widget, rows, int(widget.property(_EXTRA)))
        if isinstance(widget, QHeaderView) and widget.property(_SECTIONS):
            row_sections(widget)
        if isinstance(widget, QAbstractItemView):
            widget.scheduleDelayedItemsLayout()
        if isinstance(widget, Laid):
            widget.lay_anew()
        widget.updateGeometry()
        widget.update()
