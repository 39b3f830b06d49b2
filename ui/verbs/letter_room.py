# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The room of letters that belong to no declaration, made when first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..pages.letters import LettersPage
    from ..ports import Office

FOLDER = "letters"


class Letters:
    """Shows the room."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.page: LettersPage | None = None

    def shown(self, folder: str) -> bool:
        """Show the room if it is what is wanted; return whether it was."""
        if folder != FOLDER:
            return False
        from ..pages.letters import LettersPage

        if self.page is None:
            self.page = LettersPage()
        office = self._office
        office.window.column.show_stage(None)
        self.page.fill(office.application.letters())
        office.window.show_room(self.page)
        office.window.rail.mark(FOLDER)
        self.page.start()
        return True
