# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Letters laid over every box of a page: typed, they bring the cursor there; Escape or a click puts them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from swclient.base.i18n import _

from .. import actions, keys, theme
from ..parts import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHideEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from ..forms.jump_places import Place

ACTION = "jump_hints"
_WAITS = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}


class JumpHints(QWidget):
    """The badges of one page; it goes for good once a place is chosen or nobody wants it.

    Attributes:
        named: places by their letters.
        typed: the letters typed so far.
    """

    def __init__(self, room: QWidget, area: QScrollArea, named: dict[str, Place]) -> None:
        super().__init__(room)
        self.named, self.typed = named, ""
        self._room, self._area = room, area
        self._before = QApplication.focusWidget()
        self._gone = False
        self.setGeometry(room.rect())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Type the letters of a box to go to it; Escape puts them away."))
        room.installEventFilter(self)
        area.verticalScrollBar().valueChanged.connect(self.update)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._announce()

    def _announce(self) -> None:
        """Have a screen reader say what is awaited."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    # -- going

    def put_away(self) -> None:
        """Go, and give the cursor back where it was."""
        held = self.hasFocus()
        self._go()
        if held and self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        if not self._gone:
            self._gone = True
            self.hide()
            self.deleteLater()

    def _take(self, letter: str) -> None:
        """Go on with a letter; one that leads nowhere is passed over."""
        wish = self.typed + letter
        if wish in self.named:
            place = self.named[wish]
            place.land()  # before this goes: Qt would look for a place of its own for the cursor
            self._area.ensureWidgetVisible(place.widget, 0, theme.XL * 2)
            self._go()
        elif any(each.startswith(wish) for each in self.named):
            self.typed = wish
            self.update()

    # -- Qt's own

    def event(self, event: QEvent) -> bool:
        """Make way for any other action before it is done."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if actions.claimed(event) not in {"", ACTION}:
                self.put_away()
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take letters by the place of their keys; scroll; take a letter back; go."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if actions.claimed(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() == Qt.Key.Key_Backspace:
            self.typed = self.typed[:-1]
            self.update()
        elif event.key() in pages and not held:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + pages[Qt.Key(event.key())] * bar.pageStep())
        elif (letter := keys.letter(event)) and not held:
            self._take(letter)

    def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Go, when somebody walks on."""
        self.put_away()
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Go when the cursor does."""
        super().focusOutEvent(event)
        if event.reason() not in _WAITS:
            self._go()

    def hideEvent(self, event: QHideEvent) -> None:
        """Go with the page."""
        super().hideEvent(event)
        self._go()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Go at a click."""
        self.put_away()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the sheet below scroll."""
        QCoreApplication.sendEvent(self._area.verticalScrollBar(), event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the page."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._room.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badges that the letters typed so far can still mean."""
        painter = QPainter(self)
        measure = paint.metrics(theme.CAPTION, bold=True)
        painter.setFont(paint.face(theme.CAPTION, bold=True))
        for word, place in self.named.items():
            if word.startswith(self.typed):
                rect = place.badge(self._room, measure.horizontalAdvance(word) + 2 * theme.XS)
                if not rect.isEmpty():
                    self._paint_badge(painter, rect, word)

    def _paint_badge(self, painter: QPainter, rect: QRect, word: str) -> None:
        """Draw one badge, a hair of paper around it so that it stands out on anything; what is typed stands back."""
        now = theme.colours()
        paint.frame(painter, rect.adjusted(-1, -1, 1, 1), now.accent, now.paper)
        paint.text(painter, rect, word, now.on_accent, paint.CENTRE)
        if self.typed:
            wide = painter.fontMetrics().horizontalAdvance(self.typed)
            painter.fillRect(QRect(rect.left() + theme.XS, rect.bottom() - 2, wide, 2), now.on_accent)
