# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rail at the left: folders, templates and registers, with counts; narrow, icons with names as tooltips.

Under them, while the rail is wide, a quiet line tells when the store was last copied.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import icons, theme
from ..parts import paint
from ..parts.plain import Panel
from .copyline import CopyLine

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

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
    Folder("letters", N_("Letters"), "envelope-simple"),
    Folder("templates", N_("Templates"), "stack"),
    Folder("registers", N_("Registers"), "book-open"),
    Folder("bin", N_("Bin"), "trash"),
)


class FolderButton(QAbstractButton):
    """One folder of the rail: icon, name, count."""

    def __init__(self, folder: Folder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._count = 0
        self.setCheckable(True)
        self.setFixedHeight(_TALL)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def count(self, count: int) -> None:
        """Show how many declarations stand here, in words too."""
        self._count = count
        label = _(self._folder.label)
        told = Message("{folder}: {n}", {"folder": label, "n": count}).text()
        self.setText(label)
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.update()

    def retranslate(self) -> None:
        """Take the name in the language in force."""
        self.count(self._count)

    def sizeHint(self) -> QSize:
        """Return room for the icon at least."""
        return QSize(NARROW, _TALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, name and count."""
        now = theme.colours()
        painter = QPainter(self)
        rect, chosen = self.rect(), self.isChecked()
        if chosen or self.underMouse():
            painter.fillRect(rect, now.select if chosen else now.hover)
        if chosen:
            painter.fillRect(QRect(0, 0, theme.BAR, rect.height()), now.accent)
        ink = now.ink if self._count or chosen else now.muted
        icons.draw(painter, QRectF(6, 0, 32, rect.height()), self._folder.icon, ink, 17)
        if rect.width() > NARROW:
            painter.setFont(paint.face(theme.BODY, bold=chosen))
            room = rect.adjusted(NARROW - 2, 0, -theme.M, 0)
            paint.text(painter, room.adjusted(0, 0, -theme.XL, 0), self.text(), ink)
            painter.setFont(paint.face(theme.BODY))
            paint.text(painter, room, str(self._count) if self._count else "", now.muted, paint.RIGHT)
        if self.hasFocus():
            paint.frame(painter, rect.adjusted(1, 1, -1, -1), None, now.accent, 2)


class Rail(Panel):
    """Folders of the worklist."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.narrow = False
        self.buttons = {folder.id: FolderButton(folder) for folder in FOLDERS}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.S, 0, theme.S)
        whole.setSpacing(0)
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self._tell, name))
            whole.addWidget(button)
        whole.addStretch(1)
        self.copies = CopyLine()
        whole.addWidget(self.copies)
        self.setFocusProxy(self.buttons["drafts"])
        self.set_narrow(narrow=False)
        self.retranslate()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons only, or words too."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        self.copies.setVisible(not narrow)

    def count(self, counts: dict[str, int]) -> None:
        """Show how many declarations stand in each folder."""
        for name, button in self.buttons.items():
            button.count(counts.get(name, 0))

    def mark(self, folder: str) -> None:
        """Show which folder is on show, empty for none."""
        for name, button in self.buttons.items():
            button.setChecked(name == folder)

    def _tell(self, folder: str) -> None:
        self.chosen.emit(folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from folder to folder."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        row = list(self.buttons.values())
        here = next((n for n, button in enumerate(row) if button.hasFocus()), -1)
        if event.key() in steps and here >= 0:
            row[(here + steps[Qt.Key(event.key())]) % len(row)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.setAccessibleName(_("Folders of the worklist"))
        for button in self.buttons.values():
            button.retranslate()
