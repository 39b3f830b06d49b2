# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a POST once: key and body against the ledger, and the 202."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from swclient.training.describing import POST_ANSWERS
from swclient.training.gate import Posted
from swclient.training.ledger import now
from swclient.training.ledger_rows import Conversation, Submission
from swclient.training.refusal import RefusalError
from swclient.training.site import Site

__all__ = ["CONVERSATION_HEADER", "OUTCOME_IN_SCOPE", "POST_ANSWERS", "Kind", "owned", "take"]

CONVERSATION_HEADER = "X-Conversation-ID"
OUTCOME_IN_SCOPE = "swclient.training.outcome"
TAKEN, REPEATED, CONFLICT = "taken", "repeated", "conflict"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is posted: where, under which name, how its body is checked and its conversation begun.

    Attributes:
        back_end: `customs` or `tax`.
        name: `declaration`, `payment`, `statement` and so on.
        validate: raises a RefusalError for a body that is not taken.
        begin: inside the transaction, returns the conversation as it stands after the POST.
    """

    back_end: str
    name: str
    validate: Callable[[bytes], object]
    begin: Callable[[Posted], Conversation]


async def take(site: Site, kind: Kind, posted: Posted) -> Response:
    """Take a POST that passed the door; return 202 with the conversation.

    Raises:
        RefusalError: 400 by the body, 404, or 409.
    """
    conversation = await run_in_threadpool(_keep, site, kind, posted)
    site.clockwork(kind.back_end).wake(conversation)
    return Response(status_code=202, headers={CONVERSATION_HEADER: conversation})


def owned(site: Site, back_end: str, conversation: str, client: str) -> Conversation:
    """Return a conversation of a client.

    Raises:
        RefusalError: 404, there is none, or it is somebody else's.
    """
    found = site.ledger.conversation(conversation)
    if found is None or (found.back_end, found.client) != (back_end, client):
        raise RefusalError(404, "NOT_FOUND", "no such conversation")
    return found


def _keep(site: Site, kind: Kind, posted: Posted) -> str:
    """Return the conversation of a POST, making it only if key and body are new."""
    if site.ledger.submission(kind.back_end, posted.key, posted.client) is None:
        kind.validate(posted.body)  # outside the transaction: it may take a while
    with site.ledger.transaction():
        known = site.ledger.submission(kind.back_end, posted.key, posted.client)
        if known is not None:
            return _known(known, kind, posted)
        conversation = kind.begin(posted)
        former = site.ledger.conversation(conversation.id)
        if former is not None and former.client != posted.client:
            raise RefusalError(404, "NOT_FOUND", "no such conversation")
        site.ledger.keep_submission(
            Submission(
                kind.back_end,
                posted.key,
                kind.name,
                posted.sha256,
                conversation.id,
                now(),
                posted.body,
                posted.signature,
                posted.client,
            )
        )
        site.ledger.keep_conversation(replace(conversation, client=posted.client))
    posted.scope[OUTCOME_IN_SCOPE] = TAKEN
    return conversation.id


def _known(known: Submission, kind: Kind, posted: Posted) -> str:
    """Return the conversation of a key that came before, with the same body."""
    if (known.sha256, known.kind) != (posted.sha256, kind.name):
        posted.scope[OUTCOME_IN_SCOPE] = CONFLICT
        raise RefusalError(409, "IDEMPOTENCY_CONFLICT", "the key was used with another body")
    posted.scope[OUTCOME_IN_SCOPE] = REPEATED
    return known.conversation
