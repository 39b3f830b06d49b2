# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of boxes to pick one from, found by number or by any word of their names; open over the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from swclient.base.i18n import _

from .. import keys, theme
from ..forms.preview import Lines, Told
from ..parts import paint
from ..parts.entry import Entry
from ..words import box_number, label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from swclient.catalogue.field import Field

_WIDE, _TALL = 380, 300


class BoxPick(QWidget):
    """The list under the line that it is looked for in. Enter picks, Escape goes.

    Attributes:
        line: what is looked for.
        lines: boxes that fit; the first line leaves the column out.
    """

    picked = Signal(str)  # id of the field, empty for none

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._fields: Sequence[Field] = ()
        self._shown: list[Field | None] = []
        self._before: QWidget | None = None
        self.line = Entry()
        self.lines = Lines((0.16, 0.0))
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        column.setSpacing(theme.XS)
        column.addWidget(self.line)
        column.addWidget(self.lines, 1)
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.lines.clicked.connect(lambda _index: self._pick())
        self.hide()

    def open(self, fields: Sequence[Field], current: Field | None, text: str, corner: QPoint) -> None:
        """Open under a place of the window; `text` is looked for at once, `current` is the box it goes to now."""
        self._before = self.window().focusWidget()
        self._fields = fields
        self.line.setAccessibleName(_("Which box does this column belong to?"))
        self.line.setPlaceholderText(_("Number or name of the box"))
        self.lines.setAccessibleName(self.line.accessibleName())
        self.line.setText(text)
        self._find(text)
        if current is not None and not text:
            self.lines.stand_on(self._shown.index(current))
        page = self._page
        place = page.mapFrom(self.window(), corner)
        left = max(0, min(place.x(), page.width() - _WIDE - theme.S))
        top = place.y() if place.y() + _TALL <= page.height() else max(0, page.height() - _TALL - theme.S)
        self.setGeometry(left, top, _WIDE, self._tall())
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, text: str) -> None:
        wish = text.casefold().strip()
        found = [field for field in self._fields if _fits(field, wish)]
        found.sort(key=lambda field: not box_number(field).casefold().startswith(wish) if wish else False)
        self._shown = [*found] if wish else [None, *found]
        self.lines.show_lines([_told(field) for field in self._shown])
        if self._shown:
            self.lines.stand_on(0)
        self.resize(_WIDE, self._tall())

    def _tall(self) -> int:
        return min(_TALL, theme.ROW * (max(len(self._shown), 1) + 1) + 3 * theme.XS)

    def _pick(self) -> None:
        place = self.lines.currentIndex().row()
        if 0 <= place < len(self._shown):
            field = self._shown[place]
            self.close_list()
            self.picked.emit(field.id if field is not None else "")

    def close_list(self) -> None:
        """Go; the cursor is where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move in the list while the cursor is in the line."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
        if event.key() == Qt.Key.Key_Escape:
            self.close_list()
        elif keys.is_enter(event):
            self._pick()
        elif event.key() in steps and self._shown:
            place = self.lines.currentIndex().row() + steps[Qt.Key(event.key())]
            self.lines.stand_on(max(0, min(place, len(self._shown) - 1)))
        else:
            return super().eventFilter(watched, event)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and its edge."""
        now = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), now.panel)
        paint.frame(painter, self.rect(), now.panel, now.accent)


def _fits(field: Field, wish: str) -> bool:
    texts = (box_number(field), label_of(field), field.label, *field.titles.values())
    return (
        not wish or box_number(field).casefold().startswith(wish) or any(wish in text.casefold() for text in texts[1:])
    )


def _told(field: Field | None) -> Told:
    if field is None:
        return Told("none", "", "", after=_("left out"))
    return Told("none", box_number(field), "", after=label_of(field))
