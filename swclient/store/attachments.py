# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that the user attached to declarations: bytes are kept once, under their SHA-256, and checked when read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store.schema import attachment, blob, declaration
from swclient.store.values import to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from swclient.store.desk import Desk

_UNKNOWN = N_("There is no declaration {declaration} in the store.")
_NO_FILE = N_("There is no attached file number {number} in the store.")
_NO_CONTENT = N_("The store holds no attached file with the digest {sha256}.")
_ROTTEN = N_(
    "The attached file “{name}” is not as it was attached: its digest is another one. Attach it again from the "
    "original, or restore a backup."
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a declaration; the bytes are had by `Attachments.content`.

    Attributes:
        id: its number in the store.
        sha256: digest of the bytes, 64 hexadecimal digits.
        size: bytes.
        document_row: the row of the table `document` that it belongs to; None = to the whole declaration.
        removed_at: when the user removed it; None = it is attached.
    """

    id: int
    declaration_id: str
    sha256: str
    name: str
    media_type: str
    size: int
    document_row: int | None
    added_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A file to be attached."""

    declaration_id: str
    name: str
    media_type: str
    content: bytes
    document_row: int | None = None


class Attachments:
    """Keeps, lists, gives back and removes attached files."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._clock = clock

    def keep(self, new: NewAttachment) -> Attachment:
        """Attach a file; bytes that are in the store already are not kept a second time.

        Raises:
            UserError: there is no such declaration.
        """
        digest = hashlib.sha256(new.content).hexdigest()
        values = {
            "declaration_id": new.declaration_id,
            "sha256": digest,
            "name": new.name,
            "media_type": new.media_type,
            "document_row": new.document_row,
            "added_at": to_text(self._clock()),
        }

        def work(core: sa.Connection) -> Attachment:
            if core.execute(sa.select(declaration.c.id).where(declaration.c.id == new.declaration_id)).first() is None:
                raise UserError(_UNKNOWN, declaration=new.declaration_id)
            _keep_bytes(core, digest, new.content)
            key = core.execute(sa.insert(attachment).values(values)).inserted_primary_key
            return _one(core, int(key[0]) if key else 0)

        return self._desk.write_core(work)

    def of_declaration(self, declaration_id: str, *, removed: bool = False) -> tuple[Attachment, ...]:
        """Return the files of a declaration in the order in which they were attached, or the removed ones."""
        gone = attachment.c.removed_at.is_not(None) if removed else attachment.c.removed_at.is_(None)
        query = _listed().where(attachment.c.declaration_id == declaration_id, gone).order_by(attachment.c.id)
        return tuple(_attachment(row) for row in self._desk.read_core(lambda core: core.execute(query).all()))

    def get(self, number: int) -> Attachment:
        """Return an attached file by its number.

        Raises:
            UserError: there is none.
        """
        return self._desk.read_core(lambda core: _one(core, number))

    def content(self, sha256: str) -> bytes:
        """Return the bytes with a digest, checked.

        Raises:
            UserError: there are none, or they are not as they were attached; the file is named.
        """
        query = sa.select(blob.c.content).where(blob.c.sha256 == sha256)
        called = sa.select(attachment.c.name).where(attachment.c.sha256 == sha256).order_by(attachment.c.id.desc())
        found, name = self._desk.read_core(
            lambda core: (core.execute(query).scalar_one_or_none(), core.execute(called.limit(1)).scalar_one_or_none())
        )
        if found is None:
            raise UserError(_NO_CONTENT, sha256=sha256)
        content = found.encode("utf-8", "surrogateescape") if isinstance(found, str) else bytes(found)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise UserError(_ROTTEN, name=name or sha256)
        return content

    def remove(self, number: int) -> None:
        """Take a file off its declaration; it is kept and can be brought back.

        Raises:
            UserError: there is none of that number.
        """
        self._mark(number, to_text(self._clock()))

    def restore(self, number: int) -> None:
        """Bring a removed file back to its declaration.

        Raises:
            UserError: there is none of that number.
        """
        self._mark(number, None)

    def room(self, declaration_id: str = "") -> int:
        """Return how many bytes the files of a declaration take, or all files together; the same bytes count once."""
        query = sa.select(sa.func.coalesce(sa.func.sum(blob.c.size), 0))
        if declaration_id:
            own = sa.select(attachment.c.sha256).where(
                attachment.c.declaration_id == declaration_id, attachment.c.removed_at.is_(None)
            )
            query = query.where(blob.c.sha256.in_(own))
        return int(self._desk.read_core(lambda core: core.execute(query).scalar_one()))

    def _mark(self, number: int, removed_at: str | None) -> None:
        def work(core: sa.Connection) -> None:
            _one(core, number)
            core.execute(sa.update(attachment).where(attachment.c.id == number).values(removed_at=removed_at))

        self._desk.write_core(work)


def drop_unused(core: sa.Connection) -> int:
    """Forget, within the transaction under way, the bytes that no attachment names; return how many files that were."""
    used = sa.select(attachment.c.sha256)
    return int(core.execute(sa.delete(blob).where(blob.c.sha256.not_in(used))).rowcount)


def _keep_bytes(core: sa.Connection, digest: str, content: bytes) -> None:
    """Keep bytes under their digest; where they lie there but have rotted, put the good ones in their place."""
    kept = core.execute(sa.select(blob.c.content).where(blob.c.sha256 == digest)).scalar_one_or_none()
    if kept == content:
        return
    core.execute(sa.update(blob).where(blob.c.sha256 == digest).values(content=content, size=len(content)))
    if kept is None:
        core.execute(sa.insert(blob).values(sha256=digest, size=len(content), content=content))


def _listed() -> sa.Select[Any]:
    return sa.select(attachment, blob.c.size).join(blob, blob.c.sha256 == attachment.c.sha256)


def _one(core: sa.Connection, number: int) -> Attachment:
    row = core.execute(_listed().where(attachment.c.id == number)).one_or_none()
    if row is None:
        raise UserError(_NO_FILE, number=number)
    return _attachment(row)


def _attachment(row: sa.Row[Any]) -> Attachment:
    return Attachment(
        row.id,
        row.declaration_id,
        row.sha256,
        row.name,
        row.media_type,
        row.size,
        row.document_row,
        to_moment(row.added_at),
        to_moment(row.removed_at) if row.removed_at else None,
    )
