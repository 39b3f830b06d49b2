# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user keeps beside declarations: the address book, and how workbooks are to be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from swclient.store.schema import mapping, party
from swclient.store.values import Json, Party, to_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from swclient.store.desk import Desk


class Parties:
    """The address book."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def keep(self, entry: Party) -> None:
        """Keep an entry, in place of the one with the same id."""
        values = {
            "id": entry.id,
            "name": entry.name,
            "country": entry.country,
            "tax_number": entry.tax_number,
            "search": f"{entry.name}\n{entry.tax_number}".casefold(),
            "body": json.dumps(entry.body, ensure_ascii=False, allow_nan=False),
            "changed_at": to_text(self._clock()),
        }
        _upsert(self._desk, party, values, "id")

    def find(self, text: str = "", limit: int = 50) -> tuple[Party, ...]:
        """Return entries with the text in name or tax number, whatever the case, by name."""
        query = sa.select(party)
        if text:
            query = query.where(party.c.search.contains(text.casefold(), autoescape=True))
        rows = self._desk.read_core(lambda core: core.execute(query.order_by(party.c.search).limit(limit)).all())
        return tuple(Party(row.id, row.name, row.country, row.tax_number, json.loads(row.body)) for row in rows)

    def remove(self, party_id: str) -> None:
        """Take an entry out of the book."""
        gone = sa.delete(party).where(party.c.id == party_id)
        self._desk.write_core(lambda core: core.execute(gone).close())


class Mappings:
    """How the columns of a supplier's workbook are to be read, by the name the user gave it."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def keep(self, name: str, body: Json) -> None:
        """Keep a mapping, in place of the one of the same name."""
        text = json.dumps(body, ensure_ascii=False, allow_nan=False)
        _upsert(
            self._desk,
            mapping,
            {"name": name, "body": text, "changed_at": to_text(self._clock())},
            "name",
        )

    def names(self) -> tuple[str, ...]:
        """Return the names of all mappings."""
        query = sa.select(mapping.c.name).order_by(mapping.c.name)
        return tuple(self._desk.read_core(lambda core: core.execute(query).scalars().all()))

    def get(self, name: str) -> Json | None:
        """Return a mapping, or None where there is none of that name."""
        query = sa.select(mapping.c.body).where(mapping.c.name == name)
        text = self._desk.read_core(lambda core: core.execute(query).scalar_one_or_none())
        return None if text is None else dict(json.loads(text))


def _upsert(desk: Desk, table: sa.Table, values: dict[str, Any], key: str) -> None:
    rest = {name: value for name, value in values.items() if name != key}
    change = sa.update(table).where(table.c[key] == values[key]).values(rest)

    def work(core: sa.Connection) -> None:
        if not core.execute(change).rowcount:
            core.execute(sa.insert(table).values(values))

    desk.write_core(work)
