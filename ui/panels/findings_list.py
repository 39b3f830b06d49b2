# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How findings stand in their list: mark, box and code, the words, and whether a fix is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from swclient.base.i18n import _

from .. import theme
from ..parts import paint
from ..parts.listing import AnyIndex, Rows
from ..words import level_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter, QResizeEvent

    from swclient.engine.finding import Finding

_LINES = 6
_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


class FindingsModel(Rows["Finding"]):
    """All findings of a declaration, errors first; each says level, box and words on one line."""

    def __init__(self, where: Callable[[Finding], str], grade: Callable[[Finding], str]) -> None:
        super().__init__(self._told, Qt.ItemDataRole.ToolTipRole)
        self.where = where
        self.grade = grade

    def _told(self, finding: Finding) -> str:
        return f"{level_words(self.grade(finding))}, {self.where(finding)}: {finding.message.text()}"


class FindingPainter(QStyledItemDelegate):
    """Paints findings, each as tall as its words need, up to six lines."""

    def __init__(self, owner: QListView) -> None:
        super().__init__(owner)
        self._list = owner

    def _height(self, wide: int, finding: Finding) -> int:
        room = QRect(0, 0, wide - theme.XL - theme.S, 1000)
        needed = paint.metrics(theme.BODY).boundingRect(room, _FLAGS, finding.message.text()).height()
        line = paint.metrics(theme.BODY).lineSpacing()
        return min(needed, _LINES * line)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the height that the words need in this width."""
        wide = self._list.viewport().width()
        finding = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        return QSize(wide, 16 + self._height(wide, finding) + 2 * theme.S - 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one finding."""
        model: FindingsModel = index.model()  # type: ignore[assignment]  # the list has no other
        finding = model.rows[index.row()]
        now = theme.colours()
        rect: QRect = option.rect
        state = option.state
        chosen = state & QStyle.StateFlag.State_Selected
        if chosen:
            painter.fillRect(rect, now.select)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, now.hover)
        painter.fillRect(QRect(rect.left() + theme.S, rect.bottom(), rect.width() - 2 * theme.S, 1), now.line)
        paint.level_mark(
            painter,
            QRectF(rect.left() + theme.S - 1, rect.top() + theme.S - 1, 13, 13),
            model.grade(finding),
        )
        room = rect.adjusted(theme.XL, theme.S - 2, -theme.S, -theme.S)
        let = finding.acknowledged is not None
        ink = now.muted if let else now.ink
        painter.setFont(paint.face(theme.CAPTION, bold=True))
        line = QRect(room.left(), room.top(), room.width(), 14)
        paint.text(painter, line, model.where(finding), ink)
        painter.setFont(paint.face(theme.CAPTION))
        told = _("acknowledged") if let else _("fix offered") if finding.fix else ""
        paint.text(painter, line, told, now.muted if let else now.accent, paint.RIGHT)
        painter.setFont(paint.face(theme.BODY))
        painter.setPen(ink)
        painter.drawText(room.adjusted(0, 16, 0, 0), _FLAGS, finding.message.text())
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, 0, -1), None, now.accent, 2)


class FindingList(QListView):
    """A list whose lines are measured anew when it becomes wider."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the lines again."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
