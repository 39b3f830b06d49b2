# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends somebody's package: asks the office first, sends what it has not, gathers the answers, reads none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from swclient.base.errors import OutsideError, UserError
from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.store.errands import Errand, KeptErrand
from swclient.store.mail import ACKNOWLEDGED, FAILED, NewAnswer, OutboxEntry, QueuedEntry
from swclient.workflow.line.sending import Sender
from swclient.workflow.sealed.contents import Contents, of, rows, run_of

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.transport.problems import RefusedError
    from swclient.workflow.life.settling import Step
    from swclient.workflow.ports import BackEnd

_MOST = 100
OWN = N_(
    "{file} was made of the outbox of this very machine. What is in it goes by itself when there is a line; "
    "it is asked about before it is sent."
)
NO_WAY = N_("There is no connection to “{channel}” here, so what is meant for it was not taken: {n}.")
UNREACHABLE = N_("There is no connection to “{channel}” here any more.")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a package, for people: whom it is for, what it is, and of which declaration."""

    channel: str
    verb: str
    country: str
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a package: of `all` entries so many were taken, refused, or are still on their way."""

    all: int
    taken: int
    refused: int
    answers: int

    @property
    def open(self) -> int:
        """How many entries nobody has answered for yet."""
        return self.all - self.taken - self.refused


def lines_of(contents: Contents, file: str) -> tuple[Listed, ...]:
    """Return the entries of a package for people.

    Raises:
        UserError: the package is not one that this program knows.
    """
    found = []
    for row in rows(contents.facts, "entries", file):
        channel, verb, country, title = (of(row, name, str, file) for name in ("channel", "verb", "country", "title"))
        found.append(Listed(channel, verb, country, title, len(run_of(contents, row, "content", file))))
    return tuple(found)


def entries_of(contents: Contents, file: str) -> tuple[Errand, ...]:
    """Return the entries of a package as errands.

    Raises:
        UserError: the package is not one that this program knows.
    """
    found = []
    for row in rows(contents.facts, "entries", file):
        key, channel, verb, kind = (of(row, name, str, file) for name in ("key", "channel", "verb", "content_type"))
        signature = None if row.get("signature") is None else run_of(contents, row, "signature", file)
        entry = OutboxEntry("", channel, verb, key, run_of(contents, row, "content", file), kind, signature)
        found.append(Errand(contents.id, of(row, "queue", int, file), entry))
    return tuple(found)


def load_package(store: Store, contents: Contents, channels: Mapping[str, BackEnd], file: str) -> tuple[Message, ...]:
    """Take the entries of a package in hand, each once; return what is to be told: which could not be taken.

    Raises:
        UserError: it was made of this machine's own outbox, or holds other content under a known key.
    """
    errands = entries_of(contents, file)
    if any(store.parcels.by_key(each.entry.idempotency_key) is not None for each in errands):
        raise UserError(OWN, file=file)
    store.parcels.errands.add(each for each in errands if each.entry.channel in channels)
    strange = [each.entry.channel for each in errands if each.entry.channel not in channels]
    return tuple(Message(NO_WAY, {"channel": name, "n": strange.count(name)}) for name in dict.fromkeys(strange))


def standing(store: Store, contents: Contents, file: str) -> Standing:
    """Return how it stands with a package on this machine."""
    wanted = [each.entry.idempotency_key for each in entries_of(contents, file)]
    held = store.parcels.errands.by_keys(wanted)
    states = [each.queued.state for each in held]
    heard = {
        kept.id
        for each in held
        if each.queued.conversation
        for kept in store.answers.of_conversation(each.queued.entry.channel, each.queued.conversation)
    }
    return Standing(len(wanted), states.count(ACKNOWLEDGED), states.count(FAILED), len(heard))


class _ErrandsAsOutbox:
    """A store whose outbox are the errands: the same queue, for somebody else."""

    def __init__(self, store: Store) -> None:
        self.outbox = store.parcels.errands
        self.answers = store.answers


class Carrier(Sender):
    """Sends errands by the rules of the outbox; no declaration here is moved by it."""

    def __init__(self, store: Store, channels: Mapping[str, BackEnd]) -> None:
        super().__init__(cast("Store", _ErrandsAsOutbox(store)), channels, lambda _declaration, _state: None)

    def gather(self, errands: tuple[KeptErrand, ...]) -> int:
        """Fetch what the offices have answered and keep it as it came; return how many messages were new."""
        return sum(self._gather_one(each.queued) for each in errands if each.queued.conversation)

    def _gather_one(self, entry: QueuedEntry) -> int:
        channel, conversation = entry.entry.channel, str(entry.conversation)
        inbox = self._channels.get(channel)
        if inbox is None:
            return 0
        after = 0
        answers = self._store.answers
        known = answers.known(channel, conversation)
        # The whole list, not its end: what was pushed may have come before what stands earlier in it.
        while notices := inbox.notifications(conversation, after):
            for notice in (each for each in notices if each.id not in known):
                fetched = inbox.fetch(notice)
                made = NewAnswer(
                    channel, conversation, notice.id, fetched.content_type, fetched.content, notice.sequence
                )
                answers.keep_answer(made)
            highest = max(notice.sequence for notice in notices)
            if len(notices) < _MOST or highest <= after:
                break
            after = highest
        ours = answers.of_conversation(channel, conversation)
        fresh = [kept for kept in ours if not kept.applied and kept.answer.declaration_id is None]
        for kept in fresh:
            answers.mark_applied(kept.id)  # pulled or pushed, it is not for us: it has no effect here
        return len(fresh)

    def _one(self, entry: QueuedEntry) -> bool:
        if entry.entry.channel not in self._channels:
            self._later(entry, OutsideError(UNREACHABLE, channel=entry.entry.channel), None, sure=False)
            return False
        return super()._one(entry)

    def _taken(self, entry: QueuedEntry, conversation: str) -> bool:
        self.last_error = None
        self._store.outbox.acknowledge(entry.id, conversation)
        return True

    def _refused(self, entry: QueuedEntry, error: RefusedError) -> bool:
        words = "\n".join([str(error), *(f"{code}: {text}" for code, text in error.details)])
        self._store.outbox.fail(entry.id, words)
        return True

    def _settle(self, _declaration_id: str, _step: Step) -> bool:
        """Move nothing: whose declaration it is stands in another store."""
        return False
