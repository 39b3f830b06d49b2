# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Happenings at the left, the chosen one explained and raw at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from swclient.base.i18n import _

from .. import icons, theme
from ..parts import paint
from ..parts.frames import Splitter, slim
from ..parts.listing import AnyIndex, Rows
from ..parts.plain import words, wrapped
from ..words import ago, clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from swclient.workflow.told.timeline import Happening

_TALL = 46
_LINES = 12  # more than so many are shown where they can be scrolled
_ICONS = {
    "state": "flag",
    "answer": "envelope-simple-open",
    "attempt": "paper-plane-tilt",
    "created": "file-plus",
    "signed": "pencil-simple",
    "queued": "tray",
    "sent": "paper-plane-tilt",
    "paid": "wallet",
    "refused": "warning-circle",
    "stranger": "envelope-simple",
    "amendment": "note-pencil",
    "document_reply": "paperclip",
    "withdrawal": "arrow-u-up-left",
    "archived": "archive",
    "change": "pencil-simple",
    "acknowledged": "check",
    "signed_off": "check-circle",
}


def _told(row: Happening) -> str:
    return f"{clock(row.at)} {row.title}. {row.detail}"


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(200, _TALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: Happening = index.model().rows[index.row()]  # type: ignore[attr-defined]  # the model is ours
        now = theme.colours()
        rect: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, now.select)
        colour = {"error": now.error, "warning": now.warning, "good": now.good}.get(row.level, now.ink)
        spine = rect.left() + 22
        painter.fillRect(QRect(spine, rect.top(), 1, rect.height()), now.line)
        painter.fillRect(
            QRect(spine - 10, rect.top() + 6, 22, 22),
            now.select if state & QStyle.StateFlag.State_Selected else now.paper,
        )
        place = QRectF(spine - 10, rect.top() + 6, 22, 22)
        icons.draw(painter, place, _ICONS.get(row.kind, "circle"), colour, 17)
        room = rect.adjusted(44, 6, -theme.M, 0)
        painter.setFont(paint.face(theme.CAPTION))
        when = f"{clock(row.at)}, {ago(row.at)}"
        wide = painter.fontMetrics().horizontalAdvance(when)
        first = QRect(room.left(), room.top(), room.width(), 18)
        paint.text(painter, first, when, now.muted, paint.RIGHT)
        painter.setFont(paint.face(theme.BODY, bold=row.raw is not None or row.level != "info"))
        paint.text(painter, first.adjusted(0, 0, -wide - theme.S, 0), row.title, colour)
        painter.setFont(paint.face(theme.CAPTION))
        second = QRect(room.left(), room.top() + 18, room.width(), 16)
        paint.text(painter, second, row.detail.replace("\n", " "), now.muted)
        if state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect, None, now.accent, 2)


class Happenings(QWidget):
    """A list of happenings, and the whole of the current one.

    Args:
        empty: said while there is none.
    """

    def __init__(self, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._rows = Rows(_told)
        self.list = QListView()
        slim(self.list)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.list.selectionModel().currentChanged.connect(lambda *_both: self._tell())
        self.title = wrapped(size=theme.TITLE)
        self.detail = wrapped()
        self.raw_title = words(size=theme.CAPTION, muted=True)
        self.raw = QPlainTextEdit()
        slim(self.raw)
        self.raw.setReadOnly(True)
        keeps = self.raw.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.raw.setSizePolicy(keeps)
        self.raw.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.raw.setFont(paint.face(theme.CAPTION))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        right = QWidget()
        inner = QVBoxLayout(right)
        inner.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        inner.setSpacing(theme.S)
        for each in (self.title, self.detail, self.raw_title):
            inner.addWidget(each)
        inner.addWidget(self.raw, 1)
        split = Splitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setSizes([420, 460])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split, 1)

    def fill(self, rows: Sequence[Happening]) -> None:
        """Show happenings; the newest is shown unless an older one was being read."""
        if list(rows) == list(self._rows.rows):
            return
        here = self.list.currentIndex().row()
        at_end = here < 0 or here == len(self._rows.rows) - 1
        self._rows.fill(rows)
        if rows:
            self.list.setCurrentIndex(self._rows.index(len(rows) - 1 if at_end else here, 0))
            self.list.scrollTo(self.list.currentIndex())
        self._tell()

    def _tell(self) -> None:
        index = self.list.currentIndex()
        row = self._rows.rows[index.row()] if index.isValid() and index.row() < len(self._rows.rows) else None
        self.title.setText(row.title if row else "")
        detail = row.detail if row else _(self._empty)
        raw = row.raw.decode("utf-8", "replace") if row is not None and row.raw is not None else ""
        short = bool(raw) or detail.count("\n") < _LINES
        self.detail.setText(detail if short else "")
        self.detail.setVisible(short)
        self.raw_title.setText(_("As it came") if raw else "")
        raw = raw or ("" if short else detail)
        self.raw.setPlainText(raw)
        self.raw.setVisible(bool(raw))
        self.raw_title.setVisible(bool(raw))

    def retranslate(self) -> None:
        """Take all words in the language in force; the rows are to be filled in anew."""
        self.raw.setAccessibleName(_("As it came"))
        self._rows.fill(())
        self._tell()
