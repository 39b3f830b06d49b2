# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Letters that belong to no declaration: kept as they came, each with the reason, and never applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from swclient.base.i18n import N_, _

from .. import theme
from ..parts.plain import words, wrapped
from ..parts.speaking import Speaking
from .happenings import Happenings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from swclient.workflow.told.timeline import Happening

FOLDER = "letters"


class LettersPage(Speaking):
    """The letters, the last one current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = words(size=theme.TITLE, bold=True)
        self.lead = wrapped(muted=True)
        self._letters: Sequence[Happening] = ()
        self.happenings = Happenings(N_("No letters of strangers."))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, 0, theme.M)
        whole.setSpacing(theme.S)
        for each in (self.heading, self.lead):
            whole.addWidget(each)
        whole.addWidget(self.happenings, 1)
        self.retranslate()

    def fill(self, letters: Sequence[Happening]) -> None:
        """Show the letters."""
        self._letters = letters
        self.happenings.fill(letters)

    def start(self) -> bool:
        """Take the cursor."""
        self.happenings.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        self.heading.setText(_("Letters that belong to no declaration"))
        self.lead.setText(
            _(
                "An office sent them, but what they answer was not sent from here, or their numbers are not those of "
                "the declaration. They are kept as they came and have no effect."
            )
        )
        self.happenings.list.setAccessibleName(self.heading.text())
        self.happenings.retranslate()
        self.happenings.fill(self._letters)
