# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line to the offices: carries one declaration from a checked draft to its archive, step by step, each step kept.

Every step is one transaction of the store, so a crash or a failing line between any two of them loses nothing: the
next call goes on where this one stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.document.snapshot import Snapshot
from swclient.engine.finding import Finding
from swclient.store.values import Event, Move
from swclient.workflow.filing import file_away
from swclient.workflow.keys import Keys
from swclient.workflow.lodging import Tell, queueing_move, signed_message, signing_move
from swclient.workflow.offices import back_ends, training_connections
from swclient.workflow.paying import payment_order, statement, statement_sent, tax_receipt
from swclient.workflow.receiving import Receiver
from swclient.workflow.sending import Sender
from swclient.workflow.states import STANDINGS, State, final

if TYPE_CHECKING:
    from pathlib import Path

    from swclient.store import Store
    from swclient.workflow.ports import Offices, StartOffices

PATIENCE_SECONDS = 120.0
_BREATH_SECONDS = 0.15
_NOTHING_YET = N_("No answer yet; the program goes on asking when it is started again.")


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
        words: how the line stands, for the user.
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
        self._start = start
        self._moved = moved
        self._stopping = stopping
        self._keys = keys or Keys(home)
        self._offices: Offices | None = None
        self.words = Message(N_("offline"))

    def open(self) -> None:
        """Reach the offices, starting the training ones if need be.

        Raises:
            OutsideError: they cannot be reached.
        """
        if self._offices is not None:
            return
        if self._start is None:
            raise OutsideError(N_("No office is configured; the declaration stays in the outbox."), retry=True)
        self._offices = self._start(self._home / "training")
        found = back_ends(training_connections(self._offices.address, self._offices.ca_file))
        self._sender = Sender(self._store, found, self._moved)
        self._receiver = Receiver(self._store, found, self._moved)
        self.words = Message(N_("connected to the TRAINING offices"))

    def close(self) -> None:
        """Let go of the offices."""
        if self._offices is not None:
            self._offices.stop()
            self._offices = None
            self.words = Message(N_("offline"))

    def state(self, declaration_id: str) -> State:
        """Return where a declaration stands."""
        return State(self._store.load(declaration_id).row.state)

    def carry_through(self, declaration_id: str, snapshot: Snapshot, findings: Iterable[Finding], tell: Tell) -> State:
        """Carry a declaration as far as it goes: to the archive, or to where the user is needed.

        Raises:
            UserError: errors bar the way, or the tax office refuses.
            OutsideError: the offices cannot be reached or do not answer; everything stays kept and queued.
        """
        if self.state(declaration_id) in {State.DRAFT, State.SIGNED}:
            self.lodge(declaration_id, snapshot, findings, tell)
        self.open()
        state = self.follow(declaration_id, snapshot, tell)
        if state is State.RELEASED and self.hand_to_tax(declaration_id, snapshot, tell):
            folder = file_away(self._store, declaration_id, snapshot, self._home)
            tell(Message(N_("Archived and verified: {folder}"), {"folder": str(folder)}))
            self._moved(declaration_id, State.ARCHIVED)
        return self.state(declaration_id)

    def lodge(self, declaration_id: str, snapshot: Snapshot, findings: Iterable[Finding], tell: Tell) -> None:
        """Sign a declaration and put it into the outbox; nothing is sent yet.

        Raises:
            UserError: errors bar the way, the message cannot be made, or the key does not open; it stays a draft.
            OutsideError: the token that should sign did not; it stays a draft.
        """
        if self.state(declaration_id) is State.DRAFT:
            self._move(signing_move(declaration_id, signed_message(snapshot, findings, self._home, tell, self._keys)))
        self._move(queueing_move(self._store, declaration_id))
        tell(Message(N_("Queued in the outbox")))

    def _move(self, move: Move) -> None:
        self._store.move_state(move)
        self._moved(move.declaration_id, move.after)

    def follow(self, declaration_id: str, snapshot: Snapshot, tell: Tell) -> State:
        """Send what is due and take in answers until nothing more is expected, or patience ends.

        Raises:
            OutsideError: nothing was heard for as long as patience lasts.
        """
        until = time.monotonic() + PATIENCE_SECONDS
        told = len(self._store.events(declaration_id))
        while not final(state := self.state(declaration_id)) and not self._stopping():
            if state is State.PAYMENT_DUE:
                self._pay(declaration_id, snapshot, tell)
            self.pump(declaration_id)
            news = self._store.events(declaration_id)[told:]
            told += len(news)
            _tell_news(news, tell)
            until = time.monotonic() + PATIENCE_SECONDS if news else until
            self._breathe(until)
        return state

    def _breathe(self, until: float) -> None:
        if time.monotonic() > until:
            raise self._sender.last_error or OutsideError(_NOTHING_YET)
        time.sleep(_BREATH_SECONDS)

    def pump(self, declaration_id: str) -> None:
        """One turn: send what is due, pull what is new, apply what can be applied."""
        self._sender.send_due()
        for entry in self._store.outbox.entries(declaration_id):
            if entry.conversation:
                try:
                    self._receiver.pull(entry.entry.channel, entry.conversation, declaration_id)
                except OutsideError as error:
                    self._sender.last_error = error
        self._receiver.apply_all()

    def _pay(self, declaration_id: str, snapshot: Snapshot, tell: Tell) -> None:
        entry, due = payment_order(self._store, declaration_id, snapshot, self._keys)
        self._move(Move(declaration_id, State.PAYMENT_DUE, State.PAID, kind="paid", outbox=(entry,)))
        kinds = ", ".join(f"{line['kind']} {line['amount']}" for line in due)
        tell(Message(N_("Payment order queued: {kinds}"), {"kinds": kinds}))

    def hand_to_tax(self, declaration_id: str, snapshot: Snapshot, tell: Tell) -> str:
        """Send the statement of import VAT and wait for its receipt; return its number, empty when stopped.

        Raises:
            UserError: the tax office refuses the statement.
            OutsideError: no answer came as long as patience lasts.
        """
        if not statement_sent(self._store, declaration_id):
            self._store.outbox.add(statement(self._store, declaration_id, snapshot, self._keys))
        until = time.monotonic() + PATIENCE_SECONDS
        while not (receipt := tax_receipt(self._store, declaration_id)) and not self._stopping():
            self.pump(declaration_id)
            self._breathe(until)
        if receipt:
            tell(Message(N_("Tax receipt {number}"), {"number": receipt}))
        return receipt


def _tell_news(news: Iterable[Event], tell: Tell) -> None:
    for event in news:
        if event.after and event.kind != "paid":
            state = Message(STANDINGS[State(event.after)].name)
            tell(Message(N_("{state}  {text}"), {"state": state, "text": event.detail.get("text", "")}))
