# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign-off by a second person: noted in the log of changes, gone as soon as anything changes after it.

Where it is wanted (`People.four_eyes`), whatever signs and queues a declaration asks `refuse` first, so that no window
and no command goes around it. What was signed off is known by a digest of all values, typed and worked-out ones, so
that a rate that changed meanwhile is noticed too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from swclient.base.errors import UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.workflow.house.people import People, tidy
from swclient.workflow.signature import signing
from swclient.workflow.states import State, Verb, why_not

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.document.snapshot import Snapshot
    from swclient.engine.finding import Finding
    from swclient.store import Store

RECORD = "signed_off"
LABEL = N_("Signed off")
_OWN = N_("{who} changed this declaration last, so another person must sign it off: choose “Work as…” first.")
_WANTED = N_("Another person than {who}, who changed it last, must sign this declaration off before it is submitted.")
_MOVED = N_("Values have changed since {who} signed this declaration off; it must be signed off again.")
_HOLDS = N_("Signed off by {who}; nothing has changed since.")
_FILES = frozenset({"attached", "attached_removed", "attached_restored"})


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signed a declaration off, when, and the digest of what stood there."""

    who: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Review:
    """How a declaration stands with its reviewers.

    Attributes:
        editor: who changed it last.
        signed_off: the sign-off that nothing changed after; None where there is none.
    """

    editor: str
    signed_off: SignOff | None

    def reason(self, snapshot: Snapshot) -> Message | None:
        """Return why a declaration that stands as given may not go out under four eyes, None where it may."""
        held = self.signed_off
        if held is None or held.who == self.editor:
            return Message(_WANTED, {"who": self.editor})
        return Message(_MOVED, {"who": held.who}) if held.digest != digest_of(snapshot) else None

    def words(self, snapshot: Snapshot) -> Message:
        """Return how it stands, in a sentence."""
        held = self.signed_off
        return self.reason(snapshot) or Message(_HOLDS, {"who": held.who if held is not None else ""})


def review(store: Store, declaration_id: str) -> Review:
    """Return how a declaration stands with its reviewers, read from the log of changes."""
    editor, held = "", None
    for record in store.history(declaration_id):
        if RECORD in record.body and not record.whole:
            held = SignOff(record.actor, record.at, str(record.body[RECORD]))
        elif record.whole or record.body.get("changes"):
            editor, held = record.actor, None
    files = [event.at for event in store.events(declaration_id) if event.kind in _FILES]
    if held is not None and files and files[-1] > held.at:
        held = None
    return Review(editor, held)


def sign_off(store: Store, declaration_id: str, who: str, snapshot: Snapshot, findings: Iterable[Finding]) -> SignOff:
    """Sign a draft off and return what was noted; the draft as it stands is all on the disk before.

    Raises:
        UserError: it is no draft, errors bar the way, or this person changed it last; nothing is noted.
    """
    name = tidy(who)
    reason = why_not(State(store.row(declaration_id).state), Verb.SIGN)
    if reason is not None:
        raise UserError(reason)
    signing.refuse_errors(findings)
    if review(store, declaration_id).editor == name:
        raise UserError(_OWN, who=name)
    body = {"changes": [], RECORD: digest_of(snapshot)}
    store.append_change(declaration_id, body, label=LABEL, actor=name).result()
    held = review(store, declaration_id).signed_off
    if held is None:  # another window changed it in this very moment
        raise UserError(_WANTED, who=review(store, declaration_id).editor)
    return held


def refuse(store: Store, home: Path, declaration_id: str, snapshot: Snapshot) -> None:
    """Bar the way where a second person must sign off and has not.

    Raises:
        UserError: says who must.
    """
    if People(home).four_eyes:
        reason = review(store, declaration_id).reason(snapshot)
        if reason is not None:
            raise UserError(reason)


def digest_of(snapshot: Snapshot) -> str:
    """Return the digest of all values of a declaration, typed and worked-out ones, and of the law they stand under."""
    tables = {
        name: [[row.id, row.parent, sorted((field, str(value)) for field, value in row.values.items())] for row in rows]
        for name, rows in snapshot.tables.items()
    }
    told = json.dumps([snapshot.profile, snapshot.profile_version, tables], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
