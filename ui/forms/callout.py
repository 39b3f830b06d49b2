# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of a finding under the box that has the cursor: laid over the sheet, so that nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from swclient.base.i18n import N_
from swclient.base.messages import Message

from .. import actions, theme
from ..parts import paint

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from swclient.engine.finding import Finding

    from .box import Box

_WIDEST, _NARROWEST = 460, 240
_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


class Callout(QWidget):
    """Shows the gravest finding of one box."""

    def __init__(self, sheet: QWidget) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._box: Box | None = None
        self._words = ""
        self._fix = ""
        self._fix_tall = 0
        self._level = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def words(self) -> str:
        """What is said now, empty while nothing is."""
        return self._words if self.isVisibleTo(self._sheet) else ""

    def stand_under(self, box: Box) -> None:
        """Stand under a box from now on."""
        self._box = box
        self.refresh()

    def leave(self, box: Box) -> None:
        """Go when that box loses the cursor."""
        if box is self._box:
            self._box = None
            self.hide()

    def refresh(self) -> None:
        """Say what there is to say about the box now."""
        box = self._box
        finding = self._gravest(box) if box is not None else None
        if box is None or finding is None:
            self.hide()
            return
        self._words, self._level = finding.message.text(), str(finding.level)
        self._fix = ""
        if finding.fix is not None:
            args = {"keys": actions.shown_keys("take_fix"), "fix": finding.fix.label}
            self._fix = Message(N_("{keys}: {fix}"), args).text()
        self._place(box)
        self.show()
        self.raise_()
        self.update()

    @staticmethod
    def _gravest(box: Box) -> Finding | None:
        if box.look is None or not box.look.findings:
            return None
        wanted = box.level
        return next(
            (each for each in box.look.findings if each.acknowledged is None and str(each.level) == wanted), None
        )

    def _place(self, box: Box) -> None:
        sheet = self._sheet
        corner = box.foot(sheet)
        wide = max(min(sheet.width() - corner.x() - theme.L, _WIDEST), _NARROWEST)
        left = min(corner.x(), sheet.width() - wide - theme.S)
        room = QRect(0, 0, wide - theme.XL - theme.M, 400)
        tall = paint.metrics(theme.BODY).boundingRect(room, _FLAGS, self._words).height() + 2 * theme.S
        self._fix_tall = paint.metrics(theme.CAPTION).boundingRect(room, _FLAGS, self._fix).height() if self._fix else 0
        tall += self._fix_tall + theme.XS if self._fix else 0
        self.setGeometry(left, corner.y() + 2, wide, tall)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and words on a ground of their own."""
        now = theme.colours()
        painter = QPainter(self)
        paint.frame(painter, self.rect(), now.field, paint.level_colour(self._level))
        paint.level_mark(painter, QRectF(theme.S, theme.S + 2, 13, 13), self._level)
        room = self.rect().adjusted(theme.XL + 2, theme.S, -theme.S, -theme.S)
        painter.setFont(paint.face(theme.BODY))
        painter.setPen(now.ink)
        painter.drawText(room, _FLAGS, self._words)
        if self._fix:
            painter.setFont(paint.face(theme.CAPTION))
            painter.setPen(now.accent)
            painter.drawText(room.adjusted(0, room.height() - self._fix_tall, 0, 0), _FLAGS, self._fix)
