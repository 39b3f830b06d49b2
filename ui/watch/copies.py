# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Has the store copied while the window is idle, shows how it stands, and says what is wrong with store or copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.workflow.house.backups import when_checked

if TYPE_CHECKING:
    from swclient.workflow.house.backups import CopyStanding

    from ..ports import Office

FIRST_MS = 8_000
"""How long after the start the first look is taken: the start itself must not wait for the disk."""
EVERY_MS = 5_000


class CopyWatch(QObject):
    """Watches over the safety of one store."""

    def __init__(self, office: Office) -> None:
        super().__init__(office.window)
        self._office = office
        self._trouble = ""
        self._started = False
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        self.timer.start(FIRST_MS)
        office.window.closing.connect(self.timer.stop)
        when_checked(office.application.store, office.application.jobs, self._store_is_not_whole)

    def look(self) -> None:
        """See how it stands, in the background; at the first look anything in no copy is copied."""
        if self._office.application.holding.looking is not None:
            return  # the window that works has it copied
        backups = self._office.application.backups
        if not self._started:
            backups.told.connect(self._told)
            self.timer.setInterval(EVERY_MS)
        backups.look(first=not self._started)
        self._started = True

    def _told(self, standing: CopyStanding) -> None:
        self._office.window.rail.copies.tell(standing)
        trouble = standing.trouble.msgid if standing.trouble else ""
        if trouble != self._trouble and standing.trouble is not None:
            told = Message(N_("The store was not copied: {reason}"), {"reason": standing.trouble})
            self._office.say(told.text(), "warning")
        self._trouble = trouble

    def _store_is_not_whole(self, told: Message) -> None:
        self._office.say(told.text(), "error")
