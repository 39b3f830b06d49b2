# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files made from declarations, kept byte for byte; a newer one leaves the older in place."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from swclient.store.schema import artefact
from swclient.store.values import Artefact, KeptArtefact, to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from swclient.store.desk import Desk


class Artefacts:
    """The forms, messages and signatures of every declaration."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def keep(self, new: Artefact) -> int:
        """Keep a file; return its number."""
        return self._desk.write_core(lambda core: put(core, new, self._clock()))

    def of_declaration(self, declaration_id: str) -> tuple[KeptArtefact, ...]:
        """Return every file of a declaration, the oldest first."""
        query = sa.select(artefact).where(artefact.c.declaration_id == declaration_id).order_by(artefact.c.id)
        return tuple(_kept(row) for row in self._desk.read_core(lambda core: core.execute(query).all()))

    def latest(self, declaration_id: str, name: str) -> KeptArtefact | None:
        """Return the newest file of a name, or None."""
        query = (
            sa.select(artefact)
            .where(artefact.c.declaration_id == declaration_id, artefact.c.name == name)
            .order_by(artefact.c.id.desc())
            .limit(1)
        )
        found = self._desk.read_core(lambda core: core.execute(query).one_or_none())
        return None if found is None else _kept(found)


def put(core: sa.Connection, new: Artefact, at: datetime) -> int:
    """Keep a file within the transaction under way; return its number."""
    values = {
        "declaration_id": new.declaration_id,
        "name": new.name,
        "media_type": new.media_type,
        "content": new.content,
        "sha256": hashlib.sha256(new.content).hexdigest(),
        "created_at": to_text(at),
    }
    key = core.execute(sa.insert(artefact).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def _kept(row: sa.Row[Any]) -> KeptArtefact:
    file = Artefact(row.declaration_id, row.name, row.media_type, row.content)
    return KeptArtefact(row.id, file, row.sha256, to_moment(row.created_at))
