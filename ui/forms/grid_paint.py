# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells and headings of the grid, painted by hand: a view of many rows must be drawn within a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from .. import keys, theme
from ..binding import ListOf
from ..editors.code import CodeEditor, name_of
from ..editors.make import Editor, make_editor
from ..parts import paint
from ..words import box_number, label_of
from . import signs

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from swclient.workflow.views import Look

    from .block_view import BlockView
    from .grid_model import GridModel

AnyIndex = QModelIndex | QPersistentModelIndex
_NAME_ROOM = 24


class CellPainter(QStyledItemDelegate):
    """Paints cells, and gives the current one the editor of its kind; what is typed goes to the session at once."""

    def __init__(self, grid: BlockView) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one cell."""
        model: GridModel = index.model()  # type: ignore[assignment]  # the grid has no other
        now = theme.colours()
        rect: QRect = option.rect
        state = option.state
        look = model.look(index)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, now.select)
        elif index.row() == self._grid.currentIndex().row():
            painter.fillRect(rect, now.hover)
        grave = signs.level(look, checked=self._grid.stage.checked)
        self._paint_words(painter, rect, look, grave)
        if grave in {"error", "warning"}:
            painter.fillRect(QRect(rect.left(), rect.top(), theme.BAR, rect.height()), paint.level_colour(grave))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        if state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, 0, -1), None, now.accent, 2)

    @staticmethod
    def _paint_words(painter: QPainter, rect: QRect, look: Look, grave: str) -> None:
        words = look.text if look.list_name else look.shown
        if not words:
            return
        now = theme.colours()
        ink = paint.level_colour(grave) if grave == "error" else now.ink
        if str(look.state) == "worked_out" and grave != "error":
            ink = now.muted
        align = paint.RIGHT if look.field.kind.numeric else paint.LEFT
        room = rect.adjusted(theme.S, 0, -theme.S, 0)
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room, words.replace("\n", " "), ink, align)
        name = name_of(look) if look.list_name else ""
        ahead = paint.metrics(theme.BODY).horizontalAdvance(words) + theme.S
        if name and room.width() - ahead > _NAME_ROOM:
            paint.text(painter, room.adjusted(ahead, 0, 0, 0), name, now.muted)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Return the height of a row."""
        return QSize(80, theme.ROW)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """Return the editor of the cell's kind."""
        model: GridModel = index.model()  # type: ignore[assignment]  # the grid has no other
        field = model.fields[index.column()]
        editor = make_editor(field, parent)
        editor.setAutoFillBackground(True)
        editor.setPalette(parent.palette())
        editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        if isinstance(editor, CodeEditor):
            editor.choices = ListOf(model.session, model.path(index))
        place = QPersistentModelIndex(index)
        editor.edited.connect(lambda text: model.setData(place, text))
        editor.setProperty("before", model.look(index).text)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Show the cell in its editor."""
        model: GridModel = index.model()  # type: ignore[assignment]  # the grid has no other
        if isinstance(editor, Editor):
            editor.present(model.look(index))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Do nothing: what was typed is in the session already."""

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab go on to the next cell; Escape takes back what was typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, Editor):
            if isinstance(editor, CodeEditor) and editor.is_open:
                return False
            hint = _hint(event)
            if event.key() == Qt.Key.Key_Escape:
                editor.edited.emit(str(editor.property("before")))
            if hint is not None:
                self.closeEditor.emit(editor, hint)
                return True
        return super().eventFilter(editor, event)


def _hint(event: QKeyEvent) -> QAbstractItemDelegate.EndEditHint | None:
    if keys.is_enter(event) or event.key() == Qt.Key.Key_Tab:
        return QAbstractItemDelegate.EndEditHint.EditNextItem
    if event.key() == Qt.Key.Key_Backtab:
        return QAbstractItemDelegate.EndEditHint.EditPreviousItem
    return QAbstractItemDelegate.EndEditHint.RevertModelCache if event.key() == Qt.Key.Key_Escape else None


class Heading(QHeaderView):
    """The heading of a grid: box number bold, label muted, a hair below."""

    def __init__(self, way: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(way, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        """Return the height of a caption, or the width of a row number."""
        return QSize(40, 26)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        now = theme.colours()
        painter.fillRect(rect, now.panel)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        room = rect.adjusted(theme.S, 0, -theme.S, 0)
        if self.orientation() == Qt.Orientation.Vertical:
            painter.setFont(paint.face(theme.CAPTION))
            paint.text(painter, room, str(section + 1), now.muted, paint.RIGHT)
            return
        number, label, right = self.told(section)
        bold, plain = paint.metrics(theme.CAPTION, bold=True), paint.metrics(theme.CAPTION)
        ahead = bold.horizontalAdvance(number) + 5 if number else 0
        if right:
            room.setLeft(max(room.left(), room.right() - ahead - plain.horizontalAdvance(label) - 2))
        painter.setFont(paint.face(theme.CAPTION, bold=True))
        paint.text(painter, room, number, now.ink)
        painter.setFont(paint.face(theme.CAPTION))
        paint.caption(painter, room.adjusted(ahead, 0, 0, 0), label, now.muted)

    def told(self, section: int) -> tuple[str, str, bool]:
        """Return number, label, and whether figures stand below, right-aligned."""
        model: GridModel = self.model()  # type: ignore[assignment]  # other tables override this
        field = model.fields[section]
        return box_number(field), label_of(field), field.kind.numeric
