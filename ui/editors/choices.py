# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list under a coded box: code and name, moved through by keys while the cursor stays in the box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from .. import theme
from ..parts import paint
from ..parts.frames import slim
from ..parts.listing import AnyIndex, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from swclient.workflow.views import Choice

_SHOWN = 9
_NARROW = 320
_WIDE = 560


class Choices(Protocol):
    """Where the codes of a box come from."""

    def find(self, text: str) -> Sequence[Choice]:
        """Return the codes that fit a text, the best first."""

    def all(self) -> Sequence[Choice]:
        """Return every code in order."""

    def nearest(self, text: str) -> int:
        """Return the position in `all()` where a code stands or would stand."""


def _told(row: Choice) -> str:
    return f"{row.code}  {row.name}"


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(_NARROW, theme.ROW - theme.XS)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        now = theme.colours()
        row = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, now.select)
        room = rect.adjusted(theme.S, 0, -theme.S, 0)
        painter.setFont(paint.face(theme.BODY))
        code = painter.fontMetrics().horizontalAdvance(row.code)
        paint.text(painter, room, row.code, now.ink)
        paint.text(
            painter,
            room.adjusted(max(code, 32) + theme.M, 0, 0, 0),
            row.name,
            now.ink if chosen else now.muted,
        )


class ChoiceList(QListView):
    """The open list; a child of the window, so that it neither takes the focus nor is left behind."""

    chosen = Signal(str)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self._owner = owner
        slim(self)
        self._rows = Rows(_told, Qt.ItemDataRole.ToolTipRole)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFillBackground(True)
        self.setMouseTracking(True)
        self.clicked.connect(self._take)
        owner.destroyed.connect(self.deleteLater)
        self.hide()

    def open(self, rows: Sequence[Choice], current: int = -1) -> None:
        """Show codes under the box, with one of them current; close where there are none."""
        self._rows.fill(rows)
        if not rows:
            self.hide()
            return
        self._place(min(len(rows), _SHOWN))
        self.show()
        self.raise_()
        if current >= 0:
            place = self._rows.index(min(current, len(rows) - 1), 0)
            self.setCurrentIndex(place)
            self.scrollTo(place, QListView.ScrollHint.PositionAtCenter)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def current(self) -> str:
        """Return the code that the keys stand on, empty for none."""
        index = self.currentIndex()
        return self._rows.rows[index.row()].code if index.isValid() else ""

    def move_by(self, steps: int) -> None:
        """Move up or down; from nowhere, down comes to the first."""
        row = self.currentIndex().row() + steps if self.currentIndex().isValid() else max(steps - 1, 0)
        row = max(0, min(row, self._rows.rowCount() - 1))
        self.setCurrentIndex(self._rows.index(row, 0))

    def _take(self, index: QModelIndex) -> None:
        self.chosen.emit(self._rows.rows[index.row()].code)

    def _place(self, rows: int) -> None:
        window = self._owner.window()
        corner = self._owner.mapTo(window, QPoint(0, self._owner.height() + theme.XS))
        wide = min(max(self._owner.width(), _NARROW), _WIDE)
        tall = rows * (theme.ROW - theme.XS) + 4
        left = max(0, min(corner.x(), window.width() - wide - theme.S))
        top = corner.y()
        if top + tall > window.height():
            top = corner.y() - self._owner.height() - 2 * theme.XS - tall
        self.setGeometry(left, top, wide, tall)
