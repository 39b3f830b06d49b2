# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A quiet panel over a table: what a large act would do, line by line. Enter takes it, Escape drops it.

Nothing waits for it: the declaration can be left and come back to, and what changes behind it is looked at anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from swclient.base.i18n import _

from .. import keys, theme
from ..parts import paint
from ..parts.button import Button
from ..parts.listing import Rows
from ..parts.marked_list import MarkedList, MarkedPainter, sign_or_tick
from ..parts.plain import Title, words
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from swclient.workflow.views import Changed

    from .stage import Stage

_TALLEST = 460
_HEAD = 84
_FEWEST = 7  # as tall as the table that it lies over
_SHARES = (0.2, 0.28)


class Told(NamedTuple):
    """One line of a preview.

    Attributes:
        sign: the level of its mark, empty for a tick, `none` for a line that does nothing.
        where: which row or column.
        what: what of it.
        before: what stands there now, empty for nothing.
        after: what would stand there.
        why: what is doubtful about it.
    """

    sign: str
    where: str
    what: str
    before: str = ""
    after: str = ""
    why: str = ""

    def text(self) -> str:
        """Return the whole line in words."""
        change = f"{self.before} → {self.after}" if self.before else self.after
        return ", ".join(part for part in (self.where, self.what, change, self.why) if part)


class _Painter(MarkedPainter[Told]):
    """Paints lines of a preview."""

    def __init__(self, shares: tuple[float, float]) -> None:
        super().__init__()
        self._shares = shares

    def mark(self, painter: QPainter, place: QRectF, row: Told) -> None:
        if row.sign != "none":
            sign_or_tick(painter, place, row.sign)

    def words(self, painter: QPainter, room: QRect, row: Told) -> None:
        now = theme.colours()
        first, second = int(room.width() * self._shares[0]), int(room.width() * sum(self._shares))
        idle = row.sign == "none"
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room.adjusted(0, 0, first - theme.S - room.width(), 0), row.where, now.muted)
        middle = room.adjusted(first, 0, second - theme.S - room.width(), 0)
        paint.text(painter, middle, row.what, now.muted if idle else now.ink)
        self._change(painter, room.adjusted(second, 0, 0, 0), row)

    @staticmethod
    def _change(painter: QPainter, room: QRect, row: Told) -> None:
        """Paint before, after and what is doubtful, each with the room that it needs as far as there is room."""
        now = theme.colours()
        parts = ((row.before, now.muted), ("→" if row.before else "", now.muted), (row.after, now.ink))
        widest = room.width() * 2 // 5
        for text, colour in parts:
            if text:
                wide = painter.fontMetrics().horizontalAdvance(text) + 1
                wide = min(wide, widest if text == row.before or row.why else room.width())
                paint.text(painter, QRect(room.left(), room.top(), wide, room.height()), text, colour)
                room.setLeft(min(room.left() + wide + theme.S, room.right()))
        if row.why:
            painter.setFont(paint.face(theme.CAPTION))
            paint.text(painter, room, row.why, now.warning)


class Lines(MarkedList):
    """The lines of a preview, each with its mark."""

    def __init__(self, shares: tuple[float, float] = _SHARES) -> None:
        self.held: Rows[Told] = Rows(Told.text, Qt.ItemDataRole.ToolTipRole)
        super().__init__(self.held, _Painter(shares))

    def show_lines(self, rows: Sequence[Told]) -> None:
        """Show other lines; the cursor stays where it was, as far as there are so many."""
        place = max(self.currentIndex().row(), 0)
        self.held.fill(rows)
        if rows and self.hasFocus():
            self.stand_on(min(place, len(rows) - 1))


Act = TypeVar("Act")


class Preview(Speaking, Generic[Act]):
    """What an act would do, and the two verbs.

    Attributes:
        act: what would be done, None while nothing is asked.
        lines: what it would do, line by line.
        buttons: `take` and `drop`, and what a panel adds.
    """

    def __init__(self, stage: Stage, page: QWidget, shares: tuple[float, float] = _SHARES) -> None:
        super().__init__(page)
        self.stage = stage
        self.act: Act | None = None
        self._page = page
        self._before: QWidget | None = None
        self._busy = False
        self.title = Title()
        self.summary = words(muted=True)
        self.lines = Lines(shares)
        self.buttons = {"take": Button(weight="main"), "drop": Button(weight="quiet")}
        self.buttons["take"].clicked.connect(self.take)
        self.buttons["drop"].clicked.connect(self.drop)
        self.top = QHBoxLayout()
        self.top.setSpacing(theme.S)
        self.top.addWidget(self.title, 1)
        for button in self.buttons.values():
            self.top.addWidget(button)
        self.body = QHBoxLayout()
        self.body.setSpacing(theme.M)
        self.body.addWidget(self.lines, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.S, theme.L, theme.M)
        whole.setSpacing(theme.XS)
        whole.addLayout(self.top)
        whole.addWidget(self.summary)
        whole.addLayout(self.body, 1)
        page.installEventFilter(self)
        self.watch(self.lines, *self.buttons.values())
        stage.session.changed.connect(self._changed)
        self.hide()

    def watch(self, *widgets: QWidget) -> None:
        """Have Enter take and Escape drop wherever the cursor is within the panel."""
        for widget in widgets:
            widget.installEventFilter(self)

    # -- what a panel of its own says

    def tell(self) -> None:
        """Say what the act would do now: title, summary, lines."""

    def do(self) -> None:
        """Do it; may be refused."""

    def look_again(self) -> None:
        """Plan it anew: a value has changed behind the panel."""

    # -- coming and going

    def open(self, act: Act) -> None:
        """Show what an act would do."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.act = act
        self.retranslate()
        self._place()
        self.show()
        self.raise_()
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Do it as one step, and go; refused, the panel stays."""
        self._busy = True
        try:
            done = self.act is not None and self.stage.attempt(self.do)
        finally:
            self._busy = False
        if done:
            self._leave()

    def drop(self) -> None:
        """Go, and nothing was done."""
        self._leave()

    def _leave(self) -> None:
        self.act = None
        self.hide()
        self.lines.held.fill(())
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, changed: Changed) -> None:
        """Drop what was planned for rows that came or went behind the panel; look again where values changed."""
        if self.act is None or self._busy:
            return
        if changed.tables:
            self.drop()
        else:
            self.look_again()

    def wanted_lines(self) -> int:
        """Return how many lines there are to show."""
        return len(self.lines.held.rows)

    def _place(self) -> None:
        tall = _HEAD + theme.ROW * max(self.wanted_lines(), _FEWEST) + theme.M
        self.setGeometry(0, 0, self._page.width(), min(self._page.height(), tall, _TALLEST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes, Escape drops; the panel is as wide as its page."""
        if watched is self._page:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
            return True
        if keys.is_enter(event):
            if isinstance(watched, Button):
                watched.click()
            else:
                self.take()
            return True
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, and an edge below that says where the panel ends."""
        now = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.panel)
        painter.fillRect(QRect(0, self.height() - 2, self.width(), 2), now.accent)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.buttons["take"].say(_("Take over"), "check", _("Enter"))
        self.buttons["drop"].say(_("Drop"), "", _("Esc"))
        if self.act is not None:
            self.tell()
            self.setAccessibleName(self.title.text())
            self.setAccessibleDescription(self.summary.text())
            self.lines.setAccessibleName(self.title.text())
            self.lines.setAccessibleDescription(self.summary.text())
