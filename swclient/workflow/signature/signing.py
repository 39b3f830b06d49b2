# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a checked declaration to signed bytes in the outbox. The bytes are made once: signed, sent, hashed, archived."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.profile import Profile
from swclient.document.snapshot import Snapshot
from swclient.engine.finding import Finding, Level

if TYPE_CHECKING:
    from swclient.signing.signer import Holder, Signer

EAEU = "eaeu-dt"
_NO_AMENDMENT = N_("The offices of {country} take no amendment over this line; ask the office itself.")
XML = "application/xml; charset=utf-8"
VALID, NOT_CHECKED = "valid", "not checked"
SCHEMA_WORDS = {VALID: N_("valid"), NOT_CHECKED: N_("not checked, there is none in the schemas folder")}


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A message ready to go.

    Attributes:
        document_id: identifier of the declaration inside.
        container_id: identifier of the container, to which answers refer.
        content: the bytes.
        signature: CMS, detached, over those bytes.
        schema: `valid` where the official schema was there to check against, else `not checked`.
        connection: by which connection it is to go.
        adapter: what is spoken there.
    """

    document_id: str
    container_id: str
    content: bytes
    signature: bytes
    schema: str
    connection: str = ""
    adapter: str = ""


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Bar the way while there are errors.

    Raises:
        UserError: names how many and the first of them.
    """
    errors = [each for each in findings if each.level is Level.ERROR]
    if errors:
        raise UserError(N_("{n} errors bar the way; the first: {first}"), n=len(errors), first=errors[0].message)


def refuse_ended_key(holder: Holder, at: datetime) -> None:
    """Bar the way to a key whose certificate ended.

    Raises:
        UserError: says when it ended.
    """
    if holder.not_after < at:
        ended = N_("C020: the signing certificate ended on {day}. Renew it, then sign.")
        raise UserError(ended, day=holder.not_after.date())


def refuse_foreign_key(holder: Holder, snapshot: Snapshot, at: datetime) -> None:
    """Bar the way to a key that is not the declarant's or the representative's, or whose certificate ended (C020).

    A demo key signs for anybody, since its signature is worth nothing; a certificate that names no number is let pass.

    Raises:
        UserError: says whose key it is, or when it ended.
    """
    refuse_ended_key(holder, at)
    ours = {str(number) for role in ("declarant", "representative") if (number := snapshot.one(role).get("tax_id"))}
    if holder.owners and not holder.is_demo and not holder.owners & ours:
        stranger = N_(
            "C020: the signing certificate belongs to {owner}, not to the declarant. Sign with their own key."
        )
        raise UserError(stranger, owner=", ".join(sorted(holder.owners)))


def make_message(
    snapshot: Snapshot,
    profile: Profile,
    at: datetime,
    schemas: Path | None = None,
    *,
    name: str = EAEU,
    beside: bytes = b"",
) -> tuple[str, str, bytes, str]:
    """Make the message of a declaration: identifiers, bytes, and whether the official schema found it valid.

    Args:
        snapshot: the declaration.
        profile: its profile.
        at: when the message is made.
        schemas: folder in which the user may keep the authority's schemas.
        beside: a document that stands behind the declaration in the container.
        name: which message of the profile.

    Raises:
        UserError: a value cannot be written, or the official schema refuses the message (says where).
    """
    from swclient.exchange.envelope import wrap
    from swclient.exchange.message import write_declaration
    from swclient.exchange.settings import message_formats

    document_id, container_id = str(uuid.uuid4()), str(uuid.uuid4())
    if beside and name not in message_formats(profile):
        raise UserError(_NO_AMENDMENT, country=profile.code)
    if name != EAEU:  # one reference, of at most 35 characters, and an envelope without any
        document_id = container_id = uuid.uuid4().hex
    document = write_declaration(snapshot, profile, document_id, at, name) + beside
    content = wrap(document, profile, container_id, at, name)
    return document_id, container_id, content, check_schema(content, schemas, profile)


def check_schema(content: bytes, schemas: Path | None, profile: Profile) -> str:
    """Check a message against the official schemas in a folder; without them say that it was not checked.

    Raises:
        UserError: the schema refuses it; says how many places and the first.
    """
    from swclient.exchange import schema

    faults = schema.check_schema(content, schemas, profile) if schemas is not None and schemas.is_dir() else None
    if faults is None:
        return NOT_CHECKED
    if faults:
        first = f"{faults[0].field or faults[0].path}: {faults[0].reason}"
        raise UserError(
            N_("The official schema refuses the message in {n} places; the first: {first}"),
            n=len(faults),
            first=first,
        )
    return VALID


def sign_message(made: tuple[str, str, bytes, str], signer: Signer) -> SignedMessage:
    """Sign a message.

    Raises:
        UserError, OutsideError: it cannot be signed; see `Signer.sign`.
    """
    document_id, container_id, content, schema = made
    return SignedMessage(document_id, container_id, content, signer.sign(content), schema)


def why_bad(content: bytes, signature: bytes, at: datetime | None = None) -> str | None:
    """Return what is wrong with a signature over some bytes, None when it holds; `at` is when it had to be valid."""
    from swclient.signing.cms import verify_detached

    report = verify_detached(content, signature, at=at)
    return None if report.valid else str(report.reason)


def signer_words(holder: Holder) -> Message:
    """Tell who signs."""
    return Message(N_("{name}, valid until {day}"), {"name": holder.name, "day": holder.not_after.date()})


def signed_file(content: bytes, name: str, form: str, signer: Signer) -> bytes:
    """Sign a file of the user's.

    Args:
        content: its bytes.
        name: what the file is called; an XML signature beside it refers to it so.
        form: `cms`, `xades` (inside the XML) or `xades-beside`.
        signer: who signs.

    Raises:
        UserError: the certificate ended, the file is no XML, or the key makes no XML signatures.
        OutsideError: the token that should sign did not.
    """
    from swclient.signing.signer import LocalSigner
    from swclient.signing.xades import sign_beside, sign_enveloped

    refuse_ended_key(signer, datetime.now(UTC))
    if form == "cms":
        return signer.sign(content)
    if not isinstance(signer, LocalSigner):
        raise UserError(
            N_("The key “{name}” belongs to a plug-in, which signs in the form cms only."), name=signer.name
        )
    if form == "xades":
        return sign_enveloped(content, signer.identity)
    return sign_beside(content, name, signer.identity)
