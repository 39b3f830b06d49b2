# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes in what came of our package: settles the entries, keeps the answers raw, then has them read as any others.

What belongs to nobody here, or does not fit what we know, is refused one by one and named. Taken in twice, a package
changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from swclient.base.errors import OutsideError, UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store.mail import ACKNOWLEDGED, FAILED, SENDING, NewAnswer
from swclient.transport.problems import RefusedError
from swclient.workflow.line.receiving import Receiver
from swclient.workflow.line.sending import Sender
from swclient.workflow.sealed.contents import FOREIGN, Contents, of, rows, run_of
from swclient.workflow.sealed.returning import OPEN, REFUSED, TAKEN

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.store.mail import QueuedEntry

Moved = Callable[[str, str], None]

_LAST = 2**53
_CONVERSATION = re.compile(r"[A-Za-z0-9._:-]{1,100}")
STRANGER = N_("The entry with the key {key} was not made here; what the package says of it was refused.")
OTHER_CONTENT = N_("Under the key {key} other content was sent than is here; what the package says of it was refused.")
OTHERWISE = N_("The entry with the key {key} is settled otherwise here; what the package says of it was refused.")
BUSY = N_("The entry with the key {key} is being sent from here this moment; take the package in once more.")
ODD = N_("What the package says of the entry with the key {key} is not understood; it was refused.")
FOREIGN_TALK = N_("An answer belongs to the conversation {conversation}, which is none of ours; it was refused.")


class _CarriedRefusalError(RefusedError):
    """What an office said for good to another machine, in the words that came back."""

    def __init__(self, words: str) -> None:
        OutsideError.__init__(self, "{words}", retry=False, words=words)
        self.status, self.code, self.details = 0, "", ()


@dataclass(slots=True)
class TakenIn:
    """What taking in a package did.

    Attributes:
        settled: entries that the office has, or refused; new to us.
        known: entries that were settled so already.
        open: entries that the other machine has not brought to an end.
        new: answers that are new to us.
        problems: what was refused, and why.
    """

    settled: int = 0
    known: int = 0
    open: int = 0
    new: int = 0
    problems: list[Message] = field(default_factory=list)


def take_answers(store: Store, contents: Contents, moved: Moved, file: str) -> TakenIn:
    """Take in what came of our package.

    Raises:
        UserError: the package is not one that this program knows; nothing of it was taken.
    """
    outcomes = rows(contents.facts, "entries", file)
    answers = [_answer(contents, row, file) for row in rows(contents.facts, "answers", file)]
    for row in outcomes:
        for name in ("key", "sha256", "outcome", "conversation", "error"):
            of(row, name, str, file)
    done, settler = TakenIn(), _Settler(store, moved)
    for row in outcomes:
        settler.settle(row, done)
    for answer in answers:
        _keep(store, answer, done)
    Receiver(store, {}, moved).apply_all()
    return done


class _Settler(Sender):
    """Settles entries of the outbox as if the answer had come to us."""

    def __init__(self, store: Store, moved: Moved) -> None:
        super().__init__(store, {}, moved)

    def settle(self, row: dict[str, Any], done: TakenIn) -> None:
        """Settle one entry by what the package says of it."""
        key, outcome, conversation = row["key"], row["outcome"], row["conversation"]
        parcel = self._store.parcels.by_key(key)
        if parcel is None:
            done.problems.append(Message(STRANGER, {"key": key}))
        elif parcel.queued.sha256 != row["sha256"]:
            done.problems.append(Message(OTHER_CONTENT, {"key": key}))
        elif outcome == OPEN:
            done.open += 1
        elif outcome not in {TAKEN, REFUSED} or (outcome == TAKEN and not self._ours(parcel.queued, conversation)):
            done.problems.append(Message(ODD, {"key": key}))
        else:
            self._settle_one(parcel.queued, row, done)

    def _ours(self, entry: QueuedEntry, conversation: str) -> bool:
        """Tell whether a conversation may be that of an entry: not one of another declaration of ours."""
        if not _CONVERSATION.fullmatch(conversation):
            return False
        other = self._store.outbox.of_conversation(entry.entry.channel, conversation)
        return other is None or other.entry.declaration_id == entry.entry.declaration_id

    def _settle_one(self, entry: QueuedEntry, row: dict[str, Any], done: TakenIn) -> None:
        key, taken = row["key"], row["outcome"] == TAKEN
        if entry.state in {ACKNOWLEDGED, FAILED}:
            same = (
                entry.state == ACKNOWLEDGED and entry.conversation == row["conversation"]
                if taken
                else (entry.state == FAILED)
            )
            done.known += same
            if not same:
                done.problems.append(Message(OTHERWISE, {"key": key}))
            return
        claimed = None if entry.state == SENDING else self._store.outbox.claim(entry.id)
        if claimed is None:
            done.problems.append(Message(BUSY, {"key": key}))
            return
        if taken:
            self._taken(claimed, row["conversation"])
        else:
            self._refused(claimed, _CarriedRefusalError(row["error"]))
        done.settled += 1


def _answer(contents: Contents, row: dict[str, Any], file: str) -> NewAnswer:
    sequence = of(row, "remote_sequence", int, file)
    if not 0 <= sequence <= _LAST:
        raise UserError(FOREIGN, file=file)
    return NewAnswer(
        of(row, "channel", str, file),
        of(row, "conversation", str, file),
        of(row, "remote_id", str, file),
        of(row, "content_type", str, file),
        run_of(contents, row, "content", file),
        sequence,
    )


def _keep(store: Store, answer: NewAnswer, done: TakenIn) -> None:
    owner = store.outbox.of_conversation(answer.channel, answer.conversation)
    if owner is None:
        words = Message(FOREIGN_TALK, {"conversation": answer.conversation})
        if words not in done.problems:
            done.problems.append(words)
        return
    ours = NewAnswer(
        answer.channel,
        answer.conversation,
        answer.remote_id,
        answer.content_type,
        answer.raw,
        answer.remote_sequence,
        owner.entry.declaration_id,
    )
    done.new += store.answers.keep_answer(ours)[1]
