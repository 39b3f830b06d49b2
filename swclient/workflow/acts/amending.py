# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Amends a registered declaration: a draft beside it, what differs box by box, the reason, and the signed request.

The declaration itself is never changed: versions stand beside each other, and the last accepted one is in force.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.loader import load_profile
from swclient.exchange.amendment import AmendmentHead, ChangedBox, amendment_document
from swclient.workflow.acts.lodging import SCHEMAS, Tell, queueing_step, signing_step
from swclient.workflow.acts.withdrawing import NO_REASON
from swclient.workflow.clock import office_time
from swclient.workflow.drafts.differing import Difference, differences
from swclient.workflow.drafts.kept import in_force, kept_session, kept_snapshot
from swclient.workflow.life.fold import Kind
from swclient.workflow.life.own_side import AMENDS, signed_of
from swclient.workflow.life.settling import conversations_of, letters_of, settle
from swclient.workflow.signature import signing, signing_off
from swclient.workflow.signature.keys import DECLARE, Keys
from swclient.workflow.states import STANDINGS, State, Verb, editable, why_not

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.document.snapshot import Snapshot
    from swclient.engine.finding import Finding
    from swclient.store import Store
    from swclient.workflow.ports import Office

_SAME = N_("Nothing differs from the declaration in force; change what is to be amended first.")
_NO_MESSAGE = N_("The office of this country has no message for amendments that this program knows; ask the office.")
_NOT_ONE = N_("This is no amendment of a declaration.")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a declaration.

    Attributes:
        number: of the amendment, `registration/NN`; empty for the first version and before a decision.
        state: how it stands, in words.
        in_force: whether its values are those that count now.
    """

    id: str
    number: str
    state: Message
    in_force: bool


def amend(application: Office, declaration_id: str) -> str:
    """Make an amending draft of a declaration, or return the one that is still a draft; return its id.

    Raises:
        UserError: it cannot be amended now.
    """
    store = application.store
    reason = why_not(State(store.row(declaration_id).state), Verb.AMEND)
    if reason is not None:
        raise UserError(reason)
    for child in reversed(store.children(declaration_id, AMENDS)):
        row = store.row(child)
        if editable(State(row.state)) and row.removed_at is None:
            return child
    session = kept_session(store, in_force(store, declaration_id), application.today)
    return application.keep(session, declaration_id, AMENDS)


def base_of(store: Store, child: str) -> str:
    """Return which version an amending draft was made of.

    Raises:
        UserError: it is no amendment.
    """
    row = store.row(child)
    if row.relation != AMENDS or row.parent_id is None:
        raise UserError(_NOT_ONE)
    older = store.children(row.parent_id, AMENDS)
    before = older[: older.index(child)]
    return next((each for each in reversed(before) if store.row(each).state == State.MERGED), row.parent_id)


def changes(store: Store, child: str, after: Snapshot | None = None) -> tuple[Difference, ...]:
    """Return what an amendment changes, box by box; `after` is the draft as it stands on a desk.

    Raises:
        UserError: it is no amendment.
    """
    before = kept_snapshot(store, base_of(store, child))
    now = after if after is not None else kept_snapshot(store, child)
    return differences(before, now, load_profile(now.profile, version=now.profile_version))


def send(
    application: Office, child: str, snapshot: Snapshot, findings: Iterable[Finding], reason: str, tell: Tell
) -> State:
    """Sign an amending draft and queue it; return its state.

    Raises:
        UserError: errors bar the way, a second person has still to sign off, no reason is given, nothing differs, the
            declaration cannot be amended now, or the key does not open; it stays a draft.
        OutsideError: the token that should sign did not; it stays a draft.
    """
    store, root = application.store, application.store.row(child).parent_id or ""
    signing.refuse_errors(findings)
    signing_off.refuse(store, application.home, child, snapshot)
    if not reason.strip():
        raise UserError(NO_REASON)
    why = why_not(State(store.row(root).state), Verb.AMEND)
    if why is not None:
        raise UserError(why)
    way = _way(store, root)
    differing = changes(store, child, snapshot)
    if not differing:
        raise UserError(_SAME)
    message = _message(application.home, application.keys, snapshot, _heading(store, root, reason, differing))
    tell(Message(N_("Amendment signed: {n} values differ"), {"n": len(differing)}))
    step = signing_step(child, message)
    detail = {**step.detail, **way, "text": reason.strip(), "changes": [told(each) for each in differing]}
    settle(store, child, type(step)(step.kind, detail, artefacts=step.artefacts, container=step.container))
    state = settle(store, child, queueing_step(store, child))
    settle(store, root)
    return state


def _way(store: Store, root: str) -> dict[str, str]:
    """Return by which connection a declaration went: its amendments go the same way.

    Raises:
        UserError: what is spoken there has no message for amendments.
    """
    signed = [event.detail for event in store.events(root) if event.kind == "signed"]
    way = {name: str(signed[-1][name]) for name in ("connection", "adapter") if signed and signed[-1].get(name)}
    if way.get("adapter", "eaeu") != "eaeu":
        raise UserError(_NO_MESSAGE)
    return way


def told(difference: Difference) -> str:
    """Return a difference as one line: box and item, old, new."""
    where = f"{difference.box}/{difference.item}" if difference.item else difference.box
    return f"{where} {difference.label}: {difference.old or '—'} → {difference.new or '—'}"


def _heading(store: Store, root: str, reason: str, differing: Iterable[Difference]) -> bytes:
    head = AmendmentHead(
        str(uuid.uuid4()),
        next(iter(conversations_of(store, root)), ""),
        store.row(root).number or "",
        reason.strip(),
    )
    boxes = (ChangedBox(each.box, each.item, each.path.field_id, each.old, each.new) for each in differing)
    return amendment_document(head, boxes)


def _message(home: Path, keys: Keys, snapshot: Snapshot, heading: bytes) -> signing.SignedMessage:
    profile = load_profile(snapshot.profile, version=snapshot.profile_version)
    at = office_time(profile)
    made = signing.make_message(snapshot, profile, at, home / SCHEMAS, beside=heading)
    signer = keys.signer(DECLARE)
    signing.refuse_foreign_key(signer, snapshot, at)
    return signing.sign_message(made, signer)


def versions(store: Store, declaration_id: str) -> tuple[Version, ...]:
    """Return all versions of a declaration, the first one first."""
    holds = in_force(store, declaration_id)
    numbers = _numbers(store, declaration_id)
    found = []
    for each in (declaration_id, *store.children(declaration_id, AMENDS)):
        state = State(store.row(each).state)
        number = numbers.get(signed_of(store, each).container, "") if each != declaration_id else ""
        found.append(Version(each, number, Message(STANDINGS[state].name), each == holds))
    return tuple(found)


def _numbers(store: Store, declaration_id: str) -> dict[str, str]:
    """Return numbers of amendments by the container that they were sent in."""
    read = letters_of(store, declaration_id)
    return {
        each.letter.about: str(each.letter.facts.get("number", ""))
        for each in read
        if each.letter.kind is Kind.AMENDMENT
    }
