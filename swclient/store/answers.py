# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the other side sent: raw bytes first, their meaning afterwards, every message once."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from swclient.store.mail import KeptAnswer, NewAnswer
from swclient.store.schema import answer
from swclient.store.values import Json, to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from swclient.store.desk import Desk

_NAMELESS = "pushed "


class Answers:
    """The inbox."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def keep_answer(self, new: NewAnswer) -> tuple[int, bool]:
        """Keep a message as it came; return its number here and whether it is new.

        The same `remote_id` from the same channel a second time is not kept again, unless it says something else:
        whoever swaps identities must not make us lose a message. A message that was pushed without an identity is told
        by its content: see `nameless`.
        """
        digest = hashlib.sha256(new.raw).hexdigest()
        values = {
            "declaration_id": new.declaration_id,
            "channel": new.channel,
            "conversation": new.conversation,
            "remote_id": new.remote_id,
            "remote_sequence": new.remote_sequence,
            "received_at": to_text(self._clock()),
            "content_type": new.content_type,
            "raw": new.raw,
            "sha256": digest,
            "applied": False,
        }

        def work(core: sa.Connection) -> tuple[int, bool]:
            if (met := _met(core, values)) is not None:
                return met, False
            first = _keep_once(core, values)
            if first[1] != digest:
                values["remote_id"] = f"{new.remote_id}#{digest[:16]}"
                first = _keep_once(core, values)
            return first[0], first[2]

        return self._desk.write_core(work)

    def mark_parsed(self, answer_id: int, parsed: Json) -> None:
        """Keep what was read out of a message, beside its bytes."""
        self._set(answer_id, {"parsed": json.dumps(parsed, ensure_ascii=False, allow_nan=False)})

    def mark_applied(self, answer_id: int) -> None:
        """Note that a message has had its effect (with a change of state use `Move.applied`)."""
        self._desk.write_core(lambda core: apply(core, answer_id))

    def disown(self, answer_id: int) -> None:
        """Note that a message turned out to be a stranger's: whatever effect it had is no longer there."""
        self._set(answer_id, {"declaration_id": None, "applied": False})

    def belongs_to(self, answer_id: int, declaration_id: str) -> None:
        """Note whose message it is, where that was found out later."""
        self._set(answer_id, {"declaration_id": declaration_id})

    def of_declaration(self, declaration_id: str) -> tuple[KeptAnswer, ...]:
        """Return every message about a declaration in the order in which they came."""
        return self._many(answer.c.declaration_id == declaration_id)

    def of_conversation(self, channel: str, conversation: str) -> tuple[KeptAnswer, ...]:
        """Return every message of a conversation in the order in which they came."""
        return self._many((answer.c.channel == channel) & (answer.c.conversation == conversation))

    def strangers(self) -> tuple[KeptAnswer, ...]:
        """Return the messages that belong to no declaration, in the order in which they came.

        Those that were fetched for somebody else's package are not among them.
        """
        return self._many(answer.c.declaration_id.is_(None) & answer.c.applied.is_(False))

    def known(self, channel: str, conversation: str) -> frozenset[str]:
        """Return the identities of the messages of a conversation that are kept already."""
        query = sa.select(answer.c.remote_id).where(answer.c.channel == channel, answer.c.conversation == conversation)
        return frozenset(self._desk.read_core(lambda core: core.execute(query).scalars().all()))

    def unapplied(self) -> tuple[KeptAnswer, ...]:
        """Return the messages that have had no effect yet; after a crash work goes on here."""
        return self._many(answer.c.applied.is_(False))

    def last_sequence(self, channel: str, conversation: str) -> int:
        """Return the highest running number received in a conversation; ask for those after it."""
        highest = sa.select(sa.func.max(answer.c.remote_sequence)).where(
            answer.c.channel == channel, answer.c.conversation == conversation
        )
        return int(self._desk.read_core(lambda core: core.execute(highest).scalar()) or 0)

    def _set(self, answer_id: int, values: dict[str, Any]) -> None:
        changed = sa.update(answer).where(answer.c.id == answer_id).values(values)
        self._desk.write_core(lambda core: core.execute(changed).close())

    def _many(self, condition: sa.ColumnElement[bool]) -> tuple[KeptAnswer, ...]:
        query = sa.select(answer).where(condition).order_by(answer.c.id)
        rows = self._desk.read_core(lambda core: core.execute(query).all())
        return tuple(_kept(row) for row in rows)


def nameless(raw: bytes) -> str:
    """Return the identity here of a message that came without one of the other side's."""
    return _NAMELESS + hashlib.sha256(raw).hexdigest()


def _met(core: sa.Connection, values: dict[str, Any]) -> int | None:
    """Return the number of the same message that came the other way: once with an identity, once without.

    Where the one there has none, it takes that of the new one.
    """
    without = _NAMELESS + values["sha256"]
    same = (answer.c.channel == values["channel"]) & (answer.c.conversation == values["conversation"])
    if values["remote_id"] == without:
        same &= answer.c.sha256 == values["sha256"]
    else:
        same &= answer.c.remote_id == without
    found: int | None = core.execute(sa.select(answer.c.id).where(same).order_by(answer.c.id)).scalars().first()
    if found is None or values["remote_id"] == without:
        return found
    named = (answer.c.channel == values["channel"]) & (answer.c.remote_id == values["remote_id"])
    if core.execute(sa.select(answer.c.id).where(named)).first() is None:
        told = {name: values[name] for name in ("remote_id", "remote_sequence")}
        core.execute(sa.update(answer).where(answer.c.id == found).values(told))
    return found


def _keep_once(core: sa.Connection, values: dict[str, Any]) -> tuple[int, str, bool]:
    """Put a message in unless its identity is there; return number and digest of the one there, and whether it is new.

    Nobody else writes meanwhile, so what is not there now is not there when it is put in.
    """
    same = sa.select(answer.c.id, answer.c.sha256).where(
        answer.c.channel == values["channel"], answer.c.remote_id == values["remote_id"]
    )
    there = core.execute(same).one_or_none()
    if there is None:
        core.execute(sa.insert(answer).values(values))
    found = there or core.execute(same).one()
    return int(found.id), str(found.sha256), there is None


def apply(core: sa.Connection, answer_id: int) -> None:
    """Note within the transaction under way that a message has had its effect."""
    core.execute(sa.update(answer).where(answer.c.id == answer_id).values(applied=True))


def _kept(row: sa.Row[Any]) -> KeptAnswer:
    new = NewAnswer(
        channel=row.channel,
        conversation=row.conversation,
        remote_id=row.remote_id,
        content_type=row.content_type,
        raw=row.raw,
        remote_sequence=row.remote_sequence,
        declaration_id=row.declaration_id,
    )
    parsed = json.loads(row.parsed) if row.parsed else None
    return KeptAnswer(row.id, new, to_moment(row.received_at), row.sha256, parsed, row.applied)
