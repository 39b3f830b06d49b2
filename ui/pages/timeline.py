# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened to the declaration: our own steps and every answer, explained, and raw as it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from swclient.base.i18n import N_, _

from .. import icons, theme
from ..parts import paint
from ..parts.frames import Splitter, slim
from ..parts.journey import Journey
from ..parts.listing import AnyIndex, Rows
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking
from ..words import ago, clock

if TYPE_CHECKING:
    from swclient.workflow.desk import Desk
    from swclient.workflow.timeline import Happening

_TALL = 46
_ICONS = {
    "state": "flag",
    "answer": "envelope-simple-open",
    "attempt": "paper-plane-tilt",
    "created": "file-plus",
}

# The stations that a declaration passes, with the states that count as having come there.
STATIONS = (
    (N_("Draft"), ("draft",)),
    (N_("Signed"), ("signed", "queued")),
    (N_("At customs"), ("received", "rejected")),
    (N_("Registered"), ("registered", "under_control")),
    (N_("Payment"), ("payment_due", "paid", "refused")),
    (N_("Released"), ("released", "archived")),
)
_WRONG = {"rejected", "refused"}


def show_journey(journey: Journey, state: str) -> None:
    """Show on the line of stations where a state stands."""
    here = next((n for n, (_name, states) in enumerate(STATIONS) if state in states), 0)
    journey.say([_(name) for name, _states in STATIONS], here, wrong=state in _WRONG)


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
        icons.draw(
            painter,
            QRectF(spine - 10, rect.top() + 6, 22, 22),
            _ICONS.get(row.kind, "circle"),
            colour,
            17,
        )
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


class TimelinePage(Speaking):
    """Happenings at the left, the chosen one explained and raw at the right."""

    TITLE = N_("Timeline")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = Rows(_told)
        self.journey = Journey()
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
        whole.setContentsMargins(theme.L, theme.M, 0, 0)
        whole.setSpacing(theme.S)
        whole.addWidget(self.journey)
        whole.addWidget(split, 1)

    def start(self) -> None:
        """Take the cursor."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    end = start

    def refresh(self, _changed: object = None) -> None:
        """Take up what has happened since; the newest answer is shown unless an older one was being read."""
        show_journey(self.journey, str(self._desk.state))
        rows = self._desk.timeline()
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
        self.detail.setText(row.detail if row else _("Nothing has happened yet."))
        raw = row.raw.decode("utf-8", "replace") if row is not None and row.raw is not None else ""
        self.raw.setPlainText(raw)
        self.raw.setVisible(bool(raw))
        self.raw_title.setVisible(bool(raw))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up when it comes on show."""
        super().showEvent(event)
        self.refresh()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.list.setAccessibleName(_("Timeline"))
        self.raw.setAccessibleName(_("As it came"))
        self.raw_title.setText(_("As it came"))
        self._rows.fill(())
        self._tell()
        if self.isVisible():
            self.refresh()
