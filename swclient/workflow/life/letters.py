# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose letter it is: an answer counts for a declaration only if every identifier in it is one of ours.

The conversation alone proves nothing: letters are misdelivered and identifiers swapped. What does not fit is kept and
shown among the letters that belong to no declaration, and never has an effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from swclient.base.i18n import N_
from swclient.base.messages import Message
from swclient.workflow.life.answers import understood
from swclient.workflow.life.fold import Kind, Letter
from swclient.workflow.life.own_side import AMENDS, signed_of

if TYPE_CHECKING:
    from swclient.store import Store
    from swclient.store.mail import KeptAnswer
    from swclient.workflow.life.telling import Told

STRANGER = "stranger"
"""Where a kept answer says why it does not belong here; the event of its coming is called so too."""

_ANOTHER = N_("It answers {about}, which was not sent in this conversation.")
_ANOTHER_DOCUMENT = N_("It speaks of the document {document}, which was not sent in this conversation.")
_ANOTHER_NUMBER = N_("It speaks of {number}; this declaration is registered under {ours}.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What we sent in a conversation: whose each container is, and the documents in them."""

    declaration_id: str
    containers: Mapping[str, str]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Read:
    """A kept answer, understood.

    Attributes:
        stranger: why it does not belong here, None where it does.
        waits: it names a registration, and none is known yet; it does not count before.
    """

    kept: KeptAnswer
    told: Told
    letter: Letter
    stranger: Message | None = None
    waits: bool = False

    @property
    def counts(self) -> bool:
        """Whether it may have an effect."""
        return self.stranger is None and not self.waits


def sent_by(store: Store, declaration_id: str) -> Sent:
    """Return what was sent in the conversation of a declaration."""
    whose = [declaration_id, *store.children(declaration_id, AMENDS)]
    signed = {each: signed_of(store, each) for each in whose}
    containers = {ids.container: each for each, ids in signed.items() if ids.container}
    return Sent(declaration_id, containers, frozenset(ids.document for ids in signed.values() if ids.document))


def read_letters(kept: Iterable[KeptAnswer], sent: Sent) -> list[Read]:
    """Understand all answers of a conversation, in the other side's order, and tell strangers apart."""
    told = [(each, understood(each.answer.raw, each.answer.channel)) for each in kept]
    read = [Read(each, words, _letter(each, words, sent), _stranger(words, sent)) for each, words in told]
    read.sort(key=lambda each: (each.letter.order, each.letter.identity))
    number = next((each.told.number for each in read if each.letter.kind is Kind.REGISTERED and not each.stranger), "")
    return [_numbered(each, number) for each in read]


def _letter(kept: KeptAnswer, told: Told, sent: Sent) -> Letter:
    identity = told.identity or kept.sha256
    main = next((each for each, whose in sent.containers.items() if whose == sent.declaration_id), "")
    return Letter(told.kind, identity, (told.issued, kept.answer.remote_sequence), told.about or main, told.facts)


def _stranger(told: Told, sent: Sent) -> Message | None:
    if told.about and told.about not in sent.containers:
        return Message(_ANOTHER, {"about": told.about})
    foreign = [each for each in told.documents if each not in sent.documents]
    return Message(_ANOTHER_DOCUMENT, {"document": foreign[0]}) if foreign else None


def _numbered(read: Read, number: str) -> Read:
    """Return the letter as a stranger where it names another registration, as waiting where none is known yet."""
    if read.stranger is not None or read.told.number in {"", number}:
        return read
    if not number:
        return Read(read.kept, read.told, read.letter, waits=True)
    why = Message(_ANOTHER_NUMBER, {"number": read.told.number, "ours": number})
    return Read(read.kept, read.told, read.letter, why)
