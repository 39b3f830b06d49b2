# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done about the permits of one open declaration: look, apply, ask for news, take into box 44.

Applying moves no declaration: the application goes through the outbox under a key of its own, as everything does.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError, UserError
from swclient.base.i18n import N_
from swclient.store.mail import OutboxEntry
from swclient.workflow.permits.asking import waits
from swclient.workflow.permits.checklist import place_words
from swclient.workflow.permits.fold import AGAIN, JSON, VERB, Permit, permits_of
from swclient.workflow.permits.needs import Need, needs_of
from swclient.workflow.permits.taking import Taken, take
from swclient.workflow.states import State, final

if TYPE_CHECKING:
    from swclient.document.snapshot import Snapshot
    from swclient.engine.checklist import Line
    from swclient.engine.session import Session
    from swclient.store import Store
    from swclient.workflow.line.line import Line as Wire
    from swclient.workflow.ports import Office
    from swclient.workflow.signature.keys import Keys

_ASKED = N_("This permit has been applied for already; its answer is to come, or it is granted.")
_OVER = N_("No permit is applied for any more: the declaration has come to its end.")
_NO_ANSWER = N_("No answer yet; the program goes on asking.")
EVENT = "permit"
_KILOGRAM = "166"
_BREATH_SECONDS = 0.15
PATIENCE_SECONDS = 60.0


class PermitDesk:
    """The permits of one open declaration.

    Args:
        office: the room it stands in.
        declaration_id: whose permits.
        session: the open declaration.
        state: tells where the declaration stands.
    """

    def __init__(self, office: Office, declaration_id: str, session: Session, state: Callable[[], State]) -> None:
        self._office = office
        self._id = declaration_id
        self._session = session
        self._state = state

    def applied(self) -> tuple[Permit, ...]:
        """Return everything that was applied for, the oldest first."""
        return permits_of(self._office.store, self._id)

    def look(self, done: Callable[[tuple[Permit, ...]], None], failed: Callable[[BaseException], None]) -> None:
        """Do the same behind the window."""
        self._office.jobs.run(self.applied, done, failed)

    def needs(self, applied: tuple[Permit, ...] | None = None, lines: Iterable[Line] | None = None) -> tuple[Need, ...]:
        """Return the permits that are needed and how it stands with each.

        Args:
            applied: what was applied for, where that is known already.
            lines: the checklist, where that is at hand already.
        """
        return needs_of(self._session, self.applied() if applied is None else applied, lines)

    def apply(self, needs: Iterable[Need]) -> int:
        """Sign an application for each need that may be applied for and queue it; return how many there are.

        Raises:
            UserError: one was applied for already, the declaration lacks something, or the key does not open; none
                of them is queued.
            OutsideError: the token that should sign did not.
        """
        self._refuse_end()
        return self._queue(self._session.snapshot(), tuple(needs))

    def apply_behind(
        self, needs: Iterable[Need], done: Callable[[int], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Do the same behind the window: a key may ask for its pass phrase. What is typed from now on is not in it.

        Raises:
            UserError: the declaration has come to its end.
        """
        self._refuse_end()
        snapshot, chosen = self._session.snapshot(), tuple(needs)
        self._office.acting.act(lambda: self._queue(snapshot, chosen), done, failed)

    def _refuse_end(self) -> None:
        if final(self._state()):
            raise UserError(_OVER)

    def _queue(self, snapshot: Snapshot, needs: Iterable[Need]) -> int:
        entries = [(self._entry(snapshot, need), need) for need in needs]
        for entry, need in entries:
            self._office.store.outbox.add(entry)
            told = f"{need.decider.agency.name()}: {need.line.what} [{place_words(need.line)}]"
            self._office.store.add_event(self._id, EVENT, {"text": told})
        return len(entries)

    def _entry(self, snapshot: Snapshot, need: Need) -> OutboxEntry:
        from swclient.exchange.permit_application import Wanted, write_application

        if need.standing not in AGAIN:
            raise UserError(_ASKED)
        before, facts = need.permit, self._session.profile.facts
        wanted = Wanted(
            application=str(uuid.uuid4()),
            supersedes=before.application if before else "",
            consignment=self._id,
            agency=need.decider.agency.channel,
            kind=need.decider.kind,
            country=str(facts.get("country", "")),
            items=need.rows,
        )
        unit = str(facts.get("charges", {}).get("kilogram", _KILOGRAM))
        content = write_application(snapshot, wanted, unit)
        signature = _signed(self._office.keys, snapshot, content)
        key = str(uuid.uuid4())
        return OutboxEntry(self._id, wanted.agency, VERB, key, content, JSON, signature)

    def take(self, need: Need) -> Taken:
        """Put the granted permit of a need into box 44.

        Raises:
            UserError: it is not granted, its goods are gone, or the declaration is no draft.
        """
        return take(self._session, need.permit)

    def news(self, done: Callable[[tuple[Permit, ...]], None], failed: Callable[[BaseException], None]) -> None:
        """Look behind the window, and have the agencies asked; what comes of that is seen at the next look."""
        self._office.acting.act(self.applied, done, failed)


def ask_once(line: Wire, store: Store, declaration_id: str) -> bool:
    """Send what is due and take in what came; return whether an answer is still to come.

    Raises:
        OutsideError: the offices cannot be reached; everything stays queued.
    """
    line.open()
    line.pump(declaration_id)
    return waits(store, declaration_id)


def ask_until_told(line: Wire, store: Store, declaration_id: str, patience: float = PATIENCE_SECONDS) -> None:
    """Go on asking until every application is decided.

    Raises:
        OutsideError: the offices cannot be reached, or the patience (seconds) is over.
    """
    until = time.monotonic() + patience
    while ask_once(line, store, declaration_id):
        if time.monotonic() > until:
            raise OutsideError(_NO_ANSWER)
        time.sleep(_BREATH_SECONDS)


def _signed(keys: Keys, snapshot: Snapshot, content: bytes) -> bytes:
    """Return the signature of the key for declaring over an application."""
    from swclient.workflow.signature.keys import DECLARE
    from swclient.workflow.signature.signing import refuse_foreign_key

    signer = keys.signer(DECLARE)
    refuse_foreign_key(signer, snapshot, datetime.now(UTC))
    return signer.sign(content)
