# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second window on the same declarations: it only looks, says so, and takes over once the first one is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.errors import SwError
from swclient.base.i18n import N_, _
from swclient.workflow.taking_over import take_over

from .. import actions

if TYPE_CHECKING:
    from ..panels.looking import LookingLine
    from ..ports import OfficeOfViews

_OURS = N_("The other window is closed: everything can be changed here now.")


class Looking:
    """Whether a window may change anything; and, where it may not, the line that says so."""

    def __init__(self, office: OfficeOfViews) -> None:
        self._office = office
        self.line: LookingLine | None = None
        if office.application.holding.looking is not None:
            self._say_so()
        office.application.resume()
        office.worklist.ended.connect(self.read_on)

    def read_on(self) -> None:
        """Show the next page of the folder on show."""
        page, last = self._office.worklist, self._office.worklist.last
        if last is not None:
            page.add(self._office.looks.page(page.folder, last))

    @property
    def why(self) -> str:
        """Why nothing may be changed in this window, empty where it may."""
        looking = self._office.application.holding.looking
        return looking.text() if looking is not None else ""

    def refuses(self, identity: str) -> bool:
        """Say why an action is not for this window; return whether it is not."""
        refused = identity in actions.WRITES and bool(self.why)
        if refused:
            self._office.say(self.why, "warning")
        return refused

    def _say_so(self) -> None:
        from ..panels.looking import LookingLine

        office = self._office
        looking = office.application.holding.looking
        if looking is None:
            return
        self.line = LookingLine(looking)
        self.line.again.connect(self.try_again)
        office.window.strip.insertWidget(1, self.line)
        office.worklist.bar(self.why)

    def try_again(self) -> None:
        """Take over if the other window is gone; else say who has the declarations now."""
        office, application = self._office, self._office.application
        view = office.window.view
        shown = view.desk.id if view is not None else ""
        office.forget_all()
        try:
            ours = take_over(application)
        except SwError as error:
            office.say(str(error), "error")
            ours = False
        if ours:
            self._leave()
        elif self.line is not None and application.holding.looking is not None:
            self.line.say(application.holding.looking)
        office.refresh()
        if shown:
            office.open(shown)
        else:
            office.show_folder(office.worklist.folder)
        if ours:
            application.resume()
            office.say(_(_OURS), "advice")

    def _leave(self) -> None:
        if self.line is not None:
            self._office.window.strip.removeWidget(self.line)
            self.line.hide()
            self.line.deleteLater()
            self.line = None
        self._office.worklist.bar("")
