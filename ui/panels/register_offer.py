# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of a register offered under a box: found by words, told what they would fill, and filled by Enter.

It knows no register: who opens it says what is found by a text and what an entry would do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from swclient.base.i18n import _

from .. import keys, theme
from ..parts import paint
from ..parts.density import fix_rows
from ..parts.frames import slim
from ..parts.listing import AnyIndex, Rows
from ..parts.plain import words
from ..parts.words_line import WordsLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QPaintEvent

_WIDE, _LINES, _TOLD = 520, 6, 3
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _LINES, Qt.Key.Key_PageUp: -_LINES}


class Line(NamedTuple):
    """One entry on offer: its id, its name, and what tells it from others of the name."""

    id: str
    name: str
    hint: str


class Told(NamedTuple):
    """What an entry would do: what it fills, what stays as typed (empty for nothing), and how to fill that too."""

    fills: str
    stays: str = ""
    over: str = ""


class Source(Protocol):
    """Who knows the register."""

    def find(self, text: str) -> Sequence[Line]:
        """Return the entries that a text may mean."""

    def tell(self, entry: str) -> Told:
        """Return what an entry would do."""

    def fill(self, entry: str, *, over: bool) -> None:
        """Fill from an entry."""

    def empty(self, text: str) -> str:
        """Return what to say where nothing is found."""


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(200, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line: Line = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        now = theme.colours()
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, now.select)
        room = rect.adjusted(theme.S, 0, -theme.S, 0)
        painter.setFont(paint.face(theme.BODY))
        named = min(painter.fontMetrics().horizontalAdvance(line.name) + theme.M, room.width() * 2 // 3)
        paint.text(painter, room.adjusted(0, 0, named - room.width() - theme.S, 0), line.name, now.ink)
        painter.setFont(paint.face(theme.CAPTION))
        paint.text(painter, room.adjusted(named, 0, 0, 0), line.hint, now.muted)


class _Words(WordsLine):
    """The words that are looked for; keys that move and choose go to the offer around it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offer = self.parentWidget()
        if not (isinstance(offer, Offer) and offer.takes(event)):
            super().keyPressEvent(keys.latin(event))
        event.accept()  # no key goes past the offer to the declaration behind it

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # all keys are the offer's while it is open
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        offer = self.parentWidget()
        if isinstance(offer, Offer) and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            offer.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint.frame(QPainter(self), self.rect(), None, theme.colours().accent, 2)


class Offer(QFrame):
    """The open offer; a child of the window, under the box it was asked for in."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._source: Source | None = None
        self._before: QWidget | None = None
        self._anchor: QWidget | None = None
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setAutoFillBackground(True)
        self.line = _Words(self)
        self.line.setFrame(False)
        fix_rows(self.line)
        self.line.setTextMargins(theme.S, 0, theme.S, 0)
        self.line.typed.connect(self._seek)
        self.rows = Rows[Line](lambda row: f"{row.name}, {row.hint}")
        self.list = QListView(self)
        slim(self.list)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(lambda *_places: self._tell())
        self.list.clicked.connect(lambda _index: self._fill(over=False))
        self.told = [words() for _line in range(_TOLD)]
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        whole.setSpacing(theme.XS)
        whole.addWidget(self.line)
        whole.addWidget(self.list)
        whole.addSpacing(theme.S)
        for label in self.told:
            label.setWordWrap(True)
            label.setContentsMargins(theme.S, 0, theme.S, 0)
            whole.addWidget(label)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, and a line between the entries and what the current one would do."""
        super().paintEvent(event)
        if not self.list.isHidden():
            room = self.list.geometry()
            below = QRect(room.left(), room.bottom() + theme.S, room.width(), 1)
            QPainter(self).fillRect(below, theme.colours().line)

    # -- opening and closing

    def open(self, source: Source, anchor: QWidget, text: str) -> None:
        """Offer entries under a widget, beginning with those that a text finds, else with all."""
        self._source, self._anchor = source, anchor
        here = QApplication.focusWidget()
        self._before = here if here is not None and anchor.isAncestorOf(here) else anchor
        self.line.setPlaceholderText(_("Name, number or code"))
        self.line.setAccessibleName(_("Fill from the register"))
        self.line.setText(text if text and source.find(text) else "")
        self._seek(self.line.text())
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.line.selectAll()

    def leave(self) -> None:
        """Close, and give the cursor back."""
        before, self._before = self._before, None
        self.hide()
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def takes(self, event: QKeyEvent) -> bool:
        """Do what a key asks of the offer; return False for keys that write."""
        row = self.list.currentIndex().row()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._fill(over=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() in _STEPS and self.rows.rows:
            wanted = row + _STEPS[Qt.Key(event.key())]
            self.list.setCurrentIndex(self.rows.index(max(0, min(wanted, len(self.rows.rows) - 1)), 0))
        elif event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.leave()
        else:
            return False
        return True

    # -- what is on offer

    def _seek(self, text: str) -> None:
        if self._source is None:
            return
        self.rows.fill(self._source.find(text))
        if self.rows.rows:
            self.list.setCurrentIndex(self.rows.index(0, 0))
        self._tell()

    @property
    def current(self) -> Line | None:
        """The entry that the keys stand on."""
        row = self.list.currentIndex().row()
        return self.rows.rows[row] if 0 <= row < len(self.rows.rows) else None

    def _tell(self) -> None:
        if self._source is None:
            return
        line = self.current
        told = self._source.tell(line.id) if line is not None else Told(self._source.empty(self.line.text()))
        for label, text in zip(self.told, told, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        named = f"{line.name}." if line is not None else ""
        self.line.setAccessibleDescription(" ".join(each for each in (named, *told) if each))
        self.list.setVisible(bool(self.rows.rows))
        self._place()

    def _fill(self, *, over: bool) -> None:
        line, source = self.current, self._source
        if line is None or source is None:
            return
        self.leave()
        source.fill(line.id, over=over)

    def _place(self) -> None:
        """Stand under the box, or over it where there is no room below."""
        if self._anchor is None:
            return
        window = self._anchor.window()
        fix_rows(self.list, max(1, min(len(self.rows.rows), _LINES)))
        wide = min(max(self._anchor.width(), _WIDE), window.width() - 2 * theme.S)
        tall = self._whole.heightForWidth(wide)
        corner = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + theme.XS))
        top = corner.y()
        if top + tall > window.height():
            top = max(0, corner.y() - self._anchor.height() - 2 * theme.XS - tall)
        self.setGeometry(max(0, min(corner.x(), window.width() - wide - theme.S)), top, wide, tall)
