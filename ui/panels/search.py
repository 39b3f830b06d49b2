# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search field: go to a box by number (“31”, “31/4”), by any of its names, do any action, open any declaration."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, keys, theme
from ..editors.base import is_claimed
from ..parts import paint
from ..parts.frames import slim
from ..words import box_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile

AnyIndex = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_SHOWN = 12
_BOX = re.compile(r"\s*([0-9A-Za-zА-Яа-я]{1,3}(?:\.\d+)*)\s*(?:/\s*(\d{1,3}))?\s*")


class Hit(NamedTuple):
    """One line of the results: what it is, a hint at its right, and what it does."""

    words: str
    hint: str
    go: Callable[[], object]


def box_hits(profile: Profile, text: str, go: Callable[[str, int | None], object]) -> list[Hit]:
    """Return the boxes a text may mean: by number with an item after a slash, or by any of their names."""
    wish = text.strip().casefold()
    if not wish:
        return []
    match = _BOX.fullmatch(text)
    item = int(match.group(2)) if match and match.group(2) else None
    number = match.group(1).upper() if match else ""
    exact, begins, named = [], [], []
    for field in profile.fields.values():
        if not field.shown:
            continue
        hint = Message(N_("item {n}"), {"n": item}).text() if item and field.table == "item" else ""
        words = f"{box_number(field)}  {_(field.label)}".strip()
        hit = Hit(words, hint, partial(go, field.id, item))
        if number and field.box.upper() == number:
            exact.append(hit)
        elif number and field.box.upper().startswith(number + "."):
            begins.append(hit)
        elif item is None and any(wish in name.casefold() for name in _names(field)):
            named.append(hit)
    return exact + begins + named


def _names(field: Field) -> tuple[str, ...]:
    return (field.label, _(field.label), *field.titles.values(), field.wco, field.id)


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Hit] = ()

    def fill(self, rows: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        hit = self.rows[index.row()]
        return f"{hit.words}  {hit.hint}".strip()


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(200, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        hit: Hit = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        now = theme.colours()
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, now.select)
        room = rect.adjusted(theme.M, 0, -theme.M, 0)
        painter.setFont(paint.face(theme.CAPTION))
        wide = painter.fontMetrics().horizontalAdvance(hit.hint)
        paint.text(painter, room, hit.hint, now.muted, paint.RIGHT)
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room.adjusted(0, 0, -wide - theme.S, 0), hit.words, now.ink)


class _Results(QListView):
    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.window())
        self.rows = _Model()
        slim(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Search results"))
        self.hide()


class SearchField(QLineEdit):
    """The field; its results lie over the window while it has the cursor."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seekers: list[Callable[[str], Iterable[Hit]]] = []
        self._results: _Results | None = None
        self.setFrame(False)
        self.setFixedHeight(theme.ROW)
        self.setTextMargins(theme.S, 0, theme.S, 0)
        self.textEdited.connect(self._seek)
        self.retranslate()

    def start(self, text: str = "") -> None:
        """Take the cursor, ready for words."""
        self.setText(text)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._seek(text)

    @property
    def hits(self) -> Sequence[Hit]:
        """What is on offer now."""
        return self._results.rows.rows if self._results is not None and self._results.isVisible() else ()

    def _seek(self, text: str) -> None:
        if self._results is None:
            self._results = _Results(self)
            self._results.clicked.connect(lambda index: self._go(index.row()))
        found = [hit for seeker in self.seekers for hit in seeker(text)][:50]
        self._results.rows.fill(found)
        corner = self.mapTo(self.window(), QPoint(0, self.height() + theme.XS))
        tall = min(len(found), _SHOWN) * theme.ROW + 4
        self._results.setGeometry(corner.x(), corner.y(), max(self.width(), 420), tall)
        self._results.setVisible(bool(found))
        self._results.raise_()
        if found:
            self._results.setCurrentIndex(self._results.rows.index(0, 0))

    def _go(self, row: int) -> None:
        hit = self.hits[row] if row < len(self.hits) else None
        self._leave()
        if hit is not None:
            hit.go()

    def _leave(self) -> None:
        if self._results is not None:
            self._results.hide()
        self.clear()
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if is_claimed(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the results; Enter does, Escape goes back to where the cursor was."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _SHOWN,
            Qt.Key.Key_PageUp: -_SHOWN,
        }
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif keys.is_enter(event):
            self._go(self._results.currentIndex().row() if self._results is not None and self.hits else 0)
        elif event.key() in steps and self._results is not None and self.hits:
            row = self._results.currentIndex().row() + steps[Qt.Key(event.key())]
            self._results.setCurrentIndex(self._results.rows.index(max(0, min(row, len(self.hits) - 1)), 0))
        elif actions.claimed(event):
            event.ignore()
        else:
            super().keyPressEvent(keys.latin(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold the results away."""
        super().focusOutEvent(event)
        if self._results is not None:
            self._results.hide()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with its edge and its key."""
        super().paintEvent(event)
        now = theme.colours()
        painter = QPainter(self)
        here = self.hasFocus()
        paint.frame(painter, self.rect(), None, now.accent if here else now.line, 2 if here else 1)
        if not self.text():
            painter.setFont(paint.face(theme.CAPTION))
            paint.text(
                painter,
                self.rect().adjusted(0, 0, -theme.S, 0),
                actions.shown_keys("search"),
                now.muted,
                paint.RIGHT,
            )

    def changeEvent(self, event: QEvent) -> None:
        """Say everything in another language when the language changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.setPlaceholderText(_("Search, go to box, do anything"))
        self.setAccessibleName(_("Search, go to box, do anything"))
        self.setAccessibleDescription(_("Type a box number such as 31 or 31/4, a word, or a verb"))
