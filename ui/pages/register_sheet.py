# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The boxes of one entry of a register, those of each record under its own title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.base.i18n import N_

from .page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from swclient.catalogue.registers import Register
    from swclient.workflow.registers.sheet import Sheet

    from ..forms.box import Box
    from ..forms.stage import Stage


class EntryPage(Page):
    """One entry, typed into like a declaration. Its rows are data, as its register is; what they leave out follows."""

    NAME = "registers"

    def __init__(self, register: Register, entry: Sheet, stage: Stage, parent: QWidget | None = None) -> None:
        self.register, self.entry = register, entry
        super().__init__(stage, parent)

    def compose(self) -> None:
        """Lay out the boxes of the record, then those of the records beside it."""
        for table in dict.fromkeys(field.table for field in self.entry.fields):
            beside = table in self.register.beside
            self.section(self.stage.session.profile.tables[table].label if beside else N_("What is kept"))
            for row in self.register.rows:
                if row.startswith(f"{table}."):
                    self.row(row)
            self.flow(field for field in self.entry.fields if field.table == table)

    def _belongs(self, name: str) -> bool:
        """Every field of the entry has its box, whatever record of its country shows it."""
        return any(field.id == name for field in self.entry.fields)

    def box(self, field_id: str, lines: int = 1) -> Box:
        """Return a box; where an entry fills several records, it is no more one numbered box than the other."""
        made = super().box(field_id, lines)
        if len(self.register.records) > 1 and made.field.table in self.register.records:
            made.unnumber()
        return made

    def finish(self) -> None:
        """Have every box stand for its value of the entry."""
        super().finish()
        for field in self.entry.fields:
            self.aim(field.table, self.entry.path(field).row)
