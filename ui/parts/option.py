# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One of a few answers, all of them in sight: arrows choose, a letter jumps, Enter goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QRadioButton, QWidget

from .. import keys, theme
from . import paint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

_DOT, _LINES = 22, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class Option(QRadioButton):
    """An answer: its word, and perhaps a story beneath; a ring with a dot in it where it is chosen.

    Attributes:
        story: muted words beneath, empty for none.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.story = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, text: str, story: str = "") -> None:
        """Set word and story."""
        self.setText(text)
        self.story = story
        self.setAccessibleName(text)
        self.setAccessibleDescription(story)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the word; the story's is the page's to give."""
        words = paint.metrics(theme.BODY).horizontalAdvance(self.text())
        beneath = paint.metrics(theme.CAPTION).horizontalAdvance(self.story)
        return QSize(max(words, beneath) + _DOT + 2 * theme.S, self.tall(10_000))

    def minimumSizeHint(self) -> QSize:
        """Return the same: an answer is never cut."""
        return self.sizeHint()

    def tall(self, width: int) -> int:
        """Return how high it is at a width."""
        if not self.story:
            return theme.ROW
        room = QRect(0, 0, width - _DOT - 2 * theme.S, 400)
        return theme.ROW + paint.metrics(theme.CAPTION).boundingRect(room, int(_LINES), self.story).height() + 2

    def hitButton(self, pos: object) -> bool:
        """Take a click anywhere: Qt would take it on its own picture of a radio button only."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, edge, ring and words."""
        now = theme.colours()
        painter = QPainter(self)
        ground = now.select if self.isChecked() else now.hover if self.underMouse() else now.field
        edge = now.accent if self.hasFocus() or self.isChecked() else now.line
        paint.frame(painter, self.rect(), ground, edge, 2 if self.hasFocus() else 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(theme.S + 6, theme.ROW / 2)
        painter.setPen(QPen(now.accent if self.isChecked() else now.muted, 1.4))
        painter.drawEllipse(middle, 5, 5)
        if self.isChecked():
            painter.setBrush(now.accent)
            painter.drawEllipse(middle, 2, 2)
        room = QRect(theme.S + _DOT - 4, 0, self.width() - _DOT - theme.S, theme.ROW)
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room, self.text(), now.ink)
        if self.story:
            painter.setFont(paint.face(theme.CAPTION))
            painter.setPen(now.muted)
            painter.drawText(room.adjusted(0, theme.ROW - 3, -theme.XS, 400), int(_LINES), self.story)


class Options(QWidget):
    """The answers to one question, side by side as far as they fit, or one below the other.

    Args:
        names: of the answers, in order.
        label: what is asked, for a screen reader; set anew by `ask`.
        wide: whether each answer has a line of its own.
    """

    chosen = Signal(str)
    gone_on = Signal()  # Enter

    def __init__(self, names: Sequence[str], *, wide: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = wide
        self.options = {name: Option(name, self) for name in names}
        for name, option in self.options.items():
            option.clicked.connect(lambda _checked=False, n=name: self.chosen.emit(n))

    @property
    def answer(self) -> str:
        """The name of the chosen answer."""
        return next((name for name, option in self.options.items() if option.isChecked()), "")

    def choose(self, name: str) -> None:
        """Choose an answer without telling."""
        self.options[name].setChecked(True)

    def start(self) -> None:
        """Take the cursor: to the chosen answer."""
        self.options[self.answer].setFocus(Qt.FocusReason.TabFocusReason)

    def place(self) -> None:
        """Give each answer its place at the present width."""
        x = y = 0
        every = self.options.values()
        tall = max(each.tall(self.width() if self._wide else each.sizeHint().width()) for each in every)
        for option in every:
            wide = self.width() if self._wide else min(option.sizeHint().width(), self.width())
            if x and (self._wide or x + wide > self.width()):
                x, y = 0, y + tall + theme.S
            tall = option.tall(wide) if self._wide else tall
            option.setGeometry(x, y, wide, tall)
            x += wide + theme.S
        self.setFixedHeight(y + tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the answers anew."""
        super().resizeEvent(event)
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter; a letter chooses the next answer that begins with it."""
        names = list(self.options)
        wish = event.text().casefold()
        if keys.is_enter(event):
            self.gone_on.emit()
        elif wish.strip() and not event.modifiers():
            here = names.index(self.answer)
            order = [*names[here + 1 :], *names[: here + 1]]
            fits = (each for each in order if self._starts(self.options[each], wish))
            self._take(next(fits, self.answer))
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _starts(option: Option, letter: str) -> bool:
        return any(each.casefold().startswith(letter) for each in (option.text(), option.story, option.name))

    def _take(self, name: str) -> None:
        self.choose(name)
        self.start()
        self.chosen.emit(name)
