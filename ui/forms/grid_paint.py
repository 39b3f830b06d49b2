# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells of the grid, painted by hand: a view of many rows must be drawn within a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
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
from . import signs

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from swclient.workflow.views import Look

    from .grid_model import GridModel
    from .spreading import SpreadingView

AnyIndex = QModelIndex | QPersistentModelIndex
_NAME_ROOM = 24
_TYPING = "typing"  # property of an editor while what it tells is being put into the session


class CellPainter(QStyledItemDelegate):
    """Paints cells, and gives the current one the editor of its kind; what is typed goes to the session at once."""

    def __init__(self, grid: SpreadingView) -> None:
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
        held = self._grid.held_text(index)
        if held is None:
            self._paint_words(painter, rect, look, grave)
        else:
            painter.setFont(paint.face(theme.BODY))
            align = paint.RIGHT if look.field.kind.numeric else paint.LEFT
            paint.text(painter, rect.adjusted(theme.S, 0, -theme.S, 0), held, now.accent, align)
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
        if self._grid.begin_typing(index):
            editor.edited.connect(self._grid.hold)
        else:
            editor.edited.connect(lambda text: _type(editor, model, place, text))
        editor.setProperty("before", model.look(index).text)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Show the cell in its editor."""
        model: GridModel = index.model()  # type: ignore[assignment]  # the grid has no other
        if isinstance(editor, Editor):
            editor.present(model.look(index), typed=bool(editor.property(_TYPING)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Put what was typed into all chosen rows; of one alone it is in the session already."""
        self._grid.take_held()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab go on to the next cell; Escape takes back what was typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, Editor):
            if isinstance(editor, CodeEditor) and editor.is_open:
                return False
            hint = _hint(event)
            if event.key() == Qt.Key.Key_Escape:
                editor.edited.emit(str(editor.property("before")))
                self._grid.drop_held()
            if hint is not None:
                if event.key() != Qt.Key.Key_Escape:
                    self._grid.take_held()
                self.closeEditor.emit(editor, hint)
                return True
        return super().eventFilter(editor, event)


def _type(editor: Editor, model: GridModel, index: QPersistentModelIndex, text: str) -> None:
    """Put into the session what stands in an editor; the text under the fingers stays theirs, half a figure too."""
    editor.setProperty(_TYPING, True)  # noqa: FBT003 - Qt's own signature
    try:
        model.setData(index, text)
    finally:
        editor.setProperty(_TYPING, False)  # noqa: FBT003 - Qt's own signature


def _hint(event: QKeyEvent) -> QAbstractItemDelegate.EndEditHint | None:
    if keys.is_enter(event) or event.key() == Qt.Key.Key_Tab:
        return QAbstractItemDelegate.EndEditHint.EditNextItem
    if event.key() == Qt.Key.Key_Backtab:
        return QAbstractItemDelegate.EndEditHint.EditPreviousItem
    return QAbstractItemDelegate.EndEditHint.RevertModelCache if event.key() == Qt.Key.Key_Escape else None
