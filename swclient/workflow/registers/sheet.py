# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An entry of a register as a sheet of boxes: a declaration of nothing but that entry, typed into like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from swclient.document.declaration import Declaration, Row
from swclient.document.path import SINGLE, Path
from swclient.document.value import Unread
from swclient.workflow.drafts.drafting import session_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from swclient.catalogue.field import Field
    from swclient.catalogue.profile import Profile
    from swclient.catalogue.registers import Register


class Sheet:
    """One entry, open to be typed into.

    Attributes:
        session: what is typed into.
        fields: the boxes of the entry in the law of the user's country.
        row: number of the row that stands for the record.
        unknown: values of fields that this law does not know; they are kept as they are.
    """

    def __init__(
        self, register: Register, values: Mapping[str, str], profile: Profile, today: Callable[[], date]
    ) -> None:
        declaration = self._declaration = Declaration(profile)
        table = register.records[0]
        self.row = SINGLE
        if profile.tables[table].many:
            self.row = declaration.new_row_id()
            declaration.tables[table][self.row] = Row(self.row)
        self.fields = register.fields(profile)
        known = {field.id for field in self.fields}
        self.unknown = {field_id: text for field_id, text in values.items() if field_id not in known}
        for field in self.fields:
            value = field.kind.load(values[field.id]) if field.id in values else None
            if value is not None:
                declaration.tables[field.table][self._row(field)].values[field.name] = value
        self.session = session_of(declaration, today)
        self.session.settle()

    def path(self, field: Field) -> Path:
        """Return where a field of the entry is typed."""
        return Path(field.table, self._row(field), field.name)

    def values(self) -> dict[str, str]:
        """Return what the entry holds now: stored texts by field id; what cannot be read, as it was typed."""
        found = dict(self.unknown)
        for field in self.fields:
            value = self._declaration.value(self.path(field))
            if value is not None:
                found[field.id] = str(value) if isinstance(value, Unread) else str(field.kind.store(value))
        return found

    def _row(self, field: Field) -> int:
        return self.row if self._many(field.table) else SINGLE

    def _many(self, table: str) -> bool:
        return self._declaration.profile.tables[table].many
