# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What customs assessed beside what was worked out here: a line a kind, the difference by its sign and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.document.path import SINGLE, Path

from .. import theme
from ..parts import paint
from ..parts.button import Asked

if TYPE_CHECKING:
    from decimal import Decimal

    from PySide6.QtGui import QPaintEvent

    from swclient.workflow.told.assessed import Assessment, Compared

    from .stage import Stage

_LINE = 24
_LEFT, _TOP = theme.S + 2, theme.XS  # within the ring of the cursor
_WIDEST = 720
_SHARES = (0.0, 0.14, 0.38, 0.62, 1.0)


class AssessedLines(Asked):
    """The comparison; asked, the panel “Why?” tells the same with the answer that it comes from."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._held: Assessment | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: stage.why.emit(Path("header", SINGLE, "charges_total")))
        self.hide()

    def refresh(self) -> None:
        """Show what customs assessed as it now stands; nothing before it has."""
        self._held = self._stage.desk.assessed() if self._stage.desk is not None else None
        self.setVisible(self._held is not None)
        if self._held is None:
            return
        self.setAccessibleName(self._title())
        self.setAccessibleDescription("; ".join(", ".join(self._words(line)) for line in self._lines()))
        self.updateGeometry()
        self.update()

    def _title(self) -> str:
        source = self._held.source() if self._held is not None else ""
        return Message(N_("Assessed by customs: {answer}"), {"answer": source}).text()

    def _lines(self) -> list[Compared]:
        return [*self._held.lines, self._held.total] if self._held is not None else []

    @staticmethod
    def _words(line: Compared) -> tuple[str, str, str, str]:
        return line.kind or _("In all"), _shown(line.ours), _shown(line.theirs), line.words()

    def sizeHint(self) -> QSize:
        """Return room for title, heading and all lines."""
        return QSize(200, 2 * _TOP + theme.CAPTION_ROW + _LINE * (len(self._lines()) + 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw title, heading and lines."""
        now = theme.colours()
        painter = QPainter(self)
        painter.setFont(paint.face(theme.BODY, bold=True))
        wide = min(self.width(), _WIDEST)
        paint.text(painter, QRect(_LEFT, _TOP, wide - _LEFT, theme.CAPTION_ROW), self._title(), now.ink)
        heads = (_("Kind"), _("Worked out here"), _("Assessed by customs"), _("Difference"))
        painter.setFont(paint.face(theme.CAPTION))
        for place, words in enumerate(heads):
            paint.text(painter, self._cell(place, _TOP + theme.CAPTION_ROW), words, now.muted, _align(place))
        lines = self._lines()
        for number, line in enumerate(lines, 1):
            top = _TOP + theme.CAPTION_ROW + number * _LINE
            painter.fillRect(QRect(_LEFT, top, wide - _LEFT, 1), now.line)
            painter.setFont(paint.face(theme.BODY, bold=number == len(lines)))
            for place, words in enumerate(self._words(line)):
                differs = place == len(heads) - 1 and line.difference
                paint.text(painter, self._cell(place, top), words, now.warning if differs else now.ink, _align(place))
        if self.hasFocus():
            paint.frame(painter, self.rect().adjusted(2, 0, 0, 0), None, now.accent, 2)

    def _cell(self, place: int, top: int) -> QRect:
        wide = min(self.width(), _WIDEST) - _LEFT
        left, right = round(_LEFT + wide * _SHARES[place]), round(_LEFT + wide * _SHARES[place + 1])
        return QRect(left, top, right - left - theme.M, _LINE)


def _align(place: int) -> int:
    return paint.RIGHT if place in {1, 2} else paint.LEFT


def _shown(amount: Decimal | None) -> str:
    return "—" if amount is None else i18n.show(amount)
