# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Items that would become one, before they do: which, what they are, and what their figures add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base import i18n
from swclient.base.i18n import N_, _
from swclient.base.messages import Message
from swclient.document.path import Path
from swclient.workflow.intake.grouping import Group, Grouping

from ..words import label_of
from .preview import Preview, Told

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from .grid import Grid

_NAMED = 4
_SHARES = (0.17, 0.33)


class GroupPanel(Preview[Grouping]):
    """Over the table of items."""

    def __init__(self, grid: Grid, page: QWidget) -> None:
        super().__init__(grid.stage, page, _SHARES)
        self._grid = grid
        self.retranslate()

    def start(self) -> None:
        """Look which items are alike, and show it; say so where none are."""
        found = Grouping(self.stage.session)
        if found.groups:
            self.open(found)
        else:
            self.stage.trouble.emit(
                _("No two items are alike in code, origin, preferences and all else that one item must share.")
            )

    def tell(self) -> None:
        """Say which items become one."""
        act = self.act
        if act is None:
            return
        self.title.setText(Message(N_("Group {n} items into {m}"), {"n": act.before, "m": act.after}).text())
        self.summary.setText(_("Figures are added up; articles and descriptions stay on the commercial lines below."))
        self.lines.show_lines([self._told(group) for group in act.groups])

    def _told(self, group: Group) -> Told:
        session = self.stage.session
        named = ", ".join(map(str, group.numbers[:_NAMED])) + ("…" if len(group.numbers) > _NAMED else "")
        where = Message(N_("{n} items: {numbers}"), {"n": len(group.rows), "numbers": named}).text()
        parts = [session.look(Path("item", group.rows[0], name)).text for name in ("code", "origin", "description")]
        known = session.profile.table_fields("item")
        sums = [
            f"{label_of(known[name])} {i18n.show(total)}" for name, total in group.sums.items() if known[name].shown
        ]
        return Told("", where, "  ".join(" ".join(part.split()) for part in parts if part), after=" · ".join(sums))

    def look_again(self) -> None:
        """Look which items are alike now."""
        self.act = Grouping(self.stage.session)
        if self.act.groups:
            self.tell()
        else:
            self.drop()

    def do(self) -> None:
        """Put them together, and stand on the first of them."""
        if self.act is not None:
            self.act.take()
            self._grid.go_to(self.act.groups[0].rows[0], "code")
