# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A quiet line under the folders: when the store was last copied, and how many edits are in no copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from swclient.base.i18n import N_, _
from swclient.base.messages import Message

from .. import theme
from ..parts.plain import words
from ..parts.speaking import Speaking

if TYPE_CHECKING:
    from swclient.workflow.house.backups import CopyStanding


class CopyLine(Speaking):
    """The line; empty while there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standing: CopyStanding | None = None
        self.label = words(size=theme.CAPTION, muted=True)
        self.label.setWordWrap(True)
        line = QVBoxLayout(self)
        line.setContentsMargins(theme.M, 0, theme.S, 0)
        line.addWidget(self.label)

    def tell(self, standing: CopyStanding) -> None:
        """Show how it stands with the copies."""
        self._standing = standing
        self.retranslate()

    def retranslate(self) -> None:
        """Take all words in the language in force."""
        standing = self._standing
        if standing is None:
            return
        role = QPalette.ColorRole.BrightText if standing.trouble else QPalette.ColorRole.PlaceholderText
        self.label.setForegroundRole(role)
        self.label.setText(_in_words(standing))
        why = standing.trouble.text() if standing.trouble else _("Copies of the store; they are made by themselves.")
        self.setToolTip(why)
        self.setAccessibleName(self.label.text())
        self.setAccessibleDescription(why)


def _in_words(standing: CopyStanding) -> str:
    from ..words import clock  # loads what the first paint goes without

    if standing.by_office:
        return _("Kept on the office's server")
    n = standing.behind
    if standing.trouble is not None and n:
        return Message(N_("Not copied; {n} edits are in no copy"), {"n": n}).text()
    if standing.trouble is not None:
        return _("The last copy failed")
    if standing.made_at is None:
        return Message(N_("Not copied yet; {n} edits"), {"n": n}).text() if n else ""
    told = {"time": clock(standing.made_at), "n": n}
    return Message(N_("Last copied {time}, {n} edits behind") if n else N_("Last copied {time}"), told).text()
