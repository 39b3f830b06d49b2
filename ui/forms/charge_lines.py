# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Box 47 of one item as the paper has it: kind, base, rate, amount, a line each; asked, it answers why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from swclient.base import i18n
from swclient.base.i18n import _
from swclient.document.path import Path

from .. import theme
from ..parts import paint
from ..parts.button import Asked
from ..words import numbered

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from swclient.document.charge import Charge

    from .stage import Stage

_LINE = 22
_SHOWN = 6
_SHARES = (0.0, 0.14, 0.44, 0.72, 1.0)


def rate_of(charge: Charge) -> str:
    """Return a rate as people read it: percent, or an amount for a unit; a flat one has none."""
    if charge.rate_type == "%":
        return f"{i18n.show(charge.rate)} %"
    return f"{i18n.show(charge.rate)} {charge.rate_unit}".strip() if charge.rate_type == "*" else ""


class ChargeLines(Asked):
    """The lines of the current item."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._lines: tuple[Charge, ...] = ()
        self._field = stage.session.profile.fields.get("item.charges")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._ask)

    def refresh(self) -> None:
        """Show the lines as they now stand."""
        row = self._stage.item
        found = self._stage.session.value(Path("item", row, "charges_due")) if row is not None else None
        before = len(self._lines)
        self._lines = found if isinstance(found, tuple) else ()
        told = [f"{line.kind} {rate_of(line)} {i18n.show(line.amount)}" for line in self._lines]
        self.setAccessibleName(numbered(_("Charges"), self._field))
        self.setAccessibleDescription("; ".join(told))
        if len(self._lines) != before:
            self.updateGeometry()
        self.update()

    def _ask(self) -> None:
        if self._stage.item is not None:
            self._stage.why.emit(Path("item", self._stage.item, "charges"))

    def sizeHint(self) -> QSize:
        """Return room for a caption and a fixed number of lines, so that nothing moves when a line comes."""
        return QSize(200, theme.CAPTION_ROW + _LINE * _SHOWN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the caption and the lines."""
        now = theme.colours()
        painter = QPainter(self)
        room = QRect(6, 0, 120, theme.CAPTION_ROW - 1)
        if self._field is not None and self._field.box:
            painter.setFont(paint.face(theme.CAPTION, bold=True))
            paint.text(painter, room, self._field.box, now.ink)
            room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(self._field.box) + 5)
        heads = ("", _("Base"), _("Rate"), _("Amount"))
        painter.setFont(paint.face(theme.CAPTION))
        paint.text(painter, room, _("Charges"), now.muted)
        for place, words in enumerate(heads[1:], 1):
            paint.text(painter, self._cell(place, 0, theme.CAPTION_ROW - 1), words, now.muted, paint.RIGHT)
        for number, line in enumerate(self._lines[:_SHOWN]):
            self._paint_line(painter, number, line)
        if self.hasFocus():
            paint.frame(painter, self.rect().adjusted(2, 0, 0, 0), None, now.accent, 2)

    def _cell(self, place: int, top: int, tall: int) -> QRect:
        wide = self.width() - 6
        left, right = round(6 + wide * _SHARES[place]), round(6 + wide * _SHARES[place + 1])
        return QRect(left, top, right - left - theme.XS, tall)

    def _paint_line(self, painter: QPainter, number: int, line: Charge) -> None:
        now = theme.colours()
        top = theme.CAPTION_ROW + number * _LINE
        painter.fillRect(QRect(6, top, self.width() - 6, 1), now.line)
        base = f"{i18n.show(line.base)} {line.base_unit}" if line.base is not None else ""
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, self._cell(0, top, _LINE), line.kind, now.ink)
        for place, words in ((1, base), (2, rate_of(line)), (3, i18n.show(line.amount))):
            ink = now.ink if line.confirmed or place != 2 else now.warning  # noqa: PLR2004 - the rate's column
            paint.text(painter, self._cell(place, top, _LINE), words, ink, paint.RIGHT)
