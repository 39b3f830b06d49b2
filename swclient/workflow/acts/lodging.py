# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lodges a checked declaration: the message is made and signed, then put into the outbox, each in one transaction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.loader import load_profile
from swclient.document.snapshot import Snapshot
from swclient.engine.finding import Finding
from swclient.signing.expiry import expiry
from swclient.store.mail import OutboxEntry
from swclient.store.values import Artefact
from swclient.workflow.clock import office_time
from swclient.workflow.connections import CUSTOMS
from swclient.workflow.life.own_side import AMENDMENT, AMENDS, DECLARATION
from swclient.workflow.life.settling import Step
from swclient.workflow.offices.links import way_of
from swclient.workflow.signature import signing
from swclient.workflow.signature.keys import DECLARE, Keys
from swclient.workflow.states import State

if TYPE_CHECKING:
    from swclient.signing.signer import Signer
    from swclient.store import Store

Tell = Callable[[Message], None]
SCHEMAS = "schemas"  # where in the data folder the user may keep the authority's official album
MESSAGE_FILE, SIGNATURE_FILE = "message.xml", "message.p7s"


def signed_message(
    snapshot: Snapshot, findings: Iterable[Finding], home: Path, tell: Tell, keys: Keys
) -> signing.SignedMessage:
    """Make the message of a declaration and sign it with the key for declaring. Nothing is kept here.

    Raises:
        UserError: errors bar the way, a value cannot be written, the official schema refuses the message, or the key
            does not open, is somebody else's or ended.
        OutsideError: the token that should sign did not.
    """
    signing.refuse_errors(findings)
    profile = load_profile(snapshot.profile, version=snapshot.profile_version)
    way = way_of(home, profile)
    made = signing.make_message(snapshot, profile, office_time(profile), home / SCHEMAS, name=way.message)
    words = N_("Message made, {n} bytes; official schema: {schema}")
    tell(Message(words, {"n": len(made[2]), "schema": Message(signing.SCHEMA_WORDS[made[3]])}))
    signer = keys.signer(DECLARE)
    signing.refuse_foreign_key(signer, snapshot, office_time(profile))
    tell_expiry(signer, tell)
    message = signing.sign_message(made, signer)
    tell(Message(N_("Signed by {who}"), {"who": signing.signer_words(signer)}))
    return replace(message, connection=way.connection, adapter=way.adapter)


def tell_expiry(signer: Signer, tell: Tell) -> None:
    """Tell that the certificate of a signer ends soon, if it does; a demo key is made anew by itself."""
    soon = None if signer.is_demo else expiry(signer.name, signer.not_after, datetime.now(UTC))
    if soon is not None:
        tell(soon.message)


def signing_step(declaration_id: str, message: signing.SignedMessage) -> Step:
    """Return what is done when a declaration is signed; message and signature are kept with it."""
    detail = {"document": message.document_id, "container": message.container_id, "schema": message.schema}
    detail |= {"connection": message.connection, "adapter": message.adapter}
    artefacts = (
        Artefact(declaration_id, MESSAGE_FILE, signing.XML, message.content),
        Artefact(declaration_id, SIGNATURE_FILE, "application/pkcs7-signature", message.signature),
    )
    once = frozenset({State.DRAFT})
    return Step("signed", detail, artefacts=artefacts, container=message.container_id, only=once)


def queueing_step(store: Store, declaration_id: str) -> Step:
    """Return what is done when the kept message is queued, once whoever asks for it, and under one key for ever.

    The key follows from the signed bytes, so even another program on the same store cannot queue them a second time.

    Raises:
        UserError: the signed message is not in the store.
    """
    message = store.artefacts.latest(declaration_id, MESSAGE_FILE)
    signature = store.artefacts.latest(declaration_id, SIGNATURE_FILE)
    if message is None or signature is None:
        raise UserError(N_("The signed message is not in the store; make a new draft of this declaration."))
    content, signed = message.artefact.content, signature.artefact.content
    verb = AMENDMENT if store.row(declaration_id).relation == AMENDS else DECLARATION
    key = key_of(declaration_id, verb, hashlib.sha256(content).hexdigest())
    entry = OutboxEntry(declaration_id, CUSTOMS, verb, key, content, signing.XML, signed)
    return Step("queued", outbox=(entry,), only=frozenset({State.SIGNED}))


def key_of(declaration_id: str, verb: str, what: str) -> str:
    """Return the idempotency key of something that is sent once: the same for the same thing, whoever queues it."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{declaration_id} {verb} {what}"))
