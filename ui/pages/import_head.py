# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The head rows of a sheet as they stand in the file, over each column the box that it goes to.

Said by example: with the cursor on a cell, type what box its value belongs to; the whole column goes there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from swclient.base.i18n import _

from .. import keys, theme
from ..forms.heading import Heading
from ..parts import paint
from ..parts.frames import slim
from ..words import box_number, label_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from swclient.catalogue.field import Field
    from swclient.workflow.intake.sheet_import import Head

    from ..parts.listing import AnyIndex

_ROW = 24
_LEAST, _MOST = 72, 240
_NOTHING = QModelIndex()


class HeadModel(QAbstractTableModel):
    """The rows of one sheet."""

    def __init__(self, named: Callable[[str], Field | None]) -> None:
        super().__init__()
        self.head: Head | None = None
        self._named = named

    def show_head(self, head: Head | None) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.head = head
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOTHING) -> int:
        """Return how many rows are on show."""
        return 0 if parent.isValid() or self.head is None else len(self.head.rows)

    def columnCount(self, parent: AnyIndex = _NOTHING) -> int:
        """Return how many columns the sheet has."""
        return 0 if parent.isValid() or self.head is None else len(self.head.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell; to a screen reader with the box that its column goes to."""
        if self.head is None or not index.isValid():
            return None
        text = self.head.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{text or _('empty')}, {self.goes(index.column()) or _('left out')}"
        return text if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the box of a column, or the number that a row has in the file."""
        if self.head is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if way == Qt.Orientation.Vertical:
            return self.head.first + section + 1
        return self.goes(section) or _("left out")

    def field(self, section: int) -> Field | None:
        """Return the first field that a column goes to, None for none."""
        fields = self.head.columns[section].fields if self.head is not None else ()
        return self._named(fields[0]) if fields else None

    def goes(self, section: int) -> str:
        """Return in words where a column goes, empty for nowhere."""
        fields = self.head.columns[section].fields if self.head is not None else ()
        found = (self._named(each) for each in fields)
        return " + ".join(f"{box_number(each)} {label_of(each)}".strip() for each in found if each is not None)


class _Top(Heading):
    """Box number and label over each column."""

    def told(self, section: int) -> tuple[str, str, bool]:
        """Return number and label of a column's box."""
        model = self.model()
        field = model.field(section) if isinstance(model, HeadModel) else None
        if field is None:
            return "", _("left out"), False
        return box_number(field), label_of(field), False

    def _sorted(self, _section: int) -> str:
        return ""


class _Painter(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        if not isinstance(model, HeadModel) or model.head is None:
            return
        now = theme.colours()
        rect: QRect = option.rect
        here = bool(option.state & QStyle.StateFlag.State_Selected)
        heading = index.row() < model.head.headings
        painter.fillRect(rect, now.select if here else now.panel if heading else now.field)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), now.line)
        painter.setFont(paint.face(theme.CAPTION if heading else theme.BODY, bold=heading))
        idle = not model.head.columns[index.column()].fields
        paint.text(
            painter, rect.adjusted(theme.S, 0, -theme.S, 0), str(index.data() or ""), now.muted if idle else now.ink
        )
        if here and option.state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, -1, -1), None, now.accent, 2)


class HeadTable(QTableView):
    """The rows; letters, Enter, Space and F8 ask where a column goes, Del leaves it out."""

    asked = Signal(str)  # what was typed, to look for
    left_out = Signal()

    def __init__(self, named: Callable[[str], Field | None]) -> None:
        super().__init__()
        slim(self)
        self.held = HeadModel(named)
        self.setModel(self.held)
        self.setItemDelegate(_Painter(self))
        self.top = _Top(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(self.top)
        self.setVerticalHeader(Heading(Qt.Orientation.Vertical, self))
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setShowGrid(False)
        corner = self.findChild(QAbstractButton)
        if corner is not None:
            corner.hide()  # it selects all, which means nothing here
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.doubleClicked.connect(lambda _index: self.asked.emit(""))

    def show_head(self, head: Head | None) -> None:
        """Show a sheet; the cursor stays in its cell where there is one."""
        row, place = max(self.currentIndex().row(), 0), max(self.currentIndex().column(), 0)
        self.held.show_head(head)
        if head is None:
            return
        for each in range(len(head.columns)):
            told = paint.metrics(theme.CAPTION, bold=True).horizontalAdvance(self.held.goes(each)) + 2 * theme.S + 8
            texts = [paint.metrics(theme.BODY).horizontalAdvance(line[each]) for line in head.rows]
            self.setColumnWidth(each, min(max(told, *texts, _LEAST) + 2 * theme.S, _MOST))
        first = head.headings if row < head.headings < len(head.rows) else row
        self.setCurrentIndex(self.held.index(min(first, len(head.rows) - 1), min(place, len(head.columns) - 1)))

    def below(self) -> QPoint:
        """Return where the cell of the cursor ends, in the window."""
        rect = self.visualRect(self.currentIndex())
        return self.viewport().mapTo(self.window(), QPoint(rect.left(), rect.bottom()))

    def sizeHint(self) -> QSize:
        """Return room for all rows on show, their heading and the bar below."""
        return QSize(600, _ROW * max(self.held.rowCount(), 4) + 26 + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask where the column goes."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_F8, Qt.Key.Key_F2} or keys.is_enter(event):
            self.asked.emit("")
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.left_out.emit()
        elif plain and event.text().strip() and event.text().isprintable():
            self.asked.emit(event.text())
        else:
            super().keyPressEvent(event)
