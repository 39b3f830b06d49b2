# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes in what the offices say: kept raw first, understood second, and only then does it move a declaration.

Answers may come twice, late, in another order than they were given, or be somebody else's. Each is kept once; those
that are ours count as a set, so the end is the same whichever way they came. Strangers are kept and never applied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from swclient.base.errors import OutsideError
from swclient.store.mail import KeptAnswer, NewAnswer
from swclient.workflow.connections import CUSTOMS
from swclient.workflow.life.letters import STRANGER, Read, read_letters, sent_by
from swclient.workflow.life.settling import Step, settle

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.transport.office import Fetched, Notice
    from swclient.workflow.life.letters import Sent
    from swclient.workflow.ports import BackEnd

_PAGE = 100


class Receiver:
    """Pulls and applies answers.

    Args:
        moved: told id and state of a declaration whenever an answer moved it.
    """

    def __init__(self, store: Store, inboxes: Mapping[str, BackEnd], moved: Callable[[str, str], None]) -> None:
        self._store = store
        self._inboxes = inboxes
        self._moved = moved

    def pull(self, channel: str, conversation: str) -> int:
        """Fetch what is new in a conversation and keep it; return how many messages were new.

        The whole list is looked through, not only its end: an office may put a late message before those that it
        has shown already. What is listed here and belongs to another conversation is kept under that.
        """
        inbox, new, after = self._inboxes[channel], 0, 0
        known = set(self._store.answers.known(channel, conversation))
        failed: OutsideError | None = None
        while True:
            notices = inbox.notifications(conversation, after, _PAGE)
            for notice in (each for each in notices if each.id not in known):
                known.add(notice.id)
                try:
                    new += self._keep(channel, notice, inbox.fetch(notice))
                except OutsideError as error:  # the others need not wait for this one
                    failed = error
            highest = max((notice.sequence for notice in notices), default=after)
            if len(notices) < _PAGE or highest <= after:
                break
            after = highest
        if failed is not None:
            raise failed
        return new

    def _keep(self, channel: str, notice: Notice, fetched: Fetched) -> bool:
        """Keep a message under the conversation that it is said to stand in; tell whether it is new."""
        named = fetched.conversation or notice.conversation
        entry = self._store.outbox.of_conversation(channel, named)
        whose = entry.entry.declaration_id if entry is not None else None
        found = NewAnswer(
            channel, named, notice.id, fetched.content_type, fetched.content, notice.sequence, whose
        )  # fmt: skip
        return self._store.answers.keep_answer(found)[1]

    def apply_all(self) -> int:
        """Apply every kept answer of a conversation of ours that was not yet; return how many were."""
        waiting = self._store.answers.unapplied()
        conversations = dict.fromkeys((each.answer.channel, each.answer.conversation) for each in waiting)
        return sum(self.apply(channel, name) for channel, name in conversations)

    def apply(self, channel: str, conversation: str) -> int:
        """Apply what waits in a conversation; return how many answers were. One that nobody began waits on."""
        entry = self._store.outbox.of_conversation(channel, conversation)
        if entry is None:
            return 0
        whose = entry.entry.declaration_id
        kept = self._store.answers.of_conversation(channel, conversation)
        if all(each.applied for each in kept):
            return 0
        sent = sent_by(self._store, whose)
        read = read_letters(kept, sent)
        self._put_aside([each for each in read if each.stranger is not None])
        if channel != CUSTOMS:
            return self._note([each for each in read if each.stranger is None], whose)
        return self._in_turn([each for each in read if each.counts], sent)

    def _put_aside(self, strangers: list[Read]) -> None:
        """Keep what does not fit among the letters that belong to no declaration, with the reason."""
        for each in strangers:
            parsed = each.kept.parsed or {}
            if STRANGER in parsed or each.stranger is None:
                continue
            self._store.answers.mark_parsed(each.kept.id, {**each.told.as_data(), STRANGER: each.stranger.text()})
            whose = each.kept.answer.declaration_id
            self._store.answers.disown(each.kept.id)
            if whose is not None:
                detail = {"text": each.stranger.text(), "level": "warning", "answer": each.kept.id}
                self._store.add_event(whose, STRANGER, detail)

    def _in_turn(self, ours: list[Read], sent: Sent) -> int:
        """Let each answer that has not yet counted count, one after another, in the other side's order."""
        counted = [each for each in ours if each.kept.applied]
        waiting = [each for each in ours if not each.kept.applied]
        for each in waiting:
            counted.append(each)
            self._take(each, list(counted), sent)
        return len(waiting)

    def _take(self, read: Read, counted: list[Read], sent: Sent) -> None:
        kept, store = read.kept, self._store
        self._understood(kept, read, sent.declaration_id)
        letters = [each.letter for each in counted]
        about = sent.containers.get(read.letter.about, sent.declaration_id)
        detail = {"answer": kept.id, "text": read.told.title.text()}
        for whose in dict.fromkeys((about, sent.declaration_id)):
            before = store.row(whose)
            applied = kept.id if whose == sent.declaration_id else None
            state = settle(store, whose, Step("answer", detail, applied=applied), letters)
            if state != before.state:
                self._moved(whose, state)

    def _understood(self, kept: KeptAnswer, read: Read, whose: str) -> None:
        if kept.parsed is None or STRANGER in kept.parsed:
            self._store.answers.mark_parsed(kept.id, read.told.as_data())
        if kept.answer.declaration_id != whose:
            self._store.answers.belongs_to(kept.id, whose)

    def _note(self, ours: list[Read], whose: str) -> int:
        waiting = [each for each in ours if not each.kept.applied]
        for each in waiting:
            self._understood(each.kept, each, whose)
            self._store.answers.mark_applied(each.kept.id)
        return len(waiting)
