# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Charges of all items as a table: a line an item, a column a payment kind; every figure answers “why?”."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.document.path import SINGLE, Path

from .. import actions, keys, theme
from ..parts import paint
from ..parts.density import fix_rows, row_sections
from ..parts.frames import slim
from ..words import numbered
from .heading import HEADING, Heading

if TYPE_CHECKING:
    from swclient.document.charge import Charge

    from .stage import Stage

AnyIndex = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_LEAD = 3  # item, code, customs value
_NUMBER, _CODE, _VALUE = range(_LEAD)
_EMPTY = N_("Duties, taxes and fees of each item will stand here as soon as it has a code, an origin and a price.")
_NAMES = ("number", "code", "customs_value")


class ChargesModel(QAbstractTableModel):
    """What is to be paid, item by item and kind by kind; the last line is the whole declaration's."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.kinds: list[str] = []
        self._rows: list[int] = []
        self._lines: list[dict[str, Charge]] = []
        self._totals: dict[str, Decimal] = {}

    def refresh(self) -> None:
        """Take up rows, kinds and amounts as they now stand."""
        session = self._stage.session
        self.beginResetModel()
        self._rows = session.rows("item")
        found = [session.value(Path("item", row, "charges_due")) for row in self._rows]
        self._lines = [{line.kind: line for line in lines} if isinstance(lines, tuple) else {} for lines in found]
        totals = session.value(Path("header", SINGLE, "charges"))
        self._totals = {line.kind: line.amount for line in totals} if isinstance(totals, tuple) else {}
        self.kinds = sorted({kind for lines in self._lines for kind in lines} | set(self._totals))
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOTHING) -> int:
        """Return a line for every item, and one for all."""
        return 0 if parent.isValid() or not self._rows else len(self._rows) + 1

    def columnCount(self, parent: AnyIndex = _NOTHING) -> int:
        """Return item, code, value, a column for every kind, and the total."""
        return 0 if parent.isValid() else _LEAD + len(self.kinds) + 1

    def is_last(self, row: int) -> bool:
        """Tell whether a line is the one of all items."""
        return row == len(self._rows)

    def path(self, index: AnyIndex) -> Path:
        """Return the value that a cell's “why?” is about."""
        column = index.column()
        last = column == self.columnCount() - 1
        if self.is_last(index.row()):
            name = "customs_value_total" if column == _VALUE else "charges_total" if last else "charges"
            return Path("header", SINGLE, name)
        name = _NAMES[column] if column < _LEAD else "charges_total" if last else "charges"
        return Path("item", self._rows[index.row()], name)

    def unconfirmed(self, index: AnyIndex) -> bool:
        """Tell whether a rate or fee behind a cell is not confirmed by its source."""
        if self.is_last(index.row()) or not _LEAD <= index.column() < self.columnCount() - 1:
            return False
        line = self._lines[index.row()].get(self.kinds[index.column() - _LEAD])
        return line is not None and not line.confirmed

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell reads."""
        if not index.isValid() or role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        words = self._words(index)
        if role == Qt.ItemDataRole.ToolTipRole and self.unconfirmed(index):
            return f"{words} · {_('not confirmed')}"
        return words

    def _words(self, index: AnyIndex) -> str:
        kind = index.column() - _LEAD
        if 0 <= kind < len(self.kinds):
            if self.is_last(index.row()):
                return i18n.show(self._totals.get(self.kinds[kind]))
            line = self._lines[index.row()].get(self.kinds[kind])
            return i18n.show(line.amount) if line is not None else ""
        if self.is_last(index.row()) and index.column() in {_NUMBER, _CODE}:
            return _("In all") if index.column() == _NUMBER else ""
        return i18n.show(self._stage.session.value(self.path(index)))

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a column holds; a kind is told by code and name."""
        if way != Qt.Orientation.Horizontal or role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        if section < _LEAD:
            words = (_("Item"), _("Commodity code"), _("Customs value"))[section]
            return numbered(words, self._stage.session.profile.fields.get(f"item.{_NAMES[section]}"))
        if section == self.columnCount() - 1:
            return _("To pay")
        kind = self.kinds[section - _LEAD]
        known = self._stage.session.profile.code_list("payment_kinds")
        entry = known.get(kind) if known else None
        return f"{kind} {entry.name() if entry else ''}".strip()


class _Painter(QStyledItemDelegate):
    def __init__(self, table: Charges) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(80, theme.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model: ChargesModel = index.model()  # type: ignore[assignment]  # the table has no other
        now = theme.colours()
        rect: QRect = option.rect
        state = option.state
        last = model.is_last(index.row())
        painter.fillRect(
            rect,
            now.select if state & QStyle.StateFlag.State_Selected else now.panel if last else now.paper,
        )
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.line)
        painter.setFont(paint.face(theme.BODY, bold=last or index.column() == model.columnCount() - 1))
        align = paint.RIGHT if index.column() >= _VALUE else paint.LEFT
        words = str(index.data() or "") + (" *" if model.unconfirmed(index) else "")
        room = rect.adjusted(theme.S, 0, -theme.S, 0)
        if last and index.column() == _CODE:  # the word before it runs on over this empty cell
            room.setLeft(room.left() - self._table.columnWidth(_NUMBER))
            words = str(model.index(index.row(), _NUMBER).data())
        if not (last and index.column() == _NUMBER):
            paint.text(painter, room, words, now.ink, align)
        if state & QStyle.StateFlag.State_HasFocus:
            paint.frame(painter, rect.adjusted(0, 0, 0, -1), None, now.accent, 2)


class _Heading(Heading):
    def told(self, section: int) -> tuple[str, str, bool]:
        number, _sign, label = str(self.model().headerData(section, Qt.Orientation.Horizontal)).partition("  ")
        right = section >= _VALUE
        return (number, label, right) if label else ("", number, right)


class Charges(QTableView):
    """The table of charges; moving onto a figure asks why."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.cells = ChargesModel(stage, self)
        slim(self)
        self.setModel(self.cells)
        self.setItemDelegate(_Painter(self))
        self.setHorizontalHeader(_Heading(Qt.Orientation.Horizontal, self))
        self.verticalHeader().hide()
        row_sections(self.verticalHeader())
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._ask)

    def refresh(self) -> None:
        """Show amounts as they now stand, the cursor left where it was."""
        here = self.currentIndex()
        place = (here.row(), here.column())
        blocked = self.selectionModel().blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.cells.refresh()
        if 0 <= place[0] < self.cells.rowCount() and 0 <= place[1] < self.cells.columnCount():
            self.setCurrentIndex(self.cells.index(*place))
        self.selectionModel().blockSignals(blocked)
        self.setAccessibleName(_("Charges by item"))
        fix_rows(self, min(max(self.cells.rowCount(), 1), 14), HEADING + 4)
        self._share()

    def _share(self) -> None:
        count = self.cells.columnCount()
        shares = [2, 4, 4, *[4] * (count - _LEAD)]
        unit = max(self.viewport().width() / sum(shares), 28)
        left = 0.0
        for column, share in enumerate(shares):
            self.setColumnWidth(column, int(left + unit * share) - int(left))
            left += unit * share

    def _ask(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._stage.why.emit(self.cells.path(now))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells; while there is none, say what will be here and what it needs."""
        super().paintEvent(event)
        if not self.cells.rowCount():
            painter = QPainter(self.viewport())
            painter.setFont(paint.face(theme.BODY))
            room = QRect(theme.S, 0, self.viewport().width() - theme.S, theme.ROW)
            paint.text(painter, room, _(_EMPTY), theme.colours().muted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next place of the page."""
        if actions.claimed(event):
            event.ignore()
        elif keys.is_enter(event) or event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.focusNextPrevChild(event.key() != Qt.Key.Key_Backtab)
        else:
            super().keyPressEvent(event)
