# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The column at the right: findings, why, help, one under another, all following the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from ..parts.frames import Splitter
from ..parts.plain import Panel
from .explain import Why
from .findings import Findings
from .help import Help

if TYPE_CHECKING:
    from ..forms.stage import Stage

WIDE = 300
_MOST = 0.65  # of the column's height that help may take while the cursor is in it


class Column(Panel):
    """The three panels on one ground."""

    lowered = Signal()  # help gave its room back

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings, self.why, self.help = Findings(), Why(), Help()
        self.split = Splitter(Qt.Orientation.Vertical)
        for each in (self.findings, self.why, self.help):
            self.split.addWidget(each)
        self.split.setSizes([300, 220, 180])
        for place, stretch in enumerate((5, 4, 3)):
            self.split.setStretchFactor(place, stretch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        self.setMinimumWidth(220)
        self.help.left.connect(self.return_cursor)
        self._from: QWidget | None = None  # where the cursor was before it came to help
        self._sizes: list[int] = []  # of the panels before help was raised; none while it is not

    def show_stage(self, stage: Stage | None) -> None:
        """Follow another declaration, or none."""
        for each in (self.findings, self.why, self.help):
            each.show_stage(stage)

    def turn_help(self) -> None:
        """Bring help up with the cursor in it; the second time, go back to the box."""
        if self._sizes or self.help.area.hasFocus():
            self.return_cursor()
            return
        self._from = _lasting(QApplication.focusWidget())
        self.show()
        self._sizes = self.split.sizes()
        self.help.take_cursor()
        self._raise()
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]  # there is one

    def return_cursor(self) -> None:
        """Go from help back to where the cursor was."""
        back, self._from = self._from, None
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.help.jump_back()
        self._lower()

    def _raise(self) -> None:
        """Give help the height that its words need, as far as the others can spare it."""
        whole = sum(self._sizes)
        wanted = min(max(self.help.height_wanted(), self._sizes[2]), int(whole * _MOST))
        above = max(sum(self._sizes[:2]), 1)
        first = self._sizes[0] * (whole - wanted) // above
        self.split.setSizes([first, whole - wanted - first, wanted])

    def _lower(self) -> None:
        if self._sizes:
            QApplication.instance().focusChanged.disconnect(self._moved)  # type: ignore[union-attr]  # there is one
            self.split.setSizes(self._sizes)
            self._sizes = []
            self.lowered.emit()

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """The cursor went elsewhere by itself: help gives its room back; another window is not elsewhere."""
        if now is not None and now is not self.help and not self.help.isAncestorOf(now):
            self._lower()


def _lasting(widget: QWidget | None) -> QWidget | None:
    """Return what a cursor can come back to: of an editor in a cell, which goes with the cursor, its table."""
    place = widget
    while place is not None and not isinstance(place, QAbstractItemView):
        place = place.parentWidget()
    return place or widget
