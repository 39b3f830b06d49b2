# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a figure is what it is: the tree from the figure down to what was typed, with rates, dates and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from swclient.base.i18n import _

from .. import theme
from ..parts import paint
from ..parts.frames import slim
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from swclient.document.path import Path
    from swclient.workflow.views import Explanation

    from ..forms.stage import Stage

AnyIndex = QModelIndex | QPersistentModelIndex
_DEPTH = 2
_VALUE_SHARE = 0.55
_HELD = Qt.ItemDataRole.UserRole


class _Painter(QStyledItemDelegate):
    """Draws label and value on one line, formula and source below in muted type."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(120, 36 if _notes(index.data(_HELD)) else 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        now = theme.colours()
        rect: QRect = option.rect
        told: Explanation = index.data(_HELD)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, now.select)
        room = QRect(rect.left() + 2, rect.top() + 2, rect.width() - theme.M, 18)
        painter.setFont(paint.face(theme.BODY, bold=not index.parent().isValid()))
        wide = min(painter.fontMetrics().horizontalAdvance(told.value), round(room.width() * _VALUE_SHARE))
        paint.text(painter, room.adjusted(room.width() - wide, 0, 0, 0), told.value, now.ink, paint.RIGHT)
        painter.setFont(paint.face(theme.BODY))
        paint.text(painter, room.adjusted(0, 0, -wide - theme.S, 0), told.label, now.ink)
        notes = _notes(told)
        if notes:
            painter.setFont(paint.face(theme.CAPTION))
            below = QRect(rect.left() + 2, rect.top() + 19, rect.width() - theme.M, 14)
            paint.text(painter, below, notes, now.muted if told.confirmed else now.warning)


def _notes(told: Explanation) -> str:
    parts = [told.formula, told.source, told.law, "" if told.confirmed else _("not confirmed")]
    return " · ".join(part for part in parts if part)


class Why(Speaking):
    """The panel “Why?”; it follows the cursor to figures that were worked out, and answers every figure asked about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage: Stage | None = None
        self._path: Path | None = None
        self._past = False  # whether its history is shown instead
        self.heading = words(size=theme.TITLE, bold=True)
        self.empty = wrapped(muted=True)
        self.tree = QTreeWidget()
        slim(self.tree)
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(1)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.tree.setIndentation(theme.M)
        self.tree.setItemDelegate(_Painter(self.tree))
        self.tree.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.setFocusProxy(self.tree)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.S, 0, theme.XS)
        whole.setSpacing(theme.XS)
        for each in (self.heading, self.empty):
            each.setContentsMargins(theme.M, 0, theme.M, 0)
            whole.addWidget(each)
        whole.addWidget(self.tree, 1)
        self.retranslate()

    def show_stage(self, stage: Stage | None) -> None:
        """Explain another declaration, or none."""
        if self._stage is not None:
            self._stage.why.disconnect(self.ask)
            self._stage.entered.disconnect(self._entered)
            self._stage.changed.disconnect(self._changed)
        self._stage, self._path, self._past = stage, None, False
        if stage is not None:
            stage.why.connect(self.ask)
            stage.entered.connect(self._entered)
            stage.changed.connect(self._changed)
        self.retranslate()

    def _entered(self, path: Path) -> None:
        if self._stage is not None:
            field = self._stage.session.profile.fields.get(path.field_id)
            if field is not None and field.derived:
                self.ask(path)

    def _changed(self, _changed: object) -> None:
        if self._path is not None and self.isVisible():
            self._again(self._path)

    def _again(self, path: Path) -> None:
        (self.ask_past if self._past else self.ask)(path)

    def ask(self, path: Path) -> None:
        """Explain a value."""
        if self._stage is None:
            return
        try:
            told = self._stage.session.explain(path)
        except KeyError:  # its row is gone
            self._path = None
            self.retranslate()
            return
        said = self._stage.desk.compared(path) if self._stage.desk is not None else None
        self._show(path, [told] if said is None else [said, told], past=False)

    def ask_past(self, path: Path) -> None:
        """Tell who changed a value, when, from what to what, the latest first."""
        from .past import history_of

        if self._stage is not None and self._stage.desk is not None:
            self._show(path, [history_of(self._stage.desk, path)], past=True)

    def _show(self, path: Path, told: list[Explanation], *, past: bool) -> None:
        self._path, self._past = path, past
        self.tree.clear()
        for each in told:
            top = _node(each)
            self.tree.addTopLevelItem(top)
            _unfold(top, 0)
        self._title(told[-1].label)

    def _title(self, label: str) -> None:
        heading = _("History of the box") if self._past else _("Why?")
        self.heading.setText(heading)
        self.empty.setVisible(not label)
        self.tree.setAccessibleName(f"{heading} {label}".strip())

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.empty.setText(
            _("Any figure that was worked out answers here: its formula, its rates, and where they come from.")
        )
        if self._path is None:
            self.tree.clear()
            self._title("")
        else:
            self._again(self._path)


def _unfold(item: QTreeWidgetItem, depth: int) -> None:
    item.setExpanded(depth < _DEPTH)
    for child in (item.child(place) for place in range(item.childCount())):
        if child is not None:
            _unfold(child, depth + 1)


def _node(told: Explanation) -> QTreeWidgetItem:
    item = QTreeWidgetItem([f"{told.label}: {told.value}"])
    item.setData(0, _HELD, told)
    item.setToolTip(0, "\n".join(part for part in (told.label, told.value, _notes(told)) if part))
    for part in told.parts:
        item.addChild(_node(part))
    return item
