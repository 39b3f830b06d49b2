# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rail at the left: folders of the worklist with their counts; narrow, it keeps icons with names as tooltips."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import icons, theme
from ..parts import paint
from ..parts.frames import Panel, slim

AnyIndex = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
WIDE, NARROW = 156, 44
_TALL = 32


class Folder(NamedTuple):
    """One folder: its name for programs, its words, its icon."""

    id: str
    label: str
    icon: str


FOLDERS = (
    Folder("drafts", N_("Drafts"), "note-pencil"),
    Folder("waiting", N_("Waiting"), "hourglass"),
    Folder("needs_you", N_("Needs you"), "hand-pointing"),
    Folder("released", N_("Released"), "check-circle"),
    Folder("archived", N_("Archived"), "archive"),
)


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}

    def rowCount(self, parent: AnyIndex = _NOTHING) -> int:
        return 0 if parent.isValid() else len(FOLDERS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        folder = FOLDERS[index.row()]
        count = self.counts.get(folder.id, 0)
        return Message("{folder}: {n}", {"folder": _(folder.label), "n": count}).text()


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(NARROW, _TALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        now = theme.colours()
        rect: QRect = option.rect
        state = option.state
        folder = FOLDERS[index.row()]
        count = index.model().counts.get(folder.id, 0)  # type: ignore[attr-defined]  # the model is ours
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.select if chosen else now.hover)
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), theme.BAR, rect.height()), now.accent)
        ink = now.ink if count or chosen else now.muted
        icons.draw(painter, QRectF(rect.left() + 6, rect.top(), 32, rect.height()), folder.icon, ink, 17)
        if rect.width() > NARROW:
            painter.setFont(paint.face(theme.BODY, bold=chosen))
            room = rect.adjusted(NARROW - 2, 0, -theme.M, 0)
            paint.text(painter, room.adjusted(0, 0, -theme.XL, 0), _(folder.label), ink)
            painter.setFont(paint.face(theme.BODY))
            paint.text(painter, room, str(count) if count else "", now.muted, paint.RIGHT)
        if state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(1, 1, -1, -1), None, now.accent, 2)


class Rail(Panel):
    """Folders of the worklist."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders = _Model()
        self.list = QListView()
        slim(self.list)
        self.list.setModel(self._folders)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setMouseTracking(True)
        self.list.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.list.clicked.connect(self._tell)
        self.list.activated.connect(self._tell)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.S, 0, theme.S)
        whole.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.narrow = False
        self.set_narrow(narrow=False)
        self.retranslate()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons only, or words too."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self.list.viewport().update()

    def count(self, counts: dict[str, int]) -> None:
        """Show how many declarations stand in each folder."""
        self._folders.counts = counts
        self._folders.dataChanged.emit(self._folders.index(0, 0), self._folders.index(len(FOLDERS) - 1, 0))

    def mark(self, folder: str) -> None:
        """Show which folder is on show, empty for none."""
        place = next((n for n, each in enumerate(FOLDERS) if each.id == folder), -1)
        if place < 0:
            self.list.clearSelection()
        else:
            self.list.setCurrentIndex(self._folders.index(place, 0))

    def _tell(self, index: QModelIndex) -> None:
        self.chosen.emit(FOLDERS[index.row()].id)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.list.setAccessibleName(_("Folders of the worklist"))
        self.list.viewport().update()
