# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line to the offices: sends what is due, takes in what is answered, and files away what is released.

Every step is one transaction of the store, so a crash or a failing line between any two of them loses nothing: the
next turn goes on where this one stopped. What needs the user is left to the user: the verbs are modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError, SwError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.snapshot import Snapshot
from swclient.engine.finding import Finding
from swclient.store.values import Wanted
from swclient.workflow.acts.handing_over import statement, statement_sent, tax_receipt, tax_wanted
from swclient.workflow.acts.lodging import Tell, queueing_step, signed_message, signing_step
from swclient.workflow.drafts.kept import in_force, kept_snapshot
from swclient.workflow.files.filing import file_away
from swclient.workflow.life.settling import Step, settle
from swclient.workflow.line.receiving import Receiver
from swclient.workflow.line.sending import Sender
from swclient.workflow.offices.links import Links
from swclient.workflow.offices.pushes import Pushes
from swclient.workflow.permits.asking import ask_agencies
from swclient.workflow.signature import signing_off
from swclient.workflow.signature.keys import Keys
from swclient.workflow.states import OUT, UNDER_WAY, State

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.store import Store
    from swclient.workflow.ports import BackEnd, StartOffices

MANY = 100_000
_NOT_PUSHED = N_("{line}; answers are not pushed")


class Line:
    """One connection to the offices, opened when it is first needed.

    Args:
        store: where every step is kept.
        home: the data folder.
        start: starts the offices, None when none are configured.
        moved: told id and state of a declaration whenever it moved; callable from any thread.
        stopping: tells whether the program is closing.
        keys: who signs; the demo key when not given.

    Attributes:
        stuck: why a released declaration could not be filed away, by its id.
        channels: the offices by the name of their channel; empty before `open`.
        pushes: what offices push to us.
    """

    def __init__(
        self,
        store: Store,
        home: Path,
        start: StartOffices | None,
        moved: Callable[[str, str], None],
        stopping: Callable[[], bool],
        keys: Keys | None = None,
    ) -> None:
        self._store = store
        self._home = home
        self._moved = moved
        self._stopping = stopping
        self._keys = keys or Keys(home)
        self._links = Links(home, start, store, self._keys.asking)
        self.pushes = Pushes(store, self._links.name_of, self._links.caller)
        self._open = False
        self.stuck: dict[str, SwError] = {}
        self.channels: Mapping[str, BackEnd] = {}

    def open(self) -> None:
        """Reach the offices, starting the training ones if need be.

        Raises:
            OutsideError: they cannot be reached.
        """
        if self._open:
            return
        self.channels = found = self._links.open()
        self._open = True
        self._sender = Sender(self._store, found, self._moved)
        self._receiver = Receiver(self._store, found, self._moved)
        self.pushes.follow(self._links.listening())
        self._receiver.apply_all()

    def channels_for(self, country: str) -> Mapping[str, BackEnd]:
        """Return the offices to which somebody else's entries of a country go; the line is open."""
        return self._links.for_country(country)

    def close(self) -> None:
        """Let go of the offices."""
        self._open = False
        self.pushes.close()
        self._links.close()

    @property
    def words(self) -> Message:
        """How the line stands, for the user."""
        words = self._links.words
        return words if self.pushes.trouble is None else Message(_NOT_PUSHED, {"line": words})

    @property
    def last_error(self) -> SwError | None:
        """What went wrong on the line last, None where the last thing sent arrived."""
        return self._sender.last_error if self._open else None

    def state(self, declaration_id: str) -> State:
        """Return where a declaration stands."""
        return State(self._store.row(declaration_id).state)

    def lodge(self, declaration_id: str, snapshot: Snapshot, findings: Iterable[Finding], tell: Tell) -> None:
        """Sign a declaration and put it into the outbox; nothing is sent yet.

        Raises:
            UserError: errors bar the way, the message cannot be made, the key does not open, or a second person has
                still to sign off; it stays a draft.
            OutsideError: the token that should sign did not; it stays a draft.
        """
        if self.state(declaration_id) is State.DRAFT:
            signing_off.refuse(self._store, self._home, declaration_id, snapshot)
            message = signed_message(snapshot, findings, self._home, tell, self._keys)
            self.take(declaration_id, signing_step(declaration_id, message))
        self.take(declaration_id, queueing_step(self._store, declaration_id))
        tell(Message(N_("Queued in the outbox")))

    def take(self, declaration_id: str, step: Step) -> None:
        """Take a step of a declaration and tell that it moved."""
        self._moved(declaration_id, settle(self._store, declaration_id, step))

    def pump(self, declaration_id: str) -> None:
        """One turn for one declaration: send what is due, pull what is new, apply what can be applied."""
        self._sender.send_due()
        self._pull(declaration_id)

    def _pull(self, declaration_id: str) -> None:
        conversations = {
            (entry.entry.channel, entry.conversation)
            for entry in self._store.outbox.entries(declaration_id)
            if entry.conversation
        }
        for channel, conversation in sorted(conversations):
            try:
                if not self.pushes.rests(self._links.name_of(channel, declaration_id), channel, conversation):
                    self._receiver.pull(channel, conversation)
            except OutsideError as error:
                self._sender.last_error = error
            self._receiver.apply(channel, conversation)

    def turn(self) -> int:
        """One turn for all that is under way; return how many declarations that are.

        What the program died over is put right first: the state that its last steps lead to.

        Raises:
            OutsideError: the offices cannot be reached.
        """
        self.open()
        self.pushes.follow(self._links.listening())
        self._sender.send_due()
        for channel, conversation in self.pushes.arrived():
            self._receiver.apply(channel, conversation)
        under_way = self._store.worklist(Wanted(states=UNDER_WAY, limit=MANY))
        for row in under_way:
            if self._stopping():
                break
            self._step(row.id)
        return len(under_way) + ask_agencies(self._store, self._pull)

    def _step(self, declaration_id: str) -> None:
        before = self.state(declaration_id)
        if before is State.SIGNED:
            self.take(declaration_id, queueing_step(self._store, declaration_id))
        after = settle(self._store, declaration_id)
        if after is not before:
            self._moved(declaration_id, after)
        self._pull(declaration_id)
        if self.state(declaration_id) in OUT and declaration_id not in self.stuck:
            try:
                self.finish(declaration_id)
            except SwError as error:  # told, and not tried again before the user asks for it
                self.stuck[declaration_id] = error
                self._store.add_event(declaration_id, "refused", {"text": str(error), "level": "error"})

    def finish(self, declaration_id: str) -> bool:
        """Take the next step of a released declaration to its archive; return whether it has come there.

        Raises:
            UserError: the tax office refuses the statement, or the archive does not verify.
            OutsideError: the statement cannot be signed.
        """
        store, held = self._store, in_force(self._store, declaration_id)
        if tax_wanted(kept_snapshot(store, held)):
            if not statement_sent(store, declaration_id):
                store.outbox.add(statement(store, declaration_id, kept_snapshot(store, held), self._keys))
            if not tax_receipt(store, declaration_id):
                return False
        file_away(store, declaration_id, kept_snapshot(store, held), self._home)
        self._moved(declaration_id, State.ARCHIVED)
        return True
