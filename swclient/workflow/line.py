# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The line to the offices: carries one declaration from a checked draft to its archive, step by step, each step kept.

Every step is one transaction of the store, so a crash or a failing line between any two of them loses nothing: the next
call goes on where this one stopped.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from swclient.base import paths
from swclient.base.errors import OutsideError, UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.catalogue.loader import load_profile
from swclient.document.snapshot import Snapshot
from swclient.engine.finding import Finding
from swclient.store.mail import OutboxEntry
from swclient.store.values import Artefact, Move
from swclient.workflow import signing
from swclient.workflow.filing import file_away
from swclient.workflow.offices import channels
from swclient.workflow.receiving import Receiver
from swclient.workflow.sending import Sender
from swclient.workflow.states import STANDINGS, State, Verb, final, next_state
from swclient.workflow.tax_statement import tax_statement

if TYPE_CHECKING:
    from swclient.workflow.application import Application

Tell = Callable[[Message], None]
PATIENCE_SECONDS = 120.0
_BREATH = 0.15
JSON = "application/json"


class Line:
    """One connection to the offices, opened when it is first needed.

    Attributes:
        words: how the line stands, for the user.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._store = application.store
        self._offices: Any = None
        self.words = Message(N_("offline"))

    def open(self) -> None:
        """Reach the offices, starting the training ones if need be.

        Raises:
            OutsideError: they cannot be reached.
        """
        if self._offices is not None:
            return
        start = self._application.start_offices
        if start is None:
            raise OutsideError(
                N_("No office is configured; the declaration stays in the outbox."), retry=True
            )
        self._offices = start(self._application.home / "training")
        found = channels(self._offices.address, self._offices.ca_file)
        self._sender = Sender(self._store, found, self._application.moved)
        self._receiver = Receiver(self._store, found, self._application.moved)
        self.words = Message(N_("connected to the TRAINING offices"))

    def close(self) -> None:
        """Let go of the offices."""
        if self._offices is not None:
            self._offices.stop()
            self._offices = None
            self.words = Message(N_("offline"))

    # -- the whole way -----------------------------------------------------------------------------------------------

    def carry_through(
        self, declaration_id: str, snapshot: Snapshot, findings: Iterable[Finding], tell: Tell
    ) -> State:
        """Carry a declaration as far as it goes: to the archive, or to where the user is needed.

        Raises:
            UserError: errors bar the way.
            OutsideError: the offices cannot be reached; everything stays queued.
        """
        if self.state(declaration_id) is State.DRAFT:
            self.sign_and_queue(declaration_id, snapshot, findings, tell)
        self.open()
        state = self.follow(declaration_id, snapshot, tell)
        if state is State.RELEASED:
            self.hand_to_tax(declaration_id, snapshot, tell)
            folder = file_away(self._store, declaration_id, snapshot, self._application.home)
            self._application.moved(declaration_id, State.ARCHIVED)
            tell(Message(N_("Archived and verified: {folder}"), {"folder": str(folder)}))
            return State.ARCHIVED
        return state

    def state(self, declaration_id: str) -> State:
        """Return where a declaration stands."""
        return State(self._store.load(declaration_id).row.state)

    def sign_and_queue(
        self, declaration_id: str, snapshot: Snapshot, findings: Iterable[Finding], tell: Tell
    ) -> signing.SignedMessage:
        """Make the message, sign it, and put it into the outbox; message and signature are kept with the same stroke."""
        signing.refuse_errors(findings)
        home = self._application.home
        profile = load_profile(snapshot.profile)
        made = signing.make_message(snapshot, profile, datetime.now(UTC), paths.schemas())
        tell(
            Message(
                N_("Message made, {n} bytes; official schema: {schema}"),
                {"n": len(made[2]), "schema": made[3]},
            )
        )
        identity = signing.demo_signer(home)
        message = signing.sign_message(made, identity)
        tell(Message(N_("Signed by {who}"), {"who": signing.signer_words(identity)}))
        artefacts = (
            Artefact(declaration_id, "message.xml", signing.XML, message.content),
            Artefact(
                declaration_id, "message.p7s", "application/pkcs7-signature", message.signature
            ),
        )
        detail = {
            "document": message.document_id,
            "container": message.container_id,
            "schema": message.schema,
        }
        self._move(
            Move(
                declaration_id,
                State.DRAFT,
                State.SIGNED,
                kind="signed",
                detail=detail,
                artefacts=artefacts,
            )
        )
        entry = OutboxEntry(
            declaration_id,
            "customs",
            "declaration",
            str(uuid.uuid4()),
            message.content,
            signing.XML,
            message.signature,
        )
        self._move(Move(declaration_id, State.SIGNED, State.QUEUED, kind="queued", outbox=(entry,)))
        tell(Message(N_("Queued in the outbox")))
        return message

    def _move(self, move: Move) -> None:
        self._store.move_state(move)
        self._application.moved(move.declaration_id, move.after)

    def follow(
        self,
        declaration_id: str,
        snapshot: Snapshot,
        tell: Tell,
        patience: float = PATIENCE_SECONDS,
    ) -> State:
        """Send what is due and take in answers until nothing more is expected, or patience ends.

        Raises:
            OutsideError: nothing was heard for as long as patience lasts.
        """
        until = time.monotonic() + patience
        told = len(self._store.events(declaration_id))
        while (
            not final(state := self.state(declaration_id))
            and not self._application.jobs.stopping.is_set()
        ):
            if state is State.PAYMENT_DUE:
                self.pay(declaration_id, snapshot, tell)
            self.pump(declaration_id)
            events = self._store.events(declaration_id)[told:]
            for event in events:
                if event.after and event.kind != "paid":
                    tell(
                        Message(
                            N_("{state}  {text}"),
                            {
                                "state": Message(STANDINGS[State(event.after)].name),
                                "text": event.detail.get("text", ""),
                            },
                        )
                    )
            told += len(events)
            if events:
                until = time.monotonic() + patience
            elif time.monotonic() > until:
                raise self._sender.last_error or OutsideError(
                    N_("No answer yet; the program goes on asking when it is started again.")
                )
            time.sleep(_BREATH)
        return state

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

    def pay(self, declaration_id: str, snapshot: Snapshot, tell: Tell) -> None:
        """Answer a payment request with an order over what it asks for."""
        answers = self._store.answers.of_declaration(declaration_id)
        due: list[dict[str, str]] = next(
            (
                kept.parsed["due"]
                for kept in reversed(answers)
                if kept.parsed and kept.parsed.get("due")
            ),
            [],
        )
        conversation = next(
            (
                kept.answer.conversation
                for kept in reversed(answers)
                if kept.answer.channel == "customs"
            ),
            "",
        )
        reference = (
            str(
                next(
                    (row.get("number") for row in snapshot.many("payment") if row.get("number")), ""
                )
            )
            or declaration_id[:8]
        )
        order = {
            "conversation": conversation,
            "reference": f"TRAINING-{reference}",
            "payments": due,
        }
        entry = OutboxEntry(
            declaration_id,
            "customs",
            "payment",
            str(uuid.uuid4()),
            json.dumps(order).encode(),
            JSON,
        )
        self._move(
            Move(declaration_id, State.PAYMENT_DUE, State.PAID, kind="paid", outbox=(entry,))
        )
        tell(
            Message(
                N_("Payment order queued: {kinds}"),
                {"kinds": ", ".join(f"{row['kind']} {row['amount']}" for row in due)},
            )
        )

    def hand_to_tax(
        self,
        declaration_id: str,
        snapshot: Snapshot,
        tell: Tell,
        patience: float = PATIENCE_SECONDS,
    ) -> str:
        """Send the statement of import VAT and wait for its receipt; return the receipt's number.

        Raises:
            UserError: the tax office refuses the statement.
            OutsideError: no answer came as long as patience lasts.
        """
        receipt = self._receipt(declaration_id)
        if not any(
            entry.entry.channel == "tax" for entry in self._store.outbox.entries(declaration_id)
        ):
            self._queue_statement(declaration_id, snapshot)
        until = time.monotonic() + patience
        while not receipt:
            self.pump(declaration_id)
            receipt = self._receipt(declaration_id)
            if not receipt and time.monotonic() > until:
                raise self._sender.last_error or OutsideError(
                    N_("The tax office has not answered yet.")
                )
            time.sleep(_BREATH)
        tell(Message(N_("Tax receipt {number}"), {"number": receipt}))
        return receipt

    def _queue_statement(self, declaration_id: str, snapshot: Snapshot) -> None:
        stored = self._store.load(declaration_id).row
        answers = self._store.answers.of_declaration(declaration_id)
        registered = next(
            (
                str(kept.parsed["registered"])
                for kept in answers
                if kept.parsed and kept.parsed.get("registered")
            ),
            "",
        )
        content = tax_statement(
            snapshot, load_profile(snapshot.profile), stored.number or "", registered
        )
        signature = signing.sign_message(
            ("", "", content, ""), signing.demo_signer(self._application.home)
        ).signature
        self._store.outbox.add(
            OutboxEntry(
                declaration_id, "tax", "statement", str(uuid.uuid4()), content, JSON, signature
            )
        )

    def _receipt(self, declaration_id: str) -> str:
        for kept in self._store.answers.of_declaration(declaration_id):
            if kept.parsed and kept.parsed.get("refused"):
                raise UserError(
                    N_("The tax office refuses the statement: {text}"),
                    text=str(kept.parsed.get("text", "")),
                )
            if kept.parsed and kept.parsed.get("receipt"):
                return str(kept.parsed["receipt"])
        return ""


def may_go_on(state: State) -> bool:
    """Tell whether a declaration is under way, so that its line is taken up again at start."""
    return (
        state not in {State.DRAFT, State.ARCHIVED}
        and not final(state)
        and next_state(state, Verb.SIGN) is None
    )
