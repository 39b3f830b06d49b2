# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers a request for documents: what is asked, which files go, and the signed reply."""

from __future__ import annotations

import base64
import hashlib
import json
import mimetypes
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.store.mail import OutboxEntry
from swclient.workflow.acts.paying import JSON
from swclient.workflow.connections import CUSTOMS
from swclient.workflow.life.fold import Kind
from swclient.workflow.life.own_side import REPLY
from swclient.workflow.life.settling import Step, conversations_of, letters_of, life, settle
from swclient.workflow.signature import signing
from swclient.workflow.signature.keys import DECLARE, Keys
from swclient.workflow.states import WHEN, State, Verb, why_not

if TYPE_CHECKING:
    from swclient.document.snapshot import Snapshot
    from swclient.store import Store
    from swclient.store.attachments import Attachment

LARGEST = 5_000_000  # bytes of all files of a reply; in base64 they must fit into a request
_TOO_LARGE = N_("The files have {size} bytes together; at most {limit} fit into one reply. Send them in several.")
_ANY = "application/octet-stream"
_UNREADABLE = N_("{file} cannot be read: {reason}")
_NOTHING = N_("Choose at least one document: nothing else answers the request.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document that customs asks for; `item` is None for the whole declaration."""

    code: str
    description: str
    item: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A request for documents that is open.

    Attributes:
        request: its identifier.
        due: by when, UTC; None where customs names no day.
        reasons: why, one a line, with what the last reply lacked.
    """

    request: str
    wanted: tuple[Wanted, ...]
    due: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A document that goes with a reply."""

    code: str
    name: str
    media_type: str
    content: bytes
    number: str = ""
    day: date | None = None

    def as_data(self) -> dict[str, Any]:
        """Return it as the contract writes it."""
        told: dict[str, Any] = {"code": self.code, "number": self.number or "-", "name": self.name}
        told |= {"date": self.day.isoformat()} if self.day else {}
        digest = hashlib.sha256(self.content).hexdigest()
        return {
            **told,
            "media_type": self.media_type,
            "sha256": digest,
            "content": base64.b64encode(self.content).decode("ascii"),
        }


def asked_for(store: Store, declaration_id: str) -> tuple[Asking, ...]:
    """Return the requests for documents that no reply has satisfied yet."""
    open_now = set(life(store, declaration_id).open_requests)
    found = [each for each in letters_of(store, declaration_id) if each.letter.kind is Kind.DOCUMENTS_ASKED]
    asking = {str(each.letter.facts["request"]): each for each in found}
    return tuple(
        Asking(
            request,
            tuple(Wanted(**wanted) for wanted in read.letter.facts["wanted"]),
            _moment(str(read.letter.facts.get("due_at", ""))),
            read.told.text,
        )
        for request, read in asking.items()
        if request in open_now
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def from_file(path: Path, code: str, snapshot: Snapshot) -> Enclosed:
    """Return a file of the user's as a document; number and day are those of the row of box 44 with its code.

    Raises:
        UserError: it cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(_UNREADABLE, file=str(path), reason=error.strerror or str(error)) from error
    return _enclosed(code, path.name, mimetypes.guess_type(path.name)[0] or _ANY, content, snapshot)


def from_attached(store: Store, file: Attachment, code: str, snapshot: Snapshot) -> Enclosed:
    """Return an attached file as a document, checked; number and day as `from_file` takes them.

    Raises:
        UserError: it is not as it was attached.
    """
    return _enclosed(code, file.name, file.media_type, store.attachments.content(file.sha256), snapshot)


def _enclosed(code: str, name: str, media_type: str, content: bytes, snapshot: Snapshot) -> Enclosed:
    row = next((each for each in snapshot.tables.get("document", ()) if str(each.get("kind")) == code), None)
    number, day = (row.get("number"), row.get("date")) if row is not None else (None, None)
    return Enclosed(code, name, media_type, content, str(number or ""), day if isinstance(day, date) else None)


def reply(
    store: Store, declaration_id: str, enclosed: Sequence[Enclosed], text: str, keys: Keys, request: str = ""
) -> State:
    """Sign the reply to an open request for documents (the first where none is named) and queue it; return the state.

    Raises:
        UserError, OutsideError: nothing is asked, nothing is enclosed, it is too large, or cannot be signed; nothing
            is changed.
    """
    why = why_not(State(store.row(declaration_id).state), Verb.REPLY)
    if why is not None:
        raise UserError(why)
    size = sum(len(each.content) for each in enclosed)
    if not enclosed:
        raise UserError(_NOTHING)
    if size > LARGEST:
        raise UserError(_TOO_LARGE, size=size, limit=LARGEST)
    told = {
        "conversation": next(iter(conversations_of(store, declaration_id)), ""),
        "request": request or life(store, declaration_id).open_requests[0],
        "text": text,
        "documents": [each.as_data() for each in enclosed],
    }
    content, signer = json.dumps(told, ensure_ascii=False).encode(), keys.signer(DECLARE)
    signing.refuse_ended_key(signer, datetime.now(UTC))
    entry = OutboxEntry(declaration_id, CUSTOMS, REPLY, str(uuid.uuid4()), content, JSON, signer.sign(content))
    words = ", ".join(f"{each.code} {each.name}" for each in enclosed)
    return settle(
        store, declaration_id, Step("document_reply", {"text": words}, outbox=(entry,), only=WHEN[Verb.REPLY])
    )
