# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The registers: a tab for each kind, entries found by words at the left, the boxes of the chosen one at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import actions, icons, keys, theme
from ..panels.titleline import Notice
from ..parts import paint
from ..parts.button import Button
from ..parts.frames import Splitter
from ..parts.listing import Rows
from ..parts.marked_list import MarkedList, MarkedPainter
from ..parts.plain import words, wrapped
from ..parts.search_line import SearchLine
from ..parts.speaking import Speaking
from ..parts.tabs import Tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPainter

    from swclient.catalogue.registers import Register

VERBS = {"new": "Ctrl+Ins", "remove": "Del", "restore": "Enter", "undo": "Ctrl+Z"}
_NAMES = {
    "new": (N_("New entry"), "plus"),
    "remove": (N_("Remove the entry"), "trash"),
    "restore": (N_("Bring the entry back"), "arrow-counter-clockwise"),
    "undo": (N_("Undo"), "arrow-u-up-left"),
}
_LIST_WIDE = 300
_EMPTY = N_(
    "Nothing is kept here yet. In a declaration {keep} keeps the party, the goods or the vehicle that the cursor is "
    "in; here Ctrl+Ins begins an entry by hand. A box then fills from it with F8."
)
_NOT_FOUND = N_("No entry has these words.")


class Kept(NamedTuple):
    """One line: its id, its name, what tells it from others, and whether it was removed."""

    id: str
    name: str
    hint: str
    removed: bool = False


class _Painter(MarkedPainter[Kept]):
    """Draws the icon of the register, the name, and the rest of it below in muted type."""

    icon = ""

    def sizeHint(self, _option: object, _index: object) -> QSize:
        return QSize(200, theme.ROW + theme.L)

    def mark(self, painter: QPainter, place: QRectF, row: Kept) -> None:
        now = theme.colours()
        icons.draw(painter, place, "trash" if row.removed else self.icon, now.muted, 15)

    def words(self, painter: QPainter, room: QRect, row: Kept) -> None:
        now = theme.colours()
        half = room.height() // 2
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room.adjusted(0, 3, 0, -half + 3), row.name, now.muted if row.removed else now.ink)
        painter.setFont(paint.face(theme.CAPTION))
        paint.text(painter, room.adjusted(0, half, 0, -3), row.hint, now.muted)


class _List(MarkedList):
    """The entries; Enter goes into the boxes, Delete removes, Insert begins one."""

    pressed_verb = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self.activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.pressed_verb.emit("remove")
        elif actions.claimed(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class RegistersPage(Speaking):
    """All registers; who fills it says what stands in each."""

    asked = Signal(str)  # a verb
    turned = Signal(str)  # another register
    sought = Signal(str)  # words to find entries by
    chosen = Signal(str)  # id of an entry, empty for none

    def __init__(self, registers: Sequence[Register], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._registers = registers
        self.heading = words(size=theme.TITLE, bold=True)
        self.notice = Notice()
        self.tabs = Tabs()
        for register in registers:
            self.tabs.addTab(_(register.label))
        self.search = SearchLine()
        self.rows: Rows[Kept] = Rows(_spoken)
        self._painter = _Painter()
        self.list = _List(self.rows, self._painter)
        self.lead = wrapped(muted=True)
        self.state = words(size=theme.CAPTION, muted=True)
        self.sheet = QStackedWidget()
        self.buttons = {name: Button(weight="plain") for name in VERBS}
        self._connect()
        self._lay_out()
        self.retranslate()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _index: self._turn())
        self.search.typed.connect(self.sought)
        self.search.go_on.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(lambda *_places: self.chosen.emit(self.current))
        self.list.activated.connect(lambda _index: self.asked.emit("enter"))
        self.list.pressed_verb.connect(self.asked)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, n=name: self.asked.emit(n))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.heading)
        top.addStretch(1)
        for button in self.buttons.values():
            top.addWidget(button)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, theme.M, 0)
        column.setSpacing(theme.S)
        for each in (self.search, self.lead):
            column.addWidget(each)
        column.addWidget(self.list, 1)
        column.addStretch()
        right = QWidget()
        inner = QVBoxLayout(right)
        inner.setContentsMargins(0, 0, 0, 0)
        self.state.setContentsMargins(theme.L, theme.S, theme.L, 0)
        inner.setSpacing(theme.XS)
        inner.addWidget(self.state)
        inner.addWidget(self.sheet, 1)
        both = Splitter(Qt.Orientation.Horizontal)
        for side in (left, right):
            both.addWidget(side)
        both.setStretchFactor(1, 1)
        both.setSizes([_LIST_WIDE, 600])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        whole.setSpacing(theme.S)
        whole.addLayout(top)
        whole.addWidget(self.tabs)
        whole.addWidget(self.notice)
        whole.addWidget(both, 1)

    # -- what stands here

    @property
    def register(self) -> Register:
        """The register on show."""
        return self._registers[max(self.tabs.currentIndex(), 0)]

    @property
    def current(self) -> str:
        """The id of the entry that is chosen, empty for none."""
        row = self.row
        return row.id if row is not None else ""

    @property
    def row(self) -> Kept | None:
        """The line that is chosen."""
        place = self.list.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None

    def fill(self, rows: Sequence[Kept], chosen: str = "") -> None:
        """Show entries, one of them chosen: the named one, else the first."""
        self._painter.icon = self.register.icon
        self.rows.fill(rows)
        self.list.setVisible(bool(rows))
        self.lead.setVisible(not rows)
        self._say_lead()
        if rows:
            self.list.stand_on(next((n for n, row in enumerate(rows) if row.id == chosen), 0))
        else:
            self.chosen.emit("")

    def put(self, sheet: QWidget | None, state: str) -> None:
        """Show the boxes of an entry, or none, and say over them how it stands."""
        while (old := self.sheet.widget(0)) is not None:
            self.sheet.removeWidget(old)
            old.hide()
            old.deleteLater()
        if sheet is not None:
            self.sheet.addWidget(sheet)
        self.tell(state)

    def tell(self, state: str) -> None:
        """Say how the entry stands."""
        self.state.setText(state)

    def offer(self, verbs: set[str], why_not: str = "") -> None:
        """Show the verbs for what is chosen; out of reach, with the reason, where nothing may be changed."""
        for name, button in self.buttons.items():
            button.setVisible(name in verbs)
            button.setEnabled(not why_not)
            button.setToolTip(why_not)

    def start(self) -> None:
        """Take the cursor."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        self.search.clear()
        self.turned.emit(self.register.kind)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the declaration mean here what they mean there: undo, redo, add, remove, list."""
        verb = {"undo": "undo", "redo": "redo", "add_row": "new", "remove_row": "remove", "list": "list"}
        turn = {"next_page": 1, "previous_page": -1}
        claimed = actions.claimed(event)
        if claimed in verb:
            self.asked.emit(verb[claimed])
        elif claimed in turn:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + turn[claimed]) % self.tabs.count())
        else:
            super().keyPressEvent(event)

    def _say_lead(self) -> None:
        text = _NOT_FOUND if self.search.text().strip() else _EMPTY
        self.lead.setText(Message(text, {"keep": actions.shown_keys("keep_register")}).text())

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.heading.setText(_("Registers"))
        for place, register in enumerate(self._registers):
            self.tabs.setTabText(place, _(register.label))
        self.tabs.setAccessibleName(_("Registers"))
        self.search.setPlaceholderText(_("Name, number or code"))
        self.search.setAccessibleName(_("Name, number or code"))
        self.list.setAccessibleName(_(self.register.label))
        for name, (label, icon) in _NAMES.items():
            self.buttons[name].say(_(label), icon, VERBS[name])
        self._say_lead()


def _spoken(row: Kept) -> str:
    return f"{row.name}, {row.hint}" + (f", {_('removed')}" if row.removed else "")
