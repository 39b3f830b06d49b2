# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one window: top bar, rail, what is open, and the column that follows the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from . import theme
from .panels.rail import Rail
from .panels.topbar import TopBar
from .parts.plain import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QLabel

    from .furniture import Furniture
    from .pages.declaration import DeclarationPage
    from .panels.column import Column
    from .settings.remember import Memory

_NARROW, _ROOMY = 1180, 1560


class MainWindow(QMainWindow):
    """Where things stand; what they do is told by `ui.office`."""

    closing = Signal()

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self.top = TopBar()
        self.rail = Rail()
        self._column_wanted = True
        self._last_focus: QWidget | None = None
        self.furniture: Furniture | None = None
        self.hindrance: QLabel | None = None
        self._barrier: QWidget | None = None
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        self.strip = column  # a line may be laid under the top bar
        self.strip_panes: list[QWidget] = []  # such lines that take the cursor
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.rail)
        self._middle.addStretch(1)
        column.addLayout(self._middle, 1)
        self.setCentralWidget(whole)
        self.top.search.left.connect(self.return_cursor)
        self.setWindowTitle("swclient")
        size = memory.numbers("size")
        self.resize(*(size if len(size) == 2 else (1366, 768)))  # noqa: PLR2004 - width and height

    def furnish(self) -> Furniture:
        """Bring in what the first paint went without."""
        if self.furniture is None:
            from .furniture import Furniture

            self.furniture = Furniture(self, self._memory.numbers("body"))
            self.top.menu = self.furniture.menu
            self._middle.takeAt(1)
            self._middle.addWidget(self.furniture.body, 1)
            self.furniture.column.hide()
            self.furniture.column.lowered.connect(self._fit)
        return self.furniture

    def hinder(self, text: str, beneath: QWidget | None = None) -> None:
        """Show, in place of everything, why there is nothing to work with; `beneath` it what may help."""
        self.unhinder()
        self.hindrance = wrapped(text, theme.TITLE)
        self.hindrance.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        self.hindrance.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hindrance.setAccessibleName(text)
        self._barrier = QWidget()
        column = QVBoxLayout(self._barrier)
        column.setContentsMargins(0, 0, theme.XL, 0)
        column.addWidget(self.hindrance)
        if beneath is not None:
            room = QHBoxLayout()
            room.setContentsMargins(theme.XL, 0, 0, 0)
            room.addWidget(beneath)
            column.addLayout(room)
        column.addStretch(1)
        self._middle.takeAt(1)
        self._middle.addWidget(self._barrier, 1)
        self._barrier.show()

    def unhinder(self) -> None:
        """Take away what stood in the way."""
        if self._barrier is not None:
            self._middle.takeAt(1)
            self._barrier.hide()
            self._barrier.deleteLater()
            self._barrier = self.hindrance = None
            self._middle.addStretch(1)

    @property
    def column(self) -> Column:
        """The column that follows the cursor."""
        return self.furnish().column

    # -- rooms

    def show_room(self, room: QWidget) -> None:
        """Show a room; the column stands beside open declarations only."""
        rooms = self.furnish().rooms
        if rooms.indexOf(room) < 0:
            rooms.addWidget(room)
        rooms.setCurrentWidget(room)
        self._fit()

    @property
    def room(self) -> QWidget | None:
        """What is on show."""
        return self.furniture.rooms.currentWidget() if self.furniture is not None else None

    @property
    def view(self) -> DeclarationPage | None:
        """The open declaration on show, None while the worklist is."""
        room: Any = self.room
        return room if hasattr(room, "stage") else None

    def toggle_column(self) -> None:
        """Show or hide the column."""
        self._column_wanted = not self._column_wanted
        self._fit()

    def toggle_rail(self) -> None:
        """Make the rail narrow or wide."""
        self.rail.set_narrow(narrow=not self.rail.narrow)
        self._memory.keep(rail="narrow" if self.rail.narrow else "wide")

    def toggle_form(self) -> None:
        """Show the form at the right half, or put it away; where there is little room the column makes way."""
        if self.view is not None:
            self.view.toggle_form()
            self._fit()

    def _fit(self) -> None:
        view = self.view
        crowded = view is not None and view.beside and self.width() < _ROOMY
        if self.furniture is not None:
            self.column.setVisible(view is not None and self._column_wanted and not crowded)
        wish = self._memory.text("rail")
        self.rail.set_narrow(narrow=crowded or wish == "narrow" or (not wish and self.width() < _NARROW))

    # -- the cursor

    def note_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Remember where the cursor was before it went to the search field."""
        if now is not None and now is not self.top.search and now.window() is self:
            around = now.parentWidget()
            table = around.parentWidget() if around is not None else None
            in_cell = table is not None and table.inherits("QAbstractItemView")  # an editor of a cell does not stay
            self._last_focus = table if in_cell else now

    def return_cursor(self) -> None:
        """Bring the cursor back to where it was."""
        if self._last_focus is not None and self._last_focus.isVisible():
            self._last_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_pane(self, way: int) -> None:
        """Bring the cursor to the next pane: the room, findings, why, help, rail, search."""
        panes = [pane for pane in self._panes() if pane.isVisible()]
        here = QApplication.focusWidget()
        place = next(
            (n for n, pane in enumerate(panes) if here is not None and (pane is here or pane.isAncestorOf(here))),
            0,
        )
        target: Any = panes[(place + way) % len(panes)]
        if target is panes[0]:
            self.start()
        else:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _panes(self) -> list[QWidget]:
        column = self.column
        return [
            self.furnish().rooms,
            column.findings,
            column.why,
            column.help,
            self.rail,
            self.top.search,
            *self.strip_panes,
        ]

    def start(self) -> None:
        """Bring the cursor into the room on show."""
        room: Any = self.room
        if room is not None:
            room.start()

    # -- Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a shortcut asks for on a board where Qt did not know it."""
        if event.key() == Qt.Key.Key_F10 and not event.modifiers():
            self.top.open_menu()
        elif self.furniture is None or not self.furniture.actions.trigger(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what does not fit."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self._fit)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything in another language when the language changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.furniture is not None:
            self.furniture.actions.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the furniture; nothing needs saving, all of it is saved."""
        furniture = self.furniture
        wide = {"body": furniture.body.sizes()} if furniture is not None and furniture.column.isVisible() else {}
        self._memory.keep(size=[self.width(), self.height()], theme=theme.wish(), **wide)
        self.closing.emit()
        super().closeEvent(event)
