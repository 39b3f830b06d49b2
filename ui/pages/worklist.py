# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worklist: declarations of one folder, the latest first; while there is none, the three ways to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from swclient.base import i18n
from swclient.base.decimals import read_decimal
from swclient.base.i18n import N_, _

from .. import actions, keys, theme
from ..panels.rail import FOLDERS
from ..panels.titleline import Notice
from ..parts import paint
from ..parts.button import Button, Card
from ..parts.frames import slim
from ..parts.listing import AnyIndex, Rows
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking
from ..words import ago, clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from swclient.workflow.views import Row

_TALL = 52
OFFERS = ("new", "workbook", "sample")
STORIES = {
    "new": N_("An empty declaration; what is usual is filled in, the rest is yours to type."),
    "workbook": N_("A supplier's Excel file becomes a draft; cells that cannot be read are told, not dropped."),
    "sample": N_("A whole import of made-up goods, to look at and play with. Nothing is filed anywhere."),
}
EMPTY = {
    "drafts": N_("No drafts. Begin one of these ways."),
    "waiting": N_("Nothing is waiting. Declarations stand here from signing until customs has decided."),
    "needs_you": N_("Nothing needs you. Payment requests and rejected declarations will stand here."),
    "released": N_("Nothing released yet."),
    "archived": N_("The archive is empty."),
}


def title_of(row: Row) -> str:
    """Return what a declaration is called in lists."""
    return row.title or _("Untitled declaration")


def _told(row: Row, state: str) -> str:
    parts = (title_of(row), state, row.number or "", row.consignee, clock(row.changed_at))
    return ", ".join(part for part in parts if part)


class _Painter(QStyledItemDelegate):
    def __init__(self, rows: Rows[Row], state_words: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._state_words = state_words

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(300, _TALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = self._rows.rows[index.row()]
        now = theme.colours()
        rect: QRect = option.rect
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(rect, now.select if state & QStyle.StateFlag.State_Selected else now.hover)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        room = rect.adjusted(theme.M, 7, -theme.M, 0)
        first, second = (
            QRect(room.left(), room.top(), room.width(), 18),
            QRect(room.left(), room.top() + 20, room.width(), 16),
        )
        amount = read_decimal(row.total) if row.total else None
        total = i18n.show(amount) if amount is not None else ""
        self._line(painter, first, (title_of(row), total), bold=True)
        left = " · ".join(part for part in (self._state_words(row.state), row.number or "", row.consignee) if part)
        self._line(painter, second, (left, f"{clock(row.changed_at)}, {ago(row.changed_at)}"), bold=False)
        if state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, 0, -1), None, now.accent, 2)

    @staticmethod
    def _line(painter: QPainter, room: QRect, both: tuple[str, str], *, bold: bool) -> None:
        now = theme.colours()
        ink = now.ink if bold else now.muted
        painter.setFont(paint.face(theme.BODY if bold else theme.CAPTION))
        wide = painter.fontMetrics().horizontalAdvance(both[1])
        paint.text(painter, room, both[1], ink, paint.RIGHT)
        painter.setFont(paint.face(theme.BODY if bold else theme.CAPTION, bold=bold))
        paint.text(painter, room.adjusted(0, 0, -wide - theme.L, 0), both[0], ink)


class _List(QListView):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self.activated.emit(self.currentIndex())
        elif actions.claimed(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class WorklistPage(Speaking):
    """One folder of the worklist."""

    opened = Signal(str)  # id of a declaration
    asked = Signal(str)  # id of an action: one of OFFERS

    def __init__(self, state_words: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = "drafts"
        self._rows: Rows[Row] = Rows(lambda row: _told(row, state_words(row.state)))
        self.heading = words(size=theme.TITLE, bold=True)
        self.lead = wrapped(muted=True)
        self.notice = Notice()
        self.list = _List()
        slim(self.list)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_Painter(self._rows, state_words, self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        self.cards = {name: Card() for name in OFFERS}
        self.buttons = {name: Button(weight="plain") for name in OFFERS}
        for offers in (self.cards, self.buttons):
            for name, button in offers.items():
                button.clicked.connect(lambda _checked=False, n=name: self.asked.emit(n))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.heading)
        top.addStretch(1)
        for button in self.buttons.values():
            top.addWidget(button)
        empty = QWidget()
        inner = QVBoxLayout(empty)
        inner.setContentsMargins(0, theme.XL, 0, 0)
        inner.setSpacing(theme.L)
        inner.addWidget(self.lead)
        line = QHBoxLayout()
        line.setSpacing(theme.L)
        for card in self.cards.values():
            line.addWidget(card)
        inner.addLayout(line)
        inner.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(empty)
        self.stack.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        whole.setSpacing(theme.S)
        whole.addLayout(top)
        whole.addWidget(self.notice)
        whole.addWidget(self.stack, 1)

    def fill(self, folder: str, rows: Sequence[Row]) -> None:
        """Show the declarations of a folder, or the ways to begin."""
        chosen = self._current()
        self.folder = folder
        self._rows.fill(rows)
        self.stack.setCurrentIndex(1 if rows else 0)
        for name, card in self.cards.items():
            card.setVisible(folder == "drafts" and not rows)
            self.buttons[name].setVisible(bool(rows))
        place = next((n for n, row in enumerate(rows) if row.id == chosen), 0)
        if rows:
            self.list.setCurrentIndex(self._rows.index(place, 0))
        self._title()

    def start(self) -> None:
        """Take the cursor: to the list, or to the first way to begin."""
        target = self.list if self._rows.rows else self.cards["new"]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current(self) -> str:
        index = self.list.currentIndex()
        return self._rows.rows[index.row()].id if index.isValid() and index.row() < len(self._rows.rows) else ""

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._rows.rows[index.row()].id)

    def _title(self) -> None:
        label = next((each.label for each in FOLDERS if each.id == self.folder), "")
        count = len(self._rows.rows)
        self.heading.setText(_(label) + (f"  {count}" if count else ""))
        self.list.setAccessibleName(_(label))
        self.lead.setText(_(EMPTY[self.folder]))

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        for name in OFFERS:
            act = actions.BY_ID[name]
            self.cards[name].say(_(act.label), _(STORIES[name]), act.icon, actions.shown_keys(name))
            self.buttons[name].say(_(act.label), act.icon, "")
        self._title()
        self.list.viewport().update()
