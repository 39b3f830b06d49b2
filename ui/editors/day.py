# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days: typed as people write them; F8 or F4 opens the calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, Qt

from swclient.base.i18n import N_, _
from swclient.catalogue.kinds import KindError

from .base import LineEditor

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QCalendarWidget, QWidget

    from swclient.workflow.views import Look

PATTERN = N_("yyyy-mm-dd")


class DayEditor(LineEditor):
    """A calendar day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self._calendar: QCalendarWidget | None = None

    def present(self, look: Look, *, typed: bool = False) -> None:
        """Show the day as the language writes it."""
        super().present(look, typed=typed)
        try:
            day = look.field.kind.parse(look.text)
        except KindError:
            day = None
        self._day = day if isinstance(day, date) else None

    def open_list(self) -> bool:
        """Open the calendar at the day."""
        if self.isReadOnly():
            return False
        if self._calendar is None:
            self._calendar = self._made()
        day = self._day or date.today()  # noqa: DTZ011 - the user's own calendar
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        self._calendar.show()
        self._calendar.setFocus()
        return True

    def _made(self) -> QCalendarWidget:
        from PySide6.QtWidgets import QCalendarWidget

        made = QCalendarWidget(self)
        made.setWindowFlag(Qt.WindowType.Popup)
        made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        made.activated.connect(self._take)
        made.clicked.connect(self._take)
        return made

    def _take(self, day: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        text = date(day.year(), day.month(), day.day()).isoformat()
        self.put(text)
        self._tell(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say how a day is written while the box is empty."""
        self.setPlaceholderText(_(PATTERN))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be empty when empty."""
        self.setPlaceholderText("")
        super().focusOutEvent(event)
